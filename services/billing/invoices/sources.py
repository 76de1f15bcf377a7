"""What there is to bill, source by source: acceptances, periods that recur, allowable cost, and what a term's end owes.

Each SELECT is of every contract of a scope, and all have the same columns, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    table,
    true,
)
from sqlmodel import col

from services.billing.invoices.models import InvoiceSource
from services.contracts.models import Contract, ContractLine, ContractLinePricing
from services.delivery.models import Decision

if TYPE_CHECKING:
    from sqlalchemy import FromClause

ACTUAL_COST: Final = table(
    "actual_cost",
    column("contract_id", Uuid),
    column("id", Uuid),
    column("contract_line_id", Uuid),
    column("period_starts_on", Date),
    column("period_ends_on", Date),
    column("category", Text),
    column("status", Text),
    column("allowed_minor", BigInteger),
    column("billed", Boolean),
)
"""What billing reads of actual cost and, once it stands on an invoice, marks; the open book above it owns the table."""
ONE: Final = literal_column("1", Numeric())
NO_DAY: Final = cast(null(), Date)
NO_AMOUNT: Final = cast(null(), BigInteger)
NO_ID: Final = cast(null(), Uuid)
ENDED_ON: Final = cast(func.timezone(col(Contract.time_zone), col(Contract.ended_at)), Date)
LAST_DAY: Final = func.least(col(Contract.ends_on), ENDED_ON, type_=Date())
"""The last day of a term, or on which it was ended before."""
TRUES_UP: Final = literal_column("'MINIMUM_COMMITMENT'", Text())
"""The kind of the line that bills what lacks of a commitment."""
BY_COST: Final = func.starts_with(col(ContractLinePricing.arrangement), literal_column("'COST_PLUS_'"), type_=Boolean())


def acceptances(scope: FromClause) -> Select[Any]:
    """What was accepted and is billed by its quantity; of volume tiers once their tier period is over."""
    tiering = col(ContractLinePricing.tiering)
    # asked of tiered lines alone: nearly all have none
    tier_period = func.app.tier_period(
        col(Contract.starts_on),
        LAST_DAY,
        col(ContractLinePricing.tier_period),
        col(ContractLinePricing.period_anchor),
        col(Decision.performed_to),
    )

    def of_line(name: str) -> ColumnElement[Any]:
        return case((tiering.is_not(None), getattr(ContractLine, name)), else_=getattr(Decision, name)).label(name)

    return (
        select(
            col(Decision.contract_id),
            col(Decision.line_id).label("contract_line_id"),
            literal_column("'ACCEPTANCE'", Text()).label("kind"),
            col(Decision.id).label("decision_id"),
            NO_ID.label("actual_cost_id"),
            NO_DAY.label("period_starts_on"),
            NO_DAY.label("period_ends_on"),
            col(Decision.performed_to).label("done_on"),
            col(Decision.accepted_quantity).label("quantity"),
            (col(Decision.performed_to) < scope.c.starts_on).label("late"),
            of_line("rate_card_key"),
            of_line("rate_version"),
            of_line("unit_price"),
            case((tiering.is_not(None), func.lower(tier_period, type_=Date()))).label("tier_period_starts_on"),
            NO_AMOUNT.label("prorated_minor"),
            NO_AMOUNT.label("allowed_minor"),
            literal_column("false", Boolean()).label("final"),
        )
        .select_from(scope)
        .join(Contract, col(Contract.id) == scope.c.contract_id)
        .join(Decision, col(Decision.contract_id) == scope.c.contract_id)
        .join(ContractLine, _same(ContractLine, Decision.contract_id, Decision.line_id))
        .outerjoin(ContractLinePricing, _priced(Decision.contract_id, Decision.line_id))
        .where(
            col(Decision.performed_to) <= scope.c.ends_on,
            col(Decision.reversed_at).is_(None),
            col(Decision.accepted_quantity) > 0,
            # kept by claim and release; whether a standing source exists would be asked of all that was ever billed
            not_(col(Decision.billed)),
            col(ContractLine.kind) != "RECURRING",
            case((tiering == "VOLUME", func.upper(tier_period, type_=Date()) <= scope.c.ends_on + 1), else_=true()),
        )
    )


def recurring_periods(scope: FromClause) -> Select[Any]:
    """Each period that has begun, or in arrears is over; one that the term cuts, by the day or not at all."""
    period = (
        func.app.billing_periods(
            col(Contract.starts_on),
            LAST_DAY,
            col(ContractLine.recurrence),
            func.coalesce(col(ContractLinePricing.period_anchor), literal_column("'ANNIVERSARY'")),
        )
        .table_valued(
            column("starts_on", Date),
            column("ends_on", Date),
            column("days", Integer),
            column("whole_days", Integer),
            joins_implicitly=True,
        )
        .lateral("period")
    )
    billed_from = case((col(ContractLinePricing.timing) == "ADVANCE", period.c.starts_on), else_=period.c.ends_on)
    whole = period.c.days == period.c.whole_days
    units = col(ContractLine.units_per_period)
    prorated = func.app.prorated_minor(
        units,
        col(ContractLine.unit_price),
        period.c.days,
        period.c.whole_days,
        col(ContractLine.currency_code),
        type_=BigInteger(),
    )
    return (
        _lines_of(scope)
        .with_only_columns(
            col(ContractLine.contract_id),
            col(ContractLine.id).label("contract_line_id"),
            literal_column("'RECURRING_PERIOD'", Text()).label("kind"),
            NO_ID.label("decision_id"),
            NO_ID.label("actual_cost_id"),
            period.c.starts_on.label("period_starts_on"),
            period.c.ends_on.label("period_ends_on"),
            billed_from.label("done_on"),
            # the share of a period in its units, never nothing: what is charged is told by the days
            case(
                (whole, units),
                else_=func.greatest(
                    func.app.round_half_even(units * period.c.days / period.c.whole_days, literal_column("6")),
                    literal_column("0.000001"),
                ),
            ).label("quantity"),
            (billed_from < scope.c.starts_on).label("late"),
            col(ContractLine.rate_card_key),
            col(ContractLine.rate_version),
            col(ContractLine.unit_price),
            NO_DAY.label("tier_period_starts_on"),
            case((~whole, prorated)).label("prorated_minor"),
            NO_AMOUNT.label("allowed_minor"),
            literal_column("false", Boolean()).label("final"),
        )
        .join(period, true())
        .where(
            col(ContractLine.kind) == "RECURRING",
            func.coalesce(BY_COST, literal_column("false")).is_(False),
            billed_from <= scope.c.ends_on,
            or_(whole, col(ContractLinePricing.prorated).is_(true())),
            ~claimed("RECURRING_PERIOD", period.c.starts_on),
        )
    )


def allowable_costs(scope: FromClause) -> Select[Any]:
    """Actual cost of lines that are billed by it: allowable, not questioned, of periods that are over; each once."""
    cost = ACTUAL_COST.c
    return (
        _lines_of(scope)
        .with_only_columns(
            col(ContractLine.contract_id),
            col(ContractLine.id).label("contract_line_id"),
            literal_column("'COST_PERIOD'", Text()).label("kind"),
            NO_ID.label("decision_id"),
            cost.id.label("actual_cost_id"),
            cost.period_starts_on,
            cost.period_ends_on,
            cost.period_ends_on.label("done_on"),
            ONE.label("quantity"),
            (cost.period_ends_on < scope.c.starts_on).label("late"),
            col(ContractLine.rate_card_key),
            col(ContractLine.rate_version),
            col(ContractLine.unit_price),
            NO_DAY.label("tier_period_starts_on"),
            NO_AMOUNT.label("prorated_minor"),
            cost.allowed_minor,
            (scope.c.ends_on >= LAST_DAY).label("final"),
        )
        .join(
            ACTUAL_COST,
            and_(cost.contract_id == col(ContractLine.contract_id), cost.contract_line_id == col(ContractLine.id)),
        )
        .where(
            BY_COST,
            cost.period_ends_on <= scope.c.ends_on,
            cost.status.in_([literal_column("'ENTERED'"), literal_column("'PARTLY_DISALLOWED'")]),
            cost.allowed_minor > 0,
            ~cost.billed,
        )
    )


def fee_adjustments(scope: FromClause) -> Select[Any]:
    """What an incentive adds to the contract fee once the term is over: until then no more than its floor is billed."""
    cost = ACTUAL_COST.c
    incurred = exists().where(
        cost.contract_id == col(ContractLine.contract_id),
        cost.contract_line_id == col(ContractLine.id),
        cost.allowed_minor > 0,
    )
    return (
        _lines_of(scope)
        .with_only_columns(
            col(ContractLine.contract_id),
            col(ContractLine.id).label("contract_line_id"),
            literal_column("'TRUE_UP'", Text()).label("kind"),
            NO_ID.label("decision_id"),
            NO_ID.label("actual_cost_id"),
            col(Contract.starts_on).label("period_starts_on"),
            LAST_DAY.label("period_ends_on"),
            LAST_DAY.label("done_on"),
            ONE.label("quantity"),
            (scope.c.starts_on > LAST_DAY).label("late"),
            col(ContractLine.rate_card_key),
            col(ContractLine.rate_version),
            col(ContractLine.unit_price),
            NO_DAY.label("tier_period_starts_on"),
            NO_AMOUNT.label("prorated_minor"),
            literal_column("0", BigInteger()).label("allowed_minor"),
            literal_column("true", Boolean()).label("final"),
        )
        .where(
            col(ContractLinePricing.arrangement) == "COST_PLUS_INCENTIVE_FEE",
            scope.c.ends_on >= LAST_DAY,
            incurred,
            ~claimed("TRUE_UP", col(Contract.starts_on)),
        )
    )


def _lines_of(scope: FromClause) -> Select[Any]:
    """The lines in force of each contract, with how they are priced if their kind does not say it."""
    return (
        select(scope)
        .join(Contract, col(Contract.id) == scope.c.contract_id)
        .join(ContractLine, col(ContractLine.contract_id) == scope.c.contract_id)
        .outerjoin(ContractLinePricing, _priced(ContractLine.contract_id, ContractLine.id))
        .where(col(ContractLine.revision) == Contract.revision, col(Contract.activated_at).is_not(None))
    )


def claimed(kind: str, starts_on: Any) -> ColumnElement[bool]:  # noqa: ANN401  (a column of any table)
    """Whether a period of a line, by its first day, stands on an invoice."""
    return exists().where(
        col(InvoiceSource.contract_id) == ContractLine.contract_id,
        col(InvoiceSource.contract_line_id) == ContractLine.id,
        col(InvoiceSource.kind) == literal_column(f"'{kind}'"),
        col(InvoiceSource.period_starts_on) == starts_on,
        col(InvoiceSource.released_at).is_(None),
    )


def _priced(contract_id: Any, line_id: Any) -> ColumnElement[bool]:  # noqa: ANN401  (columns of any table)
    return and_(col(ContractLinePricing.contract_id) == contract_id, col(ContractLinePricing.line_id) == line_id)


def _same(line: type[ContractLine], contract_id: Any, line_id: Any) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(col(line.contract_id) == contract_id, col(line.id) == line_id)
