"""Periods on the days that calendars are hard on: ends of months, a leap day, changes of clocks, far time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from services.billing.pricing.commitment import MinimumCommitment, committed
from services.billing.pricing.recurring import Recurring, Timing, billable, price
from services.contracts.days import today_in
from services.contracts.periods import BillingPeriod, PeriodAnchor, billing_periods

ANNIVERSARY, CALENDAR = PeriodAnchor.ANNIVERSARY, PeriodAnchor.CALENDAR


def _days(starts_on: str, ends_on: str, recurrence: str, anchor: PeriodAnchor) -> list[tuple[str, str, int]]:
    return [
        (str(period.starts_on), str(period.ends_on), period.whole_days)
        for period in billing_periods(date.fromisoformat(starts_on), date.fromisoformat(ends_on), recurrence, anchor)
    ]


def test_a_period_that_begins_on_a_31st_begins_on_the_last_of_shorter_months() -> None:
    assert _days("2027-12-31", "2028-04-29", "MONTHLY", ANNIVERSARY) == [
        ("2027-12-31", "2028-01-30", 31),
        ("2028-01-31", "2028-02-28", 29),
        ("2028-02-29", "2028-03-30", 31),
        ("2028-03-31", "2028-04-29", 30),
    ]


def test_a_year_from_a_leap_day() -> None:
    assert _days("2028-02-29", "2030-02-27", "YEARLY", ANNIVERSARY) == [
        ("2028-02-29", "2029-02-27", 365),
        ("2029-02-28", "2030-02-27", 365),
    ]
    assert _days("2028-02-15", "2029-01-31", "YEARLY", CALENDAR) == [
        ("2028-02-15", "2028-12-31", 366),
        ("2029-01-01", "2029-01-31", 365),
    ]


def test_calendar_quarters_are_cut_at_both_ends() -> None:
    assert _days("2027-02-10", "2027-08-05", "QUARTERLY", CALENDAR) == [
        ("2027-02-10", "2027-03-31", 90),
        ("2027-04-01", "2027-06-30", 91),
        ("2027-07-01", "2027-08-05", 92),
    ]


@pytest.mark.parametrize(
    ("currency", "charges"),
    [
        # 3,100 a month from 22 February to 10 March 2028: 8 of 29 days and 10 of 31
        ("USD", [85_517, 100_000]),
        ("JPY", [855, 1_000]),
        ("KWD", [855_172, 1_000_000]),
    ],
)
def test_both_ends_of_a_calendar_month_are_charged_by_the_day(currency: str, charges: list[int]) -> None:
    terms = Recurring(
        units_per_period=Decimal(1), unit_price=Decimal(3100), currency_code=currency, recurrence="MONTHLY",
        anchor=CALENDAR, prorated=True,
    )  # fmt: skip
    periods = billing_periods(date(2028, 2, 22), date(2028, 3, 10), "MONTHLY", CALENDAR)
    assert [price(terms, period) for period in periods] == charges


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Pacific/Kiritimati", datetime(2026, 6, 30, 10, tzinfo=UTC), "2026-07-01"),  # UTC+14
        ("Pacific/Kiritimati", datetime(2026, 6, 30, 9, 59, tzinfo=UTC), "2026-06-30"),
        ("Pacific/Pago_Pago", datetime(2026, 7, 1, 10, 59, tzinfo=UTC), "2026-06-30"),  # UTC-11
        ("Pacific/Pago_Pago", datetime(2026, 7, 1, 11, tzinfo=UTC), "2026-07-01"),
        ("America/New_York", datetime(2026, 3, 8, 4, 59, tzinfo=UTC), "2026-03-07"),  # the day of 23 hours
        ("America/New_York", datetime(2026, 3, 9, 3, 59, tzinfo=UTC), "2026-03-08"),
        ("America/New_York", datetime(2026, 3, 9, 4, tzinfo=UTC), "2026-03-09"),
        ("Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC), "2026-10-25"),  # the day of 25 hours
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "2026-10-25"),
        ("Europe/Berlin", datetime(2026, 10, 25, 23, tzinfo=UTC), "2026-10-26"),
    ],
)
@pytest.mark.parametrize("timing", Timing)
def test_a_period_is_billable_on_the_association_s_own_day(
    zone: str, now: datetime, today: str, timing: Timing
) -> None:
    there = today_in(zone, now)
    assert there == date.fromisoformat(today)
    terms = Recurring(
        units_per_period=Decimal(1), unit_price=Decimal(31), currency_code="USD", recurrence="MONTHLY", anchor=CALENDAR,
        timing=timing,
    )  # fmt: skip
    periods = list(billable(terms, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), today=there))
    # a change of clocks neither adds nor takes a day: each is charged in full
    assert [price(terms, period) for period in periods] == [3_100] * len(periods)
    # the last day of a period is the first on which it is billed in arrears
    over = there.month if timing is Timing.ADVANCE else (there + timedelta(1)).month - 1
    assert len(periods) == over


def test_cut_periods_are_charged_by_the_day_or_not_at_all() -> None:
    def due(*, prorated: bool) -> list[BillingPeriod]:
        terms = Recurring(
            units_per_period=Decimal(1),
            unit_price=Decimal(31),
            currency_code="USD",
            recurrence="MONTHLY",
            prorated=prorated,
        )
        return list(billable(terms, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 10), today=date(2026, 3, 10)))

    assert [period.days for period in due(prorated=True)] == [31, 28, 10]
    assert [period.days for period in due(prorated=False)] == [31, 28]


def test_the_commitment_of_a_year_that_the_term_cuts_is_cut_with_it() -> None:
    years = billing_periods(date(2027, 3, 1), date(2028, 8, 31), "YEARLY")
    # 1 March 2028 to 31 August 2028: 184 of 365 days
    assert [committed(MinimumCommitment(1_200_000), year) for year in years] == [1_200_000, 604_932]
