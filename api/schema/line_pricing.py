"""How a contract line is priced: arrangement, tiers, periods, and cost terms for those who read cost."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import strawberry

from api.reading import Money, Percent, column, inputs, many, money, one, unit_money, value
from api.schema.inputs import MoneyInput
from services.contracts import models as rows


@strawberry.enum(description="What the price of a contract line is made of.")
class PricingArrangement(Enum):
    """The arrangements."""

    FIXED_PRICE = strawberry.enum_value("FIXED_PRICE", description="A price that does not move; for MILESTONE.")
    TIME_AND_MATERIALS = strawberry.enum_value(
        "TIME_AND_MATERIALS", description="Hours or other units at a fixed rate, up to an amount not to exceed."
    )
    UNIT = strawberry.enum_value("UNIT", description="A price for each unit, by tiers if there are any.")
    RECURRING = strawberry.enum_value("RECURRING", description="A price for each period.")
    COST_PLUS_FIXED_FEE = strawberry.enum_value(
        "COST_PLUS_FIXED_FEE",
        description="Allowable actual cost, and a contract fee that cost does not move, earned with the target cost.",
    )
    COST_PLUS_PERCENTAGE = strawberry.enum_value(
        "COST_PLUS_PERCENTAGE",
        description="Allowable actual cost, and a contract fee in percent of it. Commercial contracts only: FAR "
        "16.102(c) bars it in contracts of the United States Government.",
    )
    COST_PLUS_INCENTIVE_FEE = strawberry.enum_value(
        "COST_PLUS_INCENTIVE_FEE",
        description="Allowable actual cost, and a contract fee that rises by a share of what is saved against the "
        "target cost and sinks by a share of what is overspent, between a floor and a ceiling.",
    )


@strawberry.enum(description="How the tiers of a unit price are applied.")
class Tiering(Enum):
    """Graduated or volume."""

    GRADUATED = strawberry.enum_value("GRADUATED", description="Each unit has the price of the tier it falls into.")
    VOLUME = strawberry.enum_value(
        "VOLUME",
        description="All units of a tier period have the price of the tier that their total falls into; they are "
        "billed once the tier period is over.",
    )


@strawberry.enum(description="Over which days units are counted towards tiers.")
class TierPeriod(Enum):
    """The term or a part of it."""

    TERM = strawberry.enum_value("TERM", description="Over the whole term.")
    MONTHLY = strawberry.enum_value("MONTHLY", description="Anew every month.")
    QUARTERLY = strawberry.enum_value("QUARTERLY", description="Anew every three months.")
    YEARLY = strawberry.enum_value("YEARLY", description="Anew every twelve months.")


@strawberry.enum(description="When a period is billed.")
class PeriodTiming(Enum):
    """In advance or in arrears."""

    ADVANCE = strawberry.enum_value("ADVANCE", description="From its first day on.")
    ARREARS = strawberry.enum_value("ARREARS", description="From its last day on.")


@strawberry.enum(description="Where periods begin.")
class PeriodAnchor(Enum):
    """With the term or with the calendar."""

    ANNIVERSARY = strawberry.enum_value(
        "ANNIVERSARY", description="On the term's first day of the month, or the last day of a month that lacks it."
    )
    CALENDAR = strawberry.enum_value("CALENDAR", description="With the month, the quarter or the year.")


@value(rows.ContractLineTier, key=("contract_id", "line_id", "position"))
class PriceTier:
    """The price of a unit in one tier."""

    up_to: Decimal | None = column(
        "The last unit of the tier, counted in the tier period, in the line's unit; null: it has no end."
    )
    unit_price: Money = unit_money("The price of one unit, net of tax.", amount="unit_price")


@value(rows.ContractLineCostTerms, key=("contract_id", "line_id"))
class CostTerms:
    """Target cost and contract fee of a COST_PLUS line, frozen with the contract."""

    target_cost: Money = money("The cost that is expected.", minor="target_cost_minor")
    contract_fee: Money | None = money(
        "The vendor's contract fee, at target cost where cost moves it; null for COST_PLUS_PERCENTAGE.",
        minor="contract_fee_minor",
    )
    contract_fee_percent: Percent | None = column(
        "The contract fee in percent of allowable cost; only for COST_PLUS_PERCENTAGE."
    )
    fee_floor: Money | None = money("The least contract fee; only with an incentive.", minor="fee_floor_minor")
    fee_ceiling: Money | None = money("The most contract fee; only with an incentive.", minor="fee_ceiling_minor")
    vendor_share_under_percent: Percent | None = column(
        "The vendor's share of what is saved, in percent; only with an incentive."
    )
    vendor_share_over_percent: Percent | None = column(
        "The vendor's share of what is overspent, in percent; only with an incentive."
    )


@value
class LinePricing:
    """How a contract line is priced; what its arrangement does not know is null."""

    arrangement: PricingArrangement = column("What the price is made of.")
    tiering: Tiering | None = column("How tiers are applied; null without tiers.")
    tier_period: TierPeriod | None = column("Over which days units are counted; null without tiers.")
    tiers: list[PriceTier] = many(
        "The prices of a unit, from the first unit on; none when all cost the same.",
        lambda pricing, tier: (tier.contract_id == pricing.contract_id) & (tier.line_id == pricing.line_id),
        order=lambda tier: [tier.position],
    )
    timing: PeriodTiming | None = column("When a period is billed; only for RECURRING.")
    period_anchor: PeriodAnchor | None = column("Where periods, or tier periods shorter than the term, begin.")
    prorated: bool | None = column(
        "Whether a period that the term cuts is charged by the day, rather than not at all; only for RECURRING."
    )
    cost_terms: CostTerms | None = one(
        "Target cost and contract fee; null without, and for those to whom role or disclosure tier do not open cost.",
        lambda pricing, terms: (terms.contract_id == pricing.contract_id) & (terms.line_id == pricing.line_id),
    )


@inputs
class PriceTierInput:
    """The price of a unit in one tier."""

    unit_price: MoneyInput = strawberry.field(description="The price of one unit, with up to six decimals.")
    up_to: Decimal | None = strawberry.field(
        default=None, description="The last unit of the tier; left out for the last tier, and only for it."
    )


@inputs
class CostTermsInput:
    """Target cost and contract fee of a COST_PLUS line."""

    target_cost: MoneyInput = strawberry.field(description="The cost that is expected, above 0.")
    contract_fee: MoneyInput | None = strawberry.field(
        default=None, description="The contract fee, at target cost where cost moves it; not for COST_PLUS_PERCENTAGE."
    )
    contract_fee_percent: Percent | None = strawberry.field(
        default=None, description="In percent of allowable cost, 0 to 100; only for COST_PLUS_PERCENTAGE."
    )
    fee_floor: MoneyInput | None = strawberry.field(
        default=None, description="The least contract fee; only for COST_PLUS_INCENTIVE_FEE."
    )
    fee_ceiling: MoneyInput | None = strawberry.field(
        default=None, description="The most contract fee; only for COST_PLUS_INCENTIVE_FEE."
    )
    vendor_share_under_percent: Percent | None = strawberry.field(
        default=None,
        description="The vendor's share of what is saved, 0 to 100 percent; only for COST_PLUS_INCENTIVE_FEE.",
    )
    vendor_share_over_percent: Percent | None = strawberry.field(
        default=None,
        description="The vendor's share of what is overspent, 0 to 100 percent; only for COST_PLUS_INCENTIVE_FEE.",
    )


@inputs
class LinePricingInput:
    """How a contract line is priced; what its arrangement takes is said at the fields."""

    arrangement: PricingArrangement = strawberry.field(
        description="MILESTONE, TIME_AND_MATERIALS and UNIT take what they are called by, a MILESTONE FIXED_PRICE; "
        "RECURRING takes RECURRING or one of COST_PLUS, with disclosure tier OPEN_BOOK."
    )
    tiering: Tiering | None = strawberry.field(default=None, description="How tiers are applied; only with tiers.")
    tier_period: TierPeriod | None = strawberry.field(
        default=None, description="Over which days units are counted; TERM unless given; only with tiers."
    )
    tiers: list[PriceTierInput] | None = strawberry.field(
        default=None,
        description="The prices of a unit from the first unit on, at most 20; only for UNIT, which then takes no "
        "unitPrice.",
    )
    timing: PeriodTiming | None = strawberry.field(
        default=None, description="When a period is billed; ARREARS unless given; only for RECURRING."
    )
    period_anchor: PeriodAnchor | None = strawberry.field(
        default=None,
        description="Where periods, or tier periods shorter than the term, begin; ANNIVERSARY unless given.",
    )
    prorated: bool | None = strawberry.field(
        default=None,
        description="Whether a period that the term cuts is charged by the day; unless true, the term must be a whole "
        "number of periods; only for RECURRING.",
    )
    cost_terms: CostTermsInput | None = strawberry.field(
        default=None, description="Target cost and contract fee; needed for COST_PLUS, taken by nothing else."
    )
