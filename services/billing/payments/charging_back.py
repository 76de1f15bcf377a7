"""Chargebacks: the payer's bank takes a payment back until it is decided whose the money is; the operator answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import check_words
from services.billing.adjustments.balance import credit_balance
from services.billing.invoices.models import Invoice
from services.billing.invoices.settling import OWED, settle
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Entry, Side
from services.billing.payments.locking import locked, row_of
from services.billing.payments.models import Chargeback, Payment
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey
    from services.billing.payments.seen import DisputeSeen

CHARGEBACK_ANSWERED: Final = "CHARGEBACK_ANSWERED"
"""The event after which the worker sends the answer to Stripe."""

LONGEST_ANSWER: Final = 20_000
"""What Stripe takes as text in all."""

RANK: Final = {"NEEDS_RESPONSE": 0, "UNDER_REVIEW": 1, "WON": 2, "LOST": 2}


class ChargebackClosed(DomainError):
    """The chargeback is decided, or was answered: an answer is given once."""


async def answer_chargeback(
    tx: Transaction, *, actor: Actor, contract_id: UUID, chargeback_id: UUID, answer: str, now: datetime
) -> RowKey:
    """Say why the payment was owed, once; the worker hands it to Stripe with the invoice's number as evidence.

    Returns the chargeback's key. Refuses with Forbidden, NotFound, ChargebackClosed, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECORD_PAYMENT, contract_id=contract_id, field="chargebackId", lock=True
    )
    answer = answer.strip()
    if faults := list(check_words(answer, longest=LONGEST_ANSWER, field="answer")):
        raise Refusals(faults)
    this = (col(Chargeback.contract_id) == contract_id, col(Chargeback.id) == chargeback_id)
    answered = await tx.execute(
        update(Chargeback)
        .where(*this, col(Chargeback.status) == "NEEDS_RESPONSE", col(Chargeback.answered_at).is_(None))
        .values(answer=answer, answered_at=now, changed_at=now, **actor.signed("answered_by"))
    )
    if answered.rowcount == 0:
        if await row_of(tx, Chargeback, contract_id, chargeback_id) is None:
            raise NotFound("there is no such chargeback", field="chargebackId")
        raise ChargebackClosed("the chargeback was answered or decided already", field="chargebackId")
    tx.emit(
        Event(
            CHARGEBACK_ANSWERED,
            object_id=chargeback_id,
            contract=key_of(contract),
            after={"answered": True},
            reason=answer[:2000],
            due_at=now,
        )
    )
    return RowKey(contract_id, chargeback_id)


async def answer_to_send(tx: Transaction, *, contract_id: UUID, chargeback_id: UUID) -> Row[Any] | None:
    """A chargeback's answer with the number of its invoice; None when there is nothing to send."""
    return await tx.one_or_none(
        select(col(Chargeback.stripe_dispute_id), col(Chargeback.answer), col(Invoice.number))
        .join(
            Invoice, (col(Invoice.contract_id) == Chargeback.contract_id) & (col(Invoice.id) == Chargeback.invoice_id)
        )
        .where(
            col(Chargeback.contract_id) == contract_id,
            col(Chargeback.id) == chargeback_id,
            col(Chargeback.answered_at).is_not(None),
            col(Chargeback.answer_sent_at).is_(None),
            col(Chargeback.failure_message).is_(None),
            col(Chargeback.closed_at).is_(None),
        )
    )


async def answer_sent(
    tx: Transaction, *, contract_id: UUID, chargeback_id: UUID, now: datetime, failure_message: str | None = None
) -> bool:
    """Take down that Stripe has the answer, or why it does not take it; False when that was known."""
    sent = await tx.execute(
        update(Chargeback)
        .where(
            col(Chargeback.contract_id) == contract_id,
            col(Chargeback.id) == chargeback_id,
            col(Chargeback.answer_sent_at).is_(None),
            col(Chargeback.failure_message).is_(None),
        )
        .values(answer_sent_at=None if failure_message else now, failure_message=failure_message, changed_at=now)
    )
    return sent.rowcount == 1


