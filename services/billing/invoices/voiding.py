"""Voiding an invoice: it stays, with its number, and what it billed can be billed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import Event
from core.ids import RowKey
from core.texts import check_words
from services.billing.invoices.claiming import lock_lines, release
from services.billing.invoices.models import Invoice
from services.billing.ledger import journal
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000


class AlreadyVoid(DomainError):
    """The invoice was voided before; an invoice is void once."""


async def void_invoice(
    tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Void an issued invoice: nothing is due on it, its entry is reversed, its acceptances and periods are free again.

    Returns the invoice's key. Refuses with Forbidden, NotFound, TextBlank or TextTooLong (the reason),
    or AlreadyVoid.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ISSUE_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    await lock_lines(tx, contract_id=contract_id)
    this = (col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    voided = await tx.one_or_none(
        update(Invoice)
        .where(*this, col(Invoice.status) == "ISSUED")
        .values(status="VOID", voided_at=now, void_reason=reason, amount_due_minor=0)
        .returning(col(Invoice.number))
    )
    if voided is None:
        number = await tx.scalar(select(col(Invoice.number)).where(*this))
        if number is None:
            raise NotFound("there is no such invoice", field="invoiceId")
        raise AlreadyVoid(f"invoice {number} is void already", field="invoiceId")
    await release(tx, contract_id=contract_id, invoice_id=invoice_id, now=now)
    await journal.reverse(
        tx, key_of(contract), kind="INVOICE_ISSUED", by="INVOICE_VOIDED", invoice_id=invoice_id, now=now
    )
    tx.emit(
        Event(
            "INVOICE_VOIDED",
            object_id=invoice_id,
            contract=key_of(contract),
            before={"number": voided.number, "status": "ISSUED"},
            after={"status": "VOID"},
            reason=reason,
        )
    )
    return RowKey(contract_id, invoice_id)
