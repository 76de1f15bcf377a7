"""Where the measured databases live: a PostgreSQL with settings as a normal server's, one database for each size."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import asyncpg

from core.database_url import asyncpg_url, with_database, with_user
from core.embedded import EmbeddedPostgres
from core.embedded.place import place_for
from core.settings import Settings

FOLDER: Final = Path(".data/bench")
OWNER: Final = "chapterhouse_owner"
APP_LOGIN: Final = "chapterhouse_api"
UNFENCED_LOGIN: Final = "chapterhouse_unfenced"
"""Sees every row (BYPASSRLS): what the same page costs without row-level security."""

SERVER_SETTINGS: Final = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    # compiling takes longer than any of these pages: what helps one peer is given to all
    "jit": "off",
}
"""What anybody sets on a server of this size; durability stays as PostgreSQL ships it."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, by its superuser's URL; keys of ours that go with it are kept in `folder`."""

    superuser_url: str
    folder: Path = FOLDER

    def url(self, user: str, database: str) -> str:
        """Where `user` connects to `database`."""
        return with_database(with_user(self.superuser_url, user), database)

    @property
    def host(self) -> str:
        """The folder of its socket, or its host."""
        parts = urlsplit(self.superuser_url)
        return parts.hostname or dict(parse_qsl(parts.query))["host"]

    def settings(self, database: str, **others: object) -> Settings:
        """The settings of a process of ours that uses `database`."""
        values = {
            "database_url": self.url(APP_LOGIN, database),
            "batch_database_url": self.url(f"{APP_LOGIN}_batch", database),
            "migration_database_url": self.url(OWNER, database),
            "signing_keys_dir": self.folder.absolute() / "keys",
            "evidence_dir": self.folder.absolute() / "evidence",
            "public_url": "http://chapterhouse.bench",
            "log_level": "warning",
            **others,
        }
        return Settings(_env_file=None, **values)  # type: ignore[arg-type]  # each is checked on the way in

    async def query(self, statement: str, *, database: str = "postgres") -> list[asyncpg.Record]:
        """Run one statement as the superuser."""
        connection = await asyncpg.connect(with_database(self.superuser_url, database))
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()


@contextmanager
def running_server() -> Iterator[Server]:
    """An embedded server whose data stay in `.data/bench`, or that of BENCH_DATABASE_URL, a superuser's URL."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield Server(asyncpg_url(given))
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with EmbeddedPostgres(FOLDER / "postgres") as postgres:
        server = Server(postgres.url("postgres", "postgres"))
        if asyncio.run(_configure(server)):
            postgres.stop()
            postgres.start()
        yield server


async def _configure(server: Server) -> bool:
    """Set what is not set yet; whether the server has to be started anew for it."""
    for name, value in SERVER_SETTINGS.items():
        await server.query(f"alter system set {name} = '{value}'")
    await server.query("select pg_reload_conf()")
    await asyncio.sleep(0.2)
    return bool(await server.query("select from pg_settings where pending_restart"))


def programs() -> Path:
    """The folder of the wheel's PostgreSQL programs, pgbench among them, in reach of this process."""
    return place_for(FOLDER / "postgres").programs
