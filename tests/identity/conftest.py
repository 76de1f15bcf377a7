"""The demo's organizations in a database of each test's own, and whoever is to act in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
import pytest

from core.actor import ANONYMOUS, Actor
from core.db import Database, Transaction
from core.errors import DomainError, Refusals
from demo.organizations import seed_organizations
from demo.seats import SEATS
from services.identity.acting import MEMBERSHIPS, acting
from tests.databases import OneDatabase
from tests.identity.forging import NOW

Result = TypeVar("Result")


@dataclass
class Market:
    """A seeded database: who acts in it, and what is written there."""

    database: Database
    batch: asyncpg.Connection[Any]

    async def actor(self, subject: str, *, issuer: str = "self") -> Actor:
        """Whoever a token of this subject acts as."""
        async with self.database.reading(ANONYMOUS) as connection:
            rows = await connection.fetch(MEMBERSHIPS, issuer, subject)
        return acting((issuer, subject), rows, organization_id=None)

    async def seat(self, name: str) -> Actor:
        return await self.actor(SEATS[name].subject)

    async def write(
        self, actor: Actor, work: Callable[[Transaction], Awaitable[Result]], *, now: datetime = NOW
    ) -> Result:
        return await self.database.write(actor, work, now=now, request_id="test")

    async def refusal(
        self, actor: Actor, work: Callable[[Transaction], Awaitable[object]], *, now: datetime = NOW
    ) -> list[tuple[str, str | None]]:
        """The codes and fields of what is refused; that nothing has changed is looked at here."""
        before = await self.everything()
        with pytest.raises((DomainError, Refusals)) as refused:
            await self.write(actor, work, now=now)
        assert await self.everything() == before
        error = refused.value
        errors = error.errors if isinstance(error, Refusals) else (error,)
        return [(each.code(), each.field) for each in errors if isinstance(each, DomainError)]

    async def everything(self) -> list[list[asyncpg.Record]]:
        tables = ("organization", "member", "subject", "invitation", "api_key", "audit_event")
        return [await self.batch.fetch(f"select * from {table} t order by t::text") for table in tables]  # noqa: S608

    async def events(self) -> list[tuple[str, str]]:
        """What was done and by whom, in order."""
        rows = await self.batch.fetch("select type, actor_name from audit_event order by id")
        return [(row["type"], row["actor_name"]) for row in rows]


@pytest.fixture
async def market(fresh_database: OneDatabase) -> AsyncIterator[Market]:
    batch = await asyncpg.connect(fresh_database.batch_url)
    await seed_organizations(batch)
    database = Database(fresh_database.app_url)
    await database.open()
    yield Market(database, batch)
    await database.close()
    await batch.close()