async def chargeback_moved(
    tx: Transaction, *, contract_id: UUID, payment_id: UUID, seen: DisputeSeen, now: datetime
) -> bool:
    """Take down where a dispute stands at Stripe, from its beginning however late it is heard of.

    Opened, the money is gone until it is decided. Won, it is back. Lost, the association owes what it paid: its credit
    is taken first, then the invoice is due again. False when all of that was known.
    """
    key = key_of(await locked(tx, contract_id))
    payment = await row_of(tx, Payment, contract_id, payment_id)
    assert payment is not None, "found by its charge"
    row = {
        **key.columns,
        "id": new_id(),
        "payment_id": payment_id,
        "invoice_id": payment.invoice_id,
        "currency_code": payment.currency_code,
        "amount_minor": seen.amount_minor,
        "status": "NEEDS_RESPONSE",
        "stripe_dispute_id": seen.dispute_id,
        "network_reason": seen.network_reason,
        "respond_by": seen.respond_by,
        "opened_at": seen.opened_at,
        "changed_at": now,
    }
    opened = (await tx.execute(upsert(Chargeback).values(**row).on_conflict_do_nothing())).rowcount == 1
    if opened:
        await _charged_back(tx, key, payment_id, seen.amount_minor, now=now)
        await _post(
            tx, key, "CHARGEBACK_OPENED", row, {Account.CHARGEBACK_RECEIVABLE: 1, Account.STRIPE_BALANCE: -1}, now=now
        )
    this = (col(Chargeback.contract_id) == contract_id, col(Chargeback.stripe_dispute_id) == seen.dispute_id)
    lower = [status for status, rank in RANK.items() if rank < RANK[seen.status]]
    moved = await tx.one_or_none(
        update(Chargeback)
        .where(*this, col(Chargeback.status).in_(lower))
        .values(
            status=seen.status, closed_at=now if seen.status in ("WON", "LOST") else None, changed_at=now,
            asked_at=seen.asked_at,
        )
        .returning(*Chargeback.__table__.c)  # type: ignore[attr-defined]
    )  # fmt: skip
    if moved is not None and seen.status == "WON":
        await _charged_back(tx, key, payment_id, -moved.amount_minor, now=now)
        await journal.reverse(
            tx,
            key,
            kind="CHARGEBACK_OPENED",
            by="CHARGEBACK_WON",
            invoice_id=moved.invoice_id,
            subject_id=moved.id,
            now=now,
        )
    elif moved is not None and seen.status == "LOST":
        await _lose(tx, key, moved, now=now)
    if opened or moved is not None:
        chargeback_id = moved.id if moved is not None else row["id"]
        tx.emit(
            Event(f"CHARGEBACK_{seen.status}", object_id=chargeback_id, contract=key, after={"status": seen.status})
        )
    return opened or moved is not None


async def _lose(tx: Transaction, key: ContractKey, chargeback: Row[Any], *, now: datetime) -> None:
    held = await credit_balance(tx, key.contract_id, chargeback.currency_code)
    credit = min(max(held, 0), chargeback.amount_minor)
    paid = await tx.scalar(
        select(col(Invoice.paid_minor)).where(
            col(Invoice.contract_id) == key.contract_id,
            col(Invoice.id) == chargeback.invoice_id,
            col(Invoice.status).in_(OWED),
        )
    )
    due_again = min(chargeback.amount_minor - credit, paid or 0)
    if due_again:
        await settle(tx, key.contract_id, chargeback.invoice_id, now=now, paid_minor=-due_again)
    sides = [
        Side(Account.ASSOCIATION_RECEIVABLE, chargeback.currency_code, due_again),
        # what was spent on another invoice meanwhile is owed, too: the credit goes below nothing
        Side(Account.ASSOCIATION_CREDIT, chargeback.currency_code, chargeback.amount_minor - due_again),
        Side(Account.CHARGEBACK_RECEIVABLE, chargeback.currency_code, -chargeback.amount_minor),
    ]
    kept = [side for side in sides if side.amount_minor]
    entry = Entry("CHARGEBACK_LOST", chargeback.invoice_id, now, kept, subject_id=chargeback.id)
    await journal.post(tx, key, entry, now=now)


async def _charged_back(tx: Transaction, key: ContractKey, payment_id: UUID, more: int, *, now: datetime) -> None:
    await tx.execute(
        update(Payment)
        .where(col(Payment.contract_id) == key.contract_id, col(Payment.id) == payment_id)
        .values(charged_back_minor=col(Payment.charged_back_minor) + more, changed_at=now)
    )


async def _post(
    tx: Transaction, key: ContractKey, kind: str, row: dict[str, Any], signs: dict[Account, int], *, now: datetime
) -> None:
    sides = [Side(account, row["currency_code"], sign * row["amount_minor"]) for account, sign in signs.items()]
    entry = Entry(kind, row["invoice_id"], row["opened_at"], sides, subject_id=row["id"])
    await journal.post(tx, key, entry, now=now)
