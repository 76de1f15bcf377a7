"""One session for each request; the actor is set in its transaction, where row-level security looks for it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

POOL_SIZE: Final = 10
"""Connections, as many as every server's pool has."""
NOBODY: Final = "00000000-0000-0000-0000-000000000000"
SETTINGS: Final = ("app.member_id", "app.organization_id", "app.organization_kind", "app.roles", "app.granted")
HEADERS: Final = ("x-member-id", "x-organization-id", "x-organization-kind", "x-roles", "x-granted")
SET_ACTOR: Final = text(
    "select " + ", ".join(f"set_config('{name}', :p{at}, true)" for at, name in enumerate(SETTINGS))
)

engine = create_async_engine(
    os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://"),
    pool_size=POOL_SIZE,
    max_overflow=0,
    connect_args={
        "server_settings": {
            "timezone": "UTC",
            "search_path": "public, app",
            # who says nothing is nobody
            **dict(zip(SETTINGS, (NOBODY, NOBODY, "ANONYMOUS", "", ""), strict=True)),
        }
    },
)
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Reading:
    """A request's session. A session does one thing at a time, while resolvers run side by side: they take turns."""

    def __init__(self, session: AsyncSession) -> None:
        """Read through this session."""
        self._session = session
        self._turn = asyncio.Lock()

    async def rows(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """Return every row."""
        async with self._turn:
            found = await self._session.execute(statement)
            return found.all()

    async def objects(self, statement: Select[Any]) -> Sequence[Any]:
        """Return the object of every row."""
        async with self._turn:
            return (await self._session.scalars(statement)).all()

    async def value(self, statement: Select[Any]) -> Any:  # noqa: ANN401  (a column's type is the statement's)
        """Return the first column of the first row."""
        async with self._turn:
            return await self._session.scalar(statement)
