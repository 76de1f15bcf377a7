"""kill -9 between any two statements of issuing and voiding: nothing is half billed, and doing it again works."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import orjson

from tests.billing.market import ADMIN, FEBRUARY, Agreement, Line, Market
from tests.databases import OneDatabase

HOSTING = Line("hosting", "250", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
Attempt = Callable[..., Any]


@asynccontextmanager
async def dying(database: OneDatabase, agreement: Agreement) -> AsyncIterator[Attempt]:
    """A process that makes attempts and dies before the statement it is told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.billing.dying", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    orders, outcomes = process.stdin, process.stdout
    assert orders is not None
    assert outcomes is not None
    actor = agreement.market.billing_admin
    common = {
        "url": database.app_url,
        "contract_id": str(agreement.id),
        "actor": {
            "kind": actor.kind,
            "organization_id": str(actor.organization_id),
            "member_id": str(actor.member_id),
            "roles": sorted(actor.roles),
        },
    }

    async def attempt(statements: int, **act: str) -> str:
        orders.write(orjson.dumps({**common, **act, "statements": statements}) + b"\n")
        return (await outcomes.readline()).decode().strip()

    try:
        yield attempt
    finally:
        orders.close()
        await process.wait()


async def test_issuing_is_all_or_nothing_wherever_the_process_dies(market: Market, database: OneDatabase) -> None:
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    act = {"act": "issue", "starts_on": FEBRUARY[0].isoformat(), "ends_on": FEBRUARY[1].isoformat()}
    async with dying(database, agreement) as attempt:
        deaths = 0
        while await attempt(deaths, **act) == "KILLED":
            deaths += 1
            assert await agreement.billed() == [], f"something is billed after dying before statement {deaths}"
        assert await attempt(1000, **act) == "NOTHING_TO_BILL"

    assert deaths >= 15
    invoice = await market.one("select number, subtotal_minor from invoice where contract_id = $1", agreement.id)
    assert tuple(invoice.values()) == ("2026-000001", 102000)
    assert len(await market.all("select from journal_entry where contract_id = $1", agreement.id)) == 1
    assert await market.broken_link(agreement) is None


async def test_voiding_is_all_or_nothing_wherever_the_process_dies(market: Market, database: OneDatabase) -> None:
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice_id = await agreement.issue()
    issued = await agreement.billed()
    act = {"act": "void", "invoice_id": str(invoice_id)}
    async with dying(database, agreement) as attempt:
        deaths = 0
        while await attempt(deaths, **act) == "KILLED":
            deaths += 1
            assert await agreement.billed() == issued
            standing = await market.one("select status, amount_due_minor from invoice where id = $1", invoice_id)
            assert tuple(standing.values()) == ("ISSUED", 102000)
            assert await market.broken_link(agreement) is None
        assert await attempt(1000, **act) == "ALREADY_VOID"

    assert deaths >= 10
    assert await market.broken_link(agreement) is None
    assert await agreement.preview() != []
