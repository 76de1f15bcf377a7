from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.lms_admin.credits.numbers import GROUP, LENGTH, LETTERS, grouped, new_number, read_number
from services.lms_admin.credits.periods import kept_until, reporting_period

DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))


@given(DAYS, st.integers(1, 120), DAYS)
def test_every_day_lies_in_one_period_and_they_follow_without_a_gap(begin: date, months: int, day: date) -> None:
    period = reporting_period(begin, months, day)
    assert period.starts_on <= day <= period.ends_on
    for other in (period.starts_on, period.ends_on):
        assert reporting_period(begin, months, other) == period
    after = reporting_period(begin, months, period.ends_on + timedelta(days=1))
    assert after.starts_on == period.ends_on + timedelta(days=1)


@pytest.mark.parametrize(
    ("begin", "months", "day", "starts_on", "ends_on"),
    [
        (date(2025, 7, 1), 24, date(2026, 3, 3), date(2025, 7, 1), date(2027, 6, 30)),
        (date(2025, 7, 1), 24, date(2025, 6, 30), date(2023, 7, 1), date(2025, 6, 30)),
        (date(2026, 1, 31), 1, date(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 30)),
        (date(2024, 2, 29), 12, date(2026, 2, 28), date(2026, 2, 28), date(2027, 2, 27)),
    ],
)
def test_periods_are_counted_from_the_day_that_one_begins_on(
    begin: date, months: int, day: date, starts_on: date, ends_on: date
) -> None:
    assert reporting_period(begin, months, day) == (starts_on, ends_on)


def test_what_is_earned_on_a_leap_day_is_kept_until_a_day_that_there_is() -> None:
    assert kept_until(date(2024, 2, 29), 7) == date(2031, 2, 28)
    assert kept_until(date(2026, 3, 3), 7) == date(2033, 3, 3)


def test_a_number_has_140_bits_and_letters_that_are_not_mistaken() -> None:
    numbers = {new_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert set("".join(numbers)) == set(LETTERS)
    assert (len(LETTERS), LENGTH * 5) == (32, 140)


@given(st.text(LETTERS, min_size=LENGTH, max_size=LENGTH))
def test_a_number_is_read_as_it_was_printed_or_typed(number: str) -> None:
    printed = grouped(number)
    assert [len(group) for group in printed.split("-")] == [GROUP] * 7
    typed = printed.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert {read_number(each) for each in (number, printed, typed)} == {number}


@given(st.text())
def test_whatever_else_is_typed_is_no_number(text: str) -> None:
    number = read_number(text)
    assert number is None or number == read_number(grouped(number))
