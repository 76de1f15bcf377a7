"""Databases for tests: copies of one migrated template, made in milliseconds and dropped afterwards."""

from __future__ import annotations

import asyncio
import base64
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import asyncpg

from core.settings import Settings

TEMPLATE = "chapterhouse"
OWNER = "chapterhouse_owner"
APP_LOGIN = "chapterhouse_api"
CREDENTIAL_KEYS = f"test:{base64.b64encode(bytes(32)).decode()}"


@dataclass(frozen=True)
class OneDatabase:
    """One database's URLs, for each role that connects to it."""

    name: str
    socket_folder: str

    def url(self, user: str) -> str:
        """Where `user` connects; the server trusts its private socket, so there is no password."""
        return f"postgresql://{quote(user)}@/{self.name}?host={quote(self.socket_folder)}"

    @property
    def superuser_url(self) -> str:
        return self.url("postgres")

    @property
    def owner_url(self) -> str:
        return self.url(OWNER)

    @property
    def app_url(self) -> str:
        return self.url(APP_LOGIN)

    @property
    def batch_url(self) -> str:
        return self.url(f"{APP_LOGIN}_batch")

    def settings(self, folder: Path, **others: object) -> Settings:
        """Settings of a process that uses this database and keeps its files in `folder`."""
        values = {
            "database_url": self.app_url,
            "migration_database_url": self.owner_url,
            "signing_keys_dir": folder / "keys",
            "evidence_dir": folder / "evidence",
            "credential_keys": CREDENTIAL_KEYS,
            "public_url": "http://chapterhouse.test",
            **others,
        }
        return Settings(_env_file=None, **values)  # type: ignore[arg-type]  # each is checked on the way in

    def environment(self, folder: Path) -> dict[str, str]:
        """The same as environment variables, for a process of its own."""
        return {
            "DATABASE_URL": self.app_url,
            "MIGRATION_DATABASE_URL": self.owner_url,
            "SIGNING_KEYS_DIR": str(folder / "keys"),
            "EVIDENCE_DIR": str(folder / "evidence"),
            "CREDENTIAL_KEYS": CREDENTIAL_KEYS,
        }


@dataclass(frozen=True)
class Server:
    """The PostgreSQL that all tests of a run share."""

    socket_folder: str
    programs: str
    folder: str

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder, with its configuration."""
        return Path(self.folder) / "data"

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @property
    def superuser_url(self) -> str:
        return OneDatabase("postgres", self.socket_folder).superuser_url

    def execute(self, statement: str) -> None:
        """Run a statement as the superuser, outside any transaction."""
        asyncio.run(self._execute(statement))

    @property
    def template(self) -> OneDatabase:
        return OneDatabase(TEMPLATE, self.socket_folder)

    @contextmanager
    def clone(self, template: str = TEMPLATE) -> Iterator[OneDatabase]:
        """A copy of a template that nobody is connected to; dropped afterwards, whoever still is."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self.execute(f"create database {name} template {template} owner {OWNER} strategy file_copy")
        try:
            yield OneDatabase(name, self.socket_folder)
        finally:
            self.execute(f"drop database {name} with (force)")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.superuser_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
