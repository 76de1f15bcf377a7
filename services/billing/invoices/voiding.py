"""Voiding an invoice: it stays, with its number, and what it billed can be billed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import Event
from core.ids import RowKey
from core.texts import check_words
from services.billing.invoices.claiming import lock_lines, release
from services.billing.invoices.models import Invoice
from services.billing.invoices.settling import OWED, InvoiceNotOwed
from services.billing.ledger import journal
from services.billing.ledger.models import JournalEntry
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Exists, Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000


class AlreadyVoid(DomainError):
    """The invoice was voided before; an invoice is void once."""


class InvoiceInUse(DomainError):
    """The invoice is paid, credited or disputed, retainage was released, or a debit note stands on it: credit it."""


async def void_invoice(
    tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Void an issued invoice: nothing is due on it, its entry is reversed, its acceptances and periods are free again.

    Returns the invoice's key. Refuses with Forbidden, NotFound, TextBlank or TextTooLong (the reason), AlreadyVoid,
    InvoiceNotOwed (a draft is discarded), or InvoiceInUse: then a credit note says what is not owed.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ISSUE_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    await lock_lines(tx, contract_id=contract_id)
    this = (col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    before = await tx.one_or_none(select(col(Invoice.number), col(Invoice.status)).where(*this))
    voided = await tx.one_or_none(
        update(Invoice)
        .where(
            *this,
            col(Invoice.status).in_(OWED),
            col(Invoice.paid_minor) + col(Invoice.credited_minor) + col(Invoice.disputed_minor) == 0,
            col(Invoice.written_off_minor) == 0,
            ~_debited(contract_id, invoice_id),
            ~_released(contract_id, invoice_id),
        )
        .values(status="VOID", voided_at=now, void_reason=reason, amount_due_minor=0, retained_minor=0)
        .returning(col(Invoice.number))
    )
    if voided is None or before is None:
        raise _refusal(before)
    await release(tx, contract_id=contract_id, invoice_id=invoice_id, now=now)
    await journal.reverse(
        tx, key_of(contract), kind="INVOICE_ISSUED", by="INVOICE_VOIDED", invoice_id=invoice_id, now=now
    )
    tx.emit(
        Event(
            "INVOICE_VOIDED",
            object_id=invoice_id,
            contract=key_of(contract),
            before={"number": voided.number, "status": before.status},
            after={"status": "VOID"},
            reason=reason,
        )
    )
    return RowKey(contract_id, invoice_id)


def _debited(contract_id: UUID, invoice_id: UUID) -> Exists:
    debit_note = aliased(Invoice)
    return exists().where(
        col(debit_note.contract_id) == contract_id,
        col(debit_note.corrects_invoice_id) == invoice_id,
        col(debit_note.status).in_(OWED),
    )


def _released(contract_id: UUID, invoice_id: UUID) -> Exists:
    return exists().where(
        col(JournalEntry.contract_id) == contract_id,
        col(JournalEntry.invoice_id) == invoice_id,
        col(JournalEntry.kind) == "RETAINAGE_RELEASED",
    )


def _refusal(invoice: Row[tuple[str | None, str]] | None) -> DomainError:
    if invoice is None:
        return NotFound("there is no such invoice", field="invoiceId")
    if invoice.status == "VOID":
        return AlreadyVoid(f"invoice {invoice.number} is void already", field="invoiceId")
    if invoice.status not in OWED:
        return InvoiceNotOwed(f"the invoice is {invoice.status}; an issued one would be right", field="invoiceId")
    message = f"invoice {invoice.number} is paid, credited, disputed or debited, at least in part; credit it instead"
    return InvoiceInUse(message, field="invoiceId")
