"""The functions of the database, by which invoices are billed, against the pure ones that say what is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.billing.pricing import cost_plus_fixed_fee, cost_plus_incentive_fee, cost_plus_percentage, tiers
from services.billing.pricing.tiers import Tier, Tiers
from services.contracts.periods import PeriodAnchor, billing_periods, prorated_minor
from tests.billing.market import TICKETS, Market
from tests.billing.pricing.terms import plus, tier
from tests.billing.pricing.test_billing_by_arrangement import HOSTING
from tests.billing.pricing.test_for_every_input import currencies, incentives, minors, percents, prices, quantities

slowly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ends = st.sets(st.decimals("0.000001", 10_000, places=6), max_size=4)


@slowly
@given(
    starts_on=st.dates(date(2019, 12, 1), date(2033, 3, 1)),
    length=st.integers(0, 1500),
    recurrence=st.sampled_from(["MONTHLY", "QUARTERLY", "YEARLY"]),
    anchor=st.sampled_from(PeriodAnchor),
)
async def test_periods(market: Market, starts_on: date, length: int, recurrence: str, anchor: PeriodAnchor) -> None:
    ends_on = starts_on + timedelta(length)
    found = await market.all(
        "select * from app.billing_periods($1, $2, $3, $4) order by 1", starts_on, ends_on, recurrence, anchor.value
    )
    expected = billing_periods(starts_on, ends_on, recurrence, anchor)
    assert [tuple(row.values()) for row in found] == [
        (period.starts_on, period.ends_on, period.days, period.whole_days) for period in expected
    ]


@slowly
@given(units=quantities, price=prices, currency=currencies, days=st.tuples(st.integers(1, 366), st.integers(28, 366)))
async def test_proration(market: Market, units: Decimal, price: Decimal, currency: str, days: tuple[int, int]) -> None:
    served, whole = min(days), max(days)
    row = await market.one(
        "select app.prorated_minor($1, $2, $3, $4, $5) as minor", units, price, served, whole, currency
    )
    assert row["minor"] == prorated_minor(units, price, currency, days=served, of_days=whole)


@slowly
@given(beyond=ends, unit_prices=st.tuples(*[prices] * 5), currency=currencies, quantity=quantities)
async def test_tiers(
    market: Market, beyond: set[Decimal], unit_prices: tuple[Decimal, ...], currency: str, quantity: Decimal
) -> None:
    agreement = await market.agree(TICKETS)
    schedule = [*sorted(beyond), None]
    stated = [(str(end) if end else None, str(price)) for end, price in zip(schedule, unit_prices, strict=False)]
    await tier(agreement, "tickets", "VOLUME", "TERM", *stated)
    terms = Tiers([Tier(end, price) for end, price in zip(schedule, unit_prices, strict=False)], currency)
    row = await market.one(
        "select app.tiered_minor($1, $2, 'GRADUATED', $3, $4) as graduated, "
        "app.tiered_minor($1, $2, 'VOLUME', $3, $4) as volume",
        agreement.id, agreement.lines["tickets"], quantity, currency,
    )  # fmt: skip
    assert row == {"graduated": tiers.graduated(terms, quantity), "volume": tiers.volume(terms, quantity)}


@slowly
@given(terms=incentives().filter(lambda terms: terms.target_cost_minor > 0), percent=percents, cost=minors)
async def test_contract_fees(
    market: Market, terms: cost_plus_incentive_fee.CostPlusIncentiveFee, percent: Decimal, cost: int
) -> None:
    fixed = cost_plus_fixed_fee.CostPlusFixedFee(terms.target_cost_minor, terms.target_fee_minor)
    agreement = await market.agree(*(replace(HOSTING, key=str(number)) for number in range(3)))
    target = {"target_cost_minor": terms.target_cost_minor}
    await plus(agreement, "0", "COST_PLUS_FIXED_FEE", **target, contract_fee_minor=terms.target_fee_minor)
    await plus(agreement, "1", "COST_PLUS_PERCENTAGE", **target, contract_fee_percent=percent)
    await plus(
        agreement, "2", "COST_PLUS_INCENTIVE_FEE", **target, contract_fee_minor=terms.target_fee_minor,
        fee_floor_minor=terms.fee_floor_minor, fee_ceiling_minor=terms.fee_ceiling_minor,
        vendor_share_under_percent=terms.vendor_share_under_percent,
        vendor_share_over_percent=terms.vendor_share_over_percent,
    )  # fmt: skip

    async def fee(key: str, *, final: bool = True) -> int:
        row = await market.one(
            "select app.contract_fee_minor($1, $2, $3, $4) as minor", agreement.id, agreement.lines[key], cost, final
        )
        return int(row["minor"])

    assert await fee("0") == cost_plus_fixed_fee.contract_fee(fixed, cost)
    assert await fee("1") == cost_plus_percentage.contract_fee(cost_plus_percentage.CostPlusPercentage(percent), cost)
    assert await fee("2") == cost_plus_incentive_fee.contract_fee(terms, cost)
    assert await fee("2", final=False) == cost_plus_incentive_fee.provisional_fee(terms, cost)
