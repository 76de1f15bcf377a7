"""Paying an invoice through Stripe: begun by the association, called for by the worker, ended by what Stripe says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import RowKey, new_id
from core.money import THREE_DIGITS
from services.billing.invoices.models import Invoice
from services.billing.payments.amounts import minor_in
from services.billing.payments.locking import locked, row_of
from services.billing.payments.models import PayeeAccount, PayerAccount, Payment
from services.billing.payments.offering import offered
from services.billing.payments.receiving import receive
from services.billing.payments.recording import require_owed
from services.billing.payments.said import reason_in
from services.contracts.granted import contract_for, key_of
from services.identity.models import Organization
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.billing.payments.seen import Page, PaymentSeen

PAYMENT_STARTED = "PAYMENT_STARTED"
"""The event after which the worker asks Stripe for the payment."""

UNDER_WAY = ("STARTED", "REQUIRES_ACTION", "PROCESSING")


COUNTED_OTHERWISE = frozenset({"ISK", "UGX"}) | THREE_DIGITS
"""Currencies of which Stripe does not count the minor units of ISO 4217; they are paid by bank transfer."""


class Method(StrEnum):
    """How an association pays through Stripe."""

    CARD = "CARD"
    ACH_DEBIT = "ACH_DEBIT"


class MethodNotOffered(DomainError):
    """Payments of this kind are not taken here; `paymentOptions` says which are, and why others are not."""


class PaymentUnderWay(DomainError):
    """With what is being paid already, this would be more than is due."""


class Wish(NamedTuple):
    """What the association wants to pay: all that is due when no amount is said; on Stripe's page, or in its own."""

    method: Method
    amount: Decimal | None
    currency_code: str | None
    by_page: bool


