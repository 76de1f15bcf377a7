"""What lacks of a minimum commitment, to the cent: billed once a period is over, as previewed, and given back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ids import encode
from services.billing.adjustments.reasons import Why
from services.billing.adjustments.splitting import CreditedLine
from services.billing.invoices.invoicing import NothingToBill
from services.billing.pricing import commitment
from services.billing.pricing.commitment import MinimumCommitment
from tests.billing.adjustments.adjusting import credit, disagreeing
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, Agreement, Market
from tests.billing.open_book.costs import act, cost_of
from tests.billing.pricing.terms import commit
from tests.billing.pricing.test_billing_by_arrangement import NEW_YEAR, amounts, billed, month

LATER = datetime(2031, 1, 5, tzinfo=UTC)
KEY = "minimum-commitment"
OPEN_BOOK = """query($id: ID!) { contract(id: $id) {
  openBook { price { amount } cost { amount } grossMargin { amount } }
  prices { accepted { amount } billed { amount } }
  lines { key openBook { price { amount } cost { amount } platformFee { amount } } }
} }"""
OF_INVOICE = """query($id: ID!) { invoice(id: $id) { lines { description quantity unit unitPrice { amount }
  amount { amount } sources { nodes { kind period { startsOn endsOn } } }
  openBook { price { amount } cost { amount } platformFee { amount } vendorMargin { amount } } } } }"""


async def committed(market: Market, minor: int, per: str = "TERM", **terms: Any) -> Agreement:  # noqa: ANN401  (columns)
    agreement = await market.agree(ADMIN, minimum_commitment_minor=minor, minimum_commitment_per=per, **terms)
    await commit(agreement)
    return agreement


async def standing(agreement: Agreement) -> UUID:
    """The invoice of December that is not void."""
    row = await agreement.market.one(
        "select id from invoice where contract_id = $1 and status = 'ISSUED' and period_ends_on = '2026-12-31'",
        agreement.id,
    )
    return UUID(int=row["id"].int)


async def test_a_term_that_is_over_bills_what_lacks_beside_its_last_work(market: Market) -> None:
    agreement = await committed(market, 200_000)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    assert await amounts(agreement, month(2)) == [52_000]
    await agreement.accept("admin", "5", date(2026, 12, 31))
    # 2,000.00 - 520.00 - 260.00, which the same invoice bills
    assert await amounts(agreement, month(12)) == [26_000, 122_000]
    assert await billed(agreement, KEY) == (Decimal(1), 122_000)
    with pytest.raises(NothingToBill):
        await agreement.issue(month(12), now=NEW_YEAR)
    assert await disagreeing(agreement) == []


@pytest.mark.parametrize(("hours", "lacks"), [("39", []), ("38", [200_000 - 38 * 5_200]), ("38.461", [3])])
async def test_what_the_same_invoice_bills_leaves_less_or_nothing(market: Market, hours: str, lacks: list[int]) -> None:
    agreement = await committed(market, 200_000)
    await agreement.accept("admin", hours, date(2026, 12, 1))
    assert (await amounts(agreement, month(12)))[1:] == lacks


async def test_nothing_is_owed_before_the_period_is_over(market: Market) -> None:
    agreement = await committed(market, 200_000)
    with pytest.raises(NothingToBill):
        await agreement.issue((date(2026, 12, 1), date(2026, 12, 30)), now=NEW_YEAR)
    assert await agreement.billed() == []


async def test_work_that_is_billed_after_the_term_counts_for_it(market: Market) -> None:
    agreement = await committed(market, 100_000)
    await agreement.accept("admin", "10", date(2026, 12, 31))
    assert await amounts(agreement, (date(2027, 1, 1), date(2027, 1, 31)), now=LATER) == [52_000, 48_000]


async def test_years_are_counted_from_the_first_day_and_a_cut_one_by_its_days(market: Market) -> None:
    terms = {"starts_on": date(2026, 7, 1), "ends_on": date(2028, 8, 31)}
    agreement = await committed(market, 365_000, "YEAR", **terms)
    await agreement.accept("admin", "20", date(2026, 7, 1))
    assert await amounts(agreement, (date(2026, 7, 1), date(2026, 7, 31)), now=LATER) == [104_000]
    assert await amounts(agreement, (date(2027, 6, 1), date(2027, 6, 30)), now=LATER) == [261_000]
    # the second year whole, and 62 of 365 days; each has a line of its own
    late = await agreement.preview((date(2028, 9, 1), date(2028, 9, 30)))
    assert [(line["amount_minor"], line["late_quantity"], line["unit_price"]) for line in late] == [
        (365_000, 1, 3_650), (62_000, 1, 620)
    ]  # fmt: skip
    assert await amounts(agreement, (date(2028, 9, 1), date(2028, 9, 30)), now=LATER) == [365_000, 62_000]
    assert await billed(agreement, KEY) == (Decimal(3), 688_000)


async def test_a_year_that_was_reached_is_not_billed_and_does_not_help_another(market: Market) -> None:
    agreement = await committed(market, 100_000, "YEAR", ends_on=date(2027, 12, 31))
    await agreement.accept("admin", "100", date(2026, 3, 1))
    assert await amounts(agreement, month(12)) == [520_000]
    assert await amounts(agreement, (date(2027, 12, 1), date(2027, 12, 31)), now=LATER) == [100_000]


async def test_a_term_that_ended_early_owes_its_days(market: Market) -> None:
    ended = datetime(2026, 3, 14, 12, tzinfo=UTC)
    agreement = await committed(market, 365_000, status="TERMINATED", ended_at=ended, end_reason="Enough")
    # 73 of 365 days
    assert await amounts(agreement, month(6)) == [73_000]


@pytest.mark.parametrize("code", ["CONCESSION", "SERVICE_CREDIT", "DISPUTE_UPHELD", "OTHER"])
async def test_what_was_conceded_was_bought_all_the_same(market: Market, code: str) -> None:
    agreement = await committed(market, 100_000)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    first = await agreement.issue(month(2))
    line = (await agreement.lines_of(first))[0]["id"]
    await credit(agreement, first, CreditedLine(line, amount=Decimal("20.00")), why=Why(code, "For the outage"))
    assert await amounts(agreement, month(12)) == [48_000]


async def test_credits_lower_what_was_billed_and_a_void_frees_the_true_up(market: Market) -> None:
    agreement = await committed(market, 100_000)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    first = await agreement.issue(month(2))
    line = (await agreement.lines_of(first))[0]["id"]
    await credit(agreement, first, CreditedLine(line, amount=Decimal("20.00")))
    assert await amounts(agreement, month(12)) == [50_000]
    second = await standing(agreement)
    await agreement.void(second)
    assert await billed(agreement, KEY) == (Decimal(0), 0)
    await agreement.accept("admin", "1", date(2026, 12, 24))
    assert await amounts(agreement, month(12)) == [5_200, 44_800]
    # credited and freed, it is billed again, and by then work that came late leaves less
    third = await standing(agreement)
    true_up = (await agreement.lines_of(third))[1]["id"]
    await agreement.accept("admin", "2", date(2026, 12, 30))
    await credit(agreement, third, CreditedLine(true_up, frees_sources=True))
    assert await amounts(agreement, (date(2027, 1, 1), date(2027, 1, 31)), now=LATER) == [10_400, 34_400]
    assert await disagreeing(agreement) == []


async def test_two_at_once_bill_it_once(market: Market) -> None:
    agreement = await committed(market, 100_000)
    told = await asyncio.gather(*(agreement.issue(month(12), now=NEW_YEAR) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in told) == ["NothingToBill", "UUID"]
    assert await billed(agreement, KEY) == (Decimal(1), 100_000)


async def test_the_open_book_says_that_it_is_all_margin(market: Market, desk: Desk) -> None:
    agreement = await committed(market, 100_000)
    invoice_id = await agreement.issue(month(12), now=NEW_YEAR)
    read = (await desk.ask(market.finance, OF_INVOICE, id=encode("inv", agreement.id, invoice_id)))["invoice"]
    assert read["lines"] == [{
        "description": "Commitment", "quantity": "1", "unit": "LUMP_SUM", "unitPrice": {"amount": "1000.00"},
        "amount": {"amount": "1000.00"},
        "sources": {"nodes": [{"kind": "TRUE_UP", "period": {"startsOn": "2026-01-01", "endsOn": "2026-12-31"}}]},
        "openBook": {"price": {"amount": "1000.00"}, "cost": {"amount": "0.00"}, "platformFee": {"amount": "30.00"},
                     "vendorMargin": {"amount": "970.00"}},
    }]  # fmt: skip
    read = (await desk.ask(market.finance, OPEN_BOOK, id=encode("con", agreement.id)))["contract"]
    assert read["openBook"] == {
        "price": {"amount": "1000.00"}, "cost": {"amount": "0.00"}, "grossMargin": {"amount": "1000.00"}
    }  # fmt: skip
    assert read["prices"] == {"accepted": {"amount": "1000.00"}, "billed": {"amount": "1000.00"}}
    assert read["lines"][1]["openBook"] == {
        "price": {"amount": "1000.00"}, "cost": {"amount": "0.00"}, "platformFee": {"amount": "30.00"}
    }  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A term that may end early, and the hours accepted on days of it."""

    starts_on: date
    ends_on: date
    stops_on: date
    hours: list[tuple[date, Decimal]]

    @property
    def columns(self) -> dict[str, Any]:
        columns: dict[str, Any] = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        if self.stops_on < self.ends_on:
            columns |= {"status": "TERMINATED", "end_reason": "Enough"}
            columns["ended_at"] = datetime.combine(self.stops_on, time(12), UTC)
        return columns


