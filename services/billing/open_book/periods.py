"""The open book month by month: what invoices billed, less what credit notes took off, on standard cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Integer, Text, and_, cast, func, literal_column, select, true
from sqlmodel import col

from services.billing.adjustments.models import CreditNote, CreditNoteLine, CreditNoteLineCost
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceLineCost
from services.billing.open_book.prices import NOT_OWED
from services.billing.open_book.waterfall import (
    gross_margin,
    gross_margin_percent,
    markup_percent,
    vendor_margin,
    vendor_margin_percent,
    vendor_proceeds,
)
from services.contracts.reads import concerns

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader


def months(reader: Reader, vendor_id: UUID, contract_id: UUID | None = None) -> Select[Any]:
    """A vendor's books by month of the invoices' last day and by currency; of one contract, or of all.

    Only contracts whose books are fully open to the reader are in it: a sum with holes would be a wrong one.
    """
    line = _lines(reader, vendor_id, contract_id).subquery("line")
    price, cost, fee = (
        cast(func.sum(line.c[name]), BigInteger) for name in ("price_minor", "cost_minor", "platform_fee_minor")
    )
    starts_on = line.c.starts_on
    return select(
        line.c.vendor_id,
        line.c.currency_code,
        starts_on,
        cast(starts_on + literal_column("interval '1 month' - interval '1 day'"), Date).label("ends_on"),
        literal_column("'STANDARD'", Text()).label("cost_basis"),
        price.label("price_minor"),
        cast(func.sum(line.c.credits_minor), BigInteger).label("credits_minor"),
        cost.label("cost_minor"),
        gross_margin(price, cost).label("gross_margin_minor"),
        gross_margin_percent(price, cost).label("gross_margin_percent"),
        markup_percent(price, cost).label("markup_percent"),
        fee.label("platform_fee_minor"),
        vendor_margin(price, cost, fee).label("vendor_margin_minor"),
        vendor_margin_percent(price, cost, fee).label("vendor_margin_percent"),
        vendor_proceeds(price, fee).label("vendor_proceeds_minor"),
        cast(func.count(line.c.contract_id.distinct()), Integer).label("contract_count"),
    ).group_by(line.c.vendor_id, line.c.currency_code, starts_on)


def _lines(reader: Reader, vendor_id: UUID, contract_id: UUID | None) -> Select[Any]:
    """Each line that is owed, less its credits; only where its cost may be read."""
    credited = _credited()
    rows = (
        select(
            col(Invoice.vendor_id),
            col(Invoice.contract_id),
            col(Invoice.currency_code),
            cast(func.date_trunc("month", col(Invoice.period_ends_on)), Date).label("starts_on"),
            (col(InvoiceLine.amount_minor) - credited.c.amount_minor).label("price_minor"),
            credited.c.amount_minor.label("credits_minor"),
            (col(InvoiceLineCost.cost_minor) - credited.c.cost_minor).label("cost_minor"),
            (col(InvoiceLineCost.platform_fee_minor) - credited.c.fee_minor).label("platform_fee_minor"),
        )
        .join(
            InvoiceLine,
            and_(col(InvoiceLine.contract_id) == Invoice.contract_id, col(InvoiceLine.invoice_id) == Invoice.id),
        )
        .join(
            InvoiceLineCost,
            and_(
                col(InvoiceLineCost.contract_id) == InvoiceLine.contract_id,
                col(InvoiceLineCost.invoice_line_id) == InvoiceLine.id,
            ),
        )
        .join(credited, true())
        .where(
            concerns(reader, Invoice),
            col(Invoice.vendor_id) == vendor_id,
            col(Invoice.status).not_in(NOT_OWED),
            _open(),
        )
    )
    return rows if contract_id is None else rows.where(col(Invoice.contract_id) == contract_id)


def _open() -> ColumnElement[bool]:
    disclosure = func.app.disclosure(Invoice.contract_id, Invoice.association_id, Invoice.vendor_id, type_=Text())
    return disclosure == literal_column("'FULL'")


def _credited() -> Any:  # noqa: ANN401  (a LATERAL, whose columns are looked up by name)
    def total(minor: Any) -> ColumnElement[Any]:  # noqa: ANN401
        return cast(func.coalesce(func.sum(minor), literal_column("0")), BigInteger)

    return (
        select(
            total(CreditNoteLine.amount_minor).label("amount_minor"),
            total(CreditNoteLineCost.cost_minor).label("cost_minor"),
            total(CreditNoteLineCost.platform_fee_minor).label("fee_minor"),
        )
        .select_from(CreditNoteLine)
        .join(
            CreditNote,
            and_(
                col(CreditNote.contract_id) == CreditNoteLine.contract_id,
                col(CreditNote.id) == CreditNoteLine.credit_note_id,
            ),
        )
        .outerjoin(
            CreditNoteLineCost,
            and_(
                col(CreditNoteLineCost.contract_id) == CreditNoteLine.contract_id,
                col(CreditNoteLineCost.credit_note_line_id) == CreditNoteLine.id,
            ),
        )
        .where(
            col(CreditNoteLine.contract_id) == InvoiceLine.contract_id,
            col(CreditNoteLine.invoice_line_id) == InvoiceLine.id,
            col(CreditNote.voided_at).is_(None),
        )
        .correlate(InvoiceLine)
        .lateral("credited")
    )
