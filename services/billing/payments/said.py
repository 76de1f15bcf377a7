"""What people say beside money: why it moves, and by which reference it is found again."""

from __future__ import annotations

from typing import Final

from core.errors import Refusals
from core.texts import check_words

LONGEST_REASON: Final = 2000
LONGEST_REFERENCE: Final = 140
"""What a bank transfer carries: 140 characters (ISO 20022, `Ustrd`)."""


def reason_in(text: str) -> str:
    """The reason, trimmed; refuses with TextBlank or TextTooLong."""
    return _said(text, LONGEST_REASON, "reason")


def reference_in(text: str) -> str:
    """The reference, trimmed; refuses with TextBlank or TextTooLong."""
    return _said(text, LONGEST_REFERENCE, "reference")


def _said(text: str, longest: int, field: str) -> str:
    text = text.strip()
    if faults := list(check_words(text, longest=longest, field=field)):
        raise Refusals(faults)
    return text
