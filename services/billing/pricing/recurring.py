"""RECURRING: a price for each period, billed as it begins (in advance) or when it is over (in arrears).

A period of which only some days lie in the term is charged for those days, or not at all, as is agreed. Source: the
daily apportionment of periodic payments (in England the Apportionment Act 1870, section 2: rents, annuities and other
periodical payments accrue from day to day); FAR 16.202 for a price that no cost moves.

    charge of the days to date = price of the period x days to date / days of the period, rounded half-even
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from services.contracts.periods import BillingPeriod, PeriodAnchor, billing_periods, prorated_minor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class Timing(StrEnum):
    """When a period is billed."""

    ADVANCE = "ADVANCE"
    ARREARS = "ARREARS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """Units of each period and the price of one; `prorated` charges cut periods by the day instead of not at all."""

    units_per_period: Decimal
    unit_price: Decimal
    currency_code: str
    recurrence: str
    anchor: PeriodAnchor = PeriodAnchor.ANNIVERSARY
    timing: Timing = Timing.ARREARS
    prorated: bool = False


def price(terms: Recurring, period: BillingPeriod) -> int:
    """What a period is charged in minor units."""
    if not period.is_whole and not terms.prorated:
        return 0
    return to_date(terms, days=period.days, of_days=period.whole_days)


def to_date(terms: Recurring, *, days: int, of_days: int) -> int:
    """What the first days of a period come to in minor units, rounded half-even once; of all days: the period."""
    return prorated_minor(terms.units_per_period, terms.unit_price, terms.currency_code, days=days, of_days=of_days)


def parts(terms: Recurring, *, cuts: list[int], of_days: int) -> list[int]:
    """The charges of a period cut into parts of so many days: each is what it adds to date, so no cent is lost."""
    ends = [sum(cuts[: number + 1]) for number in range(len(cuts))]
    charged = [to_date(terms, days=end, of_days=of_days) for end in ends]
    return [end - begun for begun, end in zip([0, *charged], charged, strict=False)]


def billable(terms: Recurring, *, starts_on: date, ends_on: date, today: date) -> Iterator[BillingPeriod]:
    """The periods of a term that can be billed on a day: those that have begun, or in arrears those that are over."""
    for period in billing_periods(starts_on, ends_on, terms.recurrence, terms.anchor):
        due_on = period.starts_on if terms.timing is Timing.ADVANCE else period.ends_on
        if due_on <= today and (period.is_whole or terms.prorated):
            yield period
