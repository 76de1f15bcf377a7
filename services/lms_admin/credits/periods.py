"""Days of continuing education: the reporting period that a credit counts in, and how long its certificate is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InvalidInput
from services.contracts.days import Period, months_later

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Final

    from core.errors import DomainError

EARLIEST_YEAR: Final = 1970
LATEST_YEAR: Final = 2199
MONTHS_OF_A_YEAR: Final = 12


def reporting_period(begin_on: date, months: int, day: date) -> Period:
    """The period of `months` that holds the day, when one period begins on `begin_on`; they follow without a gap."""

    def begins(number: int) -> date:
        return months_later(begin_on, number * months, begin_on.day)

    apart = (day.year - begin_on.year) * MONTHS_OF_A_YEAR + day.month - begin_on.month
    number = apart // months
    if begins(number) > day:
        number -= 1
    return Period(begins(number), day_before(begins(number + 1)))


def kept_until(earned_on: date, years: int) -> date:
    """The last day on which what was earned on that day has to be kept."""
    return months_later(earned_on, years * MONTHS_OF_A_YEAR, earned_on.day)


def day_before(day: date) -> date:
    """The day before."""
    return day.fromordinal(day.toordinal() - 1)


def check_day(day: date, *, field: str) -> Iterator[DomainError]:
    """Yield what is wrong with a day that periods and retention are counted from."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        yield InvalidInput(f"{day} is out of bounds: a day of {EARLIEST_YEAR} to {LATEST_YEAR}", field=field)
