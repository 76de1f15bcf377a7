"""A debit note charges more and bills no work; a corrected invoice bills what the wrong one did, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from core.errors import DomainError, Forbidden, NotFound, Refusals
from core.money import InvalidAmount
from services.billing.adjustments.correcting import InvoiceCredited, NothingToCorrect
from services.billing.adjustments.debiting import DebitedLine, NothingToDebit
from services.billing.adjustments.disputing import DisputedLine
from services.billing.adjustments.splitting import CreditedLine, LineDisputed
from services.billing.invoices.settling import InvoiceNotOwed
from services.billing.invoices.voiding import InvoiceInUse
from services.delivery.evidence import NamedTwice
from services.delivery.reversing import AlreadyBilled
from tests.billing.adjustments.adjusting import (
    amounts,
    apply,
    correct,
    credit,
    debit,
    disagreeing,
    dispute,
    pay,
    uncredit,
)
from tests.billing.adjustments.test_crediting import billed
from tests.billing.market import Market


async def test_a_debit_note_charges_price_and_no_quantity(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    note_id = await debit(agreement, invoice_id, DebitedLine(hours, Decimal("104.50"), " Two nights "))
    note = await market.one("select * from invoice where id = $1", note_id)
    told = ("number", "kind", "status", "corrects_invoice_id", "adjustment_reason", "total_minor", "amount_due_minor")
    assert [note[name] for name in told] == [
        "2026-000002", "DEBIT_NOTE", "ISSUED", invoice_id, "Night rate forgotten", 10450, 10450]  # fmt: skip
    (line,) = await agreement.lines_of(note_id)
    told = ("description", "quantity", "unit", "amount_minor", "cost_minor", "platform_fee_minor", "corrects_line_id")
    assert [line[name] for name in told] == ["Two nights", 1, "LUMP_SUM", 10450, 0, 314, hours]
    totals = await market.one("select * from contract_line where id = $1", agreement.lines["admin"])
    assert (totals["billed_quantity"], totals["billed_minor"]) == (10, 62450)
    event = await market.one("select * from audit_event where object_id = $1", note_id)
    assert (event["type"], event["reason"]) == ("INVOICE_ISSUED", "Night rate forgotten")
    assert await disagreeing(agreement) == []
    with pytest.raises(InvoiceInUse):
        await agreement.void(invoice_id)
    await credit(agreement, note_id, CreditedLine(line["id"], amount=Decimal(1)))
    assert await disagreeing(agreement) == []
    second = await debit(agreement, invoice_id, DebitedLine(hours, Decimal(1), "One more"))
    await agreement.void(second)
    assert await disagreeing(agreement) == []


async def test_a_corrected_invoice_bills_the_same_once(market: Market) -> None:
    agreement, invoice_id, (hours, hosting) = await billed(market)
    await pay(agreement, invoice_id, 2000)
    await market.rows.execute("update contract set purchase_order_number = 'PO-9' where id = $1", agreement.id)

    corrected_id = await correct(agreement, invoice_id)

    assert await amounts(agreement, invoice_id) == ("PAID", 0, 2000, 100000, 0)
    assert await amounts(agreement, corrected_id) == ("ISSUED", 102000, 0, 0, 0)
    corrected = await market.one("select * from invoice where id = $1", corrected_id)
    told = ("number", "kind", "corrects_invoice_id", "purchase_order_number", "adjustment_reason")
    assert [corrected[name] for name in told] == [
        "2026-000002", "CORRECTED_INVOICE", invoice_id, "PO-9", "Wrong order number"]  # fmt: skip
    before, after = await agreement.lines_of(invoice_id), await agreement.lines_of(corrected_id)
    same = ("contract_line_id", "position", "description", "unit", "quantity", "late_quantity", "unit_price",
            "amount_minor", "cost_minor", "platform_fee_minor", "rate_version", "tax_category_code")  # fmt: skip
    assert [[line[name] for name in same] for line in after] == [[line[name] for name in same] for line in before]
    assert [line["corrects_line_id"] for line in after] == [hours, hosting]
    sources = await market.all(
        "select count(*), count(released_at) as released from invoice_source where contract_id = $1 "
        "group by invoice_id order by 2 desc", agreement.id)  # fmt: skip
    assert [tuple(row.values()) for row in sources] == [(4, 4), (4, 0)]
    assert await agreement.preview() == []
    note = await market.one("select * from credit_note where contract_id = $1", agreement.id)
    assert (note["reason_code"], note["applied_minor"], note["refundable_minor"]) == ("CORRECTION", 100000, 2000)
    assert await disagreeing(agreement) == []
    with pytest.raises(AlreadyBilled):
        await uncredit(agreement, note["id"])
    await apply(agreement, corrected_id)
    assert await amounts(agreement, corrected_id) == ("PARTLY_PAID", 100000, 2000, 0, 0)
    assert await disagreeing(agreement) == []


async def test_what_is_left_out_can_be_billed_again_and_a_void_correction_gives_all_back(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    corrected_id = await correct(agreement, invoice_id, hours)
    assert await amounts(agreement, corrected_id) == ("ISSUED", 50000, 0, 0, 0)
    assert [line["description"] for line in await agreement.preview()] == ["Admin"]
    assert await disagreeing(agreement) == []
    await agreement.void(corrected_id)
    assert [line["description"] for line in await agreement.preview()] == ["Admin", "Hosting"]
    note = await market.one("select id from credit_note where contract_id = $1", agreement.id)
    await uncredit(agreement, note["id"])
    assert await agreement.preview() == []
    assert await amounts(agreement, invoice_id) == ("ISSUED", 102000, 0, 0, 0)
    assert await disagreeing(agreement) == []


async def test_of_many_corrections_at_once_one_wins(market: Market) -> None:
    agreement, invoice_id, _ = await billed(market)
    outcomes = await asyncio.gather(*(correct(agreement, invoice_id) for _ in range(8)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, InvoiceCredited: 7}
    assert await disagreeing(agreement) == []


async def test_what_is_refused_changes_nothing(market: Market) -> None:
    agreement, invoice_id, (hours, hosting) = await billed(market)
    other, void_invoice, _ = await billed(market)
    await other.void(void_invoice)
    refused: list[tuple[tuple[DebitedLine, ...], type[Exception]]] = [
        ((), NothingToDebit),
        ((DebitedLine(hours, Decimal(0), "-"),), NothingToDebit),
        ((DebitedLine(hours, Decimal("0.001"), "-"),), InvalidAmount),
        ((DebitedLine(hours, Decimal(-1), "-"),), InvalidAmount),
        ((DebitedLine(hours, Decimal(1), " "),), Refusals),
        ((DebitedLine(hours, Decimal(1), "-"), DebitedLine(hours, Decimal(1), "-")), NamedTwice),
        ((DebitedLine(uuid4(), Decimal(1), "-"),), NotFound),
    ]
    for lines, refusal in refused:
        with pytest.raises(refusal):
            await debit(agreement, invoice_id, *lines)
    wrong: type[DomainError]
    for leave_out, wrong in (((hours, hosting), NothingToCorrect), ((uuid4(),), NotFound)):
        with pytest.raises(wrong):
            await correct(agreement, invoice_id, *leave_out)
    for by, wrong in ((market.finance, Forbidden), (market.vendor_owner, Forbidden), (market.stranger, NotFound)):
        with pytest.raises(wrong):
            await correct(agreement, invoice_id, by=by)
        with pytest.raises(wrong):
            await debit(agreement, invoice_id, DebitedLine(hours, Decimal(1), "-"), by=by)
    with pytest.raises(InvoiceNotOwed):
        await correct(other, void_invoice)
    await dispute(agreement, invoice_id, DisputedLine(hours, None, "RATE", "Too dear"))
    with pytest.raises(LineDisputed):
        await correct(agreement, invoice_id)
    assert await amounts(agreement, invoice_id) == ("ISSUED", 102000, 0, 0, 52000)
    count = await market.one("select count(*) from invoice where contract_id = $1", agreement.id)
    assert count["count"] == 1
    assert await disagreeing(agreement) == []


async def test_a_correction_is_taxed_by_what_is_known_of_the_first_day(market: Market) -> None:
    agreement, invoice_id, _ = await billed(market)
    await market.insert(
        "tax_registration", organization_id=market.vendor, number="MX-1", recorded_at=date(2026, 1, 1)
    )  # fmt: skip
    rule = uuid4()
    await market.insert(
        "tax_rule", id=rule, supply="SERVICES", seller_country_code="MX", category_code="S",
        rate_percent=Decimal("8.25"), valid_from=date(2026, 6, 15), valid_until=date(2026, 6, 15),
        recorded_at=date(2026, 1, 1),
    )  # fmt: skip
    try:
        corrected_id = await correct(agreement, invoice_id)
        corrected = await market.one("select * from invoice where id = $1", corrected_id)
        assert (corrected["tax_total_minor"], corrected["amount_due_minor"]) == (8415, 110415)
        assert await disagreeing(agreement) == []
        first, second = await agreement.lines_of(corrected_id)
        third = await credit(agreement, corrected_id, CreditedLine(first["id"], quantity=Decimal(1) / 8))
        note = await market.one("select * from credit_note where id = $1", third)
        assert (note["subtotal_minor"], note["tax_total_minor"]) == (650, 54)
        await credit(agreement, corrected_id, CreditedLine(second["id"]))
        await credit(agreement, corrected_id)
        assert await amounts(agreement, corrected_id) == ("PAID", 0, 0, 110415, 0)
        assert await disagreeing(agreement) == []
    finally:
        await market.rows.execute("delete from tax_rule where id = $1", rule)
