"""By how much a line differs from what should have been billed, and why: a difference decomposed into its causes.

What should have been billed becomes what was billed in eight steps, one cause at a time and always in this order; each
part is what its step adds, in whole minor units:

    expected     price of the quantity that was accepted, in scope and within the period, at the agreed rate
    + unaccepted    what it bills without an acceptance that stands
    + out_of_scope  what it bills of work outside the scope to which nobody said yes
    + period        what it bills of other days than the invoice's, or twice
    + quantity      what it bills beyond its sources, or of them too little
    + rate          all of that at the price that was billed instead of the agreed one
    + exchange      all of that at the rate of exchange that was used instead of the agreed one
    + tax           the tax on it that is not the tax on what was billed
    + rounding      what remains: the amount is not quantity x price rounded half-even
    = billed

Each step is rounded as an invoice line is, once and half-even, and a part is the difference of two steps: so the parts
sum exactly to the difference, whatever is rounded, and a cause that is not there is exactly zero. That a difference of
two products is told in a price and a quantity part, in a fixed order, is the standard analysis of cost accounting
(price and usage variance); the quantity part is valued at the agreed price, the price part at the billed quantity.
`services.billing.reconciliation.matching` computes the same in the database, over all lines of a match at once.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from core.money import extended_minor, round_half_even

if TYPE_CHECKING:
    from typing import Final

ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What should have been billed of a line, and what was; quantities in its unit, amounts in minor units.

    `expected_quantity` is what was accepted, in scope and within the period. The three quantities after it are billed
    without being any of that. Rates of exchange turn the contract's currency into the invoice's, 1 when they are one.
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
    agreed_exchange: Decimal = ONE
    billed_exchange: Decimal = ONE
    expected_tax_minor: int = 0
    billed_tax_minor: int = 0


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


def expected_minor(line: Matched) -> int:
    """What should have been billed, with its tax."""
    return _steps(line)[0] + line.expected_tax_minor


def decompose(line: Matched) -> Parts:
    """Tell of what the difference between billed and expected is made."""
    expected, unaccepted, scope, period, quantity, rate, exchange = _steps(line)
    return Parts(
        unaccepted=unaccepted - expected,
        out_of_scope=scope - unaccepted,
        period=period - scope,
        quantity=quantity - period,
        rate=rate - quantity,
        exchange=exchange - rate,
        tax=line.billed_tax_minor - line.expected_tax_minor,
        rounding=line.billed_minor - exchange,
    )


def tolerated_minor(expected_minor: int, *, amount_minor: int, percent: Decimal) -> int:
    """Up to which difference a line is let pass: the amount, or the percent of what was expected, whichever is less.

    The percent is rounded down, so that no more is let pass than was configured.
    """
    return min(amount_minor, int(abs(expected_minor) * percent / 100))


def _steps(line: Matched) -> tuple[int, ...]:
    quantity, prices = line.expected_quantity, [line.agreed_price]
    quantities = [quantity]
    for added in (line.unaccepted_quantity, line.out_of_scope_quantity, line.misplaced_quantity):
        quantity += added
        quantities.append(quantity)
    quantities += [line.billed_quantity, line.billed_quantity]
    prices = [line.agreed_price] * 5 + [line.billed_price]
    in_contract = [
        extended_minor(quantity, price, line.currency_code) for quantity, price in zip(quantities, prices, strict=True)
    ]
    steps = [_exchanged(minor, line.agreed_exchange) for minor in in_contract]
    return (*steps, _exchanged(in_contract[-1], line.billed_exchange))


def _exchanged(minor: int, rate: Decimal) -> int:
    return minor if rate == ONE else int(round_half_even(minor * rate))
