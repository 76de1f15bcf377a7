"""The same open book on actual cost, and its variance from standard cost; every figure in minor units.

    cost = actual cost of the periods that have one + standard cost of what was done outside them
    variance = standard cost - actual cost, favourable when positive
             = rate variance + efficiency variance
    rate = quantity spent x standard unit cost - actual cost
    efficiency = (quantity done - quantity spent) x standard unit cost

That is the variance analysis of standard costing (Horngren, Cost Accounting, on flexible budgets: price and efficiency
variances). Spent is what the vendor says was spent on the work, in the line's unit; where it does not say so for a
period, rate and efficiency are null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Integer,
    Numeric,
    Text,
    and_,
    between,
    case,
    cast,
    column,
    func,
    literal_column,
    null,
    select,
    true,
)
from sqlmodel import col

from services.billing.invoices.amounts import accepted
from services.billing.invoices.billable import platform_fee
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost, InvoiceSource
from services.billing.invoices.sources import TRUES_UP
from services.billing.open_book.waterfall import BILLED_UNACCEPTED, waterfall
from services.contracts.models import Contract, ContractLine, ContractLineCost
from services.delivery.models import Decision

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.sql.selectable import LateralFromClause

ZERO = literal_column("0", BigInteger())


def of_contract(contract: Any) -> Select[Any]:  # noqa: ANN401  (a row of any SELECT that has the columns)
    """A contract to date, with the verdict on its band for those who read cost."""
    lines = contract_lines().where(
        col(ContractLine.contract_id) == contract.id, col(ContractLine.revision) == contract.revision
    )
    return waterfall(contract.id, totals(lines), banded=True)


def of_contract_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """A contract line to date; no row for an obligation."""
    lines = contract_lines().where(col(ContractLine.contract_id) == line.contract_id, col(ContractLine.id) == line.id)
    return waterfall(line.contract_id, totals(lines)).where(line.kind != "OBLIGATION")


def of_invoice(invoice: Any) -> Select[Any]:  # noqa: ANN401
    """An invoice: the sums of its lines."""
    lines = _invoice_lines().where(
        col(InvoiceLine.contract_id) == invoice.contract_id, col(InvoiceLine.invoice_id) == invoice.id
    )
    return waterfall(invoice.contract_id, totals(lines), banded=True)


def of_invoice_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """A line of an invoice: its part of each period's actual cost, in proportion to the quantity, half-even."""
    lines = _invoice_lines().where(col(InvoiceLine.contract_id) == line.contract_id, col(InvoiceLine.id) == line.id)
    return waterfall(line.contract_id, totals(lines))


def totals(lines: Select[Any]) -> Select[Any]:
    """The sums over lines, each with its actual cost where it is known."""
    line = lines.subquery("known_line")
    standard = func.coalesce(line.c.standard_minor, ZERO)
    cost = func.coalesce(line.c.actual_minor + line.c.rest_minor, standard)
    all_known = func.bool_and(line.c.quantity == line.c.done).filter(line.c.quantity > 0)
    variance = _total(standard - cost)
    rate = case(
        (
            func.bool_and(line.c.is_parted).filter(line.c.periods > 0),
            _total(case((line.c.periods > 0, line.c.spent_minor - line.c.actual_minor))),
        )
    )
    return select(
        _total(line.c.price_minor).label("price_minor"),
        _total(cost).label("cost_minor"),
        _total(line.c.platform_fee_minor).label("platform_fee_minor"),
        cast(null(), BigInteger).label("unaccepted_cost_minor"),
        case(
            (func.coalesce(func.sum(line.c.periods), 0) == 0, literal_column("'STANDARD'", Text())),
            (func.coalesce(all_known, True), literal_column("'ACTUAL'", Text())),
            else_=literal_column("'MIXED'", Text()),
        ).label("cost_basis"),
        _total(standard).label("standard_cost_minor"),
        variance.label("variance_minor"),
        cast(rate, BigInteger).label("rate_variance_minor"),
        cast(variance - rate, BigInteger).label("efficiency_variance_minor"),
    )


def contract_lines() -> Select[Any]:
    """Each priced line to date, with the actual cost of its periods; a RECURRING line by what is billed."""
    recurring = col(ContractLine.kind) == "RECURRING"
    quantity = case((recurring, col(ContractLine.billed_quantity)), else_=col(ContractLine.accepted_quantity))
    billed = col(ContractLine.kind).in_(BILLED_UNACCEPTED)
    price = case((billed, col(ContractLine.billed_minor)), else_=accepted(ContractLine))
    period = _periods(ContractLine.contract_id, ContractLine.id)
    known = _known(period, actual=period.c.actual_minor, done=period.c.done, spent=period.c.spent)
    return (
        _priced(price, quantity, platform_fee(price, col(Contract.platform_fee_percent)), known)
        .select_from(ContractLine)
        .join(Contract, col(Contract.id) == ContractLine.contract_id)
        .outerjoin(ContractLineCost, _same_line(ContractLineCost.line_id))
        .join(known, true())
        .where(col(ContractLine.kind) != "OBLIGATION")
    )


