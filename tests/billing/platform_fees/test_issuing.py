"""The operator's own invoices: each platform fee once, as the ledger has it, numbered without gaps, taxed by rule."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Select, select

from core.actor import Actor
from core.errors import Forbidden
from services.billing.platform_fees.issuing import (
    MonthNotOver,
    NoPlatformFees,
    PlatformFeesInvoiced,
    issue_platform_fee_invoice,
)
from services.billing.platform_fees.models import PlatformFeeInvoice, PlatformFeeLine
from services.billing.platform_fees.owing import owed_lines
from tests.billing.market import ADMIN, Agreement, Market
from tests.billing.taxes.law import register, rule

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
AUGUST_NOON = datetime(2026, 8, 3, 12, tzinfo=UTC)


async def billed(market: Market) -> Agreement:
    """A contract with an invoice of 520.00 in June, whose platform fee is 15.60."""
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.issue()
    return agreement


async def issue(
    market: Market, month: date = JUNE, *, by: Actor | None = None, currency: str = "USD", now: datetime = AUGUST_NOON
) -> dict[str, Any]:
    actor = by or market.billing_admin

    async def work(tx: Any) -> UUID:  # noqa: ANN401  (a transaction)
        return await issue_platform_fee_invoice(
            tx, actor=actor, vendor_id=market.vendor, month=month, currency_code=currency, reason="Monthly", now=now
        )

    id_ = await market.database.write(actor, work, now=now, request_id="test")
    return await market.one("select * from platform_fee_invoice where id = $1", id_)


async def lines(market: Market, invoice: dict[str, Any]) -> list[tuple[Any, ...]]:
    rows = await market.all(
        """select kind, document_number, effective_on, platform_fee_minor from platform_fee_line
        where platform_fee_invoice_id = $1 order by position""",
        invoice["id"],
    )
    return [tuple(row.values()) for row in rows]


async def test_a_month_is_billed_as_it_was_previewed_and_settled_by_set_off(market: Market) -> None:
    agreement = await billed(market)
    entries = await market.one("select count(*) from journal_entry where contract_id = $1", agreement.id)
    owed = owed_lines(market.vendor, "USD", JUNE).subquery()
    preview = await market.read(market.billing_admin, select(owed).order_by(owed.c.position))
    invoice = await issue(market)
    number = (await market.one("select number from invoice where contract_id = $1", agreement.id))["number"]
    assert [row["platform_fee_minor"] for row in preview] == [1560]
    assert await lines(market, invoice) == [("INVOICE_ISSUED", number, date(2026, 6, 15), 1560)]
    assert (invoice["number"], invoice["kind"]) == ("PF-2026-000001", "INVOICE")
    assert (invoice["subtotal_minor"], invoice["set_off_minor"], invoice["amount_due_minor"]) == (1560, 1560, 0)
    assert (invoice["tax_category_code"], invoice["seller_name"]) == ("O", "The Marketplace")
    assert await market.one("select count(*) from journal_entry where contract_id = $1", agreement.id) == entries


async def test_a_reversal_comes_with_the_month_it_took_effect_in_and_may_be_a_credit_note(market: Market) -> None:
    agreement = await billed(market)
    assert (await issue(market))["subtotal_minor"] == 1560
    await billed(market)
    with pytest.raises(PlatformFeesInvoiced):
        await issue(market)
    invoice = await market.one("select id from invoice where contract_id = $1", agreement.id)
    await agreement.void(invoice["id"])
    july = await issue(market, JULY)
    # the second contract's fee came too late for June's invoice, and the first one's is reversed
    assert [line[3] for line in await lines(market, july)] in ([1560, -1560], [-1560, 1560])
    assert (july["subtotal_minor"], july["kind"], july["number"]) == (0, "INVOICE", "PF-2026-000002")
    with pytest.raises(NoPlatformFees):
        await issue(market, date(2026, 5, 1))


async def test_it_is_taxed_by_the_rules_of_platform_fees(market: Market) -> None:
    await register(market, market.operator, "US-1")
    await rule(market, "S", "8.25", supply="PLATFORM_FEES")
    await rule(market, "S", "50")
    await billed(market)
    invoice = await issue(market)
    # 15.60 x 8.25 % = 1.287
    assert (invoice["tax_category_code"], invoice["tax_total_minor"], invoice["amount_due_minor"]) == ("S", 129, 129)
    assert (invoice["total_minor"], invoice["set_off_minor"]) == (1689, 1560)


async def test_it_is_issued_once_by_the_billing_desk_and_when_the_month_is_over(market: Market) -> None:
    await billed(market)
    with pytest.raises(MonthNotOver):
        await issue(market, now=datetime(2026, 6, 30, 23, 59, tzinfo=UTC))
    with pytest.raises(NoPlatformFees):
        await issue(market, currency="EUR")
    for actor in (market.finance, market.vendor_owner, market.stranger):
        with pytest.raises(Forbidden):
            await issue(market, by=actor)
    answers = await asyncio.gather(*(issue(market) for _ in range(4)), return_exceptions=True)
    issued = [answer for answer in answers if isinstance(answer, dict)]
    assert [invoice["number"] for invoice in issued] == ["PF-2026-000001"]
    assert all(isinstance(answer, dict | PlatformFeesInvoiced | NoPlatformFees) for answer in answers)


async def test_the_vendors_owner_and_finance_read_it_and_nobody_of_the_association(market: Market) -> None:
    await billed(market)
    invoice = await issue(market)
    tables: list[Select[Any]] = [select(PlatformFeeInvoice), select(PlatformFeeLine)]
    readers = (market.vendor_owner, market.member("VENDOR", market.vendor, "FINANCE"), market.billing_admin)
    for reader in readers:
        assert [len(await market.read(reader, rows)) for rows in tables] == [1, 1], invoice
    for reader in (market.finance, market.stranger, market.member("VENDOR", market.vendor, "DELIVERY")):
        assert [await market.read(reader, rows) for rows in tables] == [[], []]
