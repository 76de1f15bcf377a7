"""What lacks of a minimum commitment: one more source to bill, with the columns that all of them have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    Numeric,
    Select,
    Text,
    and_,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlmodel import col

from services.billing.invoices.models import Invoice, InvoiceLine
from services.billing.invoices.sources import LAST_DAY, NO_AMOUNT, NO_ID, ONE, TRUES_UP, claimed
from services.contracts.models import Contract, ContractLine

if TYPE_CHECKING:
    from sqlalchemy import FromClause


def shortfalls(scope: FromClause) -> Select[Any]:
    """What lacks of a minimum commitment, for each of its periods that is over: `pricing.commitment` in SQL.

    An invoice counts for the period that its own period ends in, and for the last one whatever comes after; what was
    conceded of its price was bought all the same. `final` says that the invoice which is being made counts too;
    `billable_lines` takes what it bills off.
    """
    period = (
        func.app.commitment_periods(
            col(Contract.starts_on), LAST_DAY, col(Contract.ends_on), col(Contract.minimum_commitment_per)
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
    is_last = period.c.ends_on == LAST_DAY
    taken_back = func.app.taken_back_minor(col(InvoiceLine.contract_id), col(InvoiceLine.id), type_=BigInteger())
    billed = (
        select(func.coalesce(func.sum(InvoiceLine.amount_minor - taken_back), 0).label("minor"))
        .join(
            Invoice,
            and_(col(Invoice.contract_id) == InvoiceLine.contract_id, col(Invoice.id) == InvoiceLine.invoice_id),
        )
        .where(
            col(InvoiceLine.contract_id) == Contract.id,
            col(InvoiceLine.contract_line_id) != ContractLine.id,
            col(Invoice.status).not_in([literal_column("'VOID'"), literal_column("'DISCARDED'")]),
            col(Invoice.period_ends_on) >= period.c.starts_on,
            or_(is_last, col(Invoice.period_ends_on) <= period.c.ends_on),
        )
        .correlate(Contract, ContractLine, period)
        .lateral("so_far")
    )
    whole = cast(col(Contract.minimum_commitment_minor), Numeric(60, 30)) * period.c.days / period.c.whole_days
    lacks = cast(func.app.round_half_even(whole, literal_column("0")) - billed.c.minor, BigInteger)
    return (
        select(
            col(ContractLine.contract_id),
            col(ContractLine.id).label("contract_line_id"),
            literal_column("'TRUE_UP'", Text()).label("kind"),
            NO_ID.label("decision_id"),
            NO_ID.label("actual_cost_id"),
            period.c.starts_on.label("period_starts_on"),
            period.c.ends_on.label("period_ends_on"),
            period.c.ends_on.label("done_on"),
            ONE.label("quantity"),
            (period.c.ends_on < scope.c.starts_on).label("late"),
            col(ContractLine.key).label("rate_card_key"),
            col(ContractLine.rate_version),
            col(ContractLine.unit_price),
            period.c.starts_on.label("tier_period_starts_on"),
            lacks.label("prorated_minor"),
            NO_AMOUNT.label("allowed_minor"),
            or_(is_last, period.c.ends_on == scope.c.ends_on).label("final"),
        )
        .select_from(scope)
        .join(Contract, col(Contract.id) == scope.c.contract_id)
        .join(
            ContractLine,
            and_(col(ContractLine.contract_id) == scope.c.contract_id, col(ContractLine.kind) == TRUES_UP),
        )
        .join(period, true())
        .join(billed, true())
        .where(
            col(ContractLine.revision) == Contract.revision,
            col(Contract.activated_at).is_not(None),
            period.c.ends_on <= scope.c.ends_on,
            ~claimed("TRUE_UP", period.c.starts_on),
            lacks > 0,
        )
    )
