"""UNIT with tiers: a unit's price depends on how many units there were in the tier period.

GRADUATED: each unit has the price of the tier it falls into, as in a progressive tax. VOLUME: all units have the price
of the tier that their total falls into. Source of both words: the tiered pricing of Stripe Billing and the rate
structures of utility tariffs; FAR 16.202 holds for either, as no price depends on cost.

A graduated total never falls when units are added. A volume total may: the last unit of a tier is dearer in all than
the first of the next. So volume is priced once the tier period is over, and graduated on every invoice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from core.money import currency_digits, round_half_even

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Tier:
    """The price of a unit up to and including the `up_to`-th of the tier period; the last tier has no end: None."""

    up_to: Decimal | None
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Tiers:
    """Tiers from the first unit on, each beginning where the one before it ends."""

    tiers: Sequence[Tier]
    currency_code: str

    def __post_init__(self) -> None:
        """Hold what every computation below relies on; the terms of a contract are checked long before."""
        ends = [tier.up_to for tier in self.tiers]
        if not ends or ends[-1] is not None or None in ends[:-1]:
            raise ValueError("the last tier has no end, and only the last")
        if any(not 0 <= (low or 0) < (high or 0) for low, high in pairwise([Decimal(0), *ends[:-1]])):
            raise ValueError("each tier ends beyond the one before it")


@dataclass(frozen=True, slots=True)
class TierShare:
    """How much of a quantity falls into a tier, and at what price of a unit."""

    quantity: Decimal
    unit_price: Decimal


def graduated_shares(terms: Tiers, quantity: Decimal) -> list[TierShare]:
    """Part a total quantity into its tiers; the parts add up to it."""
    shares, begun = [], Decimal(0)
    for tier in terms.tiers:
        end = quantity if tier.up_to is None else min(quantity, tier.up_to)
        if end > begun:
            shares.append(TierShare(end - begun, tier.unit_price))
            begun = end
    return shares


def graduated(terms: Tiers, quantity: Decimal) -> int:
    """The price of a tier period's total quantity in minor units, rounded half-even once."""
    return _minor(
        sum((part.quantity * part.unit_price for part in graduated_shares(terms, quantity)), Decimal(0)), terms
    )


def volume_price(terms: Tiers, quantity: Decimal) -> Decimal:
    """The price of one unit when there are so many in all."""
    return next(tier.unit_price for tier in terms.tiers if tier.up_to is None or quantity <= tier.up_to)


def volume(terms: Tiers, quantity: Decimal) -> int:
    """The price of a tier period's total quantity in minor units, rounded half-even once."""
    return _minor(quantity * volume_price(terms, quantity), terms)


def to_bill(total_minor: int, *, billed_minor: int) -> int:
    """What a tier period adds to what is billed of it: its total less that, and nothing rather than less than nothing.

    So the invoices of a tier period sum to its total, whatever way it was cut, and though one of them was voided.
    """
    return max(0, total_minor - billed_minor)


def _minor(amount: Decimal, terms: Tiers) -> int:
    return int(round_half_even(amount.scaleb(currency_digits(terms.currency_code))))
