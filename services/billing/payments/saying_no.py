"""How Stripe says no: to the payer, to us, or not at all."""

from __future__ import annotations

from core.errors import DomainError


class Declined(DomainError):
    """The payer's bank said no; `why` is its code."""

    def __init__(self, message: str, why: str | None) -> None:
        super().__init__(message)
        self.why = why


class Refused(DomainError):
    """Stripe refuses what it was asked; asking again would be of no use. `why` is its code."""

    def __init__(self, message: str, why: str | None) -> None:
        super().__init__(message)
        self.why = why


class NotReachable(DomainError):
    """Stripe did not answer, or could not: whether it did what was asked is not known, and it is asked again."""
