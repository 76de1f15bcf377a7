"""Reading what goes on paper, under the rights of whoever asks: those who see the invoice, and row-level security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from core.ids import encode
from services.billing.adjustments.models import CreditNote, CreditNoteLine
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceSource
from services.billing.papers.paper import Paper, PaperLine, PaperTax, Party
from services.billing.taxes.charging import by_category
from services.contracts.models import Contract
from services.delivery.models import Decision

if TYPE_CHECKING:
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

MOST_ACCEPTANCES: Final = 100
TYPE_CODES: Final = {"INVOICE": "380", "DEBIT_NOTE": "383", "CORRECTED_INVOICE": "384"}
ON_PAPER: Final = ("ISSUED", "PARTLY_PAID", "PAID", "OVERDUE", "VOID")
"""A draft has no number, so there is nothing to hand out."""


async def invoice_paper(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> Paper | None:
    """An issued invoice; None of a draft, and of what is not there or not the asker's to see."""
    invoice = await tx.one_or_none(
        select(*Invoice.__table__.c).where(  # type: ignore[attr-defined]  # SQLModel adds it
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id, col(Invoice.status).in_(ON_PAPER)
        )
    )
    if invoice is None:
        return None
    line = InvoiceLine.__table__.c  # type: ignore[attr-defined]
    lines = select(*line).where(line.contract_id == contract_id, line.invoice_id == invoice_id)
    found = await tx.all(lines.order_by(line.position))
    taxes = await tx.all(by_category(lines.subquery("line")))
    return Paper(
        id=encode("inv", contract_id, invoice_id),
        type_code=TYPE_CODES[invoice.kind],
        number=invoice.number,
        issued_at=invoice.issued_at,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        preceding=await _preceding(tx, contract_id, invoice.corrects_invoice_id),
        reason=invoice.adjustment_reason,
        lines=tuple(
            PaperLine(
                encode("cln", contract_id, one.contract_line_id), one.description, one.unit, one.quantity,
                one.unit_price, one.amount_minor, one.tax_category_code, one.tax_rate_percent,
            )
            for one in found
        ),
        taxes=_sorted(
            PaperTax(
                one.tax_category_code, one.tax_rate_percent, one.taxable_minor, one.tax_minor, one.tax_reason_code,
                one.tax_reason,
            )
            for one in taxes
        ),
        acceptances=await _acceptances(tx, contract_id, invoice_id),
        subtotal_minor=invoice.subtotal_minor,
        tax_total_minor=invoice.tax_total_minor,
        total_minor=invoice.total_minor,
        is_void=invoice.status == "VOID",
        **await _of(tx, invoice),
    )  # fmt: skip


async def credit_note_paper(tx: Transaction, contract_id: UUID, note_id: UUID) -> Paper | None:
    """A credit note, in positive amounts as EN 16931 has them; None as of invoices."""
    note = await tx.one_or_none(
        select(*CreditNote.__table__.c).where(  # type: ignore[attr-defined]
            col(CreditNote.contract_id) == contract_id, col(CreditNote.id) == note_id
        )
    )
    if note is None:
        return None
    invoice = await tx.one(
        select(*Invoice.__table__.c).where(  # type: ignore[attr-defined]
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == note.invoice_id
        )
    )
    credited, billed = CreditNoteLine.__table__.c, InvoiceLine.__table__.c  # type: ignore[attr-defined]
    found = await tx.all(
        select(*credited, billed.tax_category_code, billed.tax_rate_percent, billed.tax_reason_code, billed.tax_reason)
        .join(InvoiceLine, (billed.contract_id == credited.contract_id) & (billed.id == credited.invoice_line_id))
        .where(credited.contract_id == contract_id, credited.credit_note_id == note_id)
        .order_by(credited.position)
    )
    return Paper(
        id=encode("crn", contract_id, note_id),
        type_code="381",
        number=note.number,
        issued_at=note.issued_at,
        issued_on=note.issued_on,
        due_on=None,
        preceding=(invoice.number, invoice.issued_on),
        reason=note.reason,
        lines=tuple(
            PaperLine(
                encode("cln", contract_id, one.contract_line_id), one.description, one.unit, one.quantity,
                # what a line credits is an amount: a part of a quantity times a price need not come to it
                None, one.amount_minor, one.tax_category_code, one.tax_rate_percent,
            )
            for one in found
        ),
        taxes=_summed(found),
        acceptances=(),
        subtotal_minor=note.subtotal_minor,
        tax_total_minor=note.tax_total_minor,
        total_minor=note.total_minor,
        is_void=note.status == "VOID",
        **await _of(tx, invoice),
    )  # fmt: skip


async def _of(tx: Transaction, invoice: Row[Any]) -> dict[str, Any]:
    """What an invoice and its credit notes have in common."""
    contract = await tx.one(select(col(Contract.title)).where(col(Contract.id) == invoice.contract_id))
    return {
        "contract_id": invoice.contract_id,
        "currency_code": invoice.currency_code,
        "starts_on": invoice.period_starts_on,
        "ends_on": invoice.period_ends_on,
        "contract": encode("con", invoice.contract_id),
        "contract_title": contract.title,
        "purchase_order_number": invoice.purchase_order_number,
        "seller": Party(
            encode("org", invoice.vendor_id), invoice.seller_name, invoice.seller_country_code,
            invoice.seller_region_code, invoice.seller_tax_number,
        ),
        "buyer": Party(
            encode("org", invoice.association_id), invoice.buyer_name, invoice.buyer_country_code,
            invoice.buyer_region_code, invoice.buyer_tax_number,
        ),
        "issuer": Party("", invoice.issuer_name, invoice.issuer_country_code),
    }  # fmt: skip


async def _preceding(tx: Transaction, contract_id: UUID, invoice_id: UUID | None) -> Any:  # noqa: ANN401 - a number and a day
    if invoice_id is None:
        return None
    before = await tx.one(
        select(col(Invoice.number), col(Invoice.issued_on)).where(
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id
        )
    )
    return before.number, before.issued_on


async def _acceptances(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> tuple[str, ...]:
    found = await tx.all(
        select(col(Decision.submission_id))
        .join(
            InvoiceSource,
            (col(InvoiceSource.contract_id) == Decision.contract_id) & (col(InvoiceSource.decision_id) == Decision.id),
        )
        .where(col(InvoiceSource.contract_id) == contract_id, col(InvoiceSource.invoice_id) == invoice_id)
        .distinct()
        .order_by(col(Decision.submission_id))
        .limit(MOST_ACCEPTANCES)
    )
    return tuple(encode("sub", contract_id, one.submission_id) for one in found)


def _sorted(taxes: Any) -> tuple[PaperTax, ...]:  # noqa: ANN401 - any run of taxes
    return tuple(sorted(taxes, key=lambda one: (one.category_code, one.rate_percent)))


def _summed(lines: Any) -> tuple[PaperTax, ...]:  # noqa: ANN401 - rows of a credit note's lines
    groups: dict[tuple[str, Any], list[Any]] = {}
    for one in lines:
        groups.setdefault((one.tax_category_code, one.tax_rate_percent), []).append(one)
    return _sorted(
        PaperTax(
            category,
            rate,
            sum(one.amount_minor for one in of_it),
            sum(one.tax_minor for one in of_it),
            of_it[0].tax_reason_code,
            of_it[0].tax_reason,
        )
        for (category, rate), of_it in groups.items()
    )
