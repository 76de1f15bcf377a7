"""Drafts that correct an issued invoice: a copy of its head, and lines that are taxed and counted as any others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from core.ids import new_id
from services.billing.adjustments.shares import tax_on
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceSource
from services.contracts.models import ContractLine

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

HEAD: Final = """contract_id association_id vendor_id period_starts_on period_ends_on currency_code
purchase_order_number seller_name seller_country_code seller_region_code seller_tax_number buyer_name buyer_country_code
buyer_region_code buyer_tax_number issuer_name issuer_country_code platform_fee_percent""".split()
"""What a draft takes over; issuing brings the names up to date."""


async def draft_for(
    tx: Transaction, invoice: Row[Any], *, kind: str, reason: str, subtotal_minor: int, retained_minor: int = 0
) -> UUID:
    """Write the head of a draft that corrects an invoice; returns its id."""
    draft = {
        **{name: getattr(invoice, name) for name in HEAD},
        "id": new_id(),
        "kind": kind,
        "status": "DRAFT",
        "corrects_invoice_id": invoice.id,
        "adjustment_reason": reason,
        "subtotal_minor": subtotal_minor,
        "tax_total_minor": 0,
        "retained_minor": retained_minor,
        "amount_due_minor": 0,
    }
    await tx.execute(insert(Invoice).values(**draft))
    return draft["id"]  # type: ignore[no-any-return]  # a row's values are of any type


async def tax_and_count(tx: Transaction, contract_id: UUID, draft_id: UUID) -> None:
    """Sum up a draft's tax by category, and count its lines as billed on the contract's; these are locked.

    A line without sources bills a price and nothing that was delivered: its quantity does not count.
    """
    of_draft = (col(InvoiceLine.contract_id) == contract_id, col(InvoiceLine.invoice_id) == draft_id)
    rate = col(InvoiceLine.tax_rate_percent)
    taxable = await tx.all(
        select(rate.label("rate"), func.sum(InvoiceLine.amount_minor).label("minor"))
        .where(*of_draft)
        .group_by(col(InvoiceLine.tax_category_code), rate)
    )
    tax_minor = sum(tax_on(int(row.minor), row.rate) for row in taxable)
    draft = (col(Invoice.contract_id) == contract_id, col(Invoice.id) == draft_id)
    await tx.execute(update(Invoice).where(*draft).values(tax_total_minor=tax_minor))
    delivers = col(InvoiceLine.id).in_(
        select(col(InvoiceSource.invoice_line_id)).where(
            col(InvoiceSource.contract_id) == contract_id, col(InvoiceSource.invoice_id) == draft_id
        )
    )
    total = (
        select(
            col(InvoiceLine.contract_line_id),
            func.coalesce(func.sum(InvoiceLine.quantity).filter(delivers), 0).label("quantity"),
            func.sum(InvoiceLine.amount_minor).label("amount_minor"),
        )
        .where(*of_draft)
        .group_by(col(InvoiceLine.contract_line_id))
        .subquery("total")
    )
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == total.c.contract_line_id)
        .values(
            billed_quantity=col(ContractLine.billed_quantity) + total.c.quantity,
            billed_minor=col(ContractLine.billed_minor) + total.c.amount_minor,
        )
    )
