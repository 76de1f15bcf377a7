"""Amounts that are asked for: of one currency, and more than nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError
from core.money import InvalidAmount, to_minor

if TYPE_CHECKING:
    from decimal import Decimal


class OtherCurrency(DomainError):
    """The amount is in another currency than the contract; it would have to be exchanged first."""


def minor_in(amount: Decimal, currency_code: str, *, of: str) -> int:
    """An amount that was asked for, in minor units of the contract's currency `of`.

    Refuses with OtherCurrency, or with InvalidAmount what is nothing or has too many decimals.
    """
    if currency_code != of:
        raise OtherCurrency(f"the contract is in {of}, not {currency_code}", field="amount.currencyCode")
    minor = to_minor(amount, currency_code, field="amount.amount")
    if minor == 0:
        raise InvalidAmount("nothing is no amount: more than 0 would be right", field="amount.amount")
    return minor
