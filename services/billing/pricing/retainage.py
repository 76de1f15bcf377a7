"""Retainage: a share of each invoice is not due until the association releases it, in whole or in part.

Source: FAR 32.103: retainage is used to protect the buyer, at most 10 percent of a payment, and released as the work
proves satisfactory; 52.232-5(e). Commercial contracts may agree on another share.

    retained = net price x percent / 100, rounded half-even        due = total - retained
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.money import round_half_even

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


def retained(subtotal_minor: int, percent: Decimal) -> int:
    """What of an invoice's net price is retained, in minor units; its tax is due at once."""
    return int(round_half_even(subtotal_minor * percent / 100))


def unreleased(retained_minor: int, released_minor: Iterable[int]) -> int:
    """What is still retained after releases, each no more than what was left before it."""
    left = retained_minor
    for released in released_minor:
        if not 0 < released <= left:
            raise ValueError(f"{released} is not released of {left}")
        left -= released
    return left
