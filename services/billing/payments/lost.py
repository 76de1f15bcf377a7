"""What was begun and may be lost: found again by the worker, and asked for again under the same key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, exists, func, literal, or_, select, union_all, update
from sqlmodel import col

from core.events import ContractKey
from core.ids import RowKey
from services.billing.payments.cancelling import AT_STRIPE
from services.billing.payments.models import Chargeback, PayeeAccount, PayerAccount, Payment, Payout, Refund, Settlement

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.db import Transaction

LOST_AFTER: Final = timedelta(minutes=1)
"""An errand that is run takes seconds."""
ASKED_EVERY: Final = timedelta(minutes=1)
FAILED_FOR: Final = timedelta(days=3)
"""For as long a payer may try another card on the same page: it ends after a day."""
AT_ONCE: Final = 200


class Lost(NamedTuple):
    """A row that waits to be asked for."""

    key: ContractKey
    id: UUID


async def payments_begun(tx: Transaction, *, now: datetime) -> list[Lost]:
    """Payments that Stripe was not asked for."""
    return await _begun(tx, Payment, and_(col(Payment.provider) == "STRIPE", col(Payment.status) == "STARTED"), now)


async def cancellations_begun(tx: Transaction, *, now: datetime) -> list[Lost]:
    """Payments that were to be given up, and Stripe was not asked to."""
    wanted = and_(
        col(Payment.cancel_asked_at).is_not(None),
        col(Payment.status).not_in(("SUCCEEDED", "CANCELLED")),
        or_(col(Payment.status) == "STARTED", AT_STRIPE),
    )
    return await _begun(tx, Payment, wanted, now)


async def refunds_begun(tx: Transaction, *, now: datetime) -> list[Lost]:
    """Refunds that Stripe was not asked for."""
    return await _begun(tx, Refund, and_(col(Refund.provider) == "STRIPE", col(Refund.status) == "STARTED"), now)


async def settlements_begun(tx: Transaction, *, now: datetime) -> list[Lost]:
    """Transfers, and their reversals, that Stripe was not asked for."""
    waiting = and_(col(Settlement.method) == "STRIPE_TRANSFER", col(Settlement.status).in_(("STARTED", "REVERSING")))
    return await _begun(tx, Settlement, waiting, now)


async def answers_begun(tx: Transaction, *, now: datetime) -> list[Lost]:
    """Answers to chargebacks that Stripe does not have."""
    waiting = and_(
        col(Chargeback.closed_at).is_(None),
        col(Chargeback.answered_at).is_not(None),
        col(Chargeback.answer_sent_at).is_(None),
        col(Chargeback.failure_message).is_(None),
    )
    return await _begun(tx, Chargeback, waiting, now)


async def payees_begun(tx: Transaction, *, now: datetime) -> list[UUID]:
    """Vendors who wait for a link."""
    waiting = (
        select(col(PayeeAccount.id))
        .where(
            col(PayeeAccount.onboarding_url).is_(None),
            col(PayeeAccount.failure_message).is_(None),
            col(PayeeAccount.changed_at) < now - LOST_AFTER,
            or_(col(PayeeAccount.status) == "STARTED", col(PayeeAccount.changed_at) > now - timedelta(hours=1)),
        )
        .limit(AT_ONCE)
    )
    return [row.id for row in await tx.all(waiting)]


async def stripe_in_use(tx: Transaction) -> bool:
    """Whether anybody has ever paid, or is paid, through Stripe."""
    used: bool = await tx.scalar(select(or_(exists(select(PayerAccount)), exists(select(PayeeAccount)))))
    return used


class Open(NamedTuple):
    """Something at Stripe that may have moved: what it is, and its id there."""

    kind: str
    object_id: str


ASKED_BY: Final[dict[str, tuple[Any, Any]]] = {
    "PAYMENT": (Payment, col(Payment.stripe_payment_intent_id)),
    "PAGE": (Payment, col(Payment.stripe_checkout_session_id)),
    "REFUND": (Refund, col(Refund.stripe_refund_id)),
    "DISPUTE": (Chargeback, col(Chargeback.stripe_dispute_id)),
    "PAYOUT": (Payout, col(Payout.stripe_payout_id)),
    "ACCOUNT": (PayeeAccount, col(PayeeAccount.stripe_account_id)),
}
"""By which of its ids each kind is asked about."""


async def still_open(tx: Transaction, *, now: datetime) -> list[Open]:
    """What was not asked about for a while and has not ended; what was asked longest ago comes first.

    That it is asked about is taken down at once: what cannot be looked at waits its turn like the rest.
    """
    payment, refund, chargeback, payout = Payment, Refund, Chargeback, Payout
    intent = _open("PAYMENT", payment, payment.stripe_payment_intent_id, now).where(
        col(payment.provider) == "STRIPE",
        col(payment.status).not_in(("SUCCEEDED", "CANCELLED")),
        or_(col(payment.status) != "FAILED", col(payment.changed_at) > now - FAILED_FOR),
        col(payment.stripe_checkout_session_id).is_(None),
    )
    page = _open("PAGE", payment, payment.stripe_checkout_session_id, now).where(
        col(payment.provider) == "STRIPE",
        col(payment.status).not_in(("SUCCEEDED", "CANCELLED")),
        or_(col(payment.status) != "FAILED", col(payment.changed_at) > now - FAILED_FOR),
    )
    given_back = _open("REFUND", refund, refund.stripe_refund_id, now).where(
        col(refund.provider) == "STRIPE", col(refund.status).in_(("STARTED", "PROCESSING"))
    )
    taken_back = _open("DISPUTE", chargeback, chargeback.stripe_dispute_id, now).where(
        col(chargeback.closed_at).is_(None)
    )
    paid_out = _open("PAYOUT", payout, payout.stripe_payout_id, now).where(
        or_(
            col(payout.status).in_(("PENDING", "IN_TRANSIT")),
            and_(col(payout.status) == "PAID", col(payout.posted_at).is_(None)),
            and_(col(payout.status) == "FAILED", col(payout.returned_at).is_(None)),
        )
    )
    account = _open("ACCOUNT", PayeeAccount, PayeeAccount.stripe_account_id, now).where(
        col(PayeeAccount.status) == "ONBOARDING"
    )
    every = union_all(intent, page, given_back, taken_back, paid_out, account).subquery()
    rows = await tx.all(select(every).order_by(every.c.asked_at.asc().nulls_first()).limit(AT_ONCE))
    found = [Open(row.kind, row.object_id) for row in rows]
    for kind, (table, stripe_id) in ASKED_BY.items():
        asked = [one.object_id for one in found if one.kind == kind]
        if asked:
            await tx.execute(update(table).where(stripe_id == func.any(asked)).values(asked_at=now))
    return found


def _open(kind: str, table: Any, stripe_id: Any, now: datetime) -> Any:  # noqa: ANN401  (any of the tables)
    return select(
        literal(kind).label("kind"), col(stripe_id).label("object_id"), col(table.asked_at).label("asked_at")
    ).where(col(stripe_id).is_not(None), or_(col(table.asked_at).is_(None), col(table.asked_at) < now - ASKED_EVERY))


async def _begun(tx: Transaction, table: Any, waiting: ColumnElement[bool], now: datetime) -> list[Lost]:  # noqa: ANN401
    rows = await tx.all(
        select(col(table.contract_id), col(table.association_id), col(table.vendor_id), col(table.id))
        .where(waiting, col(table.changed_at) < now - LOST_AFTER)
        .order_by(col(table.changed_at))
        .limit(AT_ONCE)
    )
    return [Lost(ContractKey(row.contract_id, row.association_id, row.vendor_id), row.id) for row in rows]


async def payment_behind(
    tx: Transaction,
    *,
    row: RowKey | None,
    intent_id: str | None = None,
    charge_id: str | None = None,
    page_id: str | None = None,
) -> RowKey | None:
    """The payment that something at Stripe belongs to: by the row that it names, its intent, charge or page."""
    this = [
        *([and_(col(Payment.contract_id) == row.contract_id, col(Payment.id) == row.id)] if row else []),
        *([col(Payment.stripe_payment_intent_id) == intent_id] if intent_id else []),
        *([col(Payment.stripe_charge_id) == charge_id] if charge_id else []),
        *([col(Payment.stripe_checkout_session_id) == page_id] if page_id else []),
    ]
    if not this:
        return None
    found = await tx.one_or_none(
        select(col(Payment.contract_id), col(Payment.id))
        .where(or_(*this), col(Payment.provider) == "STRIPE")
        .order_by(col(Payment.id))
        .limit(1)
    )
    return RowKey(found.contract_id, found.id) if found else None


async def refund_behind(tx: Transaction, *, row: RowKey | None, refund_id: str) -> RowKey | None:
    """The refund of ours that a refund at Stripe is."""
    this = col(Refund.stripe_refund_id) == refund_id
    if row is not None:
        this = or_(this, and_(col(Refund.contract_id) == row.contract_id, col(Refund.id) == row.id))
    found = await tx.one_or_none(select(col(Refund.contract_id), col(Refund.id)).where(this))
    return RowKey(found.contract_id, found.id) if found else None
