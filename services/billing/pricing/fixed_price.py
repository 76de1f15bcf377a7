"""FIXED_PRICE: a price that does not move with what the work cost.

Source: FAR 16.202-1: a firm-fixed-price contract provides for a price that is not subject to any adjustment on the
basis of the contractor's cost experience; here per unit, owed once the work is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.money import extended_minor

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """The price of one unit, in units of the currency with up to six decimals."""

    unit_price: Decimal
    currency_code: str


def price(terms: FixedPrice, quantity: Decimal) -> int:
    """Quantity x unit price in minor units, rounded half-even once; a milestone's quantity is 1."""
    return extended_minor(quantity, terms.unit_price, terms.currency_code)
