from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.days import Period, begins_at, due_days, today_in, whole_periods

DAYS = st.dates(date(2000, 1, 1), date(2150, 12, 31))
RECURRENCES = st.sampled_from(["MONTHLY", "QUARTERLY", "YEARLY"])


@pytest.mark.parametrize(
    ("term", "recurrence", "count"),
    [
        (Period(date(2026, 1, 1), date(2026, 12, 31)), "MONTHLY", 12),
        (Period(date(2026, 1, 15), date(2026, 4, 14)), "QUARTERLY", 1),
        (Period(date(2024, 2, 29), date(2025, 2, 27)), "YEARLY", 1),
        (Period(date(2026, 1, 31), date(2026, 2, 27)), "MONTHLY", 1),
        (Period(date(2026, 1, 31), date(2026, 3, 30)), "MONTHLY", 2),
        (Period(date(2026, 1, 1), date(2026, 1, 30)), "MONTHLY", 0),
        (Period(date(2026, 1, 1), date(2026, 2, 1)), "MONTHLY", 0),
    ],
)
def test_periods_that_make_up_a_term(term: Period, recurrence: str, count: int) -> None:
    assert len(whole_periods(term, recurrence)) == count


@given(DAYS, RECURRENCES, st.integers(1, 40))
def test_periods_follow_each_other_from_the_first_day_to_the_last(day: date, recurrence: str, years: int) -> None:
    try:
        term = Period(day, day.replace(year=day.year + years) - timedelta(days=1))
    except ValueError:
        term = Period(day, date(day.year + years, 2, 27))
    periods = whole_periods(term, recurrence)
    assert periods[0].starts_on == term.starts_on
    assert periods[-1].ends_on == term.ends_on
    assert all(one.ends_on + timedelta(days=1) == next_.starts_on for one, next_ in pairwise(periods))
    assert len(periods) == years * {"MONTHLY": 12, "QUARTERLY": 4, "YEARLY": 1}[recurrence]


def test_day_31_is_the_last_of_every_month() -> None:
    due = list(due_days(Period(date(2026, 1, 1), date(2026, 6, 30)), "MONTHLY", 31))
    assert due == [date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30))]


def test_a_quarter_is_counted_from_the_first_due_day() -> None:
    due = list(due_days(Period(date(2026, 1, 10), date(2026, 12, 31)), "QUARTERLY", 5))
    assert due == [date(2026, 2, 5), date(2026, 5, 5), date(2026, 8, 5), date(2026, 11, 5)]


@given(DAYS, st.integers(0, 4000), RECURRENCES, st.integers(1, 31))
def test_due_days_lie_within_the_term_and_rise(day: date, length: int, recurrence: str, day_of_month: int) -> None:
    term = Period(day, day + timedelta(days=length))
    due = list(due_days(term, recurrence, day_of_month))
    assert all(term.starts_on <= one <= term.ends_on for one in due)
    assert due == sorted(set(due))
    assert all(one.day == day_of_month or (one + timedelta(days=1)).day == 1 for one in due)


def test_a_day_is_one_of_the_associations_time_zone() -> None:
    assert today_in("America/Chicago", datetime(2026, 1, 10, 5, 59, tzinfo=UTC)) == date(2026, 1, 9)
    assert today_in("America/Chicago", datetime(2026, 1, 10, 6, tzinfo=UTC)) == date(2026, 1, 10)
    assert begins_at(date(2026, 7, 1), "America/Chicago") == datetime(2026, 7, 1, 5, tzinfo=UTC)
