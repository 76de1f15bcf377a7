"""What can be contracted, line by line: the kinds, and the fields that each takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from core.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from services.contracts.arrangements import PricingDraft

LARGEST_QUANTITY: Final = Decimal(10) ** 9
QUANTITY_DIGITS: Final = 6


class InvalidQuantity(DomainError):
    """The quantity is zero, negative, absurdly large, or has more than six decimals."""


class LineKind(StrEnum):
    """How a line is priced, delivered and billed."""

    TIME_AND_MATERIALS = "TIME_AND_MATERIALS"
    UNIT = "UNIT"
    MILESTONE = "MILESTONE"
    RECURRING = "RECURRING"
    OBLIGATION = "OBLIGATION"
    MINIMUM_COMMITMENT = "MINIMUM_COMMITMENT"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was sent, its digits and currency not yet looked at."""

    amount: Decimal
    currency_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line as a party states it; `quantity` of a RECURRING line is units per period, 1 unless given.

    `unit_price` is a negotiated price and takes the place of the rate card's.
    """

    key: str
    title: str
    kind: str
    rate_card_key: str | None = None
    quantity: Decimal | None = None
    quantity_basis: str | None = None
    unit_price: Amount | None = None
    not_to_exceed: Amount | None = None
    due_on: date | None = None
    acceptance_criteria: Sequence[str] | None = None
    recurrence: str | None = None
    due_day_of_month: int | None = None
    obliged_party: str | None = None
    pricing: PricingDraft | None = None

    def trimmed(self) -> LineDraft:
        """The same without blanks around its texts."""
        criteria = self.acceptance_criteria
        return replace(
            self,
            title=self.title.strip(),
            acceptance_criteria=criteria and [criterion.strip() for criterion in criteria],
        )


OPTIONAL_FIELDS: Final = {
    "rate_card_key": "rateCardKey",
    "quantity": "quantity",
    "quantity_basis": "quantityBasis",
    "unit_price": "unitPrice",
    "not_to_exceed": "notToExceed",
    "due_on": "dueOn",
    "acceptance_criteria": "acceptanceCriteria",
    "recurrence": "recurrence",
    "due_day_of_month": "dueDayOfMonth",
    "obliged_party": "obligedParty",
}
"""What a line may say beside key, title and kind, with the names that clients use."""


@dataclass(frozen=True, slots=True)
class Takes:
    """The fields that a kind of line needs, and those it takes."""

    needs: frozenset[str]
    may_have: frozenset[str] = frozenset()


TAKES: Final = {
    LineKind.TIME_AND_MATERIALS: Takes(
        frozenset({"rate_card_key", "quantity", "quantity_basis"}), frozenset({"unit_price", "not_to_exceed"})
    ),
    LineKind.UNIT: Takes(frozenset({"rate_card_key", "quantity", "quantity_basis"}), frozenset({"unit_price"})),
    LineKind.MILESTONE: Takes(frozenset({"rate_card_key", "due_on"}), frozenset({"unit_price", "acceptance_criteria"})),
    LineKind.RECURRING: Takes(frozenset({"rate_card_key", "recurrence"}), frozenset({"unit_price", "quantity"})),
    LineKind.OBLIGATION: Takes(frozenset({"obliged_party"}), frozenset({"due_on", "recurrence", "due_day_of_month"})),
    LineKind.MINIMUM_COMMITMENT: Takes(frozenset()),
}


def require_quantity(quantity: Decimal, *, field: str) -> Decimal:
    """Return the quantity, or refuse it with InvalidQuantity."""
    if not 0 < quantity < LARGEST_QUANTITY or quantity != round(quantity, QUANTITY_DIGITS):
        takes = f"above 0, below {LARGEST_QUANTITY:f}, with at most {QUANTITY_DIGITS} decimals"
        raise InvalidQuantity(f"{quantity:f} is no quantity: {takes}", field=field)
    return quantity
