"""Each arrangement against figures worked by hand; the derivation stands beside each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

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
from services.billing.pricing.gainshare import GainshareTerms, Shares
from services.billing.pricing.tiers import Tier, Tiers

GRADED = (Tier(Decimal(100), Decimal(10)), Tier(Decimal(250), Decimal("8.5")), Tier(None, Decimal("7.125")))
CPIF = CostPlusIncentiveFee(
    target_cost_minor=1_000_000,
    target_fee_minor=75_000,
    fee_floor_minor=30_000,
    fee_ceiling_minor=120_000,
    vendor_share_under_percent=Decimal(20),
    vendor_share_over_percent=Decimal(30),
)
"""Target cost 10,000.00, target fee 750.00, fee from 300.00 to 1,200.00; 80/20 under, 70/30 over."""


@pytest.mark.parametrize(
    ("price", "currency", "quantity", "minor"),
    [
        ("4000", "USD", "1", 400_000),  # a milestone
        ("0.0125", "USD", "2", 2),  # 0.025 is half a cent beyond 2: to the even 2
        ("0.0125", "USD", "6", 8),  # 0.075 is half a cent beyond 7: to the even 8
        ("1250.5", "JPY", "3", 3752),  # 3,751.5: no digits, to the even 3,752
        ("1.2345", "KWD", "1", 1234),  # 1.2345 has half a fils: to the even 1.234
    ],
)
def test_fixed_price(price: str, currency: str, quantity: str, minor: int) -> None:
    assert fixed_price.price(fixed_price.FixedPrice(Decimal(price), currency), Decimal(quantity)) == minor


@pytest.mark.parametrize(
    ("hours", "billed", "minor"),
    [
        ("10", 0, 52_000),  # 10 x 52.00
        ("10", 450_000, 50_000),  # 520.00 is earned, 500.00 is left below 5,000.00
        ("10", 500_000, 0),  # nothing is left
        ("2.125", 0, 11_050),  # 110.50
    ],
)
def test_time_and_materials(hours: str, billed: int, minor: int) -> None:
    terms = time_and_materials.TimeAndMaterials(Decimal(52), "USD", not_to_exceed_minor=500_000)
    assert time_and_materials.price(terms, Decimal(hours), billed_minor=billed) == minor


@pytest.mark.parametrize(
    ("quantity", "graduated", "volume"),
    [
        ("1", 1_000, 1_000),
        ("100", 100_000, 100_000),  # the hundredth is the last of the first tier
        ("101", 100_850, 85_850),  # 1,000.00 + 8.50; all at 8.50
        ("250", 227_500, 212_500),  # 1,000.00 + 150 x 8.50; 250 x 8.50
        ("300.5", 263_481, 214_106),  # 2,275.00 + 50.5 x 7.125 = 359.8125; 300.5 x 7.125 = 2,141.0625
    ],
)
def test_tiers(quantity: str, graduated: int, volume: int) -> None:
    terms = Tiers(GRADED, "USD")
    assert (tiers.graduated(terms, Decimal(quantity)), tiers.volume(terms, Decimal(quantity))) == (graduated, volume)


def test_tiers_have_the_digits_of_their_currency() -> None:
    # 100 x 10 + 150 x 8.5 + 50.5 x 7.125 = 2,634.8125
    assert tiers.graduated(Tiers(GRADED, "JPY"), Decimal("300.5")) == 2_635
    assert tiers.graduated(Tiers(GRADED, "KWD"), Decimal("300.5")) == 2_634_812  # half a fils, to the even


def test_a_tier_period_s_invoices_sum_to_its_total_though_one_is_voided() -> None:
    terms = Tiers(GRADED, "USD")
    first = tiers.to_bill(tiers.graduated(terms, Decimal(100)), billed_minor=0)
    second = tiers.to_bill(tiers.graduated(terms, Decimal(150)), billed_minor=first)
    assert (first, second) == (100_000, 42_500)
    assert tiers.to_bill(tiers.graduated(terms, Decimal(150)), billed_minor=second) == 100_000  # the first was voided


@pytest.mark.parametrize(
    "ends",
    [
        (),
        (Decimal(1),),
        (None, None),
        (Decimal(5), Decimal(5), None),
        (Decimal(0), None),
        (Decimal(9), Decimal(3), None),
    ],
)
def test_tiers_that_do_not_follow_each_other_are_none(ends: tuple[Decimal | None, ...]) -> None:
    with pytest.raises(ValueError, match="tier"):
        Tiers([Tier(end, Decimal(1)) for end in ends], "USD")


@pytest.mark.parametrize(
    ("currency", "days", "of_days", "minor"),
    [
        ("USD", 31, 31, 50_002),  # 2 x 250.0125 = 500.025: half a cent, to the even
        ("USD", 10, 31, 16_130),  # 500.025 x 10 / 31 = 161.2983...
        ("JPY", 14, 28, 250),  # 250.0125
        ("KWD", 1, 366, 1_366),  # 500.025 / 366 = 1.36618...
    ],
)
def test_recurring(currency: str, days: int, of_days: int, minor: int) -> None:
    terms = recurring.Recurring(
        units_per_period=Decimal(2),
        unit_price=Decimal("250.0125"),
        currency_code=currency,
        recurrence="MONTHLY",
        prorated=True,
    )
    assert recurring.to_date(terms, days=days, of_days=of_days) == minor


def test_a_cut_period_loses_no_cent() -> None:
    terms = recurring.Recurring(
        units_per_period=Decimal(1), unit_price=Decimal(100), currency_code="USD", recurrence="MONTHLY", prorated=True
    )
    # to date: 33.33, 66.67, 100.00
    assert recurring.parts(terms, cuts=[10, 10, 10], of_days=30) == [3_333, 3_334, 3_333]


@pytest.mark.parametrize(
    ("cost", "fee"),
    [
        (0, 0),
        (500_000, 40_000),  # half of the estimate
        (333_333, 26_667),  # 80,000 x 0.333333 = 26,666.64
        (1_000_000, 80_000),
        (1_500_000, 80_000),  # fixed: more cost earns no more
    ],
)
def test_cost_plus_fixed_fee(cost: int, fee: int) -> None:
    terms = cost_plus_fixed_fee.CostPlusFixedFee(1_000_000, 80_000)
    assert cost_plus_fixed_fee.contract_fee(terms, cost) == fee
    assert cost_plus_fixed_fee.price(terms, cost) == cost + fee


def test_cost_plus_percentage() -> None:
    # the UK baseline profit rate of 2022/23, 8.31 percent: 12,345.67 x 8.31 % = 1,025.925...
    terms = cost_plus_percentage.CostPlusPercentage(Decimal("8.31"))
    assert cost_plus_percentage.contract_fee(terms, 1_234_567) == 102_593
    assert cost_plus_percentage.price(terms, 1_234_567) == 1_337_160


@pytest.mark.parametrize(
    ("cost", "fee", "association"),
    [
        (1_000_000, 75_000, 0),  # on target
        (900_000, 95_000, 80_000),  # 1,000.00 saved: 200.00 more
        (1_100_000, 45_000, -70_000),  # 1,000.00 overspent: 300.00 less
        (775_000, 120_000, 180_000),  # 2,250.00 saved x 20 % = 450.00: just the ceiling
        (700_000, 120_000, 255_000),  # the ceiling: what is saved beyond is the association's
        (1_150_000, 30_000, -105_000),  # 1,500.00 x 30 % = 450.00: just the floor
        (1_300_000, 30_000, -255_000),  # the floor: what is overspent beyond is the association's
    ],
)
def test_cost_plus_incentive_fee(cost: int, fee: int, association: int) -> None:
    assert cost_plus_incentive_fee.contract_fee(CPIF, cost) == fee
    assert cost_plus_incentive_fee.price(CPIF, cost) == cost + fee
    assert cost_plus_incentive_fee.shares(CPIF, cost) == Shares(1_000_000 - cost, association, fee - 75_000)


def test_where_the_incentive_ends() -> None:
    # 10,000.00 - 450.00 / 20 % and 10,000.00 + 450.00 / 30 %
    assert cost_plus_incentive_fee.range_of_incentive(CPIF) == (Decimal(775_000), Decimal(1_150_000))


@pytest.mark.parametrize(
    ("actual", "shares"),
    [
        (90_000, Shares(10_000, 4_800, 5_200)),  # 2 % of 1,000.00 is not shared: 60 % of 80.00
        (98_500, Shares(1_500, 0, 1_500)),  # within the band
        (100_000, Shares(0, 0, 0)),
        (110_000, Shares(-10_000, -3_200, -6_800)),  # 40 % of 80.00
        (102_001, Shares(-2_001, 0, -2_001)),  # 40 % of 0.01 rounds to nothing
    ],
)
def test_gainshare(actual: int, shares: Shares) -> None:
    terms = GainshareTerms(
        association_gain_percent=Decimal(60), association_pain_percent=Decimal(40), neutral_percent=Decimal(2)
    )
    assert gainshare.share(terms, target_cost_minor=100_000, actual_cost_minor=actual) == shares


@pytest.mark.parametrize(
    ("per", "ends_on", "expected"),
    [
        ("TERM", date(2028, 8, 31), [365_000]),
        ("TERM", date(2026, 7, 31), [14_269]),  # 31 of 793 days
        ("YEAR", date(2028, 8, 31), [365_000, 365_000, 62_000]),  # the second has a leap day; 62 of 365 days
        ("YEAR", date(2027, 7, 1), [365_000, 997]),  # 1 of 366 days, rounded half-even
    ],
)
def test_what_is_committed_for_each_period(per: str, ends_on: date, expected: list[int]) -> None:
    periods = commitment.periods(date(2026, 7, 1), ends_on, term_ends_on=date(2028, 8, 31), per=per)
    terms = commitment.MinimumCommitment(365_000)
    assert [commitment.committed(terms, period) for period in periods] == expected


def test_a_true_up_bills_what_lacks() -> None:
    assert commitment.true_up(1_200_000, billed_minor=1_150_050) == 49_950
    assert commitment.true_up(1_200_000, billed_minor=1_200_001) == 0


def test_retainage_and_its_release() -> None:
    assert retainage.retained(165_005, Decimal("7.5")) == 12_375  # 123.75375
    assert retainage.retained(50, Decimal(5)) == 2  # 2.5 to the even
    assert retainage.unreleased(12_375, [2_375, 4_000]) == 6_000
    assert retainage.unreleased(12_375, [2_375, 10_000]) == 0
    for released in ([12_376], [0], [-5], [12_375, 1]):
        with pytest.raises(ValueError, match="is not released of"):
            retainage.unreleased(12_375, released)