async def pay_invoice(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    wish: Wish,
    reason: str,
    now: datetime,
) -> RowKey:
    """Begin to pay an invoice or a part of it; the worker asks Stripe, and the page's address follows.

    Returns the payment's key. Refuses with Forbidden, NotFound,
    MethodNotOffered, InvoiceNotOwed, OtherCurrency, InvalidAmount, PaymentUnderWay, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.PAY_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason, key = reason_in(reason), key_of(contract)
    due_minor = await require_owed(tx, contract_id, invoice_id)
    await _require_offered(tx, wish.method, contract.currency_code)
    free_minor = due_minor - await _under_way(tx, contract_id, invoice_id)
    amount_minor = free_minor
    if wish.amount is not None:
        amount_minor = minor_in(wish.amount, wish.currency_code or "", of=contract.currency_code)
    if not 0 < amount_minor <= free_minor:
        under_way = f"{due_minor} minor units are due, of which {due_minor - free_minor} are being paid already"
        raise PaymentUnderWay(f"{under_way}: at most {free_minor} would be right", field="amount")
    payment_id = new_id()
    await tx.execute(
        insert(Payment).values(
            **key.columns,
            **actor.signed("started_by"),
            id=payment_id,
            invoice_id=invoice_id,
            currency_code=contract.currency_code,
            amount_minor=amount_minor,
            method=wish.method,
            provider="STRIPE",
            status="STARTED",
            by_page=wish.by_page,
            reason=reason,
            started_at=now,
            changed_at=now,
        )
    )
    after = {"invoice_id": str(invoice_id), "amount_minor": amount_minor, "currency_code": contract.currency_code}
    tx.emit(Event(PAYMENT_STARTED, object_id=payment_id, contract=key, after=after, reason=reason, due_at=now))
    return RowKey(contract_id, payment_id)


async def _require_offered(tx: Transaction, method: Method, currency_code: str) -> None:
    abroad = method == Method.ACH_DEBIT and currency_code != "USD"
    if abroad or currency_code in COUNTED_OTHERWISE or method not in await offered(tx):
        raise MethodNotOffered(f"{method} is not taken here for {currency_code}: see paymentOptions", field="method")


async def _under_way(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> int:
    amount: int = await tx.scalar(
        select(cast(func.coalesce(func.sum(col(Payment.amount_minor)), 0), BigInteger)).where(
            col(Payment.contract_id) == contract_id,
            col(Payment.invoice_id) == invoice_id,
            col(Payment.status).in_(UNDER_WAY),
        )
    )
    return amount


async def prepare_payment(tx: Transaction, *, contract_id: UUID, payment_id: UUID, now: datetime) -> Row[Any] | None:
    """A payment that Stripe is to be asked for, with all that the call says; None when it was asked, or is over.

    In whose behalf it is collected, and as which customer, is settled here once: the same call is made however often.
    A payment without a customer that is to be cancelled is not asked for any more.
    """
    payment = await row_of(tx, Payment, contract_id, payment_id)
    if payment is None or payment.status != "STARTED":
        return None
    if payment.cancel_asked_at is not None and payment.stripe_customer_id is None:
        return None
    customer = await tx.scalar(
        select(col(PayerAccount.stripe_customer_id)).where(col(PayerAccount.association_id) == payment.association_id)
    )
    vendor = await tx.scalar(
        select(col(PayeeAccount.stripe_account_id)).where(
            col(PayeeAccount.vendor_id) == payment.vendor_id, col(PayeeAccount.charges_enabled)
        )
    )
    if customer is not None:
        await tx.execute(
            update(Payment)
            .where(
                col(Payment.contract_id) == contract_id,
                col(Payment.id) == payment_id,
                col(Payment.status) == "STARTED",
                col(Payment.stripe_customer_id).is_(None),
            )
            .values(stripe_customer_id=customer, stripe_account_id=vendor, changed_at=now)
        )
    return await tx.one_or_none(
        select(
            *Payment.__table__.c,  # type: ignore[attr-defined]
            col(Invoice.number).label("invoice_number"),
            col(Organization.name).label("association_name"),
        )
        .join(Invoice, (col(Invoice.contract_id) == Payment.contract_id) & (col(Invoice.id) == Payment.invoice_id))
        .join(Organization, col(Organization.id) == Payment.association_id)
        .where(col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id, col(Payment.status) == "STARTED")
    )


async def keep_customer(tx: Transaction, *, association_id: UUID, stripe_customer_id: str, now: datetime) -> bool:
    """Keep as which customer an association pays; False when that was known."""
    row = {"association_id": association_id, "stripe_customer_id": stripe_customer_id, "created_at": now}
    kept = await tx.execute(upsert(PayerAccount).values(**row).on_conflict_do_nothing())
    return kept.rowcount == 1


async def payment_asked(
    tx: Transaction,
    *,
    contract_id: UUID,
    payment_id: UUID,
    page: Page,
    now: datetime,
) -> bool:
    """Take down that Stripe knows of the payment: it waits for the payer; False when that was known."""
    key = key_of(await locked(tx, contract_id))
    asked = await tx.one_or_none(
        update(Payment)
        .where(col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id, col(Payment.status) == "STARTED")
        .values(
            status="REQUIRES_ACTION",
            stripe_payment_intent_id=page.intent_id,
            stripe_checkout_session_id=page.session_id,
            page_url=page.url,
            page_expires_at=page.expires_at,
            changed_at=now,
        )
        .returning(*Payment.__table__.c)  # type: ignore[attr-defined]
    )
    if asked is None:
        return False
    tx.emit(Event("PAYMENT_READY", object_id=payment_id, contract=key, after={"status": "REQUIRES_ACTION"}))
    return True


async def payment_refused(
    tx: Transaction,
    *,
    contract_id: UUID,
    payment_id: UUID,
    failure: tuple[str | None, str | None],
    now: datetime,
) -> bool:
    """Take down that Stripe does not take the payment: it has failed before anybody could pay."""
    key = key_of(await locked(tx, contract_id))
    refused = await tx.execute(
        update(Payment)
        .where(col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id, col(Payment.status) == "STARTED")
        .values(status="FAILED", failure_code=failure[0], failure_message=failure[1], changed_at=now)
    )
    if refused.rowcount == 0:
        return False
    after = {"status": "FAILED", "failure_code": failure[0]}
    tx.emit(Event("PAYMENT_FAILED", object_id=payment_id, contract=key, before={"status": "STARTED"}, after=after))
    return True


async def payment_moved(
    tx: Transaction, *, contract_id: UUID, payment_id: UUID, seen: PaymentSeen, now: datetime
) -> bool:
    """Take down where a payment stands at Stripe; False when that was known.

    What has succeeded or is cancelled stays so, and an answer to an older question is not listened to.
    """
    contract = await locked(tx, contract_id)
    key = key_of(contract)
    payment = await row_of(tx, Payment, contract_id, payment_id)
    if payment is None or payment.status == "SUCCEEDED" or (payment.asked_at and payment.asked_at > seen.asked_at):
        return False
    if seen.status == "SUCCEEDED":
        moved = await receive(
            tx,
            key,
            payment,
            amount_minor=seen.received_minor,
            charge_id=seen.charge_id,
            received_at=seen.received_at or now,
            now=now,
        )
        told: dict[str, Any] = {"status": "SUCCEEDED", "received_minor": seen.received_minor}
    else:
        moved = payment.status not in (seen.status, "CANCELLED")
        told = {"status": seen.status}
        if moved:
            told["failure_code"] = seen.failure_code
    await tx.execute(
        update(Payment)
        .where(col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id)
        .values(
            asked_at=seen.asked_at,
            stripe_payment_intent_id=func.coalesce(col(Payment.stripe_payment_intent_id), seen.intent_id),
            **(
                {
                    "status": seen.status,
                    "failure_code": seen.failure_code,
                    "failure_message": seen.failure_message,
                    "changed_at": now,
                }
                if moved and seen.status != "SUCCEEDED"
                else {}
            ),
        )
    )
    if moved:
        tx.emit(
            Event(
                f"PAYMENT_{seen.status}",
                object_id=payment_id,
                contract=key,
                before={"status": payment.status},
                after=told,
            )
        )
    return moved
