"""Processing costs: what Stripe charges for its service, in minor units, rounded half up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ZERO_DECIMAL: Final = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split())
THREE_DECIMAL: Final = frozenset("bhd jod kwd omr tnd".split())
_SIGNS: Final = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"}


@dataclass(frozen=True)
class Costs:
    """What a payment and a dispute cost, as Stripe's list prices of 2026 have it unless told otherwise."""

    card_per_mille: int = 29
    card_fixed_minor: int = 30
    """Not for currencies without decimals."""
    ach_per_mille: int = 8
    ach_most_minor: int = 500
    dispute_minor: int = 1500

    def of_payment(self, kind: str, amount: int, currency: str) -> int:
        """What taking `amount` by a kind of payment method costs."""
        if kind == "us_bank_account":
            return min((amount * self.ach_per_mille + 500) // 1000, self.ach_most_minor)
        fixed = 0 if currency in ZERO_DECIMAL else self.card_fixed_minor
        return (amount * self.card_per_mille + 500) // 1000 + fixed


def words(amount: int, currency: str) -> str:
    """An amount as Stripe's messages write it: `$60.00`."""
    digits = 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2
    whole, part = divmod(amount, 10**digits)
    number = f"{whole:,}" + (f".{part:0{digits}}" if digits else "")
    return f"{_SIGNS[currency]}{number}" if currency in _SIGNS else f"{number} {currency}"
