"""What drafts take from accepted work and contract lines, and what an invoice gives back when it is void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Text, Uuid, and_, cast, false, func, insert, literal_column, select, true, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.billing.invoices.billable import billable_lines, billable_sources
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceLineCost, InvoiceSource
from services.billing.invoices.sources import ACTUAL_COST
from services.contracts.models import Contract, ContractLine
from services.delivery.models import Decision
from services.delivery.reversing import AlreadyBilled
from services.identity.models import Organization

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import CTE, ColumnElement, FromClause, Row, Select

    from core.db import Transaction

KEY: Final = ["contract_id", "association_id", "vendor_id"]
INVOICE_COLUMNS: Final = """id period_starts_on period_ends_on currency_code purchase_order_number platform_fee_percent
subtotal_minor tax_total_minor retained_minor amount_due_minor status""".split()
LINE_COLUMNS: Final = """id invoice_id contract_line_id position description unit currency_code quantity late_quantity
unit_price rate_card_key rate_version amount_minor tier_period_starts_on""".split()
COST_COLUMNS: Final = ["invoice_line_id", "invoice_id", "cost_basis", "cost_minor", "platform_fee_minor"]
SOURCE_COLUMNS: Final = """contract_line_id kind decision_id actual_cost_id period_starts_on period_ends_on quantity
late""".split()
BILLED_ONCE: Final = (
    "acceptance_billed_once",
    "recurring_period_billed_once",
    "cost_billed_once",
    "true_up_billed_once",
)
PARTIES: Final = {"seller": "vendor_id", "buyer": "association_id", "issuer": None}
"""Whose name and country an invoice keeps; the issuer is the operator."""


async def claim(tx: Transaction, scope: Select[Any]) -> Sequence[Row[Any]]:
    """Write a draft for each contract of the scope that has something of value to bill; returns the drafts.

    A draft has its lines with their cost and sources; what it bills is marked, and counted on the contract's lines. One
    statement, so that all of it is made of one look at the data; the contracts and their lines are locked by the
    caller. Refuses with AlreadyBilled what another standing invoice claims.
    """
    within = scope.cte("scope")
    source = billable_sources(within).cte("source")
    billed = billable_lines(within, source).cte("billed")
    draft = (
        select(
            billed.c.contract_id,
            func.uuidv7(type_=Uuid()).label("id"),
            func.sum(billed.c.amount_minor).label("subtotal_minor"),
        )
        .group_by(billed.c.contract_id)
        .having(func.sum(billed.c.amount_minor) > 0)
        .cte("draft")
    )
    line = (
        select(*billed.c, func.uuidv7(type_=Uuid()).label("id"), draft.c.id.label("invoice_id"))
        .join(draft, draft.c.contract_id == billed.c.contract_id)
        .cte("line")
    )
    claimed = _claimed(source, line)
    refused = AlreadyBilled("what this period would bill is on another invoice already", field="period")
    drafted = await tx.execute(
        _drafted(within, draft).add_cte(
            *_written(line),
            claimed,
            update(Decision)
            .where(col(Decision.contract_id) == claimed.c.contract_id, col(Decision.id) == claimed.c.decision_id)
            .values(billed=True)
            .cte("marked"),
            update(ACTUAL_COST)
            .where(ACTUAL_COST.c.contract_id == claimed.c.contract_id, ACTUAL_COST.c.id == claimed.c.actual_cost_id)
            .values(billed=true())
            .cte("costs_marked"),
            _counted(line),
        ),
        refusing=dict.fromkeys(BILLED_ONCE, refused),
    )
    return drafted.all()


async def release(tx: Transaction, *, contract_id: UUID, invoice_id: UUID, now: datetime) -> None:
    """Give back what a void invoice billed, so that it can be billed again; the contract's lines are locked."""
    of_invoice = (col(InvoiceSource.contract_id) == contract_id, col(InvoiceSource.invoice_id) == invoice_id)
    await tx.execute(
        update(Decision)
        .where(
            col(Decision.contract_id) == contract_id,
            col(Decision.id).in_(select(col(InvoiceSource.decision_id)).where(*of_invoice)),
        )
        .values(billed=False)
    )
    await tx.execute(
        update(ACTUAL_COST)
        .where(
            ACTUAL_COST.c.contract_id == contract_id,
            ACTUAL_COST.c.id.in_(select(col(InvoiceSource.actual_cost_id)).where(*of_invoice)),
        )
        .values(billed=false())
    )
    # a line of a debit note bills a price and nothing that was delivered
    delivers = col(InvoiceLine.id).in_(select(col(InvoiceSource.invoice_line_id)).where(*of_invoice))
    total = (
        select(
            col(InvoiceLine.contract_line_id),
            func.coalesce(func.sum(InvoiceLine.quantity).filter(delivers), 0).label("quantity"),
            func.sum(InvoiceLine.amount_minor).label("amount_minor"),
        )
        .where(col(InvoiceLine.contract_id) == contract_id, col(InvoiceLine.invoice_id) == invoice_id)
        .group_by(col(InvoiceLine.contract_line_id))
        .subquery("total")
    )
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == total.c.contract_line_id)
        .values(
            billed_quantity=col(ContractLine.billed_quantity) - total.c.quantity,
            billed_minor=col(ContractLine.billed_minor) - total.c.amount_minor,
        )
    )
    await tx.execute(
        update(InvoiceSource).where(*of_invoice, col(InvoiceSource.released_at).is_(None)).values(released_at=now)
    )


