"""The SELECTs of billing that others may page through; each names its tenant predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, and_, cast, false, func, literal_column, select, true
from sqlmodel import col

from services.billing.invoices.billable import billable_lines, one_contract
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceSource
from services.billing.invoices.taxing import taxed_lines
from services.billing.taxes.charging import by_category
from services.contracts.models import Contract
from services.contracts.reads import concerns
from services.delivery.models import Decision
from services.lms_admin.acts.reads import proving

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader
    from services.billing.invoices.billable import ContractId, Day


def invoices(reader: Reader) -> Select[Any]:
    """The invoices that the reader's organization sells, buys or, being the operator, issues."""
    return select(*Invoice.__table__.c).where(concerns(reader, Invoice))  # type: ignore[attr-defined]


def invoice(reader: Reader, contract_id: UUID, invoice_id: UUID) -> Select[Any]:
    """One of them."""
    return invoices(reader).where(col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)


def sources_of(line: Any) -> Select[Any]:  # noqa: ANN401  (a row of any SELECT that has the columns)
    """What a line of an invoice bills, with the rate it is billed at; work that was done first comes first."""
    return (
        select(
            *InvoiceSource.__table__.c,  # type: ignore[attr-defined]  # SQLModel adds it
            col(Decision.work_record_id),
            col(Decision.accepted_quantity),
            line.rate_card_key.label("rate_card_key"),
            line.rate_version.label("rate_version"),
        )
        .outerjoin(
            Decision,
            and_(col(Decision.contract_id) == InvoiceSource.contract_id, col(Decision.id) == InvoiceSource.decision_id),
        )
        .where(
            col(InvoiceSource.contract_id) == line.contract_id,
            col(InvoiceSource.invoice_line_id) == line.id,
        )
    )


def lines_billing(record: Any) -> Select[Any]:  # noqa: ANN401  (a row of work records)
    """The lines of invoices that bill a work record, void ones too."""
    line, source = InvoiceLine.__table__.c, InvoiceSource.__table__.c  # type: ignore[attr-defined]
    billed = (
        select(source.invoice_line_id)
        .join(Decision, and_(col(Decision.contract_id) == source.contract_id, col(Decision.id) == source.decision_id))
        .where(col(Decision.contract_id) == record.contract_id, col(Decision.work_record_id) == record.id)
    )
    return select(*line).where(line.contract_id == record.contract_id, line.id.in_(billed))


def acts_billed(line: Any) -> Select[Any]:  # noqa: ANN401  (a row of invoice lines)
    """The acts on an LMS that a line bills, with all that was tried about their items."""
    billed = (
        select(col(Decision.work_record_id))
        .join(
            InvoiceSource,
            and_(col(InvoiceSource.contract_id) == Decision.contract_id, col(InvoiceSource.decision_id) == Decision.id),
        )
        .where(col(InvoiceSource.contract_id) == line.contract_id, col(InvoiceSource.invoice_line_id) == line.id)
    )
    return proving(line.contract_id, billed)


def preview(reader: Reader, contract_id: ContractId, starts_on: Day, ends_on: Day) -> Select[Any]:
    """What an invoice would come to if its period were over; no row for whoever could not issue it, or no period."""
    line = _to_bill(contract_id, starts_on, ends_on).subquery("line")
    first, last = cast(starts_on, Date), cast(ends_on, Date)
    subtotal = select(
        cast(func.coalesce(func.sum(line.c.amount_minor), literal_column("0")), BigInteger).label("subtotal_minor")
    ).subquery("subtotal")
    tax = select(
        cast(func.coalesce(func.sum(by_category(line).subquery("taxed").c.tax_minor), literal_column("0")), BigInteger)
    ).scalar_subquery()
    may = func.app.has_role(literal_column("'BILLING_ADMIN'")) if reader.kind == "OPERATOR" else false()
    return (
        select(
            col(Contract.id).label("contract_id"),
            first.label("period_starts_on"),
            last.label("period_ends_on"),
            col(Contract.currency_code),
            subtotal.c.subtotal_minor,
            tax.label("tax_total_minor"),
        )
        .join(subtotal, true())
        .where(col(Contract.id) == contract_id, col(Contract.activated_at).is_not(None), first <= last, may)
    )


def preview_lines(preview: Any) -> Select[Any]:  # noqa: ANN401
    """The lines of a preview: the same SELECT that an invoice is written from, taxed as if it were issued today."""
    return _to_bill(preview.contract_id, preview.period_starts_on, preview.period_ends_on)


def preview_taxes(preview: Any) -> Select[Any]:  # noqa: ANN401
    """The taxes of a preview by category and rate."""
    return by_category(preview_lines(preview).subquery("line"))


def _to_bill(contract_id: ContractId, starts_on: Day, ends_on: Day) -> Select[Any]:
    line = billable_lines(one_contract(contract_id, starts_on, ends_on)).subquery("billed")
    today = cast(func.timezone(col(Contract.time_zone), func.now()), Date)
    dated = select(*line.c, today.label("on_day")).join(Contract, col(Contract.id) == line.c.contract_id)
    return taxed_lines(dated.subquery("dated"))
