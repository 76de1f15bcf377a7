"""Input faults, noted one after the other so that they can be told together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import DomainError, InvalidInput, Refusals
from core.texts import check_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Faults:
    """The refusals found so far in one request."""

    def __init__(self) -> None:
        self.found: list[DomainError] = []

    def note(self, fault: DomainError) -> None:
        """Keep a refusal."""
        self.found.append(fault)

    def note_all(self, faults: Iterable[DomainError]) -> None:
        """Keep several refusals."""
        self.found.extend(faults)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Keep the refusal that ends the block, if one does."""
        try:
            yield
        except DomainError as fault:
            self.note(fault)

    def text(self, value: str | None, *, longest: int, field: str) -> None:
        """Note with TextBlank or TextTooLong a text that says nothing or too much; none at all is no fault."""
        if value is not None:
            self.note_all(check_words(value.strip(), longest=longest, field=field))

    def whole(self, value: int | None, *, least: int, most: int, field: str) -> None:
        """Note with InvalidInput a number outside its range; none at all is no fault."""
        if value is not None and not least <= value <= most:
            self.note(InvalidInput(f"{value} is out of bounds: a whole number from {least} to {most}", field=field))

    def refuse(self) -> None:
        """Raise what was found: all of it, or nothing."""
        if self.found:
            raise Refusals(self.found)