async def lock_lines(tx: Transaction, *, contract_id: UUID) -> None:
    """Hold back reviews and reversals, which change the lines' totals, until this transaction ends."""
    await lock_lines_of(tx, [contract_id])


async def lock_lines_of(tx: Transaction, contract_ids: Iterable[UUID]) -> None:
    """The same for the lines of several contracts."""
    lines = select(col(ContractLine.id)).where(col(ContractLine.contract_id).in_(contract_ids))
    in_order = lines.order_by(col(ContractLine.contract_id), col(ContractLine.id))
    await tx.execute(in_order.with_for_update(key_share=True))


def parties(contract: type[Contract]) -> tuple[dict[str, Any], list[tuple[Any, Any]]]:
    """Name and country of who sells, buys and issues, as they are today; with the joins that bring them."""
    columns, joins = {}, []
    for party, key in PARTIES.items():
        organization = aliased(Organization, name=party)
        columns[f"{party}_name"] = col(organization.name)
        columns[f"{party}_country_code"] = col(organization.country_code)
        whose = col(organization.kind) == "OPERATOR" if key is None else col(organization.id) == getattr(contract, key)
        joins.append((organization, whose))
    return columns, joins


def _drafted(scope: FromClause, draft: CTE) -> Any:  # noqa: ANN401  (an INSERT that returns)
    named, joins = parties(Contract)
    zero = literal_column("0", BigInteger())
    rows = (
        select(
            col(Contract.id),
            col(Contract.association_id),
            col(Contract.vendor_id),
            draft.c.id,
            scope.c.starts_on,
            scope.c.ends_on,
            col(Contract.currency_code),
            col(Contract.purchase_order_number),
            col(Contract.platform_fee_percent),
            cast(draft.c.subtotal_minor, BigInteger),
            zero,
            retained(draft.c.subtotal_minor),
            zero,
            literal_column("'DRAFT'", Text()),
            *named.values(),
        )
        .select_from(draft)
        .join(scope, scope.c.contract_id == draft.c.contract_id)
        .join(Contract, col(Contract.id) == draft.c.contract_id)
    )
    for organization, whose in joins:
        rows = rows.join(organization, whose)
    written = insert(Invoice).from_select([*KEY, *INVOICE_COLUMNS, *named], rows, include_defaults=False)
    return written.returning(*Invoice.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it


def retained(subtotal_minor: ColumnElement[Any]) -> ColumnElement[int]:
    """What of a net price the contract retains: `pricing.retainage.retained` in SQL."""
    percent = func.coalesce(col(Contract.retainage_percent), literal_column("0"))
    share = func.app.round_half_even(subtotal_minor * percent / literal_column("100"), literal_column("0"))
    return cast(share, BigInteger)


def _written(line: CTE) -> tuple[CTE, CTE]:
    lines = select(*(line.c[name] for name in [*KEY, *LINE_COLUMNS]))
    costs = select(
        *(line.c[name] for name in [*KEY, "id", "invoice_id"]),
        line.c.cost_basis,
        line.c.cost_minor,
        line.c.platform_fee_minor,
    )
    return (
        insert(InvoiceLine).from_select([*KEY, *LINE_COLUMNS], lines, include_defaults=False).cte("lines_written"),
        insert(InvoiceLineCost).from_select([*KEY, *COST_COLUMNS], costs, include_defaults=False).cte("costs_written"),
    )


def _claimed(source: CTE, line: CTE) -> CTE:
    bills = and_(
        source.c.contract_id == line.c.contract_id,
        source.c.contract_line_id == line.c.contract_line_id,
        source.c.rate_version == line.c.rate_version,
        source.c.tier_period_starts_on.is_not_distinct_from(line.c.tier_period_starts_on),
    )
    rows = (
        select(
            *(line.c[name] for name in [*KEY, "invoice_id"]),
            line.c.id.label("invoice_line_id"),
            func.uuidv7(),
            *(source.c[name] for name in SOURCE_COLUMNS),
        )
        .join(line, bills)
        # ids are made in this order, and the sources of a line are read by id
        .order_by(line.c.contract_id, line.c.position, source.c.done_on, source.c.decision_id, source.c.actual_cost_id)
    )
    return (
        insert(InvoiceSource)
        .from_select([*KEY, "invoice_id", "invoice_line_id", "id", *SOURCE_COLUMNS], rows, include_defaults=False)
        .returning(col(InvoiceSource.contract_id), col(InvoiceSource.decision_id), col(InvoiceSource.actual_cost_id))
        .cte("claimed")
    )


def _counted(line: CTE) -> CTE:
    total = (
        select(
            line.c.contract_id,
            line.c.contract_line_id,
            func.sum(line.c.quantity).label("quantity"),
            func.sum(line.c.amount_minor).label("amount_minor"),
        )
        .group_by(line.c.contract_id, line.c.contract_line_id)
        .subquery("total")
    )
    return (
        update(ContractLine)
        .where(col(ContractLine.contract_id) == total.c.contract_id, col(ContractLine.id) == total.c.contract_line_id)
        .values(
            billed_quantity=col(ContractLine.billed_quantity) + total.c.quantity,
            billed_minor=col(ContractLine.billed_minor) + total.c.amount_minor,
        )
        .cte("counted")
    )
