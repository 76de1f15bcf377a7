"""The SELECTs of adjustments that others may page through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select
from sqlmodel import col

from services.billing.adjustments.models import CreditNote, InvoiceDispute, InvoiceDisputeEvidence
from services.contracts.reads import concerns
from services.delivery.models import Evidence

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def credit_notes(reader: Reader) -> Select[Any]:
    """The credit notes that the reader's organization grants, gets or, being the operator, issues."""
    return select(*CreditNote.__table__.c).where(concerns(reader, CreditNote))  # type: ignore[attr-defined]


def credit_note(reader: Reader, contract_id: UUID, note_id: UUID) -> Select[Any]:
    """One of them."""
    return credit_notes(reader).where(col(CreditNote.contract_id) == contract_id, col(CreditNote.id) == note_id)


def disputes(reader: Reader) -> Select[Any]:
    """The disputes of invoices that the reader's organization raised, is the vendor of, or resolves."""
    return select(*InvoiceDispute.__table__.c).where(concerns(reader, InvoiceDispute))  # type: ignore[attr-defined]


def dispute(reader: Reader, contract_id: UUID, dispute_id: UUID) -> Select[Any]:
    """One of them."""
    return disputes(reader).where(col(InvoiceDispute.contract_id) == contract_id, col(InvoiceDispute.id) == dispute_id)


def evidence_of(dispute: Any) -> Select[Any]:  # noqa: ANN401  (a row of disputes)
    """The files that show what a dispute says."""
    shown = and_(
        col(InvoiceDisputeEvidence.contract_id) == Evidence.contract_id,
        col(InvoiceDisputeEvidence.evidence_id) == Evidence.id,
    )
    return (
        select(*Evidence.__table__.c)  # type: ignore[attr-defined]
        .join(InvoiceDisputeEvidence, shown)
        .where(
            col(InvoiceDisputeEvidence.contract_id) == dispute.contract_id,
            col(InvoiceDisputeEvidence.dispute_id) == dispute.id,
        )
    )
