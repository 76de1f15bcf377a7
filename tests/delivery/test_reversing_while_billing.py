"""Taking back and billing the same acceptance at once: exactly one of the two happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest

from core.db import Database
from core.errors import DomainError
from core.ids import RowKey
from services.delivery.reversing import reverse_acceptance
from tests.billing.market import ADMIN, NOW, Market
from tests.databases import OneDatabase


@pytest.fixture
async def market(database: OneDatabase) -> AsyncIterator[Market]:
    """Organizations that bill each other."""
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url)
    try:
        yield await Market(rows, app).settle()
    finally:
        await app.close()
        await rows.close()


async def test_an_acceptance_is_taken_back_or_billed_but_never_both(market: Market) -> None:
    for _ in range(8):
        agreement = await market.agree(ADMIN)
        decision = RowKey(agreement.id, await agreement.accept("admin", "10", date(2026, 2, 3)))

        reversed_, billed = await asyncio.gather(
            market.database.write(
                market.acceptor,
                lambda tx, decision=decision: reverse_acceptance(  # type: ignore[misc]
                    tx, actor=market.acceptor, decision=decision, reason="By mistake", now=NOW
                ),
                now=NOW,
                request_id="test",
            ),
            agreement.issue(),
            return_exceptions=True,
        )

        row = await market.one("select billed, reversed_at from decision where id = $1", decision.id)
        line = await market.one(
            "select accepted_quantity, billed_quantity from contract_line where contract_id = $1", agreement.id
        )
        if isinstance(reversed_, DomainError):
            assert reversed_.code() == "ALREADY_BILLED"
            assert row == {"billed": True, "reversed_at": None}
            assert line == {"accepted_quantity": 10, "billed_quantity": 10}
        else:
            assert isinstance(billed, DomainError)
            assert billed.code() == "NOTHING_TO_BILL"
            assert row == {"billed": False, "reversed_at": NOW}
            assert line == {"accepted_quantity": 0, "billed_quantity": 0}
