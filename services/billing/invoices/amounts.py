"""What a group of sources comes to, as SQL: the twins of `services/billing/pricing`, kept by the functions of `app`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Numeric, Text, and_, case, cast, column, func, literal_column, select
from sqlmodel import col

from services.billing.invoices.sources import ACTUAL_COST, TRUES_UP
from services.contracts.models import ContractLine, ContractLinePricing

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy import ColumnElement, FromClause
    from sqlalchemy.orm import Mapped

ZERO = literal_column("0", BigInteger())


def extended(quantity: ColumnElement[Any], unit_amount: ColumnElement[Any] | Mapped[Decimal]) -> ColumnElement[int]:
    """Quantity x unit amount in minor units of the line's currency, rounded half-even once."""
    return func.app.extended_minor(quantity, unit_amount, col(ContractLine.currency_code), type_=BigInteger())


def accepted(line: Any) -> ColumnElement[Any]:  # noqa: ANN401  (a contract line, or a row of it in any SELECT)
    """What was accepted on a contract line comes to, in minor units: by its tiers, or else quantity x unit price."""
    tiering = (
        select(col(ContractLinePricing.tiering))
        .where(col(ContractLinePricing.contract_id) == line.contract_id, col(ContractLinePricing.line_id) == line.id)
        .correlate_except(ContractLinePricing)
        .scalar_subquery()
    )
    by_tiers = func.app.accepted_by_tiers_minor(line.contract_id, line.id, line.currency_code, type_=BigInteger())
    by_unit_price = func.app.extended_minor(
        line.accepted_quantity, line.unit_price, line.currency_code, type_=BigInteger()
    )
    # only units can have tiers, and nearly all have none
    has_tiers = and_(line.kind == literal_column("'UNIT'", Text()), tiering.is_not(None))
    return case((has_tiers, by_tiers), else_=by_unit_price)


def amount(group: FromClause) -> ColumnElement[Any]:
    """What a line of an invoice comes to before any ceiling, in minor units; one group is of one way to be priced."""
    by_quantity = extended(group.c.whole_quantity, group.c.unit_price) + group.c.prorated_minor
    return case(
        (col(ContractLine.kind) == TRUES_UP, group.c.prorated_minor),
        (group.c.tier_period_starts_on.is_not(None), _tiered(group)),
        (group.c.allowed_minor.is_not(None), _by_cost(group)),
        else_=by_quantity,
    )


def below_ceiling(line: FromClause) -> ColumnElement[Any]:
    """As much of a line's amount as its not-to-exceed leaves, after what stands before it on the same invoice.

    Acceptance keeps to the ceiling as a whole; that the roundings of many invoices do not add up to more is kept here.
    """
    left = line.c.not_to_exceed_minor + line.c.extended_minor - line.c.billed_minor
    to_date = func.sum(line.c.uncapped_minor).over(
        partition_by=[line.c.contract_id, line.c.contract_line_id], order_by=line.c.position
    )
    before = to_date - line.c.uncapped_minor
    kept = func.greatest(func.least(to_date, left), ZERO) - func.greatest(func.least(before, left), ZERO)
    return cast(case((left.is_(None), line.c.uncapped_minor), else_=kept), BigInteger)


def lacking(line: FromClause) -> ColumnElement[Any]:
    """A line's amount; of what lacks of the commitment that this invoice counts for, less all else on the invoice."""
    others = func.sum(line.c.amount_minor).filter(~line.c.trues_up).over(partition_by=line.c.contract_id)
    rest = func.greatest(line.c.amount_minor - func.coalesce(others, ZERO), ZERO)
    return cast(case((and_(line.c.trues_up, line.c.final), rest), else_=line.c.amount_minor), BigInteger)


def unit_price(line: FromClause) -> ColumnElement[Any]:
    """The price of one; what lacks of a commitment is one lump sum, at the price that it comes to."""
    major = func.power(literal_column("10", Numeric()), cast(func.app.currency_digits(line.c.currency_code), Numeric))
    return case((line.c.trues_up, line.c.amount_minor / major), else_=line.c.unit_price)


def _tiered(group: FromClause) -> ColumnElement[Any]:
    """The price of all units of the tier period, less what stands billed of it.

    What is given for good (`app.is_given`), such as a concession or what a dispute won, stands as billed, so that the
    next invoice does not charge it again.
    """
    billed = (
        func.app.tier_billed(group.c.contract_id, group.c.contract_line_id, group.c.tier_period_starts_on)
        .table_valued(column("quantity", Numeric), column("amount_minor", BigInteger))
        .alias("so_far")
    )
    total = func.app.tiered_minor(
        group.c.contract_id,
        group.c.contract_line_id,
        col(ContractLinePricing.tiering),
        group.c.quantity + billed.c.quantity,
        col(ContractLine.currency_code),
        type_=BigInteger(),
    )
    return (
        select(func.greatest(total - billed.c.amount_minor, ZERO, type_=BigInteger()))
        .correlate(group, ContractLine, ContractLinePricing)
        .scalar_subquery()
    )


def _by_cost(group: FromClause) -> ColumnElement[Any]:
    """Cost to date and the contract fee on it, less what is billed; passed-through cost earns no contract fee.

    What is given for good (`app.is_given`) is not charged again.
    """
    cost = ACTUAL_COST.alias("incurred").c
    cost_to_date = (
        select(
            func.coalesce(func.sum(cost.allowed_minor), ZERO).label("all_minor"),
            func.coalesce(
                func.sum(cost.allowed_minor).filter(cost.category != literal_column("'PASS_THROUGH'")), ZERO
            ).label("earning_minor"),
        )
        .where(
            cost.contract_id == group.c.contract_id,
            cost.contract_line_id == group.c.contract_line_id,
            cost.billed | (cost.id == func.any(group.c.actual_cost_ids)),
        )
        .correlate(group)
        .subquery("to_date")
    )
    fee = func.app.contract_fee_minor(
        group.c.contract_id, group.c.contract_line_id, cost_to_date.c.earning_minor, group.c.final, type_=BigInteger()
    )
    conceded = func.app.conceded_minor(group.c.contract_id, group.c.contract_line_id, type_=BigInteger())
    owed = cost_to_date.c.all_minor + fee - col(ContractLine.billed_minor) - conceded
    return select(func.greatest(owed, ZERO, type_=BigInteger())).correlate(group, ContractLine).scalar_subquery()