def _invoice_lines() -> Select[Any]:
    """Each line of invoices, with its part of the actual cost of the periods that it bills."""
    period = _periods(InvoiceLine.contract_id, InvoiceLine.contract_line_id)
    billed = (
        select(func.coalesce(func.sum(InvoiceSource.quantity), 0).label("quantity"))
        .outerjoin(
            Decision,
            and_(col(Decision.contract_id) == InvoiceSource.contract_id, col(Decision.id) == InvoiceSource.decision_id),
        )
        .where(
            col(InvoiceSource.contract_id) == InvoiceLine.contract_id,
            col(InvoiceSource.invoice_line_id) == InvoiceLine.id,
            between(
                func.coalesce(col(Decision.performed_to), col(InvoiceSource.period_ends_on)),
                period.c.starts_on,
                period.c.ends_on,
            ),
        )
        .correlate(InvoiceLine, period)
        .lateral("billed")
    )
    # what is billed of a period that nothing stands accepted in any more has no part of its cost
    share = case((period.c.done > 0, billed.c.quantity / func.nullif(period.c.done, 0)), else_=0)
    known = _known(
        period,
        actual=cast(func.app.round_half_even(period.c.actual_minor * share, ZERO), BigInteger),
        done=case((period.c.done > 0, billed.c.quantity), else_=0),
        spent=period.c.spent * share,
        beside=billed,
    )
    return (
        _priced(
            col(InvoiceLine.amount_minor),
            # nothing is delivered for what lacks of a commitment: its cost is known to be none
            case((col(ContractLine.kind) == TRUES_UP, 0), else_=col(InvoiceLine.quantity)),
            col(InvoiceLineCost.platform_fee_minor),
            known,
            standard=col(InvoiceLineCost.cost_minor),
        )
        .select_from(InvoiceLine)
        .join(
            ContractLine,
            and_(
                col(ContractLine.contract_id) == InvoiceLine.contract_id,
                col(ContractLine.id) == InvoiceLine.contract_line_id,
            ),
        )
        .outerjoin(ContractLineCost, _same_line(ContractLineCost.line_id))
        .outerjoin(
            InvoiceLineCost,
            and_(
                col(InvoiceLineCost.contract_id) == InvoiceLine.contract_id,
                col(InvoiceLineCost.invoice_line_id) == InvoiceLine.id,
            ),
        )
        .join(known, true())
    )


def _priced(price: Any, quantity: Any, fee: Any, known: LateralFromClause, *, standard: Any = None) -> Select[Any]:  # noqa: ANN401
    return select(
        col(ContractLine.contract_id).label("contract_id"),
        price.label("price_minor"),
        quantity.label("quantity"),
        fee.label("platform_fee_minor"),
        (_extended(quantity, ContractLineCost.unit_cost) if standard is None else standard).label("standard_minor"),
        _extended(quantity - known.c.done, ContractLineCost.unit_cost).label("rest_minor"),
        *known.c,
    )


def _periods(contract_id: Any, line_id: Any) -> LateralFromClause:  # noqa: ANN401
    return (
        func.app.costs_of_line(col(contract_id), col(line_id))
        .table_valued(
            column("starts_on", Date),
            column("ends_on", Date),
            column("actual_minor", BigInteger),
            column("spent", Numeric),
            column("done", Numeric),
            joins_implicitly=True,
        )
        .lateral("period")
    )


def _known(
    period: LateralFromClause,
    *,
    actual: Any,  # noqa: ANN401
    done: Any,  # noqa: ANN401
    spent: Any,  # noqa: ANN401
    beside: LateralFromClause | None = None,
) -> LateralFromClause:
    rows = select(
        cast(func.coalesce(func.sum(actual), 0), BigInteger).label("actual_minor"),
        func.coalesce(func.sum(done), 0).label("done"),
        func.sum(_extended(spent, ContractLineCost.unit_cost)).label("spent_minor"),
        cast(func.coalesce(func.bool_and(spent.is_not(None)), False), Boolean).label("is_parted"),
        cast(func.count(), Integer).label("periods"),
    ).select_from(period)
    if beside is not None:
        rows = rows.join(beside, true()).where(beside.c.quantity > 0)
    return rows.correlate(ContractLine, ContractLineCost, InvoiceLine).lateral("known")


def _same_line(line_id: Any) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(col(ContractLineCost.contract_id) == ContractLine.contract_id, col(line_id) == ContractLine.id)


def _total(minor: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return cast(func.coalesce(func.sum(minor), literal_column("0")), BigInteger)


def _extended(quantity: Any, unit_amount: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return func.app.extended_minor(quantity, unit_amount, ContractLine.currency_code, type_=BigInteger())
