"""Stripe's messages: each is kept once, and is no more than a hint at what to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.actor import NOBODY
from core.events import Event
from core.jobs import enqueue
from services.billing.payments.models import StripeEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.db import Transaction
    from services.billing.payments.seen import EventSeen

STRIPE_TOLD: Final = "STRIPE_TOLD"
"""The work that follows messages: one job works off all that are kept."""

KINDS: Final = {
    "payment_intent.": "PAYMENT",
    "checkout.session.": "PAGE",
    "charge.dispute.": "DISPUTE",
    "charge.refund.": "REFUND",
    "charge.": "CHARGE",
    "refund.": "REFUND",
    "payout.": "PAYOUT",
    "account.updated": "ACCOUNT",
}
"""What a message is about, by how its type begins; the first that fits. Others are kept and nothing follows."""

MOST_ATTEMPTS: Final = 8
AT_ONCE: Final = 200


class Hint(NamedTuple):
    """Something that changed: look again."""

    kind: str
    object_id: str


async def take_in(tx: Transaction, events: Sequence[EventSeen], *, now: datetime) -> int:
    """Keep messages, each once, and see to it that they are worked off; returns how many were unknown."""
    if not events:
        return 0
    rows = [
        {
            "id": event.id,
            "type": event.type,
            "object_id": event.object_id,
            "created_at": event.created_at,
            "received_at": now,
            "payload": event.payload,
        }
        for event in events
    ]
    kept = (await tx.execute(upsert(StripeEvent).values(rows).on_conflict_do_nothing())).rowcount
    if kept:
        # not `enqueue_once`: the role that serves cannot read what is queued; a job that finds nothing ends at once
        await enqueue(await tx.raw(), Event(STRIPE_TOLD, NOBODY), due_at=now, now=now)
    return kept


async def hints(tx: Transaction) -> dict[Hint, list[str]]:
    """What messages hint at that are not worked off, with the ids of the messages: many may be about one thing."""
    oldest = (
        select(col(StripeEvent.id), col(StripeEvent.type), col(StripeEvent.object_id))
        .where(col(StripeEvent.worked_at).is_(None), col(StripeEvent.attempts) < MOST_ATTEMPTS)
        .order_by(col(StripeEvent.received_at), col(StripeEvent.id))
        .limit(5000)
    )
    found: dict[Hint, list[str]] = {}
    for row in await tx.all(oldest):
        found.setdefault(Hint(kind_of(row.type), row.object_id), []).append(row.id)
    return found


async def worked_off(tx: Transaction, ids: Sequence[str], *, now: datetime, error: str | None = None) -> None:
    """Take down that messages are worked off, or why that failed; after some attempts they are let be."""
    values = {"worked_at": now, "error": None} if error is None else {"error": error[:2000]}
    await tx.execute(
        update(StripeEvent)
        .where(col(StripeEvent.id) == func.any(list(ids)), col(StripeEvent.worked_at).is_(None))
        .values(attempts=col(StripeEvent.attempts) + 1, **values)
    )


async def latest(tx: Transaction) -> datetime | None:
    """When the latest message was made that is kept."""
    made: datetime | None = await tx.scalar(select(func.max(col(StripeEvent.created_at))))
    return made


def kind_of(type_: str) -> str:
    """What a message of this type is about; OTHER where nothing follows."""
    return next((kind for begins, kind in KINDS.items() if type_.startswith(begins)), "OTHER")
