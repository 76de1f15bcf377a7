"""Money that goes back to the association: taken off what is held of it before it is sent, put back where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.adjustments.balance import credit_balance
from services.billing.invoices.settling import settle
from services.billing.ledger.journal import Account, Entry, Side, post
from services.billing.payments.amounts import minor_in
from services.billing.payments.holding import require_unsettled
from services.billing.payments.locking import locked, row_of
from services.billing.payments.models import Payment, Refund
from services.billing.payments.receiving import HELD_AT, applied_to
from services.billing.payments.said import reason_in, reference_in
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey
    from services.billing.payments.seen import RefundSeen

REFUND_ORDERED = "REFUND_ORDERED"
"""The event after which the worker asks Stripe to refund."""


class MoreThanReceived(DomainError):
    """More would go back than was received with the payment and is left of it."""


@dataclass(frozen=True, slots=True)
class Back:
    """How much goes back, and, of a payment by hand, the reference of the transfer that sends it."""

    amount: Decimal
    currency_code: str
    reference: str | None


async def refund_payment(
    tx: Transaction, *, actor: Actor, contract_id: UUID, payment_id: UUID, back: Back, reason: str, now: datetime
) -> RowKey:
    """Give back a payment or a part of it: out of the association's credit first, then its invoice is due again.

    What came through Stripe goes back there, in the background; what came by hand was sent by the operator's bank.
    Returns the refund's key. Refuses with Forbidden, NotFound, OtherCurrency, InvalidAmount, MoreThanReceived,
    MoreThanStands (the money pays another invoice), SettledAlready, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECORD_PAYMENT, contract_id=contract_id, field="paymentId", lock=True
    )
    reason, key = reason_in(reason), key_of(contract)
    amount_minor = minor_in(back.amount, back.currency_code, of=contract.currency_code)
    payment = await row_of(tx, Payment, contract_id, payment_id)
    if payment is None:
        raise NotFound("there is no such payment", field="paymentId")
    by_hand = payment.provider == "BY_HAND"
    refund = {
        **actor.signed("started_by"),
        "status": "SUCCEEDED" if by_hand else "STARTED",
        "reference": reference_in(back.reference or "") if by_hand else None,
        "reason": reason,
    }
    refund_id = await take_back(tx, key, payment, amount_minor, refund, now=now)
    await require_unsettled(tx, contract_id, payment.invoice_id, field="amount")
    after = {"payment_id": str(payment_id), "amount_minor": amount_minor, "currency_code": contract.currency_code}
    tx.emit(
        Event(
            REFUND_ORDERED,
            object_id=refund_id,
            contract=key,
            after=after,
            reason=reason,
            due_at=None if by_hand else now,
        )
    )
    return RowKey(contract_id, refund_id)


async def take_back(
    tx: Transaction, key: ContractKey, payment: Row[Any], amount_minor: int, refund: dict[str, Any], *, now: datetime
) -> UUID:
    """Write a refund down and post it, under the contract's lock; refuses with MoreThanReceived.

    It is posted before the money has left, so that nobody spends it meanwhile.
    """
    left = await tx.execute(
        update(Payment)
        .where(
            col(Payment.contract_id) == key.contract_id,
            col(Payment.id) == payment.id,
            col(Payment.reversed_at).is_(None),
            col(Payment.received_minor) >= col(Payment.refunded_minor) + col(Payment.charged_back_minor) + amount_minor,
        )
        .values(refunded_minor=col(Payment.refunded_minor) + amount_minor, changed_at=now)
    )
    if left.rowcount == 0:
        rest = 0 if payment.reversed_at else payment.received_minor - payment.refunded_minor
        message = f"{rest - payment.charged_back_minor} minor units of it are left, not {amount_minor}"
        raise MoreThanReceived(message, field="amount.amount")
    held = await credit_balance(tx, key.contract_id, payment.currency_code)
    credit_minor = min(max(held, 0), amount_minor)
    row = {
        **key.columns,
        "id": new_id(),
        "payment_id": payment.id,
        "invoice_id": payment.invoice_id,
        "provider": payment.provider,
        "currency_code": payment.currency_code,
        "amount_minor": amount_minor,
        "credit_minor": credit_minor,
        "started_at": now,
        "changed_at": now,
        **refund,
    }
    await tx.execute(insert(Refund).values(**row))
    if credit_minor < amount_minor:
        due_again = credit_minor - amount_minor
        await settle(tx, key.contract_id, payment.invoice_id, now=now, paid_minor=due_again, field="amount")
    await _post(tx, key, "REFUND_PAID", row, row["credit_minor"], now=now)
    return row["id"]  # type: ignore[no-any-return]  # a row's values are of any type


