"""Why an invoice is adjusted: a code that reports can add up, and words for both parties to read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from core.errors import Refusals
from core.texts import check_words

LONGEST_REASON: Final = 2000


@dataclass(frozen=True, slots=True)
class Why:
    """A code of the API's CreditReason, and words."""

    code: str
    words: str


def checked(why: Why) -> Why:
    """The same, with its words trimmed; refuses with TextBlank or TextTooLong."""
    return replace(why, words=checked_words(why.words))


def checked_words(words: str, *, field: str = "reason", longest: int = LONGEST_REASON) -> str:
    """The words, trimmed; refuses with TextBlank or TextTooLong."""
    words = words.strip()
    if faults := list(check_words(words, longest=longest, field=field)):
        raise Refusals(faults)
    return words
