"""Steps from what should have been billed to what was, of lines that are not quantity x price: tiers, and cost plus.

Both bill what a whole comes to less what was billed of it before, so each line is judged by what stood before it when
it was written: an error is told of the line that has it, not of those that go on from there. No line states the price
at which it is billed, so what its quantity or its cost does not explain is a rate, but for a single minor unit, which
is a rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from services.billing.pricing.tiers import Tiers, graduated, to_bill, volume
from services.billing.reconciliation.variances import Steps, quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedTiers:
    """A line of a tier period: quantities as those of `Matched`, and what was billed of the period before it."""

    tiers: Tiers
    by_volume: bool
    billed_before: Decimal
    billed_before_minor: int
    expected_quantity: Decimal
    unaccepted_quantity: Decimal = Decimal(0)
    out_of_scope_quantity: Decimal = Decimal(0)
    misplaced_quantity: Decimal = Decimal(0)
    billed_quantity: Decimal
    billed_minor: int

    def steps(self) -> Steps:
        """The price of all units of the tier period with those of each step, less what was billed before."""
        price = volume if self.by_volume else graduated
        added = [
            to_bill(price(self.tiers, self.billed_before + quantity), billed_minor=self.billed_before_minor)
            for quantity in quantities(self)
        ]
        return _with_rest(added, self.billed_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedCost:
    """Cost to date at each step, in all and as far as it earns a contract fee, in minor units.

    The steps are what is allowed; what was allowed when the line was written; that with what is of other days. `final`
    says at which of them an incentive is settled; `contract_fee` is that of a cost to date, settled or not.
    """

    cost_minor: Sequence[int]
    earning_minor: Sequence[int]
    final: Sequence[bool]
    contract_fee: Callable[[int, bool], int]
    billed_before_minor: int
    billed_minor: int

    def steps(self) -> Steps:
        """Cost to date and the contract fee on it, less what was billed before."""
        allowed, unaccepted, of_other_days = (
            max(0, cost + self.contract_fee(earning, final) - self.billed_before_minor)
            for cost, earning, final in zip(self.cost_minor, self.earning_minor, self.final, strict=True)
        )
        return _with_rest([allowed, unaccepted, unaccepted, of_other_days, of_other_days], self.billed_minor)


def _with_rest(steps: list[int], billed_minor: int) -> Steps:
    priced = steps[-1] if abs(billed_minor - steps[-1]) == 1 else billed_minor
    return Steps._make([*steps, priced, priced, billed_minor, 0, 0])
