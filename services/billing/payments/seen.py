"""What Stripe says of what it holds, in our words: amounts in minor units, each with when it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from core.ids import RowKey


class PaymentSeen(NamedTuple):
    """A payment: REQUIRES_ACTION, PROCESSING, SUCCEEDED, FAILED or CANCELLED; `row` is the one that it was made for."""

    row: RowKey | None
    status: str
    intent_id: str | None
    charge_id: str | None
    received_minor: int
    received_at: datetime | None
    failure_code: str | None
    failure_message: str | None
    asked_at: datetime


class RefundSeen(NamedTuple):
    """A refund: PROCESSING, SUCCEEDED or FAILED; `row` is the one that it was made for."""

    row: RowKey | None
    refund_id: str
    status: str
    amount_minor: int
    intent_id: str | None
    failure_code: str | None


class DisputeSeen(NamedTuple):
    """A dispute: NEEDS_RESPONSE, UNDER_REVIEW, WON or LOST."""

    dispute_id: str
    charge_id: str | None
    intent_id: str | None
    status: str
    amount_minor: int
    network_reason: str
    respond_by: datetime | None
    opened_at: datetime
    asked_at: datetime


class AccountSeen(NamedTuple):
    """A vendor's account; `requirements` are the questions that Stripe has."""

    account_id: str
    charges_enabled: bool
    payouts_enabled: bool
    details_submitted: bool
    requirements: Sequence[str]
    asked_at: datetime


class PayoutSeen(NamedTuple):
    """A payout: PENDING, IN_TRANSIT, PAID, FAILED or CANCELLED.

    Of one that was ordered `by_hand` Stripe does not tell what it pays out; of others it does once it is `traceable`.
    """

    payout_id: str
    status: str
    amount_minor: int
    currency_code: str
    arrives_on: date
    created_at: datetime
    failure_code: str | None
    failure_message: str | None
    asked_at: datetime
    by_hand: bool
    traceable: bool


class BalanceSeen(NamedTuple):
    """One change of the balance: `net = amount - processing cost`; exchanged at a rate where one is said."""

    id: str
    type: str
    currency_code: str
    amount_minor: int
    processing_cost_minor: int
    net_minor: int
    source_id: str | None
    description: str | None
    available_on: date
    created_at: datetime
    exchange_rate: Decimal | None


class EventSeen(NamedTuple):
    """A message that something changed, of which only the object's id is believed."""

    id: str
    type: str
    object_id: str
    created_at: datetime
    payload: dict[str, object]


class Page(NamedTuple):
    """What Stripe made of a payment that was asked for."""

    intent_id: str | None
    session_id: str | None
    url: str | None
    expires_at: datetime | None
