"""Releasing retainage: what was retained of an invoice is due once the association says so, in whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import ContractKey, Event
from core.ids import RowKey, new_id
from core.money import InvalidAmount, to_minor
from core.texts import check_words
from services.billing.invoices.models import Invoice, RetainageRelease
from services.billing.invoices.settling import OWED, InvoiceNotOwed, settle
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Entry, Side
from services.contracts.granted import contract_for, key_of
from services.contracts.models import Contract
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
AT_ONCE: Final = 100
"""How many lost releases a sweep takes up."""


class NothingRetained(DomainError):
    """Nothing of the invoice is retained that is not released already, or less than would be released."""


async def release_retainage(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    amount: Decimal | None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Release what is retained of an invoice, or an amount of it in the invoice's currency; returns the release's key.

    The worker posts it, from when on it is due. Refuses with Forbidden, NotFound, TextBlank or TextTooLong (the
    reason), InvoiceNotOwed, InvalidAmount or NothingRetained.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RELEASE_RETAINAGE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    invoice = await tx.one_or_none(
        select(col(Invoice.number), col(Invoice.status), col(Invoice.currency_code), col(Invoice.retained_minor)).where(
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id
        )
    )
    if invoice is None:
        raise NotFound("there is no such invoice", field="invoiceId")
    if invoice.status not in OWED:
        raise InvoiceNotOwed(f"the invoice is {invoice.status}; an issued one would be right", field="invoiceId")
    waiting = await tx.scalar(
        select(func.coalesce(func.sum(RetainageRelease.amount_minor), 0)).where(
            col(RetainageRelease.contract_id) == contract_id,
            col(RetainageRelease.invoice_id) == invoice_id,
            col(RetainageRelease.posted_at).is_(None),
        )
    )
    left = invoice.retained_minor - int(waiting)
    released = left if amount is None else to_minor(amount, invoice.currency_code, field="amount")
    if amount is not None and released == 0:
        raise InvalidAmount("an amount above 0 is released; leave it out to release all", field="amount")
    if released > left or left <= 0:
        message = f"{left} minor units of {invoice.currency_code} are retained of {invoice.number} and not released"
        raise NothingRetained(f"{message}; at most that would be right", field="amount")
    release_id = new_id()
    await tx.execute(
        insert(RetainageRelease).values(
            **key_of(contract).columns,
            id=release_id,
            invoice_id=invoice_id,
            currency_code=invoice.currency_code,
            amount_minor=released,
            reason=reason,
            released_at=now,
            **actor.signed("released_by"),
        )
    )
    after = {"number": invoice.number, "released_minor": str(released), "currency_code": invoice.currency_code}
    tx.emit(Event("RETAINAGE_RELEASED", release_id, contract=key_of(contract), after=after, reason=reason, due_at=now))
    return RowKey(contract_id, invoice_id)


async def post_release(tx: Transaction, *, contract_id: UUID, release_id: UUID, now: datetime) -> bool:
    """Post a release and make it due, as the worker; whether there was one to post. It posts once, however often asked.

    Of an invoice that was voided since nothing is owed, and of one that was credited since no more than is retained.
    """
    contract = await tx.one_or_none(
        select(col(Contract.id), col(Contract.association_id), col(Contract.vendor_id))
        .where(col(Contract.id) == contract_id)
        .with_for_update(key_share=True)
    )
    if contract is None:
        return False
    release = await tx.one_or_none(
        update(RetainageRelease)
        .where(
            col(RetainageRelease.contract_id) == contract_id,
            col(RetainageRelease.id) == release_id,
            col(RetainageRelease.posted_at).is_(None),
        )
        .values(posted_at=now)
        .returning(
            col(RetainageRelease.invoice_id),
            col(RetainageRelease.amount_minor),
            col(RetainageRelease.currency_code),
        )
    )
    if release is None:
        return False
    invoice = await tx.one(
        select(col(Invoice.status), col(Invoice.retained_minor)).where(
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == release.invoice_id
        )
    )
    due = min(release.amount_minor, invoice.retained_minor) if invoice.status in OWED else 0
    if due:
        sides = [
            Side(Account.ASSOCIATION_RECEIVABLE, release.currency_code, due),
            Side(Account.RETAINAGE_RECEIVABLE, release.currency_code, -due),
        ]
        entry = Entry("RETAINAGE_RELEASED", release.invoice_id, now, sides, subject_id=release_id)
        await journal.post(tx, ContractKey(contract_id, contract.association_id, contract.vendor_id), entry, now=now)
        await settle(tx, contract_id, release.invoice_id, now=now, retained_minor=-due)
    return True


async def releases_to_post(tx: Transaction) -> list[RowKey]:
    """Releases whose posting was lost."""
    waiting = (
        select(col(RetainageRelease.contract_id), col(RetainageRelease.id))
        .where(col(RetainageRelease.posted_at).is_(None))
        .order_by(col(RetainageRelease.id))
        .limit(AT_ONCE)
    )
    return [RowKey(row.contract_id, row.id) for row in await tx.all(waiting)]
