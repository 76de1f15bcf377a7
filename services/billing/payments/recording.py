"""Payments that a person saw on the bank account: recorded, and taken back when that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.adjustments.balance import credit_balance
from services.billing.invoices.models import Invoice
from services.billing.invoices.settling import OWED, InvoiceNotOwed, settle
from services.billing.ledger import journal
from services.billing.payments.amounts import minor_in
from services.billing.payments.holding import require_unsettled
from services.billing.payments.locking import row_of
from services.billing.payments.models import Payment
from services.billing.payments.receiving import applied_to, post_payment
from services.billing.payments.said import reason_in, reference_in
from services.contracts.days import begins_at, today_in
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class Means(StrEnum):
    """How money comes that a person sees."""

    BANK_TRANSFER = "BANK_TRANSFER"
    CHEQUE = "CHEQUE"


class PaidInTheFuture(DomainError):
    """The day on which the money arrived is not over, or has not come."""


class AlreadyRecorded(DomainError):
    """The same amount of the same day and reference is recorded for this invoice already."""


class NotByHand(DomainError):
    """The payment went through Stripe: refund it; only what a person recorded is reversed."""


class AlreadyReversed(DomainError):
    """The payment was reversed before."""


class PartlyGivenBack(DomainError):
    """Part of the payment was refunded, or spent on another invoice, so that it cannot be taken back whole."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw on the operator's bank account; `reference` is how it is found there again."""

    amount: Decimal
    currency_code: str
    means: Means
    received_on: date
    reference: str


async def record_payment(
    tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, seen: Seen, reason: str, now: datetime
) -> RowKey:
    """Take down money that arrived for an invoice; what is more than due becomes the association's credit.

    Returns the payment's key. Refuses with Forbidden, NotFound, InvoiceNotOwed, OtherCurrency, InvalidAmount,
    PaidInTheFuture, AlreadyRecorded, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECORD_PAYMENT, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason, reference = reason_in(reason), reference_in(seen.reference)
    amount_minor = minor_in(seen.amount, seen.currency_code, of=contract.currency_code)
    if seen.received_on > today_in(contract.time_zone, now):
        raise PaidInTheFuture(f"{seen.received_on} has not come", field="receivedOn")
    await require_owed(tx, contract_id, invoice_id)
    key = key_of(contract)
    payment = {
        **key.columns,
        **actor.signed("started_by"),
        "id": new_id(),
        "invoice_id": invoice_id,
        "currency_code": contract.currency_code,
        "amount_minor": amount_minor,
        "method": seen.means,
        "provider": "BY_HAND",
        "status": "SUCCEEDED",
        "received_minor": amount_minor,
        "applied_minor": await applied_to(tx, contract_id, invoice_id, amount_minor),
        "received_on": seen.received_on,
        "reference": reference,
        "reason": reason,
        "started_at": now,
        "changed_at": now,
    }
    twice = AlreadyRecorded(
        f"{seen.amount} {seen.currency_code} of {seen.received_on} with {reference!r} is recorded", field="reference"
    )
    await tx.execute(insert(Payment).values(**payment), refusing={"received_once": twice})
    effective_at = begins_at(seen.received_on, contract.time_zone)
    await post_payment(tx, key, payment, effective_at=min(effective_at, now), now=now)
    told = ("invoice_id", "amount_minor", "applied_minor", "currency_code", "method", "received_on", "reference")
    after = {name: str(payment[name]) for name in told}
    payment_id: UUID = payment["id"]
    tx.emit(Event("PAYMENT_RECORDED", object_id=payment_id, contract=key, after=after, reason=reason))
    return RowKey(contract_id, payment_id)


async def reverse_payment(
    tx: Transaction, *, actor: Actor, contract_id: UUID, payment_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Take back a payment that was recorded by mistake: its invoice is due again, its entry is reversed.

    Returns the payment's key. Refuses with Forbidden, NotFound, NotByHand, AlreadyReversed, PartlyGivenBack,
    SettledAlready, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECORD_PAYMENT, contract_id=contract_id, field="paymentId", lock=True
    )
    reason, key = reason_in(reason), key_of(contract)
    payment = await row_of(tx, Payment, contract_id, payment_id)
    if payment is None:
        raise NotFound("there is no such payment", field="paymentId")
    if payment.provider != "BY_HAND":
        raise NotByHand("the payment went through Stripe: refund it", field="paymentId")
    if payment.reversed_at is not None:
        raise AlreadyReversed("the payment is reversed already", field="paymentId")
    credited = payment.received_minor - payment.applied_minor
    if payment.refunded_minor or await credit_balance(tx, contract_id, payment.currency_code) < credited:
        raise PartlyGivenBack("part of the payment was refunded or spent: refund the rest", field="paymentId")
    await tx.execute(
        update(Payment)
        .where(col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id)
        .values(status="CANCELLED", reversed_at=now, reverse_reason=reason, changed_at=now)
    )
    if payment.applied_minor:
        back = -payment.applied_minor
        await settle(tx, contract_id, payment.invoice_id, now=now, paid_minor=back, field="paymentId")
    await require_unsettled(tx, contract_id, payment.invoice_id, field="paymentId")
    await journal.reverse(
        tx,
        key,
        kind="PAYMENT_RECEIVED",
        by="PAYMENT_REVERSED",
        invoice_id=payment.invoice_id,
        subject_id=payment_id,
        now=now,
    )
    tx.emit(
        Event(
            "PAYMENT_REVERSED",
            object_id=payment_id,
            contract=key,
            before={"status": "SUCCEEDED", "received_minor": payment.received_minor},
            after={"status": "CANCELLED"},
            reason=reason,
        )
    )
    return RowKey(contract_id, payment_id)


async def require_owed(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> int:
    """What is due on an invoice in minor units; refuses with NotFound, or InvoiceNotOwed unless it is issued."""
    invoice = await tx.one_or_none(
        select(col(Invoice.status), col(Invoice.amount_due_minor)).where(
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id
        )
    )
    if invoice is None:
        raise NotFound("there is no such invoice", field="invoiceId")
    if invoice.status not in OWED:
        raise InvoiceNotOwed(f"the invoice is {invoice.status}; an issued one would be right", field="invoiceId")
    return int(invoice.amount_due_minor)
