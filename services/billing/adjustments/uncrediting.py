"""Voiding a credit note, the reversal of a reversal: it stays, with its number, and what it credited is owed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.billing.adjustments.balance import require_credit
from services.billing.adjustments.freeing import take_sources_back
from services.billing.adjustments.models import CreditNote, CreditNoteLine
from services.billing.adjustments.reasons import checked_words
from services.billing.adjustments.writing import count
from services.billing.invoices.claiming import lock_lines
from services.billing.invoices.settling import settle
from services.billing.ledger import journal
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class CreditNoteVoid(DomainError):
    """The credit note was voided before; a credit note is void once."""


async def void_credit_note(
    tx: Transaction, *, actor: Actor, contract_id: UUID, credit_note_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Void a credit note: its entry is reversed, and what it took off the invoice is owed again; returns its key.

    What it freed is billed by the invoice again. Refuses with Forbidden, NotFound, TextBlank or TextTooLong (the
    reason), CreditNoteVoid, CreditSpent (what became credit of the association was returned or set against another
    invoice), or AlreadyBilled (what it freed was billed again, or is not accepted any more).
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ADJUST_INVOICE, contract_id=contract_id, field="creditNoteId", lock=True
    )
    reason = checked_words(reason)
    await lock_lines(tx, contract_id=contract_id)
    this = (col(CreditNote.contract_id) == contract_id, col(CreditNote.id) == credit_note_id)
    note = await tx.one_or_none(select(*CreditNote.__table__.c).where(*this))  # type: ignore[attr-defined]
    if note is None:
        raise NotFound("there is no such credit note", field="creditNoteId")
    if note.status == "VOID":
        raise CreditNoteVoid(f"credit note {note.number} is void already", field="creditNoteId")
    await require_credit(tx, contract_id, note.currency_code, note.refundable_minor, field="creditNoteId")
    lines = await tx.all(
        select(
            col(CreditNoteLine.invoice_line_id),
            col(CreditNoteLine.contract_line_id),
            col(CreditNoteLine.quantity),
            col(CreditNoteLine.amount_minor),
            col(CreditNoteLine.frees_sources),
        ).where(col(CreditNoteLine.contract_id) == contract_id, col(CreditNoteLine.credit_note_id) == credit_note_id)
    )
    await count(tx, contract_id, [tuple(line)[:4] for line in lines], sign=-1)
    freed = [line.invoice_line_id for line in lines if line.frees_sources]
    await take_sources_back(tx, contract_id, freed, freed_at=note.issued_at)
    await settle(
        tx,
        contract_id,
        note.invoice_id,
        now=now,
        credited_minor=-note.applied_minor - note.retained_minor,
        retained_minor=note.retained_minor,
        field="creditNoteId",
    )
    entry_id = await journal.reverse(
        tx,
        key_of(contract),
        kind="CREDIT_NOTE_ISSUED",
        by="CREDIT_NOTE_VOIDED",
        invoice_id=note.invoice_id,
        subject_id=note.id,
        now=now,
    )
    await tx.execute(
        update(CreditNote)
        .where(*this)
        .values(status="VOID", voided_at=now, void_reason=reason, voided_entry_id=entry_id, **actor.signed("voided_by"))
    )
    tx.emit(
        Event(
            "CREDIT_NOTE_VOIDED",
            object_id=note.id,
            contract=key_of(contract),
            before={"number": note.number, "status": "ISSUED"},
            after={"status": "VOID"},
            reason=reason,
        )
    )
    return RowKey(contract_id, note.id)
