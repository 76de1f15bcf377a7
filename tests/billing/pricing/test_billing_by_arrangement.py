"""Invoices under each arrangement, to the cent: what the preview shows, what is billed, and what a void gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.billing.invoices.invoicing import NothingToBill
from tests.billing.market import ADMIN, TICKETS, Agreement, Line, Market
from tests.billing.pricing.terms import plus, price, spend, tier

HOSTING = Line("hosting", "310", "120", unit="MONTH", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
NEW_YEAR = datetime(2027, 1, 5, tzinfo=UTC)


def month(number: int) -> tuple[date, date]:
    following = date(2026 + number // 12, number % 12 + 1, 1)
    return date(2026, number, 1), date.fromordinal(following.toordinal() - 1)


async def amounts(agreement: Agreement, period: tuple[date, date], *, now: datetime = NEW_YEAR) -> list[int]:
    """Issue an invoice, which says what its preview said; the amounts of its lines."""
    shown = await agreement.preview(period)
    invoice_id = await agreement.issue(period, now=now)
    lines = await agreement.lines_of(invoice_id)
    columns = "quantity unit_price amount_minor cost_minor cost_basis platform_fee_minor tier_period_starts_on".split()
    assert [[line[name] for name in columns] for line in lines] == [[line[name] for name in columns] for line in shown]
    return [line["amount_minor"] for line in lines]


async def billed(agreement: Agreement, key: str) -> tuple[Decimal, int]:
    row = await agreement.market.one(
        "select billed_quantity, billed_minor from contract_line where id = $1", agreement.lines[key]
    )
    return row["billed_quantity"], row["billed_minor"]


async def test_graduated_tiers_go_on_where_the_last_invoice_ended(market: Market) -> None:
    agreement = await market.agree(TICKETS)
    await tier(agreement, "tickets", "GRADUATED", "TERM", ("100", "10"), ("250", "8.5"), (None, "7.125"))
    await agreement.accept("tickets", "60", date(2026, 1, 10))
    assert await amounts(agreement, month(1)) == [60_000]
    await agreement.accept("tickets", "100", date(2026, 2, 10))
    # 40 at 10.00 and 60 at 8.50
    assert await amounts(agreement, month(2)) == [91_000]
    await agreement.accept("tickets", "140.5", date(2026, 3, 10))
    # 90 at 8.50 and 50.5 at 7.125 = 359.8125
    assert await amounts(agreement, month(3)) == [112_481]
    # 1,000.00 + 1,275.00 + 359.8125: as if all had been on one invoice
    assert await billed(agreement, "tickets") == (Decimal("300.5"), 263_481)


async def test_a_void_in_the_middle_leaves_the_whole_as_it_was(market: Market) -> None:
    agreement = await market.agree(TICKETS)
    await tier(agreement, "tickets", "GRADUATED", "TERM", ("100", "10"), (None, "5"))
    await agreement.accept("tickets", "100", date(2026, 1, 10))
    first = await agreement.issue(month(1))
    await agreement.accept("tickets", "50", date(2026, 2, 10))
    assert await amounts(agreement, month(2)) == [25_000]
    await agreement.void(first)
    assert await amounts(agreement, month(3)) == [100_000]
    assert await billed(agreement, "tickets") == (Decimal(150), 125_000)


async def test_tiers_begin_anew_with_their_period_and_late_work_belongs_to_its_own(market: Market) -> None:
    agreement = await market.agree(TICKETS)
    await tier(agreement, "tickets", "GRADUATED", "MONTHLY", ("10", "10"), (None, "5"))
    await agreement.accept("tickets", "8", date(2026, 1, 31))
    assert await amounts(agreement, month(1)) == [8_000]
    await agreement.accept("tickets", "4", date(2026, 1, 15))
    await agreement.accept("tickets", "12", date(2026, 2, 1))
    # January's ninth and tenth at 10.00, two at 5.00; February's first ten at 10.00, two at 5.00
    assert await amounts(agreement, month(2)) == [3_000, 11_000]


async def test_volume_is_billed_once_its_period_is_over(market: Market) -> None:
    agreement = await market.agree(TICKETS)
    await tier(agreement, "tickets", "VOLUME", "QUARTERLY", ("100", "10"), (None, "8"))
    await agreement.accept("tickets", "90", date(2026, 1, 10))
    with pytest.raises(NothingToBill):
        await agreement.issue(month(1))
    await agreement.accept("tickets", "11", date(2026, 3, 31))
    assert await amounts(agreement, month(3)) == [80_800]


async def test_roundings_never_add_up_beyond_a_ceiling(market: Market) -> None:
    agreement = await market.agree(replace(ADMIN, price="0.015"))
    line_id = agreement.lines["admin"]
    await market.rows.execute("update contract_line set not_to_exceed_minor = 4 where id = $1", line_id)
    told = []
    for number in (1, 2, 3):
        await agreement.accept("admin", "1", date(2026, number, 10))
        if number < 3:
            told += await amounts(agreement, month(number))
    assert told == [2, 2]
    with pytest.raises(NothingToBill):
        await agreement.issue(month(3))


async def test_periods_in_advance_are_billed_from_their_first_day(market: Market) -> None:
    agreement = await market.agree(HOSTING)
    await price(agreement, "hosting", "RECURRING", timing="ADVANCE", period_anchor="ANNIVERSARY", prorated=False)
    assert await amounts(agreement, (date(2026, 1, 1), date(2026, 1, 1))) == [31_000]
    with pytest.raises(NothingToBill):
        await agreement.issue((date(2026, 1, 1), date(2026, 1, 31)))
    assert await amounts(agreement, (date(2026, 2, 1), date(2026, 3, 1))) == [62_000]


async def test_calendar_months_are_cut_at_both_ends_of_a_term(market: Market) -> None:
    agreement = await market.agree(HOSTING, starts_on=date(2026, 1, 22), ends_on=date(2026, 3, 10))
    await price(agreement, "hosting", "RECURRING", timing="ARREARS", period_anchor="CALENDAR", prorated=True)
    # 310.00 x 10 / 31, a whole month, and 310.00 x 10 / 31
    assert await amounts(agreement, month(1)) == [10_000]
    assert await amounts(agreement, month(3)) == [41_000]
    assert await billed(agreement, "hosting") == (Decimal("1.645162"), 51_000)


async def test_a_contract_that_is_ended_owes_the_days_until_then(market: Market) -> None:
    ended = datetime(2026, 2, 14, 12, tzinfo=UTC)
    agreement = await market.agree(HOSTING, status="TERMINATED", ended_at=ended, end_reason="Enough")
    await price(agreement, "hosting", "RECURRING", timing="ARREARS", period_anchor="ANNIVERSARY", prorated=True)
    # January, and 14 of 28 days
    assert await amounts(agreement, month(6)) == [46_500]


async def test_a_fixed_fee_is_earned_with_the_estimate_and_cost_is_billed_once(market: Market) -> None:
    agreement = await market.agree(HOSTING)
    await plus(agreement, "hosting", "COST_PLUS_FIXED_FEE", target_cost_minor=1_000_000, contract_fee_minor=80_000)
    await spend(agreement, "hosting", 1, 250_000)
    await spend(agreement, "hosting", 1, 50_000, category="INDIRECT")
    await spend(agreement, "hosting", 1, 9_999, category="PASS_THROUGH")
    await spend(agreement, "hosting", 2, 10_000, allowable=False, allowable_reason="Entertainment")
    await spend(agreement, "hosting", 2, 20_000, status="QUESTIONED", questioned_minor=20_000)
    await spend(agreement, "hosting", 3, 900_000)
    # 3,000.00 and the fee of 30 % of the estimate, 240.00; 99.99 is passed through without a fee
    assert await amounts(agreement, month(1)) == [300_000 + 24_000 + 9_999]
    with pytest.raises(NothingToBill):
        await agreement.issue(month(2))
    # 9,000.00, and what is left of the fee: cost beyond the estimate earns none
    assert await amounts(agreement, month(3)) == [900_000 + 56_000]
    line = await market.one("select * from invoice_line_cost where cost_minor = 900000")
    assert (line["cost_basis"], line["platform_fee_minor"]) == ("ACTUAL", 28_680)


async def test_a_percentage_of_cost_is_given_back_by_a_void(market: Market) -> None:
    agreement = await market.agree(HOSTING)
    await plus(agreement, "hosting", "COST_PLUS_PERCENTAGE", target_cost_minor=1, contract_fee_percent=Decimal("8.31"))
    await spend(agreement, "hosting", 1, 1_234_567)
    invoice_id: UUID = await agreement.issue(month(1))
    (line,) = await agreement.lines_of(invoice_id)
    assert (line["amount_minor"], line["unit"], line["quantity"]) == (1_337_160, "LUMP_SUM", 1)
    source = await market.one(
        "select kind, period_starts_on, quantity from invoice_source where invoice_id = $1", invoice_id
    )
    assert source == {"kind": "COST_PERIOD", "period_starts_on": date(2026, 1, 1), "quantity": 1}
    await agreement.void(invoice_id)
    assert await market.all("select id from actual_cost where billed and contract_id = $1", agreement.id) == []
    assert await amounts(agreement, month(2)) == [1_337_160]


@pytest.mark.parametrize(
    ("january", "december", "final"),
    [
        # floor 300.00 of which half came with half of the target cost; the fee at 9,000.00 is 750.00 + 200.00
        (500_000, 400_000, 400_000 + 95_000 - 15_000),
        # at 11,000.00 it is 750.00 - 300.00
        (500_000, 600_000, 600_000 + 45_000 - 15_000),
        # at 14,000.00 its floor
        (500_000, 900_000, 900_000 + 30_000 - 15_000),
    ],
)
async def test_an_incentive_is_settled_when_the_term_is_over(
    market: Market, january: int, december: int, final: int
) -> None:
    agreement = await market.agree(HOSTING)
    terms: dict[str, Any] = {
        "target_cost_minor": 1_000_000, "contract_fee_minor": 75_000, "fee_floor_minor": 30_000,
        "fee_ceiling_minor": 120_000, "vendor_share_under_percent": Decimal(20),
        "vendor_share_over_percent": Decimal(30),
    }  # fmt: skip
    await plus(agreement, "hosting", "COST_PLUS_INCENTIVE_FEE", **terms)
    await spend(agreement, "hosting", 1, january)
    assert await amounts(agreement, month(1)) == [january + 15_000]
    await spend(agreement, "hosting", 12, december)
    assert await amounts(agreement, month(12)) == [final]
    with pytest.raises(NothingToBill):
        await agreement.issue((date(2026, 1, 1), date(2027, 1, 5)), now=NEW_YEAR)


async def test_the_term_s_end_owes_the_fee_though_all_cost_was_billed(market: Market) -> None:
    agreement = await market.agree(HOSTING)
    terms: dict[str, Any] = {
        "target_cost_minor": 1_000_000, "contract_fee_minor": 75_000, "fee_floor_minor": 0,
        "fee_ceiling_minor": 120_000, "vendor_share_under_percent": Decimal(20),
        "vendor_share_over_percent": Decimal(30),
    }  # fmt: skip
    await plus(agreement, "hosting", "COST_PLUS_INCENTIVE_FEE", **terms)
    await spend(agreement, "hosting", 1, 900_000)
    assert await amounts(agreement, month(2)) == [900_000]
    assert await amounts(agreement, month(12)) == [95_000]


async def test_what_is_retained_is_on_the_invoice_and_not_due(market: Market) -> None:
    agreement = await market.agree(ADMIN, retainage_percent=Decimal("7.5"))
    await agreement.accept("admin", "10.001", date(2026, 1, 10))
    invoice_id = await agreement.issue(month(1))
    invoice = await market.one(
        "select subtotal_minor, retained_minor, total_minor, amount_due_minor from invoice where id = $1", invoice_id
    )
    # 520.05 x 7.5 % = 39.00375
    assert invoice == {
        "subtotal_minor": 52_005, "retained_minor": 3_900, "total_minor": 52_005, "amount_due_minor": 48_105
    }  # fmt: skip
    sides = await market.all(
        "select account, amount_minor from posting where contract_id = $1 order by position", agreement.id
    )
    assert [tuple(side.values()) for side in sides] == [
        ("ASSOCIATION_RECEIVABLE", 48_105),
        ("RETAINAGE_RECEIVABLE", 3_900),
        ("VENDOR_PAYABLE", -50_445),
        ("PLATFORM_FEE_INCOME", -1_560),
    ]
