"""A credit note takes off exactly what it says, never more than was billed, and a void one is as if it had not been."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from core.errors import DomainError, Forbidden, NotFound, Refusals
from services.billing.adjustments.balance import CreditSpent
from services.billing.adjustments.reasons import Why
from services.billing.adjustments.splitting import (
    CreditedLine,
    MoreThanBilled,
    NothingToCredit,
    NotTheWholeLine,
    QuantityOrAmount,
)
from services.billing.adjustments.uncrediting import CreditNoteVoid
from services.billing.invoices.settling import InvoiceNotOwed, MoreThanDue
from services.billing.invoices.voiding import InvoiceInUse
from services.delivery.evidence import NamedTwice
from services.delivery.reversing import AlreadyBilled
from tests.billing.adjustments.adjusting import (
    amounts,
    apply,
    credit,
    disagreeing,
    documents_disagreeing,
    pay,
    uncredit,
)
from tests.billing.market import ADMIN, MARCH, NOW, Agreement, Line, Market

HOSTING = Line("hosting", "250", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")


async def billed(market: Market) -> tuple[Agreement, UUID, list[UUID]]:
    """An invoice of 10 hours at 52.00 and of hosting in January and February at 250.00: 1,020.00."""
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "4", date(2026, 2, 3))
    await agreement.accept("admin", "6", date(2026, 2, 4))
    invoice_id = await agreement.issue()
    return agreement, invoice_id, [line["id"] for line in await agreement.lines_of(invoice_id)]


def conceded(line_id: UUID, minor: int) -> CreditedLine:
    return CreditedLine(line_id, amount=Decimal(minor) / 100)


async def note_of(market: Market, note_id: UUID) -> dict[str, object]:
    return await market.one("select * from credit_note where id = $1", note_id)


async def test_a_quantity_takes_its_price_its_platform_fee_and_its_cost(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)

    note_id = await credit(agreement, invoice_id, CreditedLine(hours, quantity=Decimal(3)))

    note = await note_of(market, note_id)
    told = ("number", "status", "reason_code", "reason", "subtotal_minor", "tax_total_minor", "total_minor",
            "applied_minor", "retained_minor", "refundable_minor", "issued_at", "issued_on")  # fmt: skip
    assert [note[name] for name in told] == [
        "CN-2026-000001", "ISSUED", "BILLED_IN_ERROR", "Counted twice", 15600, 0, 15600, 15600, 0, 0, NOW,
        date(2026, 6, 15)]  # fmt: skip
    assert note["issued_by_member_id"] == market.billing_admin.member_id
    line = await market.one(
        "select * from credit_note_line join credit_note_line_cost on credit_note_line_id = id "
        "where credit_note_line.credit_note_id = $1",
        note_id,
    )
    assert [line[name] for name in ("quantity", "amount_minor", "tax_minor", "cost_minor", "platform_fee_minor")] == [
        3, 15600, 0, 11400, 468]  # fmt: skip
    assert await amounts(agreement, invoice_id) == ("PARTLY_PAID", 86400, 0, 15600, 0)
    posted = await market.all(
        "select p.account, p.amount_minor from posting p join journal_entry e on e.id = p.entry_id "
        "where e.id = $1 order by p.position", note["issued_entry_id"])  # fmt: skip
    assert [tuple(row.values()) for row in posted] == [
        ("VENDOR_PAYABLE", 15132), ("PLATFORM_FEE_INCOME", 468), ("ASSOCIATION_RECEIVABLE", -15600)]  # fmt: skip
    assert await disagreeing(agreement) == []
    event = await market.one("select * from audit_event where object_id = $1", note_id)
    assert (event["type"], event["reason"]) == ("CREDIT_NOTE_ISSUED", "Counted twice")


async def test_an_amount_is_a_concession_that_leaves_quantity_cost_and_what_is_billed(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    note_id = await credit(agreement, invoice_id, conceded(hours, 5200))
    cost = await market.one("select * from credit_note_line_cost where credit_note_id = $1", note_id)
    assert (cost["cost_minor"], cost["platform_fee_minor"]) == (0, 156)
    line = await market.one("select * from contract_line where id = $1", agreement.lines["admin"])
    assert (line["billed_quantity"], line["billed_minor"]) == (10, 46800)
    assert await agreement.preview() == []
    # what is left of the line goes with what is left of its quantity
    rest = await note_of(market, await credit(agreement, invoice_id, CreditedLine(hours, quantity=Decimal(5))))
    assert rest["subtotal_minor"] == 23400
    assert await disagreeing(agreement) == []


async def test_what_was_paid_already_becomes_credit_and_pays_another_invoice(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    await pay(agreement, invoice_id, 100000)
    note = await note_of(market, await credit(agreement, invoice_id, CreditedLine(hours)))
    assert [note[name] for name in ("total_minor", "applied_minor", "refundable_minor")] == [52000, 2000, 50000]
    assert await amounts(agreement, invoice_id) == ("PAID", 0, 100000, 2000, 0)
    assert await disagreeing(agreement) == []

    await agreement.accept("admin", "1", date(2026, 3, 3))
    other = await agreement.issue(MARCH)
    with pytest.raises(CreditSpent):
        await apply(agreement, other, 50001)
    with pytest.raises(MoreThanDue):
        await apply(agreement, other, 30201)
    await apply(agreement, other)
    assert await amounts(agreement, other) == ("PAID", 0, 30200, 0, 0)
    application = await market.one("select * from credit_application where contract_id = $1", agreement.id)
    assert (application["invoice_id"], application["amount_minor"]) == (other, 30200)
    with pytest.raises(CreditSpent):
        await uncredit(agreement, note["id"])  # type: ignore[arg-type]  # a row's values are of any type
    assert await disagreeing(agreement) == []


async def test_a_share_of_what_is_retained_goes_with_it(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    await retain(market, agreement, invoice_id, 10200)
    note_id = await credit(agreement, invoice_id, CreditedLine(hours))
    note = await note_of(market, note_id)
    assert [note[name] for name in ("applied_minor", "retained_minor", "refundable_minor")] == [46800, 5200, 0]
    invoice = await market.one("select * from invoice where id = $1", invoice_id)
    assert (invoice["retained_minor"], invoice["amount_due_minor"], invoice["credited_minor"]) == (5000, 45000, 52000)
    assert await documents_disagreeing(agreement) == []
    await uncredit(agreement, note_id)
    invoice = await market.one("select * from invoice where id = $1", invoice_id)
    assert (invoice["retained_minor"], invoice["amount_due_minor"], invoice["credited_minor"]) == (10200, 91800, 0)
    assert await documents_disagreeing(agreement) == []


async def retain(market: Market, agreement: Agreement, invoice_id: UUID, minor: int) -> None:
    """Retain of an invoice by moving its receivable, as an invoice with retainage is posted."""
    async with market.rows.transaction():
        await market.rows.execute("alter table posting disable trigger user")
        await market.rows.execute(
            "update posting set amount_minor = amount_minor - $2 where contract_id = $1 and position = 1",
            agreement.id, minor)  # fmt: skip
        await market.rows.execute(
            "insert into posting (contract_id, entry_id, position, association_id, vendor_id, account, currency_code, "
            "amount_minor) select contract_id, entry_id, 9, association_id, vendor_id, 'RETAINAGE_RECEIVABLE', "
            "currency_code, $2 from posting where contract_id = $1 and position = 1", agreement.id, minor)  # fmt: skip
        await market.rows.execute("alter table posting enable trigger user")
        await market.rows.execute(
            "update invoice set retained_minor = $2, amount_due_minor = amount_due_minor - $2 where id = $1",
            invoice_id, minor)  # fmt: skip


async def test_what_was_billed_wrongly_is_free_and_comes_back_when_the_credit_note_is_void(market: Market) -> None:
    agreement, invoice_id, (hours, hosting) = await billed(market)
    note_id = await credit(
        agreement, invoice_id, CreditedLine(hours, frees_sources=True), CreditedLine(hosting, frees_sources=True)
    )
    assert await amounts(agreement, invoice_id) == ("PAID", 0, 0, 102000, 0)
    assert [(line["description"], line["quantity"]) for line in await agreement.preview()] == [
        ("Admin", 10), ("Hosting", 2)]  # fmt: skip
    again = await agreement.issue()
    assert await disagreeing(agreement) == []
    with pytest.raises(AlreadyBilled):
        await uncredit(agreement, note_id)
    assert await disagreeing(agreement) == []
    await agreement.void(again)
    await uncredit(agreement, note_id)
    assert await agreement.preview() == []
    assert await amounts(agreement, invoice_id) == ("ISSUED", 102000, 0, 0, 0)
    note = await note_of(market, note_id)
    assert (note["status"], note["void_reason"], note["voided_at"]) == ("VOID", "Credited the wrong one", NOW)
    assert await disagreeing(agreement) == []


async def test_a_freed_acceptance_that_was_reversed_does_not_come_back(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    note_id = await credit(agreement, invoice_id, CreditedLine(hours, frees_sources=True))
    await market.rows.execute("update decision set reversed_at = now() where contract_id = $1", agreement.id)
    with pytest.raises(AlreadyBilled):
        await uncredit(agreement, note_id)
    assert (await note_of(market, note_id))["status"] == "ISSUED"


async def test_all_that_stands_is_credited_and_then_nothing_is_left(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    await credit(agreement, invoice_id, CreditedLine(hours, quantity=Decimal("0.333333")))
    await credit(agreement, invoice_id, conceded(hours, 1))
    rest = await note_of(market, await credit(agreement, invoice_id))
    assert rest["subtotal_minor"] == 102000 - 1733 - 1
    sums = await market.one(
        "select sum(cost_minor) as cost, sum(platform_fee_minor) as fee from credit_note_line_cost "
        "where contract_id = $1",
        agreement.id,
    )
    assert (sums["cost"], sums["fee"]) == (38000 + 24000, 1560 + 1500)
    with pytest.raises(NothingToCredit):
        await credit(agreement, invoice_id)
    assert await disagreeing(agreement) == []


async def test_a_credit_note_is_refused_by_name_and_nothing_changes(market: Market) -> None:
    agreement, invoice_id, (hours, hosting) = await billed(market)
    void = await market.agree(ADMIN)
    await void.accept("admin", "1", date(2026, 2, 3))
    void_invoice = await void.issue()
    await void.void(void_invoice)
    await credit(agreement, invoice_id, conceded(hosting, 1))
    cases: list[tuple[tuple[CreditedLine, ...], type[DomainError], str]] = [
        ((CreditedLine(hours, quantity=Decimal("10.000001")),), MoreThanBilled, "lines.0.quantity"),
        ((CreditedLine(hosting), conceded(hours, 52001)), MoreThanBilled, "lines.1.amount"),
        ((CreditedLine(hours, quantity=Decimal(0)),), NothingToCredit, "lines.0.quantity"),
        ((conceded(hours, 0),), NothingToCredit, "lines.0.amount"),
        ((CreditedLine(hours, quantity=Decimal("0.000001")),), NothingToCredit, "lines"),
        ((CreditedLine(hours), CreditedLine(hours)), NamedTwice, "lines.1.invoiceLineId"),
        ((CreditedLine(uuid4()),), NotFound, "lines.0.invoiceLineId"),
        ((CreditedLine(hours, quantity=Decimal(1), amount=Decimal(1)),), QuantityOrAmount, "lines.0"),
        ((CreditedLine(hours, quantity=Decimal(1), frees_sources=True),), NotTheWholeLine, "lines.0.freesSources"),
        ((CreditedLine(hosting, frees_sources=True),), NotTheWholeLine, "lines.0.freesSources"),
    ]
    before = await amounts(agreement, invoice_id)
    for lines, refusal, field in cases:
        with pytest.raises(refusal) as refused:
            await credit(agreement, invoice_id, *lines)
        assert refused.value.field == field
    with pytest.raises(InvoiceNotOwed):
        await credit(void, void_invoice)
    with pytest.raises(NotFound):
        await credit(agreement, void_invoice)
    with pytest.raises(Refusals):
        await credit(agreement, invoice_id, why=Why("OTHER", "  "))
    for actor, refusal in ((market.finance, Forbidden), (market.vendor_owner, Forbidden), (market.stranger, NotFound)):
        with pytest.raises(refusal):
            await credit(agreement, invoice_id, by=actor)
    assert await amounts(agreement, invoice_id) == before
    assert (await market.one("select count(*) from credit_note where contract_id = $1", agreement.id))["count"] == 1
    assert await disagreeing(agreement) == []


async def test_of_twenty_at_once_for_the_same_line_one_credits_it(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    outcomes = await asyncio.gather(
        *(credit(agreement, invoice_id, CreditedLine(hours, quantity=Decimal(6))) for _ in range(20)),
        return_exceptions=True,
    )
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, MoreThanBilled: 19}
    assert await amounts(agreement, invoice_id) == ("PARTLY_PAID", 70800, 0, 31200, 0)
    assert await disagreeing(agreement) == []


async def test_of_a_credit_and_a_void_at_once_one_wins(market: Market) -> None:
    for _ in range(5):
        agreement, invoice_id, _ = await billed(market)
        outcomes = await asyncio.gather(
            credit(agreement, invoice_id), agreement.void(invoice_id), return_exceptions=True
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) in (
            ["InvoiceInUse", "UUID"], ["InvoiceNotOwed", "UUID"])  # fmt: skip
        assert await disagreeing(agreement) == []


async def test_of_twenty_at_once_one_voids_the_credit_note(market: Market) -> None:
    agreement, invoice_id, _ = await billed(market)
    note_id = await credit(agreement, invoice_id)
    outcomes = await asyncio.gather(*(uncredit(agreement, note_id) for _ in range(20)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {type(None): 1, CreditNoteVoid: 19}
    assert await disagreeing(agreement) == []
    await agreement.void(invoice_id)
    assert await disagreeing(agreement) == []


async def test_an_invoice_that_is_paid_or_credited_is_not_voided(market: Market) -> None:
    agreement, invoice_id, _ = await billed(market)
    await pay(agreement, invoice_id, 1)
    with pytest.raises(InvoiceInUse):
        await agreement.void(invoice_id)
    assert await amounts(agreement, invoice_id) == ("PARTLY_PAID", 101999, 1, 0, 0)


async def test_credit_notes_are_counted_by_vendor_and_year_without_gaps(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    with pytest.raises(MoreThanBilled):
        await credit(agreement, invoice_id, conceded(hours, 10**9))
    await asyncio.gather(
        *(credit(agreement, invoice_id, conceded(hours, 100)) for _ in range(8)),
        return_exceptions=True,
    )
    numbers = await market.all("select number from credit_note where contract_id = $1 order by number", agreement.id)
    assert [row["number"] for row in numbers] == [f"CN-2026-{number:06d}" for number in range(1, 9)]
