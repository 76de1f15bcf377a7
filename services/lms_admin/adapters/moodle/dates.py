"""Dates as a report tells them: text in English and UTC, to the minute."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from services.lms_admin.adapters.port import Condition, LmsUnavailable

_FORM: Final = "%A, %d %B %Y, %I:%M %p"


@lru_cache(maxsize=4096)
def instant(text: str | None) -> datetime | None:
    """Read an instant; nothing is no instant. Raises LmsUnavailable for text in another language."""
    if not text:
        return None
    try:
        return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    except ValueError:
        raise LmsUnavailable(
            Condition.MISCONFIGURED,
            "the report's dates are not English: its reader, the token's account, needs the language English, and UTC",
        ) from None


def seconds_of(at: datetime | None) -> int:
    """An instant as Moodle takes it, cut to the minute as the report tells it; 0 is none."""
    return 0 if at is None else int(at.timestamp()) // 60 * 60
