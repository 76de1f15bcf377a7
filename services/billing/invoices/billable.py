"""What can be billed: ONE SELECT, shown by the preview and written down by the invoice, so that they cannot differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    not_,
    null,
    select,
    true,
    union_all,
)
from sqlmodel import col

from services.billing.invoices.models import InvoiceSource
from services.contracts.models import Contract, ContractLine, ContractLineCost
from services.delivery.models import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import FromClause, Subquery
    from sqlalchemy.orm import Mapped

    ContractId: TypeAlias = UUID | ColumnElement[UUID]
    Day: TypeAlias = date | ColumnElement[date]


def one_contract(contract_id: ContractId, starts_on: Day, ends_on: Day) -> Subquery:
    """The scope of one contract and a period of whole days."""
    return select(
        cast(contract_id, Uuid).label("contract_id"),
        cast(starts_on, Date).label("starts_on"),
        cast(ends_on, Date).label("ends_on"),
    ).subquery("scope")


def many_contracts(contract_ids: Iterable[UUID], starts_on: date, ends_on: date) -> Select[Any]:
    """The scope of several contracts and the same period."""
    contract = col(Contract.id)
    days: list[ColumnElement[Any]] = [cast(starts_on, Date).label("starts_on"), cast(ends_on, Date).label("ends_on")]
    wanted = literal(list(contract_ids), ARRAY(Uuid))
    return select(*[contract.label("contract_id"), *days]).where(contract == any_(wanted))


def billable_sources(scope: FromClause) -> Select[Any]:
    """Each acceptance and each whole recurring period that stands on no invoice, of every contract of the scope.

    The scope has contract_id, starts_on and ends_on, a row for each contract: one contract and ten thousand are billed
    by the same SELECT. It takes what was done until `ends_on`; what was done before `starts_on` is late. Work on a
    RECURRING line is paid by the period, so an acceptance of it is not billed beside it. A period is claimed by its
    first day, counted from the first day of the contract.
    """
    return select(*union_all(_acceptances(scope), _recurring_periods(scope)).subquery("source").c)


def billable_lines(scope: FromClause, sources: FromClause | None = None) -> Select[Any]:
    """The sources as lines of invoices: one for each contract line and rate version, in each contract's order.

    Each is rounded once, half-even, to minor units: amount = quantity x unit price, cost = quantity x unit cost,
    platform fee = amount x the contract's platform fee percent / 100. `sources` are those of the scope, for whoever
    has them at hand.
    """
    source = billable_sources(scope).subquery("billable") if sources is None else sources
    quantity = func.sum(source.c.quantity)
    key = (source.c.contract_id, source.c.contract_line_id, source.c.rate_version)
    grouped = (
        select(
            *key,
            source.c.rate_card_key,
            source.c.unit_price,
            quantity.label("quantity"),
            func.coalesce(func.sum(source.c.quantity).filter(source.c.late), 0).label("late_quantity"),
        )
        .group_by(*key, source.c.rate_card_key, source.c.unit_price)
        .subquery("billed")
    )
    amount = _extended(grouped.c.quantity, grouped.c.unit_price)
    priced = (
        select(
            *grouped.c,
            col(ContractLine.association_id),
            col(ContractLine.vendor_id),
            col(ContractLine.title).label("description"),
            col(ContractLine.unit),
            col(ContractLine.currency_code),
            func.row_number()
            .over(partition_by=grouped.c.contract_id, order_by=[col(ContractLine.position), grouped.c.rate_version])
            .label("position"),
            amount.label("amount_minor"),
            _extended(grouped.c.quantity, col(ContractLineCost.unit_cost)).label("cost_minor"),
            col(Contract.platform_fee_percent),
        )
        .join(ContractLine, _same(ContractLine, grouped.c, "contract_line_id"))
        .join(Contract, col(Contract.id) == grouped.c.contract_id)
        # a line without its cost must fail the invoice, not vanish from it
        .outerjoin(
            ContractLineCost,
            and_(
                col(ContractLineCost.contract_id) == grouped.c.contract_id,
                col(ContractLineCost.line_id) == grouped.c.contract_line_id,
            ),
        )
        .subquery("priced")
    )
    return select(
        *priced.c,
        platform_fee(priced.c.amount_minor, priced.c.platform_fee_percent).label("platform_fee_minor"),
    )


def platform_fee(amount_minor: ColumnElement[Any], percent: ColumnElement[Any] | Mapped[Decimal]) -> ColumnElement[int]:
    """The operator's share of a price in minor units: price x percent / 100, rounded half-even."""
    share = func.app.round_half_even(amount_minor * percent / literal_column("100"), literal_column("0"))
    return cast(share, BigInteger)


