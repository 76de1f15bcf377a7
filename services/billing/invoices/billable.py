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
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlmodel import col

from services.billing.invoices.amounts import amount, below_ceiling, extended, lacking, unit_price
from services.billing.invoices.shortfalls import shortfalls
from services.billing.invoices.sources import (
    TRUES_UP,
    acceptances,
    allowable_costs,
    fee_adjustments,
    recurring_periods,
)
from services.contracts.models import Contract, ContractLine, ContractLineCost, ContractLinePricing

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
    """Each acceptance, each period and each allowable cost that stands on no invoice, of every contract of the scope.

    The scope has contract_id, starts_on and ends_on, a row for each contract: one contract and ten thousand are billed
    by the same SELECT. It takes what was done until `ends_on`; what was done before `starts_on` is late. Work on a
    RECURRING line is paid by the period or by its cost, so an acceptance of it is not billed beside it. A period is
    claimed by its first day, counted from the first day of the contract.
    """
    kinds = (
        acceptances(scope),
        recurring_periods(scope),
        allowable_costs(scope),
        fee_adjustments(scope),
        shortfalls(scope),
    )
    return select(*union_all(*kinds).subquery("source").c)


def billable_lines(scope: FromClause, sources: FromClause | None = None) -> Select[Any]:
    """The sources as lines of invoices: one for each contract line, rate version and tier period, in its order.

    Each is rounded once, half-even, to minor units: amount = quantity x unit price or as `amounts` says, cost =
    quantity x unit cost or the actual cost that is billed, platform fee = amount x the contract's platform fee
    percent / 100. `sources` are those of the scope, for whoever has them at hand.
    """
    source = billable_sources(scope).subquery("billable") if sources is None else sources
    quantity = func.sum(source.c.quantity)
    key = (source.c.contract_id, source.c.contract_line_id, source.c.rate_version, source.c.tier_period_starts_on)
    grouped = (
        select(
            *key,
            source.c.rate_card_key,
            source.c.unit_price,
            quantity.label("quantity"),
            func.coalesce(func.sum(source.c.quantity).filter(source.c.late), 0).label("late_quantity"),
            func.coalesce(quantity.filter(source.c.prorated_minor.is_(None)), 0).label("whole_quantity"),
            func.coalesce(func.sum(source.c.prorated_minor), 0).label("prorated_minor"),
            func.sum(source.c.allowed_minor).label("allowed_minor"),
            func.array_agg(source.c.actual_cost_id).label("actual_cost_ids"),
            func.bool_or(source.c.final).label("final"),
        )
        .group_by(*key, source.c.rate_card_key, source.c.unit_price)
        .subquery("billed")
    )
    by_cost = grouped.c.allowed_minor.is_not(None)
    in_order = [grouped.c.rate_version, grouped.c.tier_period_starts_on]
    priced = (
        select(
            *grouped.c,
            col(ContractLine.association_id),
            col(ContractLine.vendor_id),
            col(ContractLine.title).label("description"),
            case((by_cost, literal_column("'LUMP_SUM'", Text())), else_=col(ContractLine.unit)).label("unit"),
            col(ContractLine.currency_code),
            func.row_number()
            .over(partition_by=grouped.c.contract_id, order_by=[col(ContractLine.position), *in_order])
            .label("position"),
            amount(grouped).label("uncapped_minor"),
            case((by_cost, literal_column("'ACTUAL'", Text())), else_=literal_column("'STANDARD'", Text())).label(
                "cost_basis"
            ),
            case(
                (by_cost, cast(grouped.c.allowed_minor, BigInteger)),
                else_=extended(grouped.c.quantity, col(ContractLineCost.unit_cost)),
            ).label("cost_minor"),
            col(Contract.platform_fee_percent),
            col(ContractLine.not_to_exceed_minor),
            col(ContractLine.extended_minor),
            col(ContractLine.billed_minor),
            (col(ContractLine.kind) == TRUES_UP).label("trues_up"),
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
        .outerjoin(
            ContractLinePricing,
            and_(
                col(ContractLinePricing.contract_id) == grouped.c.contract_id,
                col(ContractLinePricing.line_id) == grouped.c.contract_line_id,
            ),
        )
        .subquery("priced")
    )
    capped = select(*priced.c, below_ceiling(priced).label("amount_minor")).subquery("capped")
    trued_up = _but(capped, amount_minor=lacking(capped)).subquery("trued_up")
    fee = platform_fee(trued_up.c.amount_minor, trued_up.c.platform_fee_percent)
    # what else is on the invoice may leave nothing lacking
    return (
        _but(trued_up, unit_price=unit_price(trued_up))
        .add_columns(fee.label("platform_fee_minor"))
        .where(or_(~trued_up.c.trues_up, trued_up.c.amount_minor > literal_column("0")))
    )


def platform_fee(amount_minor: ColumnElement[Any], percent: ColumnElement[Any] | Mapped[Decimal]) -> ColumnElement[int]:
    """The operator's share of a price in minor units: price x percent / 100, rounded half-even."""
    share = func.app.round_half_even(amount_minor * percent / literal_column("100"), literal_column("0"))
    return cast(share, BigInteger)


def _but(rows: Subquery, **changed: ColumnElement[Any]) -> Select[Any]:
    """The same rows, but for some of their columns."""
    return select(*(changed.get(column.key, column).label(column.key) for column in rows.c))


def _same(line: type[ContractLine], row: Any, line_id: str) -> ColumnElement[bool]:  # noqa: ANN401  (a table or the columns of a SELECT)
    return and_(col(line.contract_id) == row.contract_id, col(line.id) == getattr(row, line_id))
