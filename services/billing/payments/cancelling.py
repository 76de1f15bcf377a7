"""Giving a payment up that has brought nothing: asked for by the payer, done by the worker; what Stripe says wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.billing.payments.locking import locked, row_of
from services.billing.payments.models import Payment
from services.billing.payments.said import reason_in
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from core.actor import Actor
    from core.db import Transaction

PAYMENT_CANCELLING: Final = "PAYMENT_CANCELLING"
"""The event after which the worker asks Stripe to give the payment up."""

AT_STRIPE = or_(
    col(Payment.stripe_payment_intent_id).is_not(None), col(Payment.stripe_checkout_session_id).is_not(None)
)


class PaymentNotCancellable(DomainError):
    """The payment is over, was recorded by hand, or is being cancelled already; what was received is refunded."""


async def cancel_payment(
    tx: Transaction, *, actor: Actor, contract_id: UUID, payment_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Ask for a payment to be given up; who pays meanwhile has paid, and the payment is SUCCEEDED all the same.

    A bank debit that is PROCESSING can be given up in rare cases only; whether it was, Stripe says. Returns the
    payment's key. Refuses with Forbidden, NotFound, PaymentNotCancellable, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.PAY_INVOICE, contract_id=contract_id, field="paymentId", lock=True
    )
    reason = reason_in(reason)
    asked = await tx.execute(
        update(Payment)
        .where(
            *_this(contract_id, payment_id),
            col(Payment.provider) == "STRIPE",
            col(Payment.cancel_asked_at).is_(None),
            or_(
                col(Payment.status).in_(("STARTED", "REQUIRES_ACTION", "PROCESSING")),
                (col(Payment.status) == "FAILED") & AT_STRIPE,
            ),
        )
        .values(
            cancel_asked_at=now,
            cancel_reason=reason,
            cancel_failure=None,
            changed_at=now,
            **actor.signed("cancelled_by"),
        )
    )
    if asked.rowcount == 0:
        payment = await row_of(tx, Payment, contract_id, payment_id)
        if payment is None:
            raise NotFound("there is no such payment", field="paymentId")
        stands = "is being cancelled" if payment.cancel_asked_at else f"is {payment.status}"
        message = f"the payment {stands}; one through Stripe that waits for its payer would be right"
        raise PaymentNotCancellable(message, field="paymentId")
    tx.emit(
        Event(
            PAYMENT_CANCELLING,
            object_id=payment_id,
            contract=key_of(contract),
            after={"cancelling": True},
            reason=reason,
            due_at=now,
        )
    )
    return RowKey(contract_id, payment_id)


async def give_up_unasked(tx: Transaction, *, contract_id: UUID, payment_id: UUID, now: datetime) -> bool:
    """Cancel a payment that Stripe was never asked for: as which customer it is paid is kept before the first call."""
    key = key_of(await locked(tx, contract_id))
    given_up = await tx.execute(
        update(Payment)
        .where(
            *_this(contract_id, payment_id),
            col(Payment.status) == "STARTED",
            col(Payment.cancel_asked_at).is_not(None),
            col(Payment.stripe_customer_id).is_(None),
        )
        .values(status="CANCELLED", changed_at=now)
    )
    if given_up.rowcount == 0:
        return False
    after = {"status": "CANCELLED"}
    tx.emit(Event("PAYMENT_CANCELLED", object_id=payment_id, contract=key, before={"status": "STARTED"}, after=after))
    return True


async def payment_to_give_up(tx: Transaction, *, contract_id: UUID, payment_id: UUID) -> Row[Any] | None:
    """A payment that Stripe is to be asked to give up; None when it is over, or nobody asked for that."""
    columns = Payment.__table__.c  # type: ignore[attr-defined]
    return await tx.one_or_none(select(*columns).where(*_this(contract_id, payment_id), AT_STRIPE, _wanted()))


async def not_given_up(tx: Transaction, *, contract_id: UUID, payment_id: UUID, why: str, now: datetime) -> bool:
    """Take down that Stripe did not give a payment up, which goes on; it can be asked for again."""
    key = key_of(await locked(tx, contract_id))
    kept = await tx.execute(
        update(Payment)
        .where(*_this(contract_id, payment_id), _wanted())
        .values(cancel_asked_at=None, cancel_failure=why, changed_at=now)
    )
    if kept.rowcount == 0:
        return False
    tx.emit(Event("PAYMENT_NOT_CANCELLED", object_id=payment_id, contract=key, after={"cancelling": False}))
    return True


def _this(contract_id: UUID, payment_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id)


def _wanted() -> ColumnElement[bool]:
    return col(Payment.cancel_asked_at).is_not(None) & col(Payment.status).not_in(("SUCCEEDED", "CANCELLED"))
