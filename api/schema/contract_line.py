"""What is contracted line by line, and how much of it is used up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import ColumnElement, and_, case

from api.reading import (
    Connection,
    Money,
    Node,
    Percent,
    column,
    connection,
    expression,
    money,
    node,
    one,
    part,
    unit_money,
    value,
)
from api.schema.actual_cost import ActualCostFilter, ActualCostOrder
from api.schema.enums import Unit
from api.schema.obligation import ObligationFilter, ObligationOrder
from api.schema.signature import Party
from services.billing.invoices.amounts import accepted
from services.billing.open_book import actuals, prices
from services.billing.open_book import waterfall as books
from services.contracts import models as rows
from services.contracts import reads

if TYPE_CHECKING:
    from api.schema.actual_cost import ActualCost
    from api.schema.line_pricing import LinePricing
    from api.schema.obligation import ObligationOccurrence
    from api.schema.open_book import ActualBook, OpenBook
    from api.schema.open_book_prices import PriceWaterfall


@strawberry.enum(description="How a contract line is priced, delivered and billed.")
class LineKind(Enum):
    """The kind of a line."""

    TIME_AND_MATERIALS = strawberry.enum_value(
        "TIME_AND_MATERIALS",
        description="Billed by the quantity accepted, up to an amount not to exceed if one is set.",
    )
    UNIT = strawberry.enum_value("UNIT", description="Billed by the units accepted.")
    MILESTONE = strawberry.enum_value(
        "MILESTONE", description="One piece of work due on a day; accepted and billed whole or not at all."
    )
    RECURRING = strawberry.enum_value("RECURRING", description="Billed by the period, without records of work.")
    OBLIGATION = strawberry.enum_value(
        "OBLIGATION", description="Something a party owes on certain days, without a price."
    )
    MINIMUM_COMMITMENT = strawberry.enum_value(
        "MINIMUM_COMMITMENT",
        description="What lacks of the contract's `minimumCommitment`, billed once each of its periods is over. The "
        "terms bring it; it is never stated as a line.",
    )


@strawberry.enum(description="What a contracted quantity means.")
class QuantityBasis(Enum):
    """Estimate or maximum."""

    ESTIMATE = strawberry.enum_value("ESTIMATE", description="What is expected; more may be accepted.")
    MAXIMUM = strawberry.enum_value("MAXIMUM", description="The most that can be accepted.")


@strawberry.enum(description="How often something comes round within the term.")
class Recurrence(Enum):
    """The distance between two periods or due days."""

    MONTHLY = strawberry.enum_value("MONTHLY", description="Every month.")
    QUARTERLY = strawberry.enum_value("QUARTERLY", description="Every three months.")
    YEARLY = strawberry.enum_value("YEARLY", description="Every twelve months.")


def _used(line: Any) -> ColumnElement[Decimal]:
    """The quantity that is used up: accepted, or billed where nothing has to be accepted."""
    return case((line.kind == "RECURRING", line.billed_quantity), else_=line.accepted_quantity)


def _value_used(line: Any) -> ColumnElement[int]:
    return case((line.kind == "RECURRING", line.billed_minor), else_=accepted(line))


@value
class ScopeBurn:
    """How much of a line's contracted scope is used up, in quantity and money.

    A RECURRING line is used up by the periods billed, all others by what is accepted.
    """

    contracted: Decimal = column("The contracted quantity, in the line's unit.", name="quantity")
    extended: Decimal = column(
        "What the association said yes to beyond it, where the quantity binds, in the line's unit.",
        name="extended_quantity",
    )
    submitted: Decimal = column("The quantity submitted for acceptance.", name="submitted_quantity")
    accepted: Decimal = column("The quantity accepted; 0 for RECURRING.", name="accepted_quantity")
    billed: Decimal = column("The quantity billed.", name="billed_quantity")
    remaining: Decimal = expression(
        "Contracted and extended less used up; negative once more than an ESTIMATE is accepted.",
        lambda line: line.quantity + line.extended_quantity - _used(line),
    )
    burn_percent: Percent = expression(
        "Used up, in percent of the contracted quantity.", lambda line: _used(line) * 100 / line.quantity
    )
    not_to_exceed: Money | None = money(
        "The most that can be accepted in money, before it was extended; null when none is agreed.",
        minor="not_to_exceed_minor",
    )
    extended_value: Money = money(
        "What the association said yes to beyond the amount not to exceed; 0 where none is agreed.",
        minor="extended_minor",
    )
    accepted_value: Money = money(
        "The value of what is used up: accepted quantity x unit price, or by the tiers; for RECURRING what is billed.",
        minor=_value_used,
    )
    billed_value: Money = money("What is billed, net of tax.", minor="billed_minor")
    remaining_value: Money = money(
        "The amount not to exceed, or else the contracted value, with what it was extended by, less the value used up.",
        minor=lambda line: line.value_minor + line.extended_minor - _value_used(line),
    )


@node(rows.ContractLine, prefix="cln")
class ContractLine(Node):
    """One line of a contract: what is delivered or owed, how much, and at what price."""

    key: str = column("Names the line within its contract.")
    title: str = column("What it is.")
    kind: LineKind = column("How it is priced, delivered and billed.")
    rate_card_key: str | None = column(
        "The entry of the offering's rate card that it is priced by; null for OBLIGATION and MINIMUM_COMMITMENT."
    )
    quantity: Decimal | None = column(
        "The contracted quantity, in `unit`; for RECURRING over the whole term; null for OBLIGATION."
    )
    quantity_basis: QuantityBasis | None = column("What the quantity means; null for OBLIGATION.")
    units_per_period: Decimal | None = column("The quantity of each period, in `unit`; only for RECURRING.")
    unit: Unit | None = column("What one of the quantity is; null for OBLIGATION.")
    unit_price: Money | None = unit_money(
        "The price of one unit, net of tax, frozen with the contract; null for OBLIGATION.", amount="unit_price"
    )
    unit_cost: Money | None = unit_money(
        "The vendor's standard cost of one unit, frozen with the contract; null for OBLIGATION, and for those to whom "
        "role or disclosure tier do not open it.",
        amount=reads.unit_cost,
    )
    not_to_exceed: Money | None = money(
        "The most that the line may come to; null when none is agreed.", minor="not_to_exceed_minor"
    )
    pricing: LinePricing | None = one(
        "How it is priced; null for OBLIGATION and MINIMUM_COMMITMENT.", rows=reads.pricing
    )
    value: Money = money(
        "What the line comes to: the amount not to exceed, or else quantity x unit price, or by its periods; of tiers "
        "the first is taken, of COST_PLUS target cost and contract fee; 0 for OBLIGATION.",
        minor="value_minor",
    )
    due_on: date | None = column("The day on which a MILESTONE, or an OBLIGATION that falls due once, is due.")
    acceptance_criteria: list[str] = column("What must be true for a MILESTONE to be accepted.")
    recurrence: Recurrence | None = column("How often a RECURRING line is billed, or an OBLIGATION falls due.")
    due_day_of_month: int | None = column(
        "The day of the month on which an OBLIGATION falls due; in shorter months their last day."
    )
    obliged_party: Party | None = column("Who owes an OBLIGATION; null for every other kind.")
    scope_burn: ScopeBurn | None = part(
        "How much of it is used up; null for OBLIGATION and MINIMUM_COMMITMENT.",
        present=lambda line: line.kind.not_in(reads.UNPRICED),
    )
    open_book: OpenBook | None = one(
        "From price to vendor margin of what was accepted, or for RECURRING billed, to date; null for OBLIGATION.",
        rows=books.of_contract_line,
    )
    actual_book: ActualBook | None = one(
        "The same on actual cost, as far as the vendor has entered it; null for OBLIGATION.",
        rows=actuals.of_contract_line,
    )
    prices: PriceWaterfall | None = one(
        "From list price to what was billed of it, to date; null for OBLIGATION.", rows=prices.of_contract_line
    )
    actual_costs: Connection[ActualCost] = connection(
        "What it really cost the vendor; empty for whoever does not read cost: see `openBook.disclosure`.",
        lambda line, cost: and_(cost.contract_id == line.contract_id, cost.contract_line_id == line.id),
        filter=ActualCostFilter,
        order=ActualCostOrder,
    )
    occurrences: Connection[ObligationOccurrence] = connection(
        "The due days of an OBLIGATION, laid out when the contract became active; none for other kinds.",
        lambda line, due: (due.contract_id == line.contract_id) & (due.line_id == line.id),
        filter=ObligationFilter,
        order=ObligationOrder,
    )
