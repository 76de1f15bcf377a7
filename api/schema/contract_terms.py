"""The terms and lines of a contract, as a party states them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import strawberry

from api.reading import CurrencyCode, Percent, inputs
from api.schema.contract_line import LineKind, QuantityBasis, Recurrence
from api.schema.enums import CommitmentPeriod, DisclosureTier
from api.schema.inputs import MoneyInput
from api.schema.line_pricing import LinePricingInput
from api.schema.signature import Party


@inputs
class ContractLineInput:
    """A contract line as a party states it; what each kind takes is said at its fields."""

    key: str = strawberry.field(
        description="Names the line within its contract: lower-case letters, digits and hyphens, at most 63."
    )
    title: str = strawberry.field(description="What it is, at most 200 characters.")
    kind: LineKind = strawberry.field(description="How it is priced, delivered and billed.")
    rate_card_key: str | None = strawberry.field(
        default=None, description="The entry of the offering's rate card; for every kind but OBLIGATION."
    )
    quantity: Decimal | None = strawberry.field(
        default=None,
        description="For TIME_AND_MATERIALS and UNIT: the quantity of the whole term. For RECURRING: of each period, 1 "
        "unless given. In the rate's unit, with at most six decimals. A MILESTONE takes none: it is one.",
    )
    quantity_basis: QuantityBasis | None = strawberry.field(
        default=None, description="What the quantity means; for TIME_AND_MATERIALS and UNIT."
    )
    unit_price: MoneyInput | None = strawberry.field(
        default=None,
        description="A negotiated price of one unit, with up to six decimals; unless given, that of the rate card.",
    )
    not_to_exceed: MoneyInput | None = strawberry.field(
        default=None, description="The most that the line may come to; only for TIME_AND_MATERIALS."
    )
    due_on: date | None = strawberry.field(
        default=None,
        description="The due day, within the term; for MILESTONE, and for an OBLIGATION that falls due once.",
    )
    acceptance_criteria: list[str] | None = strawberry.field(
        default=None, description="What must be true for acceptance, at most twenty; only for MILESTONE."
    )
    recurrence: Recurrence | None = strawberry.field(
        default=None,
        description="For RECURRING, whose periods the term must be a whole number of, and for an OBLIGATION that comes "
        "round.",
    )
    due_day_of_month: int | None = strawberry.field(
        default=None,
        description="1 to 31, in shorter months their last day; with the recurrence of an OBLIGATION.",
    )
    obliged_party: Party | None = strawberry.field(default=None, description="Who owes it; only for OBLIGATION.")
    pricing: LinePricingInput | None = strawberry.field(
        default=None, description="How it is priced; what its kind says unless given. Not for OBLIGATION."
    )


@inputs
class MarginBandInput:
    """The gross margin percentages between which the vendor's margin is agreed to lie."""

    floor_percent: Percent = strawberry.field(description="The least, in percent of price: 0 to 100, two decimals.")
    ceiling_percent: Percent = strawberry.field(description="The most, not below the least.")


@inputs
class MinimumCommitmentInput:
    """The least that the association buys; what lacks of it is billed once the period is over."""

    amount: MoneyInput = strawberry.field(
        description="The least for each whole period, net of tax, above zero, in the contract's currency; of a year "
        "that the term cuts, its share by days."
    )
    per: CommitmentPeriod = strawberry.field(description="What it is for.")


@inputs
class ContractTermsInput:
    """The terms and lines of a contract."""

    title: str = strawberry.field(description="What the parties call it, at most 200 characters.")
    starts_on: date = strawberry.field(description="The first day of the term, in the association's time zone.")
    ends_on: date = strawberry.field(description="The last day of the term; at most twenty years.")
    currency_code: CurrencyCode = strawberry.field(description="The one currency of all its amounts and rates.")
    payment_terms_days: int = strawberry.field(description="Days from an invoice's issue to its due day, 0 to 365.")
    disclosure_tier: DisclosureTier = strawberry.field(
        description="How far the vendor's cost is opened; no deeper than the offering says."
    )
    lines: list[ContractLineInput] = strawberry.field(description="The lines, in their order; 1 to 100.")
    purchase_order_number: str | None = strawberry.field(
        default=None, description="The association's purchase order, at most 50 characters; printed on every invoice."
    )
    acceptance_period_days: int | None = strawberry.field(
        default=None,
        description="Days after which submitted work counts as accepted, 1 to 365; without it, never.",
    )
    margin_band: MarginBandInput | None = strawberry.field(
        default=None, description="Where the vendor's gross margin is agreed to lie."
    )
    offer_expires_on: date | None = strawberry.field(
        default=None,
        description="The last day on which it can be signed, today to a year ahead; sixty days ahead unless given.",
    )
    retainage_percent: Percent | None = strawberry.field(
        default=None,
        description="The share of each invoice's net price that is not due until the association releases it, in "
        "percent: above 0 up to 100, two decimals; nothing is retained unless given.",
    )
    minimum_commitment: MinimumCommitmentInput | None = strawberry.field(
        default=None, description="The least that the association buys; nothing is committed unless given."
    )
