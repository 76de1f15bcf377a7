"""Quantities of a line's unit: hours, tickets, learners; decimals, never floats."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import DomainError

if TYPE_CHECKING:
    from typing import Final

QUANTITY_DIGITS: Final = 6
LARGEST_QUANTITY: Final = Decimal(1_000_000_000)


class InvalidQuantity(DomainError):
    """The quantity is negative, zero where it must not be, absurdly large, or has more than six decimals."""


def require_quantity(quantity: Decimal, *, field: str, least: Decimal | None = None) -> Decimal:
    """Return the quantity; refuses with InvalidQuantity. It must be above zero, or at least `least` if that is given."""
    enough = quantity > 0 if least is None else quantity >= least
    if not quantity.is_finite() or not enough or quantity > LARGEST_QUANTITY:
        above = "above 0" if least is None else f"from {least}"
        raise InvalidQuantity(f"{quantity} must be {above} and at most {LARGEST_QUANTITY:f}", field=field)
    exponent = quantity.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > QUANTITY_DIGITS:
        raise InvalidQuantity(f"{quantity} has more than {QUANTITY_DIGITS} decimals", field=field)
    return quantity
