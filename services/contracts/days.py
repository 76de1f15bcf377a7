"""The calendar of a contract: whole days, both ends included, in the association's time zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

MONTHS_BETWEEN: Final = {"MONTHLY": 1, "QUARTERLY": 3, "YEARLY": 12}
"""How many months lie between two periods, or two due days, of a recurrence."""


class Period(NamedTuple):
    """Whole days, both ends included."""

    starts_on: date
    ends_on: date


def today_in(time_zone: str, now: datetime) -> date:
    """The day that `now` falls on there."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def begins_at(day: date, time_zone: str) -> datetime:
    """The instant at which the day begins there."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone))


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def whole_periods(term: Period, recurrence: str) -> tuple[Period, ...]:
    """The periods that make up the term exactly, counted from its first day; none when it is no whole number of them.

    A period that would begin on a day its month lacks begins on that month's last.
    """
    step, periods, starts_on, number = MONTHS_BETWEEN[recurrence], [], term.starts_on, 0
    while starts_on <= term.ends_on:
        number += 1
        next_starts_on = months_later(term.starts_on, number * step, term.starts_on.day)
        periods.append(Period(starts_on, next_starts_on - timedelta(days=1)))
        starts_on = next_starts_on
    return tuple(periods) if periods and periods[-1].ends_on == term.ends_on else ()


def due_days(term: Period, recurrence: str, day_of_month: int) -> Iterator[date]:
    """The days of the term on which an obligation falls due; day 31 is the last of every month.

    The first is the first such day of the term; the others follow at the recurrence's distance.
    """
    first = months_later(term.starts_on, 0, day_of_month)
    offset = 0 if first >= term.starts_on else 1
    while (due_on := months_later(term.starts_on, offset, day_of_month)) <= term.ends_on:
        yield due_on
        offset += MONTHS_BETWEEN[recurrence]


def months_later(day: date, months: int, day_of_month: int) -> date:
    """The day of the month so many months later, or the last of a month that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day_of_month, monthrange(year, month + 1)[1]))
