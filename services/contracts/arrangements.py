"""How a line is priced where more is agreed than its kind says: arrangements, tiers, periods and cost terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from services.contracts.lines import LineKind
from services.contracts.periods import PeriodAnchor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Final

    from services.contracts.lines import Amount


class Arrangement(StrEnum):
    """What a price is made of."""

    FIXED_PRICE = "FIXED_PRICE"
    TIME_AND_MATERIALS = "TIME_AND_MATERIALS"
    UNIT = "UNIT"
    RECURRING = "RECURRING"
    COST_PLUS_FIXED_FEE = "COST_PLUS_FIXED_FEE"
    COST_PLUS_PERCENTAGE = "COST_PLUS_PERCENTAGE"
    COST_PLUS_INCENTIVE_FEE = "COST_PLUS_INCENTIVE_FEE"


COST_PLUS: Final = (
    Arrangement.COST_PLUS_FIXED_FEE,
    Arrangement.COST_PLUS_PERCENTAGE,
    Arrangement.COST_PLUS_INCENTIVE_FEE,
)

ARRANGEMENTS_OF: Final = {
    LineKind.MILESTONE: (Arrangement.FIXED_PRICE,),
    LineKind.TIME_AND_MATERIALS: (Arrangement.TIME_AND_MATERIALS,),
    LineKind.UNIT: (Arrangement.UNIT,),
    LineKind.RECURRING: (Arrangement.RECURRING, *COST_PLUS),
    LineKind.OBLIGATION: (),
    LineKind.MINIMUM_COMMITMENT: (),
}
"""What each kind of line can be priced by; the first goes without saying."""


@dataclass(frozen=True, slots=True)
class TierDraft:
    """The price of a unit up to and including the `up_to`-th, as it was sent; None: without an end."""

    up_to: Decimal | None
    unit_price: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTermsDraft:
    """Target cost and contract fee as they were sent; shares are the vendor's, in percent of the variance."""

    target_cost: Amount
    contract_fee: Amount | None = None
    contract_fee_percent: Decimal | None = None
    fee_floor: Amount | None = None
    fee_ceiling: Amount | None = None
    vendor_share_under_percent: Decimal | None = None
    vendor_share_over_percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingDraft:
    """How a line is priced, as a party states it; what is None is as it usually is."""

    arrangement: str
    tiering: str | None = None
    tier_period: str | None = None
    tiers: Sequence[TierDraft] | None = None
    timing: str | None = None
    period_anchor: str | None = None
    prorated: bool | None = None
    cost_terms: CostTermsDraft | None = None

    @property
    def anchor(self) -> PeriodAnchor:
        """Where its periods begin: with the term unless the calendar's were agreed."""
        return PeriodAnchor(self.period_anchor or PeriodAnchor.ANNIVERSARY)
