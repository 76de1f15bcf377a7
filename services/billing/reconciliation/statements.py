"""What a bank statement says, whatever it is written in; read whole, checked, and only then imported."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LONGEST_TEXT = 2000


class StatementUnreadable(DomainError):
    """The file is no bank statement of the form it is said to be; the message names the place."""


class StatementDoesNotSum(DomainError):
    """Opening balance and lines do not come to the closing balance: lines are missing, or there is one too many."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A movement: what arrived is positive, in minor units; `bank_reference` is the bank's own, unique for it."""

    booked_on: date
    amount_minor: int
    information: str
    valued_on: date | None = None
    bank_reference: str | None = None
    reference: str | None = None
    counterparty_name: str | None = None
    counterparty_account: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An account's movements between two balances, in minor units."""

    account: str
    number: str
    currency_code: str
    opens_on: date
    closes_on: date
    opening_minor: int
    closing_minor: int
    lines: Sequence[StatementLine]

    def keys(self) -> list[str]:
        """What tells each line apart: the bank's reference, or a digest of what it says, counted where they repeat."""
        found, seen = [], dict[str, int]()
        for line in self.lines:
            told = line.bank_reference
            if told is None:
                said = (str(line.booked_on), str(line.amount_minor), line.information, line.counterparty_account or "")
                digest = hashlib.sha256("\0".join((self.number, *said)).encode()).hexdigest()
                seen[digest] = seen.get(digest, 0) + 1
                told = f"sha256:{digest}:{seen[digest]}"
            found.append(told)
        return found


def require_sum(statement: Statement) -> Statement:
    """Return the statement; refuses with StatementDoesNotSum unless opening balance + lines = closing balance."""
    moved = sum(line.amount_minor for line in statement.lines)
    if statement.opening_minor + moved != statement.closing_minor:
        message = (
            f"opening {statement.opening_minor} and lines {moved} make {statement.opening_minor + moved}, "
            f"not the closing {statement.closing_minor}, in minor units of {statement.currency_code}"
        )
        raise StatementDoesNotSum(message, field="content")
    return statement