def _acceptances(scope: FromClause) -> Select[*tuple[Any, ...]]:
    return (
        select(
            col(Decision.contract_id),
            col(Decision.line_id).label("contract_line_id"),
            literal_column("'ACCEPTANCE'", Text()).label("kind"),
            col(Decision.id).label("decision_id"),
            cast(null(), Date).label("period_starts_on"),
            cast(null(), Date).label("period_ends_on"),
            col(Decision.performed_to).label("done_on"),
            col(Decision.accepted_quantity).label("quantity"),
            (col(Decision.performed_to) < scope.c.starts_on).label("late"),
            col(Decision.rate_card_key),
            col(Decision.rate_version),
            col(Decision.unit_price),
        )
        .select_from(scope)
        .join(Decision, col(Decision.contract_id) == scope.c.contract_id)
        .join(ContractLine, _same(ContractLine, Decision, "line_id"))
        .where(
            col(Decision.performed_to) <= scope.c.ends_on,
            col(Decision.reversed_at).is_(None),
            col(Decision.accepted_quantity) > 0,
            # kept by claim and release; whether a standing source exists would be asked of all that was ever billed
            not_(col(Decision.billed)),
            col(ContractLine.kind) != "RECURRING",
        )
    )


def _recurring_periods(scope: FromClause) -> Select[*tuple[Any, ...]]:
    ended_on = cast(func.timezone(col(Contract.time_zone), col(Contract.ended_at)), Date)
    period = (
        func.app.whole_periods(
            col(Contract.starts_on),
            col(ContractLine.recurrence),
            func.least(scope.c.ends_on, col(Contract.ends_on), ended_on),
        )
        .table_valued(column("starts_on", Date), column("ends_on", Date), joins_implicitly=True)
        .lateral("period")
    )
    claimed = exists().where(
        col(InvoiceSource.contract_id) == ContractLine.contract_id,
        col(InvoiceSource.contract_line_id) == ContractLine.id,
        col(InvoiceSource.kind) == "RECURRING_PERIOD",
        col(InvoiceSource.period_starts_on) == period.c.starts_on,
        col(InvoiceSource.released_at).is_(None),
    )
    return (
        select(
            col(ContractLine.contract_id),
            col(ContractLine.id).label("contract_line_id"),
            literal_column("'RECURRING_PERIOD'", Text()).label("kind"),
            cast(null(), Uuid).label("decision_id"),
            period.c.starts_on.label("period_starts_on"),
            period.c.ends_on.label("period_ends_on"),
            period.c.ends_on.label("done_on"),
            col(ContractLine.units_per_period).label("quantity"),
            (period.c.ends_on < scope.c.starts_on).label("late"),
            col(ContractLine.rate_card_key),
            col(ContractLine.rate_version),
            col(ContractLine.unit_price),
        )
        .select_from(scope)
        .join(Contract, col(Contract.id) == scope.c.contract_id)
        .join(ContractLine, col(ContractLine.contract_id) == scope.c.contract_id)
        .join(period, true())
        .where(
            col(ContractLine.revision) == Contract.revision,
            col(ContractLine.kind) == "RECURRING",
            col(Contract.activated_at).is_not(None),
            ~claimed,
        )
    )


def _extended(quantity: ColumnElement[Any], unit_amount: ColumnElement[Any] | Mapped[Decimal]) -> ColumnElement[int]:
    return func.app.extended_minor(quantity, unit_amount, col(ContractLine.currency_code), type_=BigInteger())


def _same(line: type[ContractLine], row: Any, line_id: str) -> ColumnElement[bool]:  # noqa: ANN401  (a table or the columns of a SELECT)
    return and_(col(line.contract_id) == row.contract_id, col(line.id) == getattr(row, line_id))
