"""What holds for every input: parts sum to the whole, more is never cheaper, gain plus pain is the variance."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.money import currency_digits
from services.billing.pricing import (
    commitment,
    cost_plus_fixed_fee,
    cost_plus_incentive_fee,
    cost_plus_percentage,
    fixed_price,
    gainshare,
    recurring,
    retainage,
    tiers,
    time_and_materials,
)
from services.billing.pricing.cost_plus_incentive_fee import CostPlusIncentiveFee
from services.billing.pricing.gainshare import GainshareTerms
from services.billing.pricing.tiers import Tier, Tiers
from services.contracts.periods import PeriodAnchor, billing_periods

minors = st.integers(0, 10**12)
percents = st.decimals(0, 100, places=2)
prices = st.decimals(0, 5000, places=6) | st.decimals(0, 100, places=2)
quantities = st.decimals(0, 10_000, places=6) | st.integers(0, 400).map(Decimal)
currencies = st.sampled_from(["USD", "JPY", "KWD"])
days = st.dates(date(2019, 12, 1), date(2033, 3, 1))
recurrences = st.sampled_from(["MONTHLY", "QUARTERLY", "YEARLY"])
anchors = st.sampled_from(PeriodAnchor)


@st.composite
def schedules(draw: st.DrawFn) -> Tiers:
    ends = sorted(draw(st.sets(st.decimals("0.000001", 10_000, places=6), max_size=4)))
    return Tiers([Tier(end, draw(prices)) for end in [*ends, None]], draw(currencies))


@st.composite
def incentives(draw: st.DrawFn) -> CostPlusIncentiveFee:
    floor, target, ceiling = sorted(draw(st.tuples(minors, minors, minors)))
    return CostPlusIncentiveFee(
        target_cost_minor=draw(minors),
        target_fee_minor=target,
        fee_floor_minor=floor,
        fee_ceiling_minor=ceiling,
        vendor_share_under_percent=draw(percents),
        vendor_share_over_percent=draw(percents),
    )


@given(schedules(), quantities, quantities)
def test_graduated_tiers_are_parted_whole_and_never_fall(terms: Tiers, quantity: Decimal, more: Decimal) -> None:
    shares = tiers.graduated_shares(terms, quantity)
    assert sum((share.quantity for share in shares), Decimal(0)) == quantity
    assert all(share.quantity > 0 for share in shares)
    parts = [fixed_price.price(fixed_price.FixedPrice(s.unit_price, terms.currency_code), s.quantity) for s in shares]
    assert abs(sum(parts) - tiers.graduated(terms, quantity)) <= len(parts)  # each part alone is rounded, too
    assert tiers.graduated(terms, quantity) <= tiers.graduated(terms, quantity + more)


@given(schedules(), st.lists(quantities, max_size=6))
def test_a_tier_period_comes_to_the_same_however_it_is_cut(terms: Tiers, cuts: list[Decimal]) -> None:
    billed, total = 0, Decimal(0)
    for quantity in cuts:
        total += quantity
        billed += tiers.to_bill(tiers.graduated(terms, total), billed_minor=billed)
    assert billed == tiers.graduated(terms, sum(cuts, Decimal(0)))


@given(prices, currencies, quantities)
def test_one_tier_is_a_fixed_price(price: Decimal, currency: str, quantity: Decimal) -> None:
    terms, fixed = Tiers([Tier(None, price)], currency), fixed_price.FixedPrice(price, currency)
    expected = fixed_price.price(fixed, quantity)
    assert tiers.graduated(terms, quantity) == tiers.volume(terms, quantity) == expected
    assert time_and_materials.price(time_and_materials.TimeAndMaterials(price, currency), quantity) == expected


@given(prices, currencies, st.lists(quantities, max_size=8), minors)
def test_time_and_materials_never_exceed_their_ceiling(
    price: Decimal, currency: str, work: list[Decimal], ceiling: int
) -> None:
    terms = time_and_materials.TimeAndMaterials(price, currency, not_to_exceed_minor=ceiling)
    billed = 0
    for quantity in work:
        added = time_and_materials.price(terms, quantity, billed_minor=billed)
        assert added >= 0
        billed += added
    assert billed <= ceiling


@given(quantities, prices, currencies, st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_the_parts_of_a_period_are_the_period(units: Decimal, price: Decimal, currency: str, cuts: list[int]) -> None:
    terms = recurring.Recurring(
        units_per_period=units, unit_price=price, currency_code=currency, recurrence="MONTHLY", prorated=True
    )
    parts = recurring.parts(terms, cuts=cuts, of_days=sum(cuts))
    assert sum(parts) == fixed_price.price(fixed_price.FixedPrice(price, currency), units)
    assert all(part >= 0 for part in parts)


@given(days, st.integers(0, 1500), recurrences, anchors)
def test_periods_cover_a_term_without_gaps(starts_on: date, length: int, recurrence: str, anchor: PeriodAnchor) -> None:
    ends_on = starts_on + timedelta(length)
    periods = list(billing_periods(starts_on, ends_on, recurrence, anchor))
    assert (periods[0].starts_on, periods[-1].ends_on) == (starts_on, ends_on)
    for period, following in pairwise(periods):
        assert following.starts_on == period.ends_on + timedelta(1)
    assert all(period.is_whole for period in periods[1:-1])
    assert all(1 <= period.days <= period.whole_days for period in periods)


@given(minors, percents, st.integers(0, 10**9))
def test_a_percentage_of_cost_grows_with_it(cost: int, percent: Decimal, more: int) -> None:
    terms = cost_plus_percentage.CostPlusPercentage(percent)
    assert cost <= cost_plus_percentage.price(terms, cost) <= cost_plus_percentage.price(terms, cost + more)


@given(minors, minors, minors, st.integers(0, 10**9))
def test_a_fixed_fee_is_earned_whole_and_once(estimate: int, fee: int, cost: int, more: int) -> None:
    terms = cost_plus_fixed_fee.CostPlusFixedFee(estimate, fee)
    earned = cost_plus_fixed_fee.contract_fee(terms, cost)
    assert 0 <= earned <= cost_plus_fixed_fee.contract_fee(terms, cost + more) <= fee
    assert cost_plus_fixed_fee.price(terms, estimate) == estimate + fee


@given(incentives(), minors, st.integers(0, 10**9))
def test_gain_plus_pain_is_the_cost_variance(terms: CostPlusIncentiveFee, cost: int, more: int) -> None:
    shares = cost_plus_incentive_fee.shares(terms, cost)
    assert shares.association_minor + shares.vendor_minor == shares.variance_minor == terms.target_cost_minor - cost
    fee = cost_plus_incentive_fee.contract_fee(terms, cost)
    assert terms.fee_floor_minor <= fee <= terms.fee_ceiling_minor
    assert cost_plus_incentive_fee.contract_fee(terms, cost + more) <= fee  # spending more never earns more
    assert cost_plus_incentive_fee.price(terms, cost) <= cost_plus_incentive_fee.price(terms, cost + more)
    assert cost_plus_incentive_fee.contract_fee(terms, terms.target_cost_minor) == terms.target_fee_minor


@given(incentives(), minors)
def test_beyond_the_range_of_incentive_the_fee_stands_still(terms: CostPlusIncentiveFee, cost: int) -> None:
    lowest, highest = cost_plus_incentive_fee.range_of_incentive(terms)
    fee = cost_plus_incentive_fee.contract_fee(terms, cost)
    if lowest is not None and cost < lowest:
        assert fee == terms.fee_ceiling_minor
    if highest is not None and cost > highest:
        assert fee == terms.fee_floor_minor


@given(percents, percents, st.decimals(0, 20, places=2), minors, minors)
def test_gainshare_parts_the_whole_variance(
    gain: Decimal, pain: Decimal, neutral: Decimal, target: int, actual: int
) -> None:
    terms = GainshareTerms(association_gain_percent=gain, association_pain_percent=pain, neutral_percent=neutral)
    shares = gainshare.share(terms, target_cost_minor=target, actual_cost_minor=actual)
    assert shares.association_minor + shares.vendor_minor == shares.variance_minor == target - actual
    for part in (shares.association_minor, shares.vendor_minor):
        assert 0 <= part * (1 if shares.variance_minor > 0 else -1) <= abs(shares.variance_minor)


@given(minors, minors)
def test_a_true_up_reaches_the_commitment_and_not_beyond(committed: int, billed: int) -> None:
    assert billed + commitment.true_up(committed, billed_minor=billed) == max(billed, committed)


@given(minors, percents, st.integers(0, 10**9))
def test_retainage_is_a_share(subtotal: int, percent: Decimal, more: int) -> None:
    kept = retainage.retained(subtotal, percent)
    assert 0 <= kept <= subtotal
    assert kept <= retainage.retained(subtotal + more, percent)
    assert retainage.unreleased(kept, [kept] if kept else []) == 0


@given(st.integers(0, 10**6), currencies, quantities)
def test_a_scale_of_prices_scales_what_is_owed(price: int, currency: str, quantity: Decimal) -> None:
    # whole amounts have no rounding that could hide a mistake of scale
    terms = fixed_price.FixedPrice(Decimal(price), currency)
    assert fixed_price.price(terms, Decimal(int(quantity))) == price * int(quantity) * 10 ** currency_digits(currency)
