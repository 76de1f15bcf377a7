"""A minimum commitment: the least that an association buys in the term, or in each of its years.

It is a term, and a line of kind MINIMUM_COMMITMENT carries it, so that what lacks of it once a period is over is billed
as everything is: on a line of the contract. The line comes to nothing by itself, since a commitment is bought by the
other lines; it has no rate, nothing is delivered on it, and its standard cost is zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from core.errors import DomainError
from core.ids import new_id
from core.money import from_minor, to_minor
from services.contracts.line_faults import TwoCurrencies
from services.contracts.lines import LineKind
from services.contracts.periods import billing_periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.contracts.faults import Faults
    from services.contracts.lines import Amount, LineDraft
    from services.contracts.pricing import PricedLine
    from services.contracts.terms import Terms

KEY: Final = "minimum-commitment"
"""The key of the line that carries it."""


class CommitmentPeriod(StrEnum):
    """What a commitment is for."""

    TERM = "TERM"
    YEAR = "YEAR"


class InvalidCommitment(DomainError):
    """A minimum commitment is an amount above zero."""


class CommitmentStatedAsLine(DomainError):
    """A minimum commitment is stated in the terms: no line is stated of its kind, or under its key beside it."""


@dataclass(frozen=True, slots=True)
class MinimumCommitment:
    """The least that is bought, net of tax, in the whole term or in each year counted from its first day."""

    amount: Amount
    per: str

    @property
    def minor(self) -> int:
        """The amount in minor units; refuses with InvalidAmount."""
        return to_minor(self.amount.amount, self.amount.currency_code, field="minimumCommitment.amount.amount")


def note_faults_of_commitment(faults: Faults, terms: Terms, lines: Sequence[LineDraft]) -> None:
    """Note what is wrong with the commitment, and lines that state one themselves."""
    agreed = terms.minimum_commitment
    for number, line in enumerate(lines):
        if line.kind == LineKind.MINIMUM_COMMITMENT:
            message = "state it in the terms, as minimumCommitment; its line comes by itself"
            faults.note(CommitmentStatedAsLine(message, field=f"lines.{number}.kind"))
        if agreed is not None and line.key == KEY:
            message = f"{KEY} is the key of the line that carries the commitment; another one would be right"
            faults.note(CommitmentStatedAsLine(message, field=f"lines.{number}.key"))
    if agreed is None:
        return
    if agreed.amount.currency_code != terms.currency_code:
        message = f"this is in {agreed.amount.currency_code}, the contract in {terms.currency_code}"
        faults.note(TwoCurrencies(message, field="minimumCommitment.amount.currencyCode"))
        return
    with faults.noting():
        if not agreed.minor:
            message = "nothing is no commitment; leave it out, or commit to more than zero"
            raise InvalidCommitment(message, field="minimumCommitment.amount.amount")


def commitment_line(terms: Terms, *, rate_version: int, position: int) -> PricedLine:
    """The line that carries the commitment, as the columns of `contract_line`; its quantity is how many periods."""
    agreed = terms.minimum_commitment
    assert agreed is not None
    amount = from_minor(agreed.minor, terms.currency_code)
    per_year = agreed.per == CommitmentPeriod.YEAR
    years = sum(1 for _ in billing_periods(terms.starts_on, terms.ends_on, "YEARLY"))
    return {
        "id": new_id(),
        "position": position,
        "key": KEY,
        "title": f"Minimum commitment of {amount:f} {terms.currency_code} per {'year' if per_year else 'term'}",
        "kind": LineKind.MINIMUM_COMMITMENT.value,
        "currency_code": terms.currency_code,
        "due_on": None,
        "acceptance_criteria": [],
        "recurrence": None,
        "due_day_of_month": None,
        "obliged_party": None,
        "rate_card_key": None,
        "rate_version": rate_version,
        "unit": "LUMP_SUM",
        "unit_price": Decimal(0),
        "quantity": Decimal(years if per_year else 1),
        "quantity_basis": "MAXIMUM",
        "units_per_period": None,
        "not_to_exceed_minor": None,
        "value_minor": 0,
    }


def said_of_commitment(terms: Terms) -> dict[str, Any]:
    """What the signed document says of it, where it is agreed."""
    agreed = terms.minimum_commitment
    if agreed is None:
        return {}
    amount = from_minor(agreed.minor, terms.currency_code)
    return {"minimumCommitment": {"amount": f"{amount:f}", "per": str(agreed.per)}}
