"""Which day it is: a contract counts days in its association's own time zone."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date


def today(time_zone: str, now: datetime) -> date:
    """The day that it is there at the instant `now`."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def day_begins_at(day: date, time_zone: str) -> datetime:
    """The instant at which a day begins there."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(time_zone))
