"""TIME_AND_MATERIALS: hours at fixed rates, up to an amount that is not exceeded.

Source: FAR 16.601 (hours at fixed hourly rates that include wages, overhead, general expenses and profit, and a
ceiling price that the contractor exceeds at its own risk) and the clause 52.232-7: hourly rate x hours performed; the
buyer is not obliged to pay beyond the ceiling price.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.money import extended_minor


@dataclass(frozen=True, slots=True)
class TimeAndMaterials:
    """The price of one hour or other unit, and the most that all of them may come to in minor units, if agreed."""

    unit_price: Decimal
    currency_code: str
    not_to_exceed_minor: int | None = None


def price(terms: TimeAndMaterials, quantity: Decimal, *, billed_minor: int = 0) -> int:
    """What a quantity adds to `billed_minor` in minor units: quantity x unit price, and never beyond the ceiling."""
    earned = extended_minor(quantity, terms.unit_price, terms.currency_code)
    if terms.not_to_exceed_minor is None:
        return earned
    return max(0, min(earned, terms.not_to_exceed_minor - billed_minor))
