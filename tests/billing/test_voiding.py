"""A void invoice keeps its number and gives everything else back, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from core.errors import DomainError, Forbidden, NotFound, Refusals
from services.billing.invoices.voiding import AlreadyVoid
from tests.billing.market import ADMIN, FEBRUARY, NOW, Agreement, Line, Market

HOSTING = Line("hosting", "250", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")


async def billed(market: Market) -> tuple[Agreement, UUID]:
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement, await agreement.issue()


async def test_what_a_void_invoice_billed_can_be_billed_again_under_a_new_number(market: Market) -> None:
    agreement, first = await billed(market)
    before = await agreement.lines_of(first)

    assert await agreement.void(first, reason="  Wrong purchase order ") == first

    invoice = await market.one("select * from invoice where id = $1", first)
    assert (invoice["status"], invoice["voided_at"], invoice["void_reason"]) == ("VOID", NOW, "Wrong purchase order")
    assert (invoice["total_minor"], invoice["amount_due_minor"]) == (102000, 0)
    totals = "select billed_quantity, billed_minor from contract_line where contract_id = $1 order by position"
    assert [tuple(row.values()) for row in await market.all(totals, agreement.id)] == [(0, 0), (0, 0)]
    assert not (await market.one("select billed from decision where contract_id = $1", agreement.id))["billed"]
    released = await market.all("select released_at from invoice_source where invoice_id = $1", first)
    assert [row["released_at"] for row in released] == [NOW, NOW, NOW]

    second = await agreement.issue()

    again = await agreement.lines_of(second)
    told = ("contract_line_id", "quantity", "late_quantity", "amount_minor", "cost_minor", "platform_fee_minor")
    assert [[line[name] for name in told] for line in again] == [[line[name] for name in told] for line in before]
    numbers = await market.all(
        "select number, status from invoice where contract_id = $1 order by number", agreement.id
    )
    assert [tuple(row.values()) for row in numbers] == [("2026-000001", "VOID"), ("2026-000002", "ISSUED")]
    assert [tuple(row.values()) for row in await market.all(totals, agreement.id)] == [(10, 52000), (2, 50000)]


async def test_voiding_reverses_the_entry_and_links_it(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    await agreement.void(invoice_id)

    issued, voided = await market.all(
        "select * from journal_entry where contract_id = $1 order by sequence", agreement.id
    )
    assert (issued["kind"], voided["kind"], voided["sequence"]) == ("INVOICE_ISSUED", "INVOICE_VOIDED", 2)
    assert voided["reverses_entry_id"] == issued["id"]
    sums = await market.all(
        "select account, sum(amount_minor) as minor, count(*) from posting where contract_id = $1 group by account",
        agreement.id,
    )
    assert {row["account"]: (row["minor"], row["count"]) for row in sums} == {
        "ASSOCIATION_RECEIVABLE": (Decimal(0), 2),
        "VENDOR_PAYABLE": (Decimal(0), 2),
        "PLATFORM_FEE_INCOME": (Decimal(0), 2),
    }
    assert await market.broken_link(agreement) is None


async def test_both_parties_can_read_why_in_the_trail(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    await agreement.void(invoice_id, reason="Billed twice by hand")
    event = await market.one(
        "select * from audit_event where type = 'INVOICE_VOIDED' and contract_id = $1", agreement.id
    )
    assert (event["object_id"], event["reason"]) == (invoice_id, "Billed twice by hand")


async def test_of_twenty_at_once_one_voids(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    outcomes = await asyncio.gather(*(agreement.void(invoice_id) for _ in range(20)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, AlreadyVoid: 19}
    assert await market.broken_link(agreement) is None


@pytest.mark.parametrize(("reason", "code"), [("", "TEXT_BLANK"), (" \n", "TEXT_BLANK"), ("x" * 2001, "TEXT_TOO_LONG")])
async def test_a_void_needs_a_reason(market: Market, reason: str, code: str) -> None:
    agreement, invoice_id = await billed(market)
    with pytest.raises(Refusals) as refused:
        await agreement.void(invoice_id, reason=reason)
    assert [(error.code(), error.field) for error in refused.value.errors] == [(code, "reason")]
    assert (await market.one("select status from invoice where id = $1", invoice_id))["status"] == "ISSUED"


async def test_who_may_not_void_and_what_is_not_there(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    cases: list[tuple[UUID, object, type[DomainError]]] = [
        (invoice_id, market.finance, Forbidden),
        (invoice_id, market.vendor_owner, Forbidden),
        (invoice_id, market.stranger, NotFound),
        (uuid4(), market.billing_admin, NotFound),
    ]
    for invoice, actor, refusal in cases:
        with pytest.raises(refusal) as refused:
            await agreement.void(invoice, by=actor)  # type: ignore[arg-type]  # a list of cases forgets its types
        assert refused.value.field in {"invoiceId", None}
    assert (await market.one("select status from invoice where id = $1", invoice_id))["status"] == "ISSUED"


async def test_an_acceptance_that_is_billed_cannot_be_reversed_and_one_that_is_free_can(market: Market) -> None:
    agreement, invoice_id = await billed(market)
    reverse = "update decision set reversed_at = now() where contract_id = $1"
    with pytest.raises(Exception, match="billed_is_not_reversed"):
        await market.rows.execute(reverse, agreement.id)
    await agreement.void(invoice_id)
    await market.rows.execute(reverse, agreement.id)
    assert [line["description"] for line in await agreement.preview(FEBRUARY)] == ["Hosting"]
