"""What an invoice still asks for follows from what was paid, credited and retained, in one statement."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.errors import DomainError, NotFound
from services.billing.invoices.settling import InvoiceNotOwed, MoreThanDue, MoreThanStands, settle
from tests.billing.market import ADMIN, NOW, Agreement, Market


async def billed(market: Market, **terms: object) -> tuple[Agreement, UUID]:
    """An invoice of 520.00, due thirty days after NOW."""
    agreement = await market.agree(ADMIN, **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement, await agreement.issue()


async def change(
    agreement: Agreement,
    invoice_id: UUID,
    *,
    now: datetime = NOW,
    paid_minor: int = 0,
    credited_minor: int = 0,
    retained_minor: int = 0,
) -> tuple[str, int]:
    """Settle as the billing desk; where the invoice stands afterwards, and what is due."""
    market = agreement.market
    settled = await market.database.write(
        market.billing_admin,
        lambda tx: settle(
            tx,
            agreement.id,
            invoice_id,
            now=now,
            field="invoiceId",
            paid_minor=paid_minor,
            credited_minor=credited_minor,
            retained_minor=retained_minor,
        ),
        now=now,
        request_id="test",
    )
    assert (settled.number, settled.currency_code) == ("2026-000001", "USD")
    return settled.status, settled.amount_due_minor


async def kept(market: Market, invoice_id: UUID) -> tuple[Any, ...]:
    row = await market.one("select * from invoice where id = $1", invoice_id)
    return tuple(row[name] for name in ("status", "paid_minor", "credited_minor", "retained_minor", "amount_due_minor"))


async def test_the_status_follows_the_amounts_there_and_back(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    assert await change(agreement, invoice_id, retained_minor=5200) == ("ISSUED", 46800)
    assert await change(agreement, invoice_id, paid_minor=40000) == ("PARTLY_PAID", 6800)
    assert await change(agreement, invoice_id, credited_minor=6800) == ("PAID", 0)
    assert await kept(market, invoice_id) == ("PAID", 40000, 6800, 5200, 0)
    assert await change(agreement, invoice_id, retained_minor=-5200, paid_minor=5200) == ("PAID", 0)
    assert await change(agreement, invoice_id, paid_minor=-45200) == ("PARTLY_PAID", 45200)
    assert await change(agreement, invoice_id, credited_minor=-6800) == ("ISSUED", 52000)
    assert await kept(market, invoice_id) == ("ISSUED", 0, 0, 0, 52000)


@pytest.mark.parametrize(
    ("time_zone", "hours", "status"),
    [("UTC", 0, "PARTLY_PAID"), ("UTC", 24, "OVERDUE"), ("Pacific/Kiritimati", 10, "OVERDUE"),
     ("Pacific/Kiritimati", 9, "PARTLY_PAID"), ("Pacific/Pago_Pago", 34, "PARTLY_PAID"),
     ("Pacific/Pago_Pago", 35, "OVERDUE")],
)  # fmt: skip
async def test_the_due_day_ends_where_the_association_is(
    market: Market, time_zone: str, hours: int, status: str
) -> None:
    agreement, invoice_id = await billed(market, time_zone=time_zone)
    due_on = (await market.one("select due_on from invoice where id = $1", invoice_id))["due_on"]
    now = datetime(due_on.year, due_on.month, due_on.day, tzinfo=UTC) + timedelta(hours=hours)
    assert await change(agreement, invoice_id, now=now, paid_minor=100) == (status, 51900)
    assert await change(agreement, invoice_id, now=now, paid_minor=51900) == ("PAID", 0)


@pytest.mark.parametrize(
    ("deltas", "refusal"),
    [
        ({"paid_minor": 52001}, MoreThanDue),
        ({"paid_minor": 50000, "retained_minor": 2001}, MoreThanDue),
        ({"paid_minor": -1}, MoreThanStands),
        ({"credited_minor": -1, "paid_minor": 1}, MoreThanStands),
        ({"retained_minor": -1}, MoreThanStands),
    ],
)
async def test_nothing_goes_below_zero(market: Market, deltas: dict[str, Any], refusal: type[DomainError]) -> None:
    agreement, invoice_id = await billed(market)
    with pytest.raises(refusal) as refused:
        await change(agreement, invoice_id, **deltas)
    assert refused.value.field == "invoiceId"
    assert await kept(market, invoice_id) == ("ISSUED", 0, 0, 0, 52000)


async def test_what_is_void_or_not_there_is_not_settled(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    with pytest.raises(NotFound):
        await change(agreement, uuid4(), paid_minor=1)
    await agreement.void(invoice_id)
    with pytest.raises(InvoiceNotOwed):
        await change(agreement, invoice_id, paid_minor=1)
    assert await kept(market, invoice_id) == ("VOID", 0, 0, 0, 0)


async def test_twenty_at_once_pay_no_more_than_is_due(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    outcomes = await asyncio.gather(
        *(change(agreement, invoice_id, paid_minor=5200) for _ in range(20)), return_exceptions=True
    )
    assert Counter(type(outcome) for outcome in outcomes) == {tuple: 10, MoreThanDue: 10}
    assert await kept(market, invoice_id) == ("PAID", 52000, 0, 0, 0)
