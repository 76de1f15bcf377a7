"""Pausing, resuming and cancelling a run: between two chunks, so that what was billed stays whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound, Refusals
from core.events import Event
from core.texts import check_words
from services.billing.runs.models import BillingRun
from services.billing.runs.starting import LONGEST_REASON
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from typing import Any, Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

RESUMED: Final = "BILLING_RUN_RESUMED"
GOING_ON: Final = ("QUEUED", "RUNNING")


class RunNotInState(DomainError):
    """The billing run is in no state for this: it has ended, is paused already, or is neither paused nor stopped."""


class Move(NamedTuple):
    """A change of a run's state that a person asks for: from which states, to what, and how it is told."""

    states: tuple[str, ...]
    to: str
    event: str


PAUSE: Final = Move(GOING_ON, "PAUSED", "BILLING_RUN_PAUSED")
RESUME: Final = Move(("PAUSED", "STOPPED"), "QUEUED", RESUMED)
CANCEL: Final = Move((*GOING_ON, "PAUSED", "STOPPED"), "CANCELLED", "BILLING_RUN_CANCELLED")


async def pause_billing_run(tx: Transaction, *, actor: Actor, run_id: UUID, reason: str) -> UUID:
    """Let a run wait after the chunk that is being billed, until somebody resumes it.

    Refuses with Unauthenticated, Forbidden, NotFound, RunNotInState, TextBlank or TextTooLong.
    """
    return await _move(tx, run_id, PAUSE, actor=actor, reason=reason)


async def resume_billing_run(
    tx: Transaction,
    *,
    actor: Actor,
    run_id: UUID,
    reason: str,
    now: datetime,
    most_invoices: int | None = None,
    largest_total: Decimal | None = None,
) -> UUID:
    """Let a run that is paused or was stopped go on, if need be with wider limits; refuses as pausing does.

    InvalidInput: a limit that is not above zero.
    """
    require(actor, Act.ISSUE_INVOICE)
    if most_invoices is not None and most_invoices < 1:
        raise InvalidInput(f"{most_invoices} invoices are none: at least 1", field="mostInvoices")
    if largest_total is not None and largest_total <= 0:
        raise InvalidInput(f"a total of {largest_total} bills nothing: more than 0", field="largestTotal")
    limits = {"most_invoices": most_invoices, "largest_total": largest_total}
    changes: dict[str, Any] = {name: value for name, value in limits.items() if value is not None}
    changes |= {"stop_code": None, "stop_message": None}
    return await _move(tx, run_id, RESUME, actor=actor, reason=reason, due_at=now, **changes)


async def cancel_billing_run(tx: Transaction, *, actor: Actor, run_id: UUID, reason: str, now: datetime) -> UUID:
    """End a run before its end: what it billed stays, the rest is not billed by it; refuses as pausing does."""
    changes = {"ended_at": now, "stop_code": None, "stop_message": None}
    return await _move(tx, run_id, CANCEL, actor=actor, reason=reason, **changes)


async def _move(
    tx: Transaction,
    run_id: UUID,
    move: Move,
    *,
    actor: Actor,
    reason: str,
    due_at: datetime | None = None,
    **changes: Any,  # noqa: ANN401  (columns of the run)
) -> UUID:
    require(actor, Act.ISSUE_INVOICE)
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    this = col(BillingRun.id) == run_id
    # waits for the chunk that is being billed
    status = await tx.scalar(select(col(BillingRun.status)).where(this).with_for_update(key_share=True))
    if status is None:
        raise NotFound("there is no such run", field="runId")
    if status not in move.states:
        raise RunNotInState(f"it is {status}: it would have to be {' or '.join(move.states)}", field="runId")
    await tx.execute(update(BillingRun).where(this).values(status=move.to, **changes))
    after = {"status": move.to} | {name: str(value) for name, value in changes.items() if value is not None}
    tx.emit(Event(move.event, object_id=run_id, before={"status": status}, after=after, reason=reason, due_at=due_at))
    return run_id
