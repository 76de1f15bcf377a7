"""What can be read of platform fee invoices; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Text, Uuid, cast, false, func, literal_column, null, select
from sqlmodel import col

from services.billing.platform_fees.models import PlatformFeeInvoice, PlatformFeeLine
from services.billing.platform_fees.owing import owed_lines, owed_total
from services.billing.taxes.reads import of_the_operator

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def platform_fee_invoices(reader: Reader) -> Select[Any]:
    """What the operator billed to the reader's vendor, or to all for the operator."""
    rows = select(*PlatformFeeInvoice.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
    if reader.kind == "VENDOR":
        return rows.where(col(PlatformFeeInvoice.vendor_id) == reader.organization_id)
    return rows.where(of_the_operator(reader))


def platform_fee_invoice(reader: Reader, invoice_id: UUID) -> Select[Any]:
    """One of them."""
    return platform_fee_invoices(reader).where(col(PlatformFeeInvoice.id) == invoice_id)


def lines_of(invoice: Any) -> Select[Any]:  # noqa: ANN401  (a row of platform fee invoices)
    """What one is made of."""
    lines = select(*PlatformFeeLine.__table__.c)  # type: ignore[attr-defined]
    return lines.where(col(PlatformFeeLine.platform_fee_invoice_id) == invoice.id)


def preview(reader: Reader, vendor_id: UUID, currency_code: str, month: date) -> Select[Any]:
    """What an invoice would come to; no row for whoever could not issue it."""
    lines = owed_lines(vendor_id, currency_code, month).subquery("line")
    may = func.app.has_role(literal_column("'BILLING_ADMIN'")) if reader.kind == "OPERATOR" else false()
    summed = select(owed_total(lines.c).label("subtotal_minor")).subquery("summed")
    return select(
        cast(vendor_id, Uuid).label("vendor_id"),
        cast(currency_code, Text).label("currency_code"),
        cast(month, Date).label("month_starts_on"),
        summed.c.subtotal_minor,
    ).where(may)


def preview_lines(preview: Any) -> Select[Any]:  # noqa: ANN401  (a row of previews)
    """The same SELECT that the invoice's lines are written from; they are taxed when it is issued."""
    owed = owed_lines(preview.vendor_id, preview.currency_code, preview.month_starts_on)
    return owed.add_columns(cast(null(), BigInteger).label("tax_minor"))
