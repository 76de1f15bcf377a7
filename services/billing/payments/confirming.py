"""Who may confirm a payment in a page of their own, with the secret that Stripe hands out for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError, NotFound
from services.billing.payments.locking import row_of
from services.billing.payments.models import Payment
from services.contracts.granted import contract_for
from services.identity.roles import Act

if TYPE_CHECKING:
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class PaymentNotConfirmable(DomainError):
    """The payment does not wait for its payer in a page of the association's own."""


async def intent_to_confirm(tx: Transaction, *, actor: Actor, contract_id: UUID, payment_id: UUID) -> str:
    """The PaymentIntent that waits for its payer; its secret is asked for outside of any transaction, and not kept.

    Refuses with Unauthenticated, NotFound, Forbidden, or PaymentNotConfirmable: it is over, is being cancelled, is paid
    on Stripe's page, or Stripe does not know of it yet.
    """
    await contract_for(tx, actor=actor, act=Act.PAY_INVOICE, contract_id=contract_id, field=None)
    payment = await row_of(tx, Payment, contract_id, payment_id)
    if payment is None:
        raise NotFound("there is no such payment")
    waits = payment.status in ("REQUIRES_ACTION", "FAILED") and payment.cancel_asked_at is None
    if payment.by_page or payment.stripe_payment_intent_id is None or not waits:
        stands = "is paid on Stripe's page" if payment.by_page else f"is {payment.status}"
        raise PaymentNotConfirmable(f"the payment {stands}; REQUIRES_ACTION, on your own page, would be right")
    return str(payment.stripe_payment_intent_id)
