"""The one way to fail: a named refusal, defined next to its cause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class DomainError(Exception):
    """A request that the business refuses.

    A subclass's docstring says what is refused; clients see its name as a code (`TierTooDeep` becomes
    `TIER_TOO_DEEP`), the message, and the input field at fault, as a dotted path below `input`.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    @classmethod
    def code(cls) -> str:
        """Return the stable code that clients switch on."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).upper()


class Refusals(Exception):
    """Several refusals of one request, each told on its own."""

    def __init__(self, errors: Sequence[DomainError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(errors)


class Forbidden(DomainError):
    """The actor may see the thing, but their role does not allow this act on it."""


class Unauthenticated(DomainError):
    """Nobody is signed in, or the token's subject is a member of no organization here."""


class NotFound(DomainError):
    """The thing does not exist, or the actor may not see it; the two answer the same."""


class InvalidInput(DomainError):
    """A value is outside what this field takes; the message says what would be right."""
