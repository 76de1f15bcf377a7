"""By how much a line differs from what should have been billed, and why: a difference decomposed into its causes.

What should have been billed becomes what was billed in eight steps, one cause at a time and always in this order; each
part is what its step adds, in whole minor units:

    expected     price of the quantity that was accepted, in scope and within the period, at the agreed rate
    + unaccepted    what it bills without an acceptance that stands
    + out_of_scope  what it bills of work outside the scope to which nobody said yes
    + period        what it bills of other days than the invoice's or the contract's
    + quantity      what it bills beyond its sources, twice, or of them too little
    + rate          all of that at the price that was billed instead of the agreed one
    + exchange      all of that at the rate of exchange that was used instead of the agreed one
    + tax           the tax on it that is not the tax on what was billed
    + rounding      what remains: the amount is not quantity x price rounded half-even
    = billed

Each step is rounded as an invoice line is, once and half-even, and a part is the difference of two steps: so the parts
sum exactly to the difference, whatever is rounded, and a cause that is not there is exactly zero. That a difference of
two products is told in a price and a quantity part, in a fixed order, is the standard analysis of cost accounting
(price and usage variance); the quantity part is valued at the agreed price, the price part at the billed quantity.
Lines with tiers and by cost take their steps in `arrangements`; `line_match` computes the same in the database, over
all lines of a match at once.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.money import extended_minor, round_half_even
from services.contracts.periods import prorated_minor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final, TypeAlias

    from services.billing.reconciliation.arrangements import MatchedTiers

    Quantified: TypeAlias = "Matched | MatchedTiers"

ONE: Final = Decimal(1)


class Steps(NamedTuple):
    """What a line comes to after each step, in minor units, in their order, and what was billed."""

    expected: int
    unaccepted: int
    out_of_scope: int
    period: int
    quantity: int
    rate: int
    exchange: int
    billed: int
    expected_tax: int = 0
    billed_tax: int = 0


class Stepping(Protocol):
    """A line that is matched, however it is priced."""

    def steps(self) -> Steps:
        """What should have been billed, and how it became what was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPeriod:
    """A period that a line bills by the day: the days it bills, those of the whole, and those owed of it.

    None are owed of a period that does not belong on the line: it is of other days (`misplaced`), or billed elsewhere.
    """

    units: Decimal
    days: int
    whole_days: int
    owed_days: int
    misplaced: bool = True

    def minor(self, unit_price: Decimal, currency_code: str, *, days: int) -> int:
        """What so many of its days come to."""
        return prorated_minor(self.units, unit_price, currency_code, days=days, of_days=self.whole_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What should have been billed of a line, and what was; quantities in its unit, amounts in minor units.

    `expected_quantity` is what was accepted, in scope and within the period. The three quantities after it are billed
    without being any of that. What is billed by the day is no part of these quantities. Nothing is owed beyond
    `room_minor`, what its ceiling leaves. Rates of exchange turn the contract's currency into the invoice's, 1 when
    they are one.
    """

    currency_code: str
    agreed_price: Decimal
    billed_price: Decimal
    expected_quantity: Decimal
    unaccepted_quantity: Decimal = Decimal(0)
    out_of_scope_quantity: Decimal = Decimal(0)
    misplaced_quantity: Decimal = Decimal(0)
    billed_quantity: Decimal
    billed_minor: int
    cut_periods: Sequence[CutPeriod] = ()
    room_minor: int | None = None
    agreed_exchange: Decimal = ONE
    billed_exchange: Decimal = ONE
    expected_tax_minor: int = 0
    billed_tax_minor: int = 0

    def steps(self) -> Steps:
        """Quantity by quantity at the agreed price, then at the billed one, then exchanged as it was."""
        owed, of_other_days, all_days = (self._by_the_day(step) for step in range(3))
        by_the_day = [owed, owed, owed, of_other_days, all_days]
        in_contract = [
            self._below_ceiling(extended_minor(quantity, self.agreed_price, self.currency_code) + minor)
            for quantity, minor in zip(quantities(self), by_the_day, strict=True)
        ]
        days_billed = sum(cut.minor(self.billed_price, self.currency_code, days=cut.days) for cut in self.cut_periods)
        at_price = extended_minor(self.billed_quantity, self.billed_price, self.currency_code) + days_billed
        in_contract.append(self._below_ceiling(at_price))
        exchanged = [_exchanged(minor, self.agreed_exchange) for minor in in_contract]
        exchanged.append(_exchanged(in_contract[-1], self.billed_exchange))
        return Steps._make([*exchanged, self.billed_minor, self.expected_tax_minor, self.billed_tax_minor])

    def _by_the_day(self, step: int) -> int:
        days = [
            cut.days if step == 2 or (step == 1 and cut.misplaced) else cut.owed_days  # noqa: PLR2004  (the last step)
            for cut in self.cut_periods
        ]
        return sum(
            cut.minor(self.agreed_price, self.currency_code, days=billed)
            for cut, billed in zip(self.cut_periods, days, strict=True)
        )

    def _below_ceiling(self, minor: int) -> int:
        return minor if self.room_minor is None else min(minor, self.room_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Of what a difference is made, in minor units: billed too much is positive. Their sum is the difference."""

    unaccepted: int = 0
    out_of_scope: int = 0
    period: int = 0
    quantity: int = 0
    rate: int = 0
    exchange: int = 0
    tax: int = 0
    rounding: int = 0

    @property
    def total(self) -> int:
        """The whole difference."""
        return sum(astuple(self))

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes there are, in the order of the steps."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


def expected_minor(line: Stepping) -> int:
    """What should have been billed, with its tax."""
    steps = line.steps()
    return steps.expected + steps.expected_tax


def decompose(line: Stepping) -> Parts:
    """Tell of what the difference between billed and expected is made."""
    steps = line.steps()
    return Parts(
        unaccepted=steps.unaccepted - steps.expected,
        out_of_scope=steps.out_of_scope - steps.unaccepted,
        period=steps.period - steps.out_of_scope,
        quantity=steps.quantity - steps.period,
        rate=steps.rate - steps.quantity,
        exchange=steps.exchange - steps.rate,
        tax=steps.billed_tax - steps.expected_tax,
        rounding=steps.billed - steps.exchange,
    )


def tolerated_minor(expected_minor: int, *, amount_minor: int, percent: Decimal) -> int:
    """Up to which difference a line is let pass: the amount, or the percent of what was expected, whichever is less.

    The percent is rounded down, so that no more is let pass than was configured.
    """
    return min(amount_minor, int(abs(expected_minor) * percent / 100))


def quantities(line: Quantified) -> list[Decimal]:
    """The quantity of each step: accepted, with what is unaccepted, out of scope, of other days; what was billed."""
    steps = [line.expected_quantity]
    for added in (line.unaccepted_quantity, line.out_of_scope_quantity, line.misplaced_quantity):
        steps.append(steps[-1] + added)
    return [*steps, line.billed_quantity]


def _exchanged(minor: int, rate: Decimal) -> int:
    return minor if rate == ONE else int(round_half_even(minor * rate))
