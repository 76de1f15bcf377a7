"""An embedded server as the rest of the project sees it: a folder in, database URLs out."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from core.embedded.place import EmbeddedPostgresError, Place, place_for

KEEPER = Path(__file__).with_name("keeper.py")
OWNER = "chapterhouse_owner"
APP_LOGIN = "chapterhouse_api"
DATABASE = "chapterhouse"
LONGEST_STOP_SECONDS = 60

# What a managed PostgreSQL would give us: a database, and a role that owns it and may make roles, but no superuser.
FIRST_STEPS = f"""
select 'create role {OWNER} login createrole' where to_regrole('{OWNER}') is null \\gexec
select 'create database {DATABASE} owner {OWNER}'
where not exists (select from pg_database where datname = '{DATABASE}') \\gexec
"""  # noqa: S608 - both names are written above


class EmbeddedPostgres:
    """PostgreSQL 18 on a private Unix socket, with its data below `folder`; a context manager.

    It is stopped when the context ends and when this process ends, however it ends. A server that is not `durable`
    skips the disk and takes its folder away when it stops: for tests.
    Refused with EmbeddedPostgresError: a folder that another running server uses, no account to run it as.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self._place: Place | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server, on a fresh or an earlier folder, and make the owner role and its database."""
        place = self._place = place_for(self.folder)
        # -P: modules beside the keeper's file must not hide the standard library's.
        self._keeper = subprocess.Popen(
            [sys.executable, "-P", KEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        order = {
            "folder": str(place.folder),
            "socket_folder": str(place.socket_folder),
            "programs": str(place.programs),
            "user_id": place.user_id,
            "group_id": place.group_id,
            "durable": self.durable,
            "options": self._options(place),
        }
        self._keeper.stdin.write(json.dumps(order).encode() + b"\n")
        self._keeper.stdin.flush()
        answer = self._keeper.stdout.readline().decode().strip()
        if answer != "ready":
            self.stop()
            raise EmbeddedPostgresError(answer or "PostgreSQL did not start, and said nothing")
        self.run_sql(FIRST_STEPS)

    def stop(self) -> None:
        """Stop the server and wait until it is gone; nothing happens when it is not running."""
        if self._keeper is None:
            return
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        self._keeper.stdin.close()
        self._keeper.stdout.close()
        self._keeper.wait(LONGEST_STOP_SECONDS)
        self._keeper = None

    def run_sql(self, script: str, *, database: str = "postgres") -> None:
        """Run a script as the superuser that initdb made. EmbeddedPostgresError says what PostgreSQL refused."""
        done = subprocess.run(
            [self.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url("postgres", database)],
            input=script.encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise EmbeddedPostgresError(done.stderr.decode(errors="replace").strip())

    @property
    def programs(self) -> Path:
        """The folder of PostgreSQL's own programs, such as `pg_dump`."""
        return self._running().programs

    @property
    def socket_folder(self) -> Path:
        """Where the server's socket is: what `host` is in its URLs."""
        return self._running().socket_folder

    def url(self, user: str, database: str = DATABASE) -> str:
        """Where `user` connects to `database`; the socket is private, so there is no password."""
        return f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self.socket_folder))}"

    @property
    def owner_url(self) -> str:
        """MIGRATION_DATABASE_URL of this server."""
        return self.url(OWNER)

    @property
    def app_url(self) -> str:
        """DATABASE_URL of this server; `chapterhouse migrate` makes its login."""
        return self.url(APP_LOGIN)

    def _running(self) -> Place:
        if self._place is None:
            raise EmbeddedPostgresError("the embedded PostgreSQL has not been started")
        return self._place

    def _options(self, place: Place) -> list[str]:
        socket_folder = str(place.socket_folder).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{socket_folder}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "max_connections": "200",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
            settings |= {"max_wal_senders": "0", "autovacuum": "off", "shared_buffers": "256MB"}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