async def refund_moved(
    tx: Transaction,
    *,
    contract_id: UUID,
    refund_id: UUID,
    status: str,
    now: datetime,
    stripe_refund_id: str | None = None,
    failure: tuple[str | None, str | None] = (None, None),
) -> bool:
    """Take down what became of a refund at Stripe: PROCESSING, SUCCEEDED or FAILED; False when that was known.

    One that failed is put back: the invoice is paid again as far as it still asks for it, the rest is credit.
    """
    key = key_of(await locked(tx, contract_id))
    before = {"PROCESSING": ("STARTED",), "SUCCEEDED": ("STARTED", "PROCESSING")}
    moved = await tx.one_or_none(
        update(Refund)
        .where(
            col(Refund.contract_id) == contract_id,
            col(Refund.id) == refund_id,
            col(Refund.status).in_(before.get(status, ("STARTED", "PROCESSING", "SUCCEEDED"))),
        )
        .values(
            status=status,
            stripe_refund_id=stripe_refund_id or col(Refund.stripe_refund_id),
            failure_code=failure[0],
            failure_message=failure[1],
            changed_at=now,
        )
        .returning(*Refund.__table__.c)  # type: ignore[attr-defined]
    )
    if moved is None:
        return False
    if status == "FAILED":
        await _put_back(tx, key, moved, now=now)
    tx.emit(Event(f"REFUND_{status}", object_id=refund_id, contract=key, after={"status": status}))
    return True


async def refund_asked(tx: Transaction, *, contract_id: UUID, refund_id: UUID, now: datetime) -> Row[Any] | None:
    """A refund that Stripe is to be asked for, with the intent it is of; None when that is over."""
    return await tx.one_or_none(
        select(
            col(Refund.contract_id),
            col(Refund.id),
            col(Refund.amount_minor),
            col(Refund.stripe_refund_id),
            col(Payment.stripe_payment_intent_id),
        )
        .join(Payment, (col(Payment.contract_id) == Refund.contract_id) & (col(Payment.id) == Refund.payment_id))
        .where(
            col(Refund.contract_id) == contract_id,
            col(Refund.id) == refund_id,
            col(Refund.status).in_(("STARTED", "PROCESSING")),
            col(Refund.provider) == "STRIPE",
            col(Refund.started_at) <= now,
        )
    )


async def adopt_refund(tx: Transaction, *, payment: RowKey, refund: RefundSeen, now: datetime) -> RowKey:
    """Take down a refund that somebody made at Stripe itself; returns its key. Refuses with MoreThanReceived."""
    key = key_of(await locked(tx, payment.contract_id))
    row = await row_of(tx, Payment, payment.contract_id, payment.id)
    assert row is not None, "found before"
    told = {
        "status": "STARTED",
        "stripe_refund_id": refund.refund_id,
        "reason": "Made at Stripe",
        "started_by_name": "Stripe",
        "started_by_email": "",
        "started_by_organization_name": "",
    }
    refund_id = await take_back(tx, key, row, refund.amount_minor, told, now=now)
    after = {"payment_id": str(payment.id), "amount_minor": refund.amount_minor}
    tx.emit(Event("REFUND_ADOPTED", object_id=refund_id, contract=key, after=after, reason="Made at Stripe"))
    return RowKey(payment.contract_id, refund_id)


async def _put_back(tx: Transaction, key: ContractKey, refund: Row[Any], *, now: datetime) -> None:
    await tx.execute(
        update(Payment)
        .where(col(Payment.contract_id) == key.contract_id, col(Payment.id) == refund.payment_id)
        .values(refunded_minor=col(Payment.refunded_minor) - refund.amount_minor, changed_at=now)
    )
    wanted = refund.amount_minor - refund.credit_minor
    paid = await applied_to(tx, key.contract_id, refund.invoice_id, wanted)
    if paid:
        await settle(tx, key.contract_id, refund.invoice_id, now=now, paid_minor=paid)
    await _post(tx, key, "REFUND_FAILED", refund._asdict(), refund.amount_minor - paid, now=now)


async def _post(
    tx: Transaction, key: ContractKey, kind: str, refund: dict[str, Any], credit_minor: int, *, now: datetime
) -> None:
    amount, sign = refund["amount_minor"], 1 if kind == "REFUND_PAID" else -1
    sides = [
        Side(Account.ASSOCIATION_RECEIVABLE, refund["currency_code"], sign * (amount - credit_minor)),
        Side(Account.ASSOCIATION_CREDIT, refund["currency_code"], sign * credit_minor),
        Side(HELD_AT[refund["provider"]], refund["currency_code"], -sign * amount),
    ]
    entry = Entry(
        kind, refund["invoice_id"], now, [side for side in sides if side.amount_minor], subject_id=refund["id"]
    )
    await post(tx, key, entry, now=now)
