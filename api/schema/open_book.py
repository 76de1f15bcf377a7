"""Cost, margin and price in plain sight, as far as the contract's tier and the reader's role open them."""

from __future__ import annotations

from enum import Enum

import strawberry

from api.reading import Money, Percent, column, money, part, value
from api.schema.enums import DisclosureTier


@strawberry.enum(description="What of an open book this reader is shown, and why no more.")
class Disclosure(Enum):
    """How far the open book is open to this reader."""

    FULL = strawberry.enum_value("FULL", description="Everything: cost, margins and platform fee.")
    BAND_ONLY = strawberry.enum_value("BAND_ONLY", description="The contract's tier opens the margin band alone.")
    PRICE_ONLY = strawberry.enum_value("PRICE_ONLY", description="The contract's tier opens nothing beyond the price.")
    WITHHELD_FROM_ROLE = strawberry.enum_value(
        "WITHHELD_FROM_ROLE", description="Your role does not read cost, whatever the contract's tier."
    )


@strawberry.enum(description="Which cost a figure is made of.")
class CostBasis(Enum):
    """Standard or actual cost."""

    STANDARD = strawberry.enum_value(
        "STANDARD", description="The rate card's cost, frozen when the contract was signed."
    )
    ACTUAL = strawberry.enum_value("ACTUAL", description="What the vendor entered as its real cost, with evidence.")
    MIXED = strawberry.enum_value(
        "MIXED", description="Actual cost of the periods that have one, standard cost of what was done outside them."
    )


@strawberry.enum(description="Where the gross margin lies against the agreed band.")
class MarginVerdict(Enum):
    """Below, within or above the band."""

    BELOW = strawberry.enum_value("BELOW", description="Below the floor: the vendor earns too little to last.")
    WITHIN = strawberry.enum_value("WITHIN", description="From the floor to the ceiling, both included.")
    ABOVE = strawberry.enum_value("ABOVE", description="Above the ceiling: the association pays too much.")


@value
class MarginBandVerdict:
    """The gross margin percent that both parties agreed on, and whether this one keeps to it."""

    floor_percent: Percent = column("The least gross margin in percent of the price.", name="margin_floor_percent")
    ceiling_percent: Percent = column("The most gross margin in percent of the price.", name="margin_ceiling_percent")
    verdict: MarginVerdict | None = column(
        "Where the gross margin lies; null while the price is zero and, for whoever is shown the band alone, on actual "
        "cost: to them `openBook` tells it on standard cost, and `marginAlerts` on actual cost."
    )


@value
class OpenBook:
    """From price to vendor margin. What is not disclosed is null, and `disclosure` says so.

    price - cost = gross margin; gross margin - platform fee = vendor margin; price - platform fee = vendor proceeds.
    """

    disclosure: Disclosure = column("What of it you are shown.")
    disclosure_tier: DisclosureTier = column("What the contract opens to the association.")
    cost_basis: CostBasis | None = column("Which cost the figures are made of; null when cost is not disclosed.")
    price: Money = money("What the association is charged, net of tax.", minor="price_minor")
    cost: Money | None = money("What the work costs the vendor.", minor="cost_minor")
    gross_margin: Money | None = money("Price - cost.", minor="gross_margin_minor")
    gross_margin_percent: Percent | None = column("Gross margin / price; null while the price is zero.")
    markup_percent: Percent | None = column("Gross margin / cost; null while the cost is zero.")
    platform_fee: Money | None = money("What the operator keeps of the price.", minor="platform_fee_minor")
    vendor_margin: Money | None = money("Gross margin - platform fee.", minor="vendor_margin_minor")
    vendor_margin_percent: Percent | None = column("Vendor margin / price; null while the price is zero.")
    vendor_proceeds: Money | None = money(
        "Price - platform fee: what the vendor is paid.", minor="vendor_proceeds_minor"
    )
    unaccepted_cost: Money | None = money(
        "Cost of what was submitted and is not accepted, which the vendor bears until it is. Of contracts and their "
        "lines only.",
        minor="unaccepted_cost_minor",
    )
    margin_band: MarginBandVerdict | None = part(
        "The agreed band and the verdict on it; null without a band, when it is not disclosed, and for single lines, "
        "because the band is agreed for the contract as a whole.",
        present=lambda book: book.margin_floor_percent.is_not(None),
    )


@value
class CostVariance:
    """How far actual cost lies from standard cost; favourable, so cheaper, when positive."""

    standard_cost: Money = money("What the same work costs by the rate card.", minor="standard_cost_minor")
    total: Money = money("Standard cost - actual cost = rate + efficiency.", minor="variance_minor")
    rate: Money | None = money(
        "Quantity spent x standard unit cost - actual cost: what an hour cost more or less. Null unless the vendor "
        "says what was spent, for every period.",
        minor="rate_variance_minor",
    )
    efficiency: Money | None = money(
        "(Quantity done - quantity spent) x standard unit cost: what it took more or less. Null when `rate` is.",
        minor="efficiency_variance_minor",
    )


@value
class ActualBook:
    """The open book on actual cost, as far as the vendor has entered one, and how far that is from standard."""

    open_book: OpenBook = part("From price to vendor margin; `costBasis` says how much of its cost is actual.")
    variance: CostVariance | None = part(
        "Against standard cost; null when cost is not disclosed.",
        present=lambda book: book.variance_minor.is_not(None),
    )
