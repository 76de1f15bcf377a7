"""What an invoice takes from accepted work and contract lines, and gives back when it is void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Text, and_, func, insert, literal, literal_column, select, update
from sqlmodel import col

from services.billing.invoices.billable import billable_lines, billable_sources
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost, InvoiceSource
from services.contracts.models import ContractLine
from services.delivery.models import Decision
from services.delivery.reversing import AlreadyBilled

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Subquery

    from core.db import Transaction

LINE_COLUMNS: Final = """contract_id association_id vendor_id contract_line_id position description unit currency_code
quantity late_quantity unit_price rate_card_key rate_version amount_minor""".split()
COST_COLUMNS: Final = """contract_id association_id vendor_id invoice_line_id invoice_id cost_basis cost_minor
platform_fee_minor""".split()


async def claim(tx: Transaction, *, contract_id: UUID, invoice_id: UUID, starts_on: date, ends_on: date) -> None:
    """Write an invoice's lines with cost and sources, and mark what they bill; the contract's lines are locked.

    Refuses with AlreadyBilled what another standing invoice claims.
    """
    line = billable_lines(contract_id, starts_on, ends_on).subquery("line")
    source = billable_sources(contract_id, starts_on, ends_on).subquery("source")
    await tx.execute(
        insert(InvoiceLine).from_select(
            ["id", "invoice_id", *LINE_COLUMNS],
            select(func.uuidv7(), literal(invoice_id), *(line.c[name] for name in LINE_COLUMNS)).order_by(
                line.c.position
            ),
        )
    )
    written = (col(InvoiceLine.contract_id), col(InvoiceLine.association_id), col(InvoiceLine.vendor_id))
    await tx.execute(
        insert(InvoiceLineCost).from_select(
            COST_COLUMNS,
            select(
                *written,
                col(InvoiceLine.id),
                col(InvoiceLine.invoice_id),
                literal_column("'STANDARD'", Text()),
                line.c.cost_minor,
                line.c.platform_fee_minor,
            ).join(line, _bills(invoice_id, line)),
        )
    )
    claimed = "contract_line_id kind decision_id period_starts_on period_ends_on quantity late".split()
    refused = AlreadyBilled("what this period would bill is on another invoice already", field="period")
    await tx.execute(
        insert(InvoiceSource).from_select(
            ["id", "contract_id", "association_id", "vendor_id", "invoice_id", "invoice_line_id", *claimed],
            select(
                func.uuidv7(),
                *written,
                col(InvoiceLine.invoice_id),
                col(InvoiceLine.id),
                *(source.c[name] for name in claimed),
            )
            .join(source, _bills(invoice_id, source))
            # ids are made in this order, and the sources of a line are read by id
            .order_by(col(InvoiceLine.position), source.c.done_on, source.c.decision_id),
        ),
        refusing={"acceptance_billed_once": refused, "recurring_period_billed_once": refused},
    )
    await _mark(tx, contract_id=contract_id, invoice_id=invoice_id, billed=True)


async def release(tx: Transaction, *, contract_id: UUID, invoice_id: UUID, now: datetime) -> None:
    """Give back what a void invoice billed, so that it can be billed again; the contract's lines are locked."""
    await _mark(tx, contract_id=contract_id, invoice_id=invoice_id, billed=False)
    await tx.execute(
        update(InvoiceSource)
        .where(
            col(InvoiceSource.contract_id) == contract_id,
            col(InvoiceSource.invoice_id) == invoice_id,
            col(InvoiceSource.released_at).is_(None),
        )
        .values(released_at=now)
    )


async def lock_lines(tx: Transaction, *, contract_id: UUID) -> None:
    """Hold back reviews and reversals, which change the lines' totals, until this transaction ends."""
    lines = select(col(ContractLine.id)).where(col(ContractLine.contract_id) == contract_id)
    await tx.execute(lines.order_by(col(ContractLine.id)).with_for_update(key_share=True))


async def _mark(tx: Transaction, *, contract_id: UUID, invoice_id: UUID, billed: bool) -> None:
    """Mark the acceptances as billed or not, and move the lines' totals of what is billed."""
    sources = select(col(InvoiceSource.decision_id)).where(
        col(InvoiceSource.contract_id) == contract_id,
        col(InvoiceSource.invoice_id) == invoice_id,
        col(InvoiceSource.decision_id).is_not(None),
    )
    await tx.execute(
        update(Decision)
        .where(col(Decision.contract_id) == contract_id, col(Decision.id).in_(sources))
        .values(billed=billed)
    )
    total = (
        select(
            col(InvoiceLine.contract_line_id),
            func.sum(InvoiceLine.quantity).label("quantity"),
            func.sum(InvoiceLine.amount_minor).label("amount_minor"),
        )
        .where(col(InvoiceLine.contract_id) == contract_id, col(InvoiceLine.invoice_id) == invoice_id)
        .group_by(col(InvoiceLine.contract_line_id))
        .subquery("total")
    )
    sign = 1 if billed else -1
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == total.c.contract_line_id)
        .values(
            billed_quantity=col(ContractLine.billed_quantity) + sign * total.c.quantity,
            billed_minor=col(ContractLine.billed_minor) + sign * total.c.amount_minor,
        )
    )


def _bills(invoice_id: UUID, billable: Subquery) -> ColumnElement[bool]:
    """The invoice's line that bills a source or a group of them."""
    return and_(
        col(InvoiceLine.contract_id) == billable.c.contract_id,
        col(InvoiceLine.invoice_id) == invoice_id,
        col(InvoiceLine.contract_line_id) == billable.c.contract_line_id,
        col(InvoiceLine.rate_version) == billable.c.rate_version,
    )
