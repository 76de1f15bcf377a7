"""A marketplace begins: one operator, one first OWNER, and nobody by the back door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.actor import NOBODY, SYSTEM, Actor
from core.db import Database, Transaction
from core.errors import DomainError, Refusals
from services.identity.founding import found_marketplace
from services.identity.inviting import OPEN_FOR, accept_invitation
from services.identity.secret_codes import SecretCode
from tests.databases import OneDatabase
from tests.identity.forging import NOW

RIGHT: dict[str, Any] = {
    "name": "Delta Exchange",
    "country_code": "PT",
    "time_zone": "Europe/Lisbon",
    "platform_fee_percent": Decimal("2.5"),
    "owner_name": "Rita Melo",
    "owner_email": "rita@delta.example",
}
Founded = tuple[UUID, SecretCode]


@dataclass
class Empty:
    """A database in which nobody is yet."""

    app: Database
    batch: Database
    rows: asyncpg.Connection[Any]

    async def found(self, *, now: datetime = NOW, **changed: Any) -> Founded:  # noqa: ANN401  (whatever a test changes)
        values = RIGHT | changed
        return await self.batch.write(
            SYSTEM, lambda tx: found_marketplace(tx, **values, now=now), now=now, request_id="test"
        )

    async def refusal(self, **changed: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401
        before = await self.everything()
        with pytest.raises((DomainError, Refusals)) as refused:
            await self.found(**changed)
        assert await self.everything() == before
        error = refused.value
        errors = error.errors if isinstance(error, Refusals) else (error,)
        return [(each.code(), each.field) for each in errors if isinstance(each, DomainError)]

    async def join(self, code: SecretCode, subject: str = "rita", *, now: datetime = NOW) -> UUID:
        bearer = Actor(kind="ANONYMOUS", subject=("https://id.delta.example", subject))
        work: Callable[[Transaction], Awaitable[UUID]] = lambda tx: accept_invitation(  # noqa: E731
            tx, actor=bearer, code=code.text, now=now
        )
        return await self.app.write(bearer, work, now=now, request_id="test")

    async def everything(self) -> list[list[asyncpg.Record]]:
        tables = ("organization", "member", "invitation", "audit_event")
        return [await self.rows.fetch(f"select * from {table} t order by t::text") for table in tables]  # noqa: S608


@pytest.fixture
async def empty(fresh_database: OneDatabase) -> AsyncIterator[Empty]:
    app, batch = Database(fresh_database.app_url), Database(fresh_database.batch_url)
    rows = await asyncpg.connect(fresh_database.batch_url)
    yield Empty(app, batch, rows)
    for each in (rows, app, batch):
        await each.close()


async def test_an_operator_its_invitation_and_one_event(empty: Empty) -> None:
    operator, code = await empty.found(name=" Delta Exchange ")
    organizations, members, invitations, events = await empty.everything()
    assert [dict(row) for row in organizations] == [
        {
            "id": operator,
            "kind": "OPERATOR",
            "name": "Delta Exchange",
            "country_code": "PT",
            "time_zone": "Europe/Lisbon",
            "platform_fee_percent": Decimal("2.50"),
            "created_at": NOW,
        }
    ]
    assert members == []
    (invitation,) = invitations
    assert (invitation["organization_id"], invitation["roles"], invitation["code_hash"]) == (
        operator,
        ["OWNER"],
        code.digest,
    )
    assert (invitation["invited_by_member_id"], invitation["expires_at"]) == (NOBODY, NOW + OPEN_FOR)
    (event,) = events
    assert (event["type"], event["object_id"], event["actor_organization_id"]) == (
        "MARKETPLACE_FOUNDED",
        operator,
        operator,
    )
    assert code.text not in str(dict(event))


async def test_whoever_has_the_code_is_the_first_owner(empty: Empty) -> None:
    operator, code = await empty.found()
    member = await empty.join(code)
    row = await empty.rows.fetchrow("select organization_id, name, roles from member where id = $1", member)
    assert row is not None
    assert tuple(row) == (operator, "Rita Melo", ["OWNER"])


async def test_a_marketplace_has_one_operator(empty: Empty) -> None:
    await empty.found()
    assert await empty.refusal(name="Another") == [("ONE_OPERATOR", None)]


async def test_founded_ten_times_at_once_there_is_one(empty: Empty) -> None:
    done = await asyncio.gather(*(empty.found() for _ in range(10)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["OneOperator"] * 9 + ["tuple"]
    assert [len(rows) for rows in await empty.everything()] == [1, 0, 1, 1]


async def test_every_fault_is_told_at_once(empty: Empty) -> None:
    faults = await empty.refusal(
        name="",
        country_code="XX",
        time_zone="Mars/Olympus",
        platform_fee_percent=Decimal("2.555"),
        owner_name=" ",
        owner_email="rita",
    )
    assert faults == [
        ("TEXT_BLANK", "name"),
        ("UNKNOWN_COUNTRY", "countryCode"),
        ("UNKNOWN_TIME_ZONE", "timeZone"),
        ("INVALID_INPUT", "platformFeePercent"),
        ("TEXT_BLANK", "ownerName"),
        ("NOT_AN_EMAIL_ADDRESS", "ownerEmail"),
    ]


@pytest.mark.parametrize("percent", ["-0.01", "100.01", "NaN", "Infinity", "1E+30"])
async def test_a_platform_fee_is_a_share(empty: Empty, percent: str) -> None:
    fault = [("INVALID_INPUT", "platformFeePercent")]
    assert await empty.refusal(platform_fee_percent=Decimal(percent)) == fault


async def test_founding_again_corrects_it_and_the_lost_code_opens_nothing(empty: Empty) -> None:
    operator, lost = await empty.found()
    later = NOW + timedelta(days=1)
    again, code = await empty.found(name="Delta Market", platform_fee_percent=Decimal(4), again=True, now=later)
    assert again == operator
    assert await empty.rows.fetchrow("select name, platform_fee_percent from organization") == (
        "Delta Market",
        Decimal("4.00"),
    )
    with pytest.raises(DomainError, match="not the code of an open invitation"):
        await empty.join(lost, now=later)
    await empty.join(code, now=later)
    assert await empty.refusal(again=True) == [("ONE_OPERATOR", None)]


async def test_what_was_not_founded_is_not_founded_again(empty: Empty) -> None:
    assert await empty.refusal(again=True) == [("NOT_FOUND", None)]
