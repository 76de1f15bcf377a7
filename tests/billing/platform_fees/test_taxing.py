"""The tax on platform fees: what each line bears, what it takes off a vendor's proceeds, and who reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from core.actor import Actor
from services.billing.ledger.journal import PeriodClosed
from services.billing.ledger.models import Posting
from services.billing.platform_fees.issuing import NoPlatformFees
from services.billing.reconciliation.closing import close_period
from tests.billing.adjustments.adjusting import credit
from tests.billing.market import Market
from tests.billing.payments.till import Till, till_of
from tests.billing.platform_fees.test_issuing import AUGUST_NOON, JULY, issue
from tests.billing.taxes.law import register, rule


@pytest.fixture(autouse=True)
async def _taxed(market: Market) -> None:
    """Platform fees bear 8.25 %: 15.60 bears 1.287."""
    await register(market, market.operator, "US-1")
    await rule(market, "S", "8.25", supply="PLATFORM_FEES")


async def lines(market: Market, invoice: dict[str, Any]) -> list[tuple[int, int]]:
    rows = await market.all(
        """select platform_fee_minor, tax_minor from platform_fee_line
        where platform_fee_invoice_id = $1 order by position""",
        invoice["id"],
    )
    return [(row["platform_fee_minor"], row["tax_minor"]) for row in rows]


async def payable(till: Till) -> int:
    """What the journal owes the vendor of the invoice."""
    row = await till.market.one(
        """select -sum(p.amount_minor)::bigint as minor from posting p
        join journal_entry e on e.contract_id = p.contract_id and e.id = p.entry_id
        where p.account = 'VENDOR_PAYABLE' and e.invoice_id = $1""",
        till.invoice_id,
    )
    minor: int = row["minor"]
    return minor


async def test_the_vendors_proceeds_pay_the_tax_of_their_own_invoice(market: Market) -> None:
    till = await till_of(market)
    before = await till.ledger()
    invoice = await issue(market)
    assert (invoice["tax_total_minor"], invoice["amount_due_minor"]) == (129, 129)
    after = await till.ledger()
    assert before["VENDOR_PAYABLE"] == -50440
    assert after == {**before, "VENDOR_PAYABLE": -50311, "PLATFORM_FEE_TAX": -129}
    assert await till.entries() == ["INVOICE_ISSUED", "PLATFORM_FEE_TAXED"]
    entry = await market.one(
        """select e.*, l.entry_id as taxed from journal_entry e
        join platform_fee_line l on l.contract_id = e.contract_id
        where e.contract_id = $1 and e.kind = 'PLATFORM_FEE_TAXED'""",
        till.agreement.id,
    )
    assert (entry["invoice_id"], entry["subject_id"]) == (till.invoice_id, entry["taxed"])
    await till.record("520.00")
    await till.release()
    assert (await market.one("select amount_minor from settlement where contract_id = $1", till.agreement.id)) == {
        "amount_minor": 50311
    }
    assert await till.ledger() == {"PLATFORM_FEE_INCOME": -1560, "PLATFORM_FEE_TAX": -129, "BANK": 1689}


async def test_nothing_more_is_taken_of_an_invoice_that_the_vendor_was_paid_for(market: Market) -> None:
    till = await till_of(market)
    payment = await till.record("530.00")
    await till.release()
    await issue(market)
    assert await payable(till) == 0
    # what the vendor owes stands on the contract, and giving back what was paid too much is not in its way
    assert (await till.ledger())["VENDOR_PAYABLE"] == 129
    await till.refund(payment, "10.00")


async def test_the_parts_of_the_lines_sum_to_the_tax_of_the_whole(market: Market) -> None:
    tills = [await till_of(market) for _ in range(3)]
    invoice = await issue(market)
    # 46.80 x 8.25 % = 3.861; up to the second line 2.574, up to the first 1.287
    assert invoice["tax_total_minor"] == 386
    assert await lines(market, invoice) == [(1560, 129), (1560, 128), (1560, 129)]
    assert sum([(await till.ledger())["PLATFORM_FEE_TAX"] for till in tills]) == -386
    with pytest.raises(NoPlatformFees):
        await issue(market, JULY, currency="EUR")


async def test_what_is_credited_gives_its_tax_back_with_the_platform_fee(market: Market) -> None:
    till = await till_of(market)
    await issue(market)
    await credit(till.agreement, till.invoice_id)
    july = await issue(market, JULY)
    assert (july["kind"], july["subtotal_minor"], july["tax_total_minor"]) == ("CREDIT_NOTE", -1560, -129)
    assert (await till.entries())[-1] == "PLATFORM_FEE_TAX_RETURNED"
    assert await till.ledger() == {}


async def test_a_contract_with_more_than_one_line_gets_an_entry_for_each(market: Market) -> None:
    till = await till_of(market)
    await till.agreement.void(till.invoice_id)
    await till.agreement.issue()
    invoice = await issue(market)
    assert await lines(market, invoice) == [(1560, 129), (-1560, -129), (1560, 129)]
    taxed = [kind for kind in await till.entries() if kind.startswith("PLATFORM_FEE")]
    assert sorted(taxed) == ["PLATFORM_FEE_TAXED", "PLATFORM_FEE_TAXED", "PLATFORM_FEE_TAX_RETURNED"]
    assert (await till.ledger())["PLATFORM_FEE_TAX"] == -129


async def test_a_closed_month_takes_no_tax_and_nothing_is_billed(market: Market) -> None:
    till = await till_of(market)
    before = await till.entries()
    await till.act(lambda tx, actor: close_period(tx, actor=actor, starts_on=JULY, reason="Month end", now=AUGUST_NOON))
    try:
        with pytest.raises(PeriodClosed):
            await issue(market, now=datetime(2026, 7, 3, tzinfo=UTC))
        assert (await till.entries(), await market.all("select id from platform_fee_invoice")) == (before, [])
        assert (await issue(market))["number"] == "PF-2026-000001"
    finally:
        await market.rows.execute("delete from accounting_period")


async def test_the_vendor_reads_what_it_is_charged_and_the_association_does_not(market: Market) -> None:
    till = await till_of(market)
    await issue(market)
    of_tax = (col(Posting.contract_id) == till.agreement.id, col(Posting.amount_minor).in_([129, -129]))
    taxed = select(col(Posting.account)).where(*of_tax).order_by(col(Posting.account))
    both = [{"account": "PLATFORM_FEE_TAX"}, {"account": "VENDOR_PAYABLE"}]
    readers: tuple[tuple[Actor, list[dict[str, str]]], ...] = (
        (market.vendor_owner, both),
        (market.billing_admin, both),
        (market.finance, []),
        (market.stranger, []),
    )
    for reader, postings in readers:
        assert await market.read(reader, taxed) == postings
