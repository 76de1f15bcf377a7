"""Pausing, resuming and cancelling a job; a runner in the middle of a chunk first writes down what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for
from services.identity.roles import Act
from services.lms_admin.jobs.leasing import COLUMNS, key_of
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.jobs.stopping import RESUMED
from services.lms_admin.sites.administering import SiteDisconnected, site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000


class JobNotInState(DomainError):
    """The job is in no state for this: it has ended, is being cancelled, is paused already, or is not paused."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of a job's state that a person asks for: from which states, to what, and what follows it."""

    states: tuple[str, ...]
    to: str
    event: str
    begins_work: bool
    code: str | None = None


PAUSE: Final = Move(("QUEUED", "RUNNING", "WAITING"), "PAUSED", "LMS_JOB_PAUSED", begins_work=False, code="BY_A_PERSON")
RESUME: Final = Move(("PAUSED",), "QUEUED", RESUMED, begins_work=True)
CANCEL: Final = Move(("QUEUED", "RUNNING", "WAITING", "PAUSED"), "CANCELLING", "LMS_JOB_CANCELLING", begins_work=True)


async def pause_lms_job(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Pause a job until somebody resumes it; what is being sent is still noted.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, JobNotInState, TextBlank or
    TextTooLong.
    """
    return await _move(tx, PAUSE, actor, RowKey(contract_id, job_id), reason, now)


async def resume_lms_job(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str | None, now: datetime
) -> RowKey:
    """Let a paused job go on, still in the name of whoever ordered it; refuses as pausing does."""
    return await _move(tx, RESUME, actor, RowKey(contract_id, job_id), reason, now)


async def cancel_lms_job(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Cancel a job: what was done stays, and is billed; what was not sent is SKIPPED. An undo is a plan of its own.

    Refuses as pausing does, but for a site that is no longer connected.
    """
    return await _move(tx, CANCEL, actor, RowKey(contract_id, job_id), reason, now)


async def _move(  # noqa: PLR0917  (the three above pass on what they were given)
    tx: Transaction, move: Move, actor: Actor, key: RowKey, reason: str | None, now: datetime
) -> RowKey:
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    job = await job_for(tx, actor=actor, key=key, now=now, connected=move is not CANCEL)
    if job.status not in move.states:
        raise JobNotInState(f"the job is {job.status}, not {' or '.join(move.states)}", field="jobId")
    await tx.execute(
        update(LmsJob)
        .where(col(LmsJob.contract_id) == key.contract_id, col(LmsJob.id) == key.id)
        .values(status=move.to, wait_code=move.code, wait_message=move.code and reason, wait_until=None)
    )
    tx.emit(
        Event(
            move.event,
            object_id=key.id,
            contract=key_of(job),
            before={"status": job.status},
            after={"status": move.to},
            reason=reason,
            due_at=now if move.begins_work else None,
        )
    )
    return key


async def job_for(
    tx: Transaction, *, actor: Actor, key: RowKey, now: datetime, connected: bool = True, field: str = "jobId"
) -> Row[Any]:
    """Lock and return a job of which the actor may perform the operation.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, and, where the site has to be connected,
    SiteDisconnected.
    """
    await contract_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=key.contract_id, field=field)
    job = await tx.one_or_none(
        select(*COLUMNS)
        .where(col(LmsJob.contract_id) == key.contract_id, col(LmsJob.id) == key.id)
        .with_for_update(key_share=True)
    )
    if job is None:
        raise NotFound("there is no such job", field=field)
    try:
        await site_for(
            tx,
            actor=actor,
            contract_id=key.contract_id,
            site_id=job.site_id,
            operation=Operation(job.operation),
            now=now,
            field=field,
        )
    except SiteDisconnected:
        if connected:
            raise
    return job
