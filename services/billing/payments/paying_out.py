"""Payouts: what Stripe pays from the operator's balance to its bank, posted to each contract by its part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.ids import new_id
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Entry, Side
from services.billing.ledger.models import JournalEntry
from services.billing.payments.locking import locked
from services.billing.payments.models import BalanceTransaction, Payout
from services.contracts.granted import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction
    from services.billing.payments.seen import PayoutSeen


PARTS = text("""
    with recursive again (id) as (
        select cast(:payout_id as uuid)
        union select came_back.id from again
        join balance_transaction b on b.payout_id = again.id and b.type in ('payout_failure', 'payout_cancel')
        join payout came_back on came_back.stripe_payout_id = b.source_id)
    select b.contract_id, sum(b.net_minor)::bigint as minor
    from again join balance_transaction b on b.payout_id = again.id
    where b.contract_id is not null group by b.contract_id order by b.contract_id
    """)
"""What each contract has in a payout, and in those that came back to the balance and are paid out again by it."""


async def payout_moved(tx: Transaction, *, seen: PayoutSeen, now: datetime) -> Row[Any]:
    """Take down where a payout stands: one that has failed or is cancelled stays so, older answers are not heard."""
    row = {
        "id": new_id(),
        "stripe_payout_id": seen.payout_id,
        "status": seen.status,
        "amount_minor": seen.amount_minor,
        "currency_code": seen.currency_code,
        "arrives_on": seen.arrives_on,
        "failure_code": seen.failure_code,
        "failure_message": seen.failure_message,
        "created_at": seen.created_at,
        "changed_at": now,
        "asked_at": seen.asked_at,
        "by_hand": seen.by_hand,
    }
    moving = ("status", "arrives_on", "failure_code", "failure_message", "changed_at", "asked_at")
    await tx.execute(
        upsert(Payout)
        .values(**row)
        .on_conflict_do_update(
            index_elements=["stripe_payout_id"],
            set_={name: row[name] for name in moving},
            where=(col(Payout.status).not_in(("FAILED", "CANCELLED"))) & (col(Payout.asked_at) <= seen.asked_at),
        )
    )
    columns = Payout.__table__.c  # type: ignore[attr-defined]
    return await tx.one(select(*columns).where(col(Payout.stripe_payout_id) == seen.payout_id))


async def paid_out(tx: Transaction, *, payout_id: UUID, changes: Sequence[str]) -> list[tuple[UUID, int]]:
    """Take down which changes of the balance a payout pays out; returns each contract's part in minor units."""
    await tx.execute(
        update(BalanceTransaction)
        .where(col(BalanceTransaction.stripe_balance_transaction_id) == func.any(list(changes)))
        .values(payout_id=payout_id)
    )
    return [(row.contract_id, row.minor) for row in await tx.all(PARTS.bindparams(payout_id=payout_id))]


async def post_payout(tx: Transaction, *, contract_id: UUID, part_minor: int, payout: Row[Any], now: datetime) -> bool:
    """Post a contract's part of a payout that arrived, or its return; False when that is posted."""
    key = key_of(await locked(tx, contract_id))
    arrived = await _posted(tx, contract_id, "PAYOUT_ARRIVED", payout.id)
    if payout.status == "FAILED":
        if not arrived or await _posted(tx, contract_id, "PAYOUT_FAILED", payout.id):
            return False
        await journal.reverse(
            tx, key, kind="PAYOUT_ARRIVED", by="PAYOUT_FAILED", invoice_id=None, subject_id=payout.id, now=now
        )
        return True
    if arrived or not part_minor:
        return False
    sides = [
        Side(Account.BANK, payout.currency_code, part_minor),
        Side(Account.STRIPE_BALANCE, payout.currency_code, -part_minor),
    ]
    await journal.post(tx, key, Entry("PAYOUT_ARRIVED", None, now, sides, subject_id=payout.id), now=now)
    return True


async def payout_posted(tx: Transaction, *, payout: Row[Any], now: datetime) -> None:
    """Take down that every contract has its part of a payout, or of its return."""
    values: dict[str, Any] = {"posted_at": func.coalesce(col(Payout.posted_at), now), "changed_at": now}
    if payout.status == "FAILED":
        values["returned_at"] = now
    await tx.execute(update(Payout).where(col(Payout.id) == payout.id).values(**values))


async def _posted(tx: Transaction, contract_id: UUID, kind: str, subject_id: UUID) -> bool:
    found = await tx.scalar(
        select(col(JournalEntry.id)).where(
            col(JournalEntry.contract_id) == contract_id,
            col(JournalEntry.kind) == kind,
            func.coalesce(col(JournalEntry.subject_id), col(JournalEntry.invoice_id)) == subject_id,
        )
    )
    return found is not None
