"""The operator's balance at Stripe: every change is kept once, traced to its contract, and posted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.ids import new_id
from services.billing.ledger.journal import Account, Entry, Side, post
from services.billing.payments.inbox import Hint
from services.billing.payments.locking import locked
from services.billing.payments.models import BalanceTransaction
from services.contracts.granted import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.db import Transaction
    from services.billing.payments.seen import BalanceSeen

TRACE = text("""
    update balance_transaction b set contract_id = s.contract_id, payment_id = s.payment_id,
        presented_minor = case when s.currency_code <> b.currency_code then sign(b.amount_minor) * s.minor end,
        presented_currency_code = case when s.currency_code <> b.currency_code then s.currency_code end
    from balance_transaction u cross join lateral (
        select p.contract_id, p.id as payment_id, p.currency_code, p.received_minor as minor
            from payment p where p.stripe_charge_id = u.source_id
        union all select r.contract_id, r.payment_id, r.currency_code, r.amount_minor
            from refund r where r.stripe_refund_id = u.source_id
        union all select c.contract_id, c.payment_id, c.currency_code, c.amount_minor
            from chargeback c where c.stripe_dispute_id = u.source_id
        union all select t.contract_id, null, t.currency_code, t.amount_minor
            from settlement t where t.stripe_transfer_id = u.source_id
        union all select t.contract_id, null, t.currency_code, t.amount_minor
            from settlement t where t.stripe_reversal_id = u.source_id) s
    where b.id = u.id and u.posted_at is null and u.contract_id is null and u.source_id is not null
    """)
"""A change says what it came from: a charge, a refund, a dispute, a transfer or its reversal.

Where the balance is kept in another currency, the contract's side of it is what our row says.
"""

HINTS: Final = {"re_": "REFUND", "pyr_": "REFUND", "dp_": "DISPUTE", "du_": "DISPUTE", "po_": "PAYOUT"}
"""What a change came from, by how its id begins, that can move money though nothing of ours is open."""


async def keep_changes(tx: Transaction, changes: Sequence[BalanceSeen], *, now: datetime) -> int:
    """Keep changes of the balance, each once; returns how many were unknown."""
    if not changes:
        return 0
    rows = [
        {
            "id": new_id(),
            "stripe_balance_transaction_id": change.id,
            "type": change.type,
            "currency_code": change.currency_code,
            "amount_minor": change.amount_minor,
            "processing_cost_minor": change.processing_cost_minor,
            "net_minor": change.net_minor,
            "source_id": change.source_id,
            "description": change.description,
            "available_on": change.available_on,
            "created_at": change.created_at,
            "exchange_rate": change.exchange_rate,
            "seen_at": now,
        }
        for change in changes
    ]
    return (await tx.execute(upsert(BalanceTransaction).values(rows).on_conflict_do_nothing())).rowcount


async def unheard(tx: Transaction, changes: Sequence[BalanceSeen]) -> list[Hint]:
    """What changes that are not kept yet hint at, each once: money moved, whether or not a message told of it."""
    known = await tx.all(
        select(col(BalanceTransaction.stripe_balance_transaction_id)).where(
            col(BalanceTransaction.stripe_balance_transaction_id) == func.any([change.id for change in changes])
        )
    )
    kept = {row.stripe_balance_transaction_id for row in known}
    found = {
        Hint(kind, change.source_id): None
        for change in reversed(changes)
        for begins, kind in HINTS.items()
        if change.id not in kept and change.source_id and change.source_id.startswith(begins)
    }
    return list(found)


async def latest_change(tx: Transaction) -> datetime | None:
    """When the latest change was made that is kept."""
    made: datetime | None = await tx.scalar(select(func.max(col(BalanceTransaction.created_at))))
    return made


async def trace(tx: Transaction) -> list[UUID]:
    """Find whose each change is; returns the contracts that have some whose cost or exchange is not posted."""
    await tx.execute(TRACE)
    await tx.execute(
        update(BalanceTransaction)
        .where(
            col(BalanceTransaction.posted_at).is_(None),
            col(BalanceTransaction.contract_id).is_not(None),
            col(BalanceTransaction.processing_cost_minor) == 0,
            col(BalanceTransaction.presented_minor).is_(None),
        )
        .values(posted_at=tx.now)
    )
    unposted = (
        select(col(BalanceTransaction.contract_id))
        .where(col(BalanceTransaction.posted_at).is_(None), col(BalanceTransaction.contract_id).is_not(None))
        .distinct()
        .order_by(col(BalanceTransaction.contract_id))
    )
    return [row.contract_id for row in await tx.all(unposted)]


async def post_changes(tx: Transaction, *, contract_id: UUID, now: datetime) -> int:
    """Post what Stripe charged and exchanged under a contract, each change once; returns of how many changes."""
    key = key_of(await locked(tx, contract_id))
    posted = await tx.all(
        update(BalanceTransaction)
        .where(col(BalanceTransaction.contract_id) == contract_id, col(BalanceTransaction.posted_at).is_(None))
        .values(posted_at=now)
        .returning(*BalanceTransaction.__table__.c)  # type: ignore[attr-defined]
    )
    for change in sorted(posted, key=lambda row: (row.created_at, row.id)):
        if change.presented_minor:
            await post(tx, key, _exchange(change), now=now)
        if change.processing_cost_minor:
            await post(tx, key, _cost(change), now=now)
    return len(posted)


def _cost(change: Any) -> Entry:  # noqa: ANN401  (a row)
    cost, currency = change.processing_cost_minor, change.currency_code
    kind = "PROCESSING_COST_CHARGED" if cost > 0 else "PROCESSING_COST_RETURNED"
    sides = [Side(Account.PROCESSING_COST, currency, cost), Side(Account.STRIPE_BALANCE, currency, -cost)]
    return Entry(kind, None, change.created_at, sides, subject_id=change.id)


def _exchange(change: Any) -> Entry:  # noqa: ANN401  (a row)
    given, given_in = change.presented_minor, change.presented_currency_code
    taken, taken_in = change.amount_minor, change.currency_code
    sides = [
        Side(Account.CURRENCY_EXCHANGE, given_in, given),
        Side(Account.STRIPE_BALANCE, given_in, -given),
        Side(Account.STRIPE_BALANCE, taken_in, taken),
        Side(Account.CURRENCY_EXCHANGE, taken_in, -taken),
    ]
    return Entry("EXCHANGED", None, change.created_at, sides, subject_id=change.id)
