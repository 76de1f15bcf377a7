"""Minimum commitment: the association buys at least so much, in all or in each year; a true-up bills what lacks.

Source: FAR 16.504(a): an indefinite-quantity contract must require the buyer to order, and the seller to furnish, at
least a stated minimum; the shortfall is owed when the period ends without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.money import round_half_even
from services.contracts.periods import BillingPeriod, billing_periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class MinimumCommitment:
    """The least that is bought in each period, net of tax, in minor units."""

    amount_minor: int


def periods(starts_on: date, ends_on: date, *, term_ends_on: date, per: str) -> Iterator[BillingPeriod]:
    """The periods of a commitment per TERM or YEAR, of a term that was to end on `term_ends_on` and ends on `ends_on`.

    `app.commitment_periods` in the database is its twin.
    """
    if per == "YEAR":
        yield from billing_periods(starts_on, ends_on, "YEARLY")
    elif starts_on <= ends_on:
        yield BillingPeriod(starts_on, ends_on, (term_ends_on - starts_on).days + 1)


def committed(terms: MinimumCommitment, period: BillingPeriod) -> int:
    """What is committed for a period; of a year that the term cuts, or a term that ended early, its share by days.

    Rounded half-even, to minor units.
    """
    return int(round_half_even(Decimal(terms.amount_minor) * period.days / period.whole_days))


def true_up(committed_minor: int, *, billed_minor: int) -> int:
    """What a true-up bills once a period is over: what was committed less what was billed of it, or nothing."""
    return max(0, committed_minor - billed_minor)
