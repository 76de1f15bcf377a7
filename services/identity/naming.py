"""Names and e-mail addresses as people type them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.errors import DomainError, Refusals
from core.texts import check_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254
_PART: Final = r"[^\s@<>\"(),:;\\\[\]]+"
_EMAIL: Final = re.compile(rf"{_PART}@{_PART}\.{_PART}")


class NameNotPrintable(DomainError):
    """A name holds line breaks or other characters that do not show."""


class NotAnEmailAddress(DomainError):
    """The text cannot be an e-mail address such as name@organization.example."""


def check_name(name: str, *, field: str = "name") -> Iterator[DomainError]:
    """Yield what is wrong with a name, already trimmed: blank, long, or not on one line."""
    yield from check_words(name, longest=LONGEST_NAME, field=field)
    if not name.isprintable():
        yield NameNotPrintable("a name is letters, digits, signs and blanks on one line", field=field)


def check_email(email: str, *, field: str = "email") -> Iterator[DomainError]:
    """Yield a refusal unless the text, already trimmed, looks like an e-mail address."""
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isprintable():
        yield NotAnEmailAddress("an e-mail address looks like name@organization.example", field=field)


def refuse(faults: Iterable[DomainError]) -> None:
    """Raise all faults together, or do nothing when there are none."""
    found = list(faults)
    if found:
        raise Refusals(found)
