"""What corrects an invoice is of the same supply: taxed as on the first one's day, and with what is retained of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from services.billing.adjustments.correcting import correct_invoice
from services.billing.adjustments.debiting import DebitedLine, issue_debit_note
from tests.billing.adjustments.adjusting import disagreeing
from tests.billing.adjustments.test_crediting import billed, retain
from tests.billing.market import MARCH, Agreement, Market
from tests.billing.payments.till import Till
from tests.billing.settings import nothing_is_set
from tests.billing.taxes.law import register, rule

__all__ = ["nothing_is_set"]

JULY = datetime(2026, 7, 10, 12, tzinfo=UTC)
FIRST = "tax_total_minor, (select distinct tax_rate_percent from invoice_line where invoice_id = i.id) as rate"


@pytest.fixture(autouse=True)
async def _dearer_from_july(market: Market, nothing_is_set: None) -> None:  # noqa: ARG001  (first)
    """Services bear 8.25 % until the end of June, and 10 % after it."""
    await register(market, market.vendor, "MX-1")
    await rule(market, "S", "8.25", valid_until=date(2026, 6, 30))
    await rule(market, "S", "10", valid_from=date(2026, 7, 1))


async def correct(agreement: Agreement, invoice_id: UUID) -> UUID:
    till = Till(agreement, invoice_id)
    key = await till.act(
        lambda tx, actor: correct_invoice(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice_id, leave_out=[], reason="Name", now=JULY
        ),
        now=JULY,
    )
    return key.id


async def taxed(market: Market, invoice_id: UUID) -> tuple[int, Decimal]:
    row = await market.one(f"select {FIRST} from invoice i where id = $1", invoice_id)  # noqa: S608  (our own words)
    return row["tax_total_minor"], row["rate"]


async def test_a_corrected_invoice_and_its_correction_are_taxed_as_the_first(market: Market) -> None:
    agreement, invoice_id, _ = await billed(market)
    assert await taxed(market, invoice_id) == (8415, Decimal("8.25"))
    corrected = await correct(agreement, invoice_id)
    assert await taxed(market, corrected) == (8415, Decimal("8.25"))
    assert await taxed(market, await correct(agreement, corrected)) == (8415, Decimal("8.25"))
    assert await disagreeing(agreement) == []
    # what is billed for the first time is taxed by the day of issue
    await agreement.accept("admin", "10", date(2026, 3, 3))  # beside a month of hosting: 770.00
    assert await taxed(market, await agreement.issue(MARCH, now=JULY)) == (7700, Decimal(10))


async def test_a_debit_note_is_taxed_as_what_it_charges_more_for(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    await rule(market, "S", "50", unit="LUMP_SUM")
    key = await Till(agreement, invoice_id).act(
        lambda tx, actor: issue_debit_note(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice_id,
            lines=[DebitedLine(hours, Decimal(100), "Nights")], reason="Forgotten", now=JULY,
        ),
        now=JULY,
    )  # fmt: skip
    assert await taxed(market, key.id) == (825, Decimal("8.25"))
    assert await disagreeing(agreement) == []


async def test_what_is_retained_of_the_first_is_retained_of_the_corrected_invoice(market: Market) -> None:
    agreement, invoice_id, _ = await billed(market)
    await retain(market, agreement, invoice_id, 10200)
    corrected = await correct(agreement, invoice_id)
    amounts = "select total_minor, retained_minor, amount_due_minor from invoice where id = $1"
    assert tuple((await market.one(amounts, corrected)).values()) == (110415, 10200, 100215)
    assert tuple((await market.one(amounts, invoice_id)).values()) == (110415, 0, 0)
