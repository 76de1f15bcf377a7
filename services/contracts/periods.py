"""The billing periods of a term: counted from its first day, or the calendar's own; the first and last may be cut.

Days are whole and both ends are included; they are the association's days, so that neither a change of clocks nor the
distance from UTC moves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.money import currency_digits, round_half_even
from services.contracts.days import MONTHS_BETWEEN, months_later

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


class PeriodAnchor(StrEnum):
    """Where periods begin."""

    ANNIVERSARY = "ANNIVERSARY"
    CALENDAR = "CALENDAR"


@dataclass(frozen=True, slots=True)
class BillingPeriod:
    """The days of a period that lie in the term, and how many days the whole period has."""

    starts_on: date
    ends_on: date
    whole_days: int

    @property
    def days(self) -> int:
        """How many days of it lie in the term."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def is_whole(self) -> bool:
        """Whether all of its days lie in the term."""
        return self.days == self.whole_days


def billing_periods(
    starts_on: date, ends_on: date, recurrence: str, anchor: PeriodAnchor = PeriodAnchor.ANNIVERSARY
) -> Iterator[BillingPeriod]:
    """The periods that cover a term, MONTHLY, QUARTERLY or YEARLY, in order and without gaps.

    An ANNIVERSARY period begins on the term's day of the month, or on the last of a month that lacks it; a CALENDAR
    period with the month, the quarter or the year. `app.billing_periods` in the database is its twin.
    """
    months = MONTHS_BETWEEN[recurrence]
    first = starts_on
    if anchor is PeriodAnchor.CALENDAR:
        first = date(starts_on.year, (starts_on.month - 1) // months * months + 1, 1)
    number, begins = 0, first
    while begins <= ends_on:
        number += 1
        next_begins = months_later(first, number * months, first.day)
        yield BillingPeriod(
            max(begins, starts_on), min(next_begins - timedelta(days=1), ends_on), (next_begins - begins).days
        )
        begins = next_begins


def prorated_minor(units: Decimal, unit_price: Decimal, currency_code: str, *, days: int, of_days: int) -> int:
    """Units x unit price x days / days of the period in minor units, rounded half-even once."""
    exact = units * unit_price * days / of_days
    return int(round_half_even(exact.scaleb(currency_digits(currency_code))))
