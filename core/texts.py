"""What people write: trimmed, bounded, and keys that can be referred to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KEY_FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)


class TextTooLong(DomainError):
    """A text has more characters than its field takes."""


class TextBlank(DomainError):
    """A text that says nothing, where something must be said."""


class ListTooLong(DomainError):
    """A list has more items than its field takes."""


class InvalidKey(DomainError):
    """A key is not 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit."""


class DuplicateKey(DomainError):
    """A key names two items of one list."""


def check_text(text: str, *, longest: int, field: str) -> Iterator[DomainError]:
    """Yield what is wrong with a text, already trimmed, that may be empty."""
    if len(text) > longest:
        yield TextTooLong(f"{len(text)} characters are too many: at most {longest}", field=field)


def check_words(text: str, *, longest: int, field: str) -> Iterator[DomainError]:
    """Yield what is wrong with a text, already trimmed, that must say something."""
    if not text:
        yield TextBlank("write something here", field=field)
    yield from check_text(text, longest=longest, field=field)


def check_length(items: Sequence[object], *, most: int, field: str) -> Iterator[DomainError]:
    """Yield a refusal when a list has more than `most` items."""
    if len(items) > most:
        yield ListTooLong(f"{len(items)} items are too many: at most {most}", field=field)


def check_keys(keys: Iterable[str], *, field: str) -> Iterator[DomainError]:
    """Yield what is wrong with the keys of a list's items: their form, and whether each names one item only."""
    seen: set[str] = set()
    for at, key in enumerate(keys):
        path = f"{field}.{at}.key"
        if not KEY_FORM.fullmatch(key):
            message = (
                f"{key[:80]!r} is no key: 1 to 63 lower-case letters, digits and hyphens, not beginning with a hyphen"
            )
            yield InvalidKey(message, field=path)
        elif key in seen:
            yield DuplicateKey(f"{key!r} names another item of this list already", field=path)
        seen.add(key)
