"""Drafts: what they bill is set aside for them, until they are issued, with a number, or discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import ContractKey, Event
from core.ids import RowKey
from core.texts import check_words
from services.billing.invoices.billable import many_contracts
from services.billing.invoices.claiming import claim, lock_lines, release
from services.billing.invoices.invoicing import NothingToBill, require_billable
from services.billing.invoices.issuing import issue
from services.billing.invoices.models import Invoice
from services.contracts.days import today_in
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
TOLD: Final = ("status", "period_starts_on", "period_ends_on", "currency_code", "subtotal_minor")


class NotDraft(DomainError):
    """The invoice is no draft any more: it was issued or discarded."""


async def draft_invoice(
    tx: Transaction, *, actor: Actor, contract_id: UUID, starts_on: date, ends_on: date, now: datetime
) -> RowKey:
    """Prepare an invoice of a contract for a period of whole days; it takes and refuses what `issue_invoice` does.

    It has no number and is not owed. Returns its key.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ISSUE_INVOICE, contract_id=contract_id, lock=True)
    require_billable(contract, starts_on, ends_on, today_in(contract.time_zone, now))
    await lock_lines(tx, contract_id=contract_id)
    drafts = await claim(tx, many_contracts([contract_id], starts_on, ends_on))
    if not drafts:
        raise NothingToBill(f"nothing done by {ends_on} is accepted and not yet billed", field="period")
    tell_drafted(tx, drafts[0])
    return RowKey(contract_id, drafts[0].id)


async def issue_draft(tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, now: datetime) -> RowKey:
    """Issue a draft: from this day on it is owed, with the vendor's next number. Returns its key.

    Refuses with Unauthenticated, Forbidden, NotFound or NotDraft.
    """
    await contract_for(tx, actor=actor, act=Act.ISSUE_INVOICE, contract_id=contract_id, field="invoiceId", lock=True)
    key = RowKey(contract_id, invoice_id)
    if not await issue(tx, [key], signed=actor.signed("issued_by"), now=now):
        raise await _no_draft(tx, key)
    return key


async def discard_draft(
    tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Discard a draft: its lines stay to be read, and what it billed can be billed again. Returns its key.

    Refuses with Unauthenticated, Forbidden, NotFound, TextBlank or TextTooLong (the reason), or NotDraft.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ISSUE_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    await lock_lines(tx, contract_id=contract_id)
    this = (col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    discarding = update(Invoice).where(*this, col(Invoice.status) == "DRAFT").values(status="DISCARDED")
    if not (await tx.execute(discarding)).rowcount:
        raise await _no_draft(tx, RowKey(contract_id, invoice_id))
    await release(tx, contract_id=contract_id, invoice_id=invoice_id, now=now)
    before, after = {"status": "DRAFT"}, {"status": "DISCARDED"}
    tx.emit(Event("INVOICE_DISCARDED", invoice_id, key_of(contract), before=before, after=after, reason=reason))
    return RowKey(contract_id, invoice_id)


def tell_drafted(tx: Transaction, draft: Row[Any], *, reason: str | None = None) -> None:
    """Note that a draft was written."""
    contract = ContractKey(draft.contract_id, draft.association_id, draft.vendor_id)
    after = {name: str(getattr(draft, name)) for name in TOLD}
    tx.emit(Event("INVOICE_DRAFTED", object_id=draft.id, contract=contract, after=after, reason=reason))


async def _no_draft(tx: Transaction, key: RowKey) -> DomainError:
    this = (col(Invoice.contract_id) == key.contract_id, col(Invoice.id) == key.id)
    status = await tx.scalar(select(col(Invoice.status)).where(*this))
    if status is None:
        return NotFound("there is no such invoice", field="invoiceId")
    return NotDraft(f"it is {status}: only a DRAFT is issued or discarded", field="invoiceId")
