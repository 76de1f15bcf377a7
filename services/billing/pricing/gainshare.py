"""Gainshare and painshare: what was saved or overspent against a target cost, parted between buyer and seller.

Source: the UK Government Commercial Function's Open Book Contract Management guidance (2016) and its Sourcing
Playbook: a target cost, a share of each side in what is saved and in what is overspent, and a band about the target in
which nothing is shared; FAR 16.403 and 16.405-1 share a variance by ratios in the same way.

    variance = target cost - actual cost        a gain when positive, a pain when negative
    shared   = variance beyond the neutral band
    association's part = shared x its percent for a gain, or for a pain; the vendor's = the whole variance less that
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.money import round_half_even

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainshareTerms:
    """The association's percentages (0 to 100) of a gain and of a pain; the vendor bears what remains of each.

    `neutral_percent` of the target cost, saved or overspent, stays with the vendor unshared.
    """

    association_gain_percent: Decimal
    association_pain_percent: Decimal
    neutral_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shares:
    """A variance in minor units and each side's part of it: positive is a gain, negative a pain; the parts add up."""

    variance_minor: int
    association_minor: int
    vendor_minor: int


def share(terms: GainshareTerms, *, target_cost_minor: int, actual_cost_minor: int) -> Shares:
    """Part the variance of a period; the association's part is rounded half-even, the vendor has the rest.

    What the association gains it is credited; what it bears of a pain it is charged.
    """
    variance = target_cost_minor - actual_cost_minor
    neutral = target_cost_minor * terms.neutral_percent / HUNDRED
    beyond = max(Decimal(0), abs(variance) - neutral)
    percent = terms.association_gain_percent if variance > 0 else terms.association_pain_percent
    part = int(round_half_even(beyond * percent / HUNDRED))
    association = part if variance > 0 else -part
    return Shares(variance, association, variance - association)
