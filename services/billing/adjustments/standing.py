"""What still stands of an issued invoice, line by line: what was billed, less what was credited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select
from sqlmodel import col

from core.errors import NotFound
from services.billing.adjustments.models import CreditNote, CreditNoteLine, CreditNoteLineCost
from services.billing.adjustments.shares import tax_on
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceLineCost
from services.billing.invoices.settling import OWED, InvoiceNotOwed

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import TypeAlias
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

    Category: TypeAlias = tuple[str, Decimal]
    """A tax category and its rate: tax is rounded once for each (EN 16931 BG-23)."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line of an invoice and what stands of it, in minor units of its currency."""

    id: UUID
    contract_line_id: UUID
    position: int
    description: str
    unit: str
    currency_code: str
    billed_quantity: Decimal
    quantity: Decimal
    billed_minor: int
    amount_minor: int
    disputed_minor: int
    cost_minor: int
    platform_fee_minor: int
    tax_category: Category

    @property
    def untouched(self) -> bool:
        """Whether nothing of it was credited."""
        return self.amount_minor == self.billed_minor and self.quantity == self.billed_quantity


async def owed_invoice(tx: Transaction, contract_id: UUID, invoice_id: UUID, *, field: str = "invoiceId") -> Row[Any]:
    """An issued invoice that is not void; refuses with NotFound or InvoiceNotOwed. Its contract's row is locked."""
    invoice = await tx.one_or_none(
        select(*Invoice.__table__.c).where(  # type: ignore[attr-defined]  # SQLModel adds it
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id
        )
    )
    if invoice is None:
        raise NotFound("there is no such invoice", field=field)
    if invoice.status not in OWED:
        raise InvoiceNotOwed(f"the invoice is {invoice.status}; an issued one would be right", field=field)
    return invoice


async def standing_lines(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> list[StandingLine]:
    """The lines of an invoice in their order, with what stands of each."""
    taken = (
        select(
            col(CreditNoteLine.invoice_line_id),
            func.sum(CreditNoteLineCost.cost_minor).label("cost_minor"),
            func.sum(CreditNoteLineCost.platform_fee_minor).label("platform_fee_minor"),
        )
        .join(CreditNote, _note_of_line())
        .join(
            CreditNoteLineCost,
            and_(
                col(CreditNoteLineCost.contract_id) == CreditNoteLine.contract_id,
                col(CreditNoteLineCost.credit_note_line_id) == CreditNoteLine.id,
            ),
        )
        .where(*_standing_notes(contract_id, invoice_id))
        .group_by(col(CreditNoteLine.invoice_line_id))
        .subquery("taken")
    )
    rows = await tx.all(
        select(
            *InvoiceLine.__table__.c,  # type: ignore[attr-defined]
            (col(InvoiceLineCost.cost_minor) - func.coalesce(taken.c.cost_minor, 0)).label("cost_minor"),
            (col(InvoiceLineCost.platform_fee_minor) - func.coalesce(taken.c.platform_fee_minor, 0)).label(
                "platform_fee_minor"
            ),
        )
        .join(
            InvoiceLineCost,
            and_(
                col(InvoiceLineCost.contract_id) == InvoiceLine.contract_id,
                col(InvoiceLineCost.invoice_line_id) == InvoiceLine.id,
            ),
        )
        .outerjoin(taken, taken.c.invoice_line_id == InvoiceLine.id)
        .where(col(InvoiceLine.contract_id) == contract_id, col(InvoiceLine.invoice_id) == invoice_id)
        .order_by(col(InvoiceLine.position))
    )
    return [
        StandingLine(
            id=row.id,
            contract_line_id=row.contract_line_id,
            position=row.position,
            description=row.description,
            unit=row.unit,
            currency_code=row.currency_code,
            billed_quantity=row.quantity,
            quantity=row.quantity - row.credited_quantity,
            billed_minor=row.amount_minor,
            amount_minor=row.amount_minor - row.credited_minor,
            disputed_minor=row.disputed_minor,
            cost_minor=int(row.cost_minor),
            platform_fee_minor=int(row.platform_fee_minor),
            tax_category=(row.tax_category_code, row.tax_rate_percent),
        )
        for row in rows
    ]


async def standing_tax(
    tx: Transaction, contract_id: UUID, invoice_id: UUID, lines: list[StandingLine]
) -> dict[Category, int]:
    """The tax of an invoice by category, less what credit notes took off it."""
    credited = await tx.all(
        select(
            col(InvoiceLine.tax_category_code),
            col(InvoiceLine.tax_rate_percent),
            func.sum(CreditNoteLine.tax_minor).label("tax_minor"),
        )
        .select_from(CreditNoteLine)
        .join(CreditNote, _note_of_line())
        .join(
            InvoiceLine,
            and_(
                col(InvoiceLine.contract_id) == CreditNoteLine.contract_id,
                col(InvoiceLine.id) == CreditNoteLine.invoice_line_id,
            ),
        )
        .where(*_standing_notes(contract_id, invoice_id))
        .group_by(col(InvoiceLine.tax_category_code), col(InvoiceLine.tax_rate_percent))
    )
    taken = {(row.tax_category_code, row.tax_rate_percent): int(row.tax_minor) for row in credited}
    billed: dict[Category, int] = {}
    for line in lines:
        billed[line.tax_category] = billed.get(line.tax_category, 0) + line.billed_minor
    return {category: tax_on(minor, category[1]) - taken.get(category, 0) for category, minor in billed.items()}


async def credited_gross(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> int:
    """What standing credit notes of an invoice come to, tax included."""
    total = await tx.scalar(
        select(func.coalesce(func.sum(CreditNote.total_minor), 0)).where(*_standing_notes(contract_id, invoice_id))
    )
    return int(total)


def _note_of_line() -> Any:  # noqa: ANN401  (the condition of a join)
    return and_(
        col(CreditNote.contract_id) == CreditNoteLine.contract_id, col(CreditNote.id) == CreditNoteLine.credit_note_id
    )


def _standing_notes(contract_id: UUID, invoice_id: UUID) -> tuple[Any, ...]:
    return (
        col(CreditNote.contract_id) == contract_id,
        col(CreditNote.invoice_id) == invoice_id,
        col(CreditNote.status) == "ISSUED",
    )
