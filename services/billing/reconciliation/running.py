"""Match runs: asked for by the operator, computed by the worker, in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import InvalidInput, Refusals
from core.events import Event
from core.ids import new_id
from core.texts import check_words
from services.billing.reconciliation.finding import bring_up_queue
from services.billing.reconciliation.matching import match_invoices
from services.billing.reconciliation.models import BankStatement, MatchRun
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

REQUESTED: Final = "MATCH_REQUESTED"
LONGEST_REASON: Final = 2000
MOST_DAYS: Final = 366
LOST_AFTER: Final = timedelta(minutes=15)


async def request_match(
    tx: Transaction, *, actor: Actor, issued_from: date, issued_until: date, reason: str, now: datetime
) -> UUID:
    """Ask for a match of the invoices issued, and the money moved, in these days; the worker does it.

    Returns the run's id. Refuses with Forbidden, InvalidInput, TextBlank or TextTooLong.
    """
    require(actor, Act.RECONCILE)
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    if not timedelta() <= issued_until - issued_from < timedelta(days=MOST_DAYS):
        raise InvalidInput(f"it must be from {issued_from} on, and at most {MOST_DAYS} days", field="days.endsOn")
    run = {"issued_from": issued_from, "issued_until": issued_until, "requested_at": now}
    run_id = new_id()
    await tx.execute(insert(MatchRun).values(id=run_id, status="RUNNING", **run, **actor.signed("requested_by")))
    told = {"issuedFrom": str(issued_from), "issuedUntil": str(issued_until)}
    tx.emit(Event(REQUESTED, run_id, after=told, reason=reason, due_at=now))
    return run_id


async def run_match(tx: Transaction, *, run_id: UUID, now: datetime) -> bool:
    """Match, bring the queue up, and end the run; False when that has been done. As the batch role."""
    run = await tx.one_or_none(
        select(col(MatchRun.issued_from), col(MatchRun.issued_until))
        .where(col(MatchRun.id) == run_id, col(MatchRun.status) == "RUNNING")
        .with_for_update()
    )
    if run is None:
        return False
    days = {"run_id": run_id, "issued_from": run.issued_from, "issued_until": run.issued_until, "now": now}
    counts = await match_invoices(tx, **days) | await bring_up_queue(tx, **days)
    await tx.execute(update(MatchRun).where(col(MatchRun.id) == run_id).values(status="DONE", ended_at=now, **counts))
    tx.emit(Event("MATCH_ENDED", run_id, after=counts))
    return True


async def match_days_of(tx: Transaction, *, statement_id: UUID, now: datetime) -> UUID | None:
    """Match the days that a bank statement is of, as the batch role; returns the run's id, None without a statement."""
    statement = await tx.one_or_none(
        select(col(BankStatement.opens_on), col(BankStatement.closes_on)).where(col(BankStatement.id) == statement_id)
    )
    if statement is None:
        return None
    days = {"issued_from": statement.opens_on, "issued_until": statement.closes_on}
    run_id = new_id()
    await tx.execute(insert(MatchRun).values(id=run_id, status="RUNNING", requested_at=now, **days))
    await run_match(tx, run_id=run_id, now=now)
    return run_id


async def lost_runs(tx: Transaction, *, now: datetime) -> list[UUID]:
    """Runs that nobody ends."""
    lost = select(col(MatchRun.id)).where(
        col(MatchRun.status) == "RUNNING", col(MatchRun.requested_at) < now - LOST_AFTER
    )
    return [row.id for row in await tx.all(lost)]