@st.composite
def periods_of_work(draw: st.DrawFn) -> Term:
    starts_on = draw(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
    ends_on = starts_on + timedelta(draw(st.integers(0, 900)))
    stops_on = draw(st.dates(starts_on, ends_on))
    quantities = st.decimals("0.01", 200, places=2)
    return Term(
        starts_on, ends_on, draw(st.sampled_from([ends_on, stops_on])),
        draw(st.lists(st.tuples(st.dates(starts_on, stops_on), quantities), max_size=5)),
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amount=st.integers(1, 3_000_000), per=st.sampled_from(["TERM", "YEAR"]), term=periods_of_work())
async def test_the_database_bills_what_the_formula_says(market: Market, amount: int, per: str, term: Term) -> None:
    """Each period is trued up once, by an invoice of its own days: they come to the commitment, or to the work."""
    agreement = await committed(market, amount, per, **term.columns)
    for day, quantity in term.hours:
        await agreement.accept("admin", quantity, day)
    for period in commitment.periods(term.starts_on, term.stops_on, term_ends_on=term.ends_on, per=per):
        days = (period.starts_on, period.ends_on)
        lines = {line["rate_card_key"]: line["amount_minor"] for line in await agreement.preview(days)}
        price, true_up = lines.get("admin", 0), lines.get(KEY, 0)
        least = commitment.committed(MinimumCommitment(amount), period)
        assert true_up == commitment.true_up(least, billed_minor=price)
        if price + true_up:
            assert sum(await amounts(agreement, days, now=LATER)) == max(price, least)
    with pytest.raises(NothingToBill):
        await agreement.issue((term.starts_on, LATER.date()), now=LATER)


async def test_nothing_costs_on_the_line_and_its_invoice_prints(market: Market, desk: Desk) -> None:
    agreement = await committed(market, 100_000)
    told = await act(desk, market.vendor_owner, "enterActualCost", **cost_of(agreement, KEY, "1.00"))
    assert told == {"refused": [("LINE_TAKES_NO_COST", "contractLineId")]}
    invoice_id = await agreement.issue(month(12), now=NEW_YEAR)
    path = f"/invoices/{encode('inv', agreement.id, invoice_id)}.xml"
    printed = await desk.get(market.finance, path)
    assert printed.status_code == 200
    for said in ("ChargeAmount>1000<", "LineTotalAmount>1000.00<", 'unitCode="LS">1<', "Name>Commitment<"):
        assert said in printed.text
