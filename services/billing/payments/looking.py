"""From the objects that Stripe answers with to what is seen in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from core.ids import RowKey
from services.billing.payments.seen import (
    AccountSeen,
    BalanceSeen,
    DisputeSeen,
    EventSeen,
    PaymentSeen,
    PayoutSeen,
    RefundSeen,
)

PAYMENT: Final = {
    "requires_payment_method": "REQUIRES_ACTION",
    "requires_confirmation": "REQUIRES_ACTION",
    "requires_action": "REQUIRES_ACTION",
    "requires_capture": "PROCESSING",
    "processing": "PROCESSING",
    "succeeded": "SUCCEEDED",
    "canceled": "CANCELLED",
}
REFUND: Final = {"pending": "PROCESSING", "requires_action": "PROCESSING", "succeeded": "SUCCEEDED"}
DISPUTE: Final = {
    "needs_response": "NEEDS_RESPONSE",
    "under_review": "UNDER_REVIEW",
    "won": "WON",
    "prevented": "WON",
    "lost": "LOST",
}
PAYOUT: Final = {
    "pending": "PENDING",
    "in_transit": "IN_TRANSIT",
    "paid": "PAID",
    "failed": "FAILED",
    "canceled": "CANCELLED",
}


def payment_seen(intent: Any, now: datetime) -> PaymentSeen:  # noqa: ANN401  (a PaymentIntent, its charge expanded)
    """A payment. Declined, it waits for another card, and FAILED is what is said of it until one is taken."""
    charge, failed = intent.latest_charge, intent.last_payment_error
    declined = failed is not None and intent.status == "requires_payment_method"
    return PaymentSeen(
        _row(intent.metadata),
        "FAILED" if declined else PAYMENT[intent.status],
        intent.id,
        charge.id if charge else None,
        intent.amount_received,
        at(charge.created) if charge else None,
        (getattr(failed, "decline_code", None) or getattr(failed, "code", None)) if failed else None,
        getattr(failed, "message", None) if failed else None,
        now,
    )


def page_seen(session: Any, now: datetime) -> PaymentSeen:  # noqa: ANN401  (a Checkout Session)
    """A page on which nobody has paid yet, or not in time."""
    status = "CANCELLED" if session.status == "expired" else "REQUIRES_ACTION"
    return PaymentSeen(_row(session.metadata), status, id_of(session.payment_intent), None, 0, None, None, None, now)


def refund_seen(refund: Any) -> RefundSeen:  # noqa: ANN401  (a Refund)
    """A refund; one that is canceled has failed."""
    status = REFUND.get(refund.status or "pending", "FAILED")
    reason = getattr(refund, "failure_reason", None)
    return RefundSeen(_row(refund.metadata), refund.id, status, refund.amount, id_of(refund.payment_intent), reason)


def dispute_seen(dispute: Any, now: datetime) -> DisputeSeen | None:  # noqa: ANN401  (a Dispute)
    """A dispute; None where it is an inquiry, which moves no money."""
    if dispute.status not in DISPUTE:
        return None
    due_by = dispute.evidence_details.due_by
    return DisputeSeen(
        dispute.id,
        id_of(dispute.charge),
        id_of(dispute.payment_intent),
        DISPUTE[dispute.status],
        dispute.amount,
        dispute.reason,
        at(due_by) if due_by else None,
        at(dispute.created),
        now,
    )


def account_seen(account: Any, now: datetime) -> AccountSeen:  # noqa: ANN401  (an Account)
    """A vendor's account."""
    due = account.requirements.currently_due if account.requirements else None
    return AccountSeen(
        account.id,
        bool(account.charges_enabled),
        bool(account.payouts_enabled),
        bool(account.details_submitted),
        sorted(due or []),
        now,
    )


def payout_seen(payout: Any, now: datetime) -> PayoutSeen:  # noqa: ANN401  (a Payout)
    """A payout."""
    return PayoutSeen(
        payout.id,
        PAYOUT[payout.status],
        payout.amount,
        payout.currency.upper(),
        at(payout.arrival_date).date(),
        at(payout.created),
        payout.failure_code,
        payout.failure_message,
        now,
        by_hand=not payout.automatic,
        traceable=payout.reconciliation_status == "completed",
    )


def change_seen(change: Any) -> BalanceSeen:  # noqa: ANN401  (a BalanceTransaction)
    """A change of the balance."""
    return BalanceSeen(
        change.id,
        change.type,
        change.currency.upper(),
        change.amount,
        change.fee,
        change.net,
        id_of(change.source),
        change.description,
        at(change.available_on).date(),
        at(change.created),
        Decimal(str(change.exchange_rate)) if change.exchange_rate else None,
    )


def event_seen(event: Any) -> EventSeen:  # noqa: ANN401  (any JSON)
    """A message, as it was sent; KeyError, TypeError or ValueError where it is none.

    What it says of its object is dropped: it is asked for anew, and it may name people.
    """
    if not isinstance(event, Mapping):
        raise TypeError("a message is an object")
    envelope = {name: value for name, value in event.items() if name != "data"}
    return EventSeen(
        str(event["id"]), str(event["type"]), str(event["data"]["object"]["id"]), at(int(event["created"])), envelope
    )


def id_of(given: Any) -> str | None:  # noqa: ANN401  (an id, or the object where it was expanded)
    """The id of what another object names."""
    return given if given is None or isinstance(given, str) else str(given.id)


def is_of(one: Any, row_id: UUID) -> bool:  # noqa: ANN401  (anything with metadata)
    """Whether it was made for a row of ours; the SDK's metadata is no dictionary."""
    return bool(one.metadata and "row_id" in one.metadata and one.metadata["row_id"] == str(row_id))


def at(seconds: int) -> datetime:
    """An instant, as Stripe counts."""
    return datetime.fromtimestamp(seconds, UTC)


def _row(metadata: Any) -> RowKey | None:  # noqa: ANN401  (the SDK's mapping)
    try:
        return RowKey(UUID(metadata["contract_id"]), UUID(metadata["row_id"]))
    except (KeyError, TypeError, ValueError):
        return None
