"""Pausing, resuming and cancelling a job; a runner in the middle of a chunk first writes down what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for
from services.identity.roles import Act
from services.lms_admin.jobs.leasing import key_of
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.jobs.stopping import RESUMED
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
OF_A_PERSON: Final = "BY_A_PERSON"


class JobNotOpen(DomainError):
    """The job has ended, or is being cancelled; nothing of it can be paused, resumed or cancelled any more."""


class JobNotPaused(DomainError):
    """The job is not paused; only a paused one is resumed."""


class JobAlreadyPaused(DomainError):
    """The job is paused already."""


async def pause_lms_job(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Pause a job until somebody resumes it; what is being sent is still noted.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, JobNotOpen, JobAlreadyPaused,
    TextBlank or TextTooLong.
    """
    values = {"status": "PAUSED", "wait_code": OF_A_PERSON, "wait_message": reason.strip(), "wait_until": None}
    job = await _job(tx, actor, contract_id, job_id, reason, now)
    if job.status == "PAUSED":
        raise JobAlreadyPaused("the job is paused already", field="jobId")
    return await _move(tx, job, ("QUEUED", "RUNNING", "WAITING"), values, "LMS_JOB_PAUSED", reason, None)


async def resume_lms_job(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str | None, now: datetime
) -> RowKey:
    """Let a paused job go on, still in the name of whoever ordered it.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, JobNotOpen, JobNotPaused,
    TextBlank or TextTooLong.
    """
    values = {"status": "QUEUED", "wait_code": None, "wait_message": None, "wait_until": None}
    job = await _job(tx, actor, contract_id, job_id, reason, now)
    if job.status != "PAUSED" and job.ended_at is None:
        raise JobNotPaused(f"the job is {job.status}", field="jobId")
    return await _move(tx, job, ("PAUSED",), values, RESUMED, reason, now)


async def cancel_lms_job(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Cancel a job: what was done stays, and is billed; what was not sent is SKIPPED. An undo is a plan of its own.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, JobNotOpen, TextBlank or
    TextTooLong.
    """
    values = {"status": "CANCELLING", "wait_code": None, "wait_message": None, "wait_until": None}
    job = await _job(tx, actor, contract_id, job_id, reason, now)
    states = ("QUEUED", "RUNNING", "WAITING", "PAUSED")
    return await _move(tx, job, states, values, "LMS_JOB_CANCELLING", reason, now)


async def _job(
    tx: Transaction, actor: Actor, contract_id: UUID, job_id: UUID, reason: str | None, now: datetime
) -> Row[Any]:
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    await contract_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, field="jobId")
    job = await tx.one_or_none(
        select(*LmsJob.__table__.c)  # type: ignore[attr-defined]
        .where(col(LmsJob.contract_id) == contract_id, col(LmsJob.id) == job_id)
        .with_for_update(key_share=True)
    )
    if job is None:
        raise NotFound("there is no such job", field="jobId")
    await site_for(
        tx,
        actor=actor,
        contract_id=contract_id,
        site_id=job.site_id,
        operation=Operation(job.operation),
        now=now,
        field="jobId",
    )
    return job


async def _move(
    tx: Transaction,
    job: Row[Any],
    states: tuple[str, ...],
    values: dict[str, object],
    event: str,
    reason: str | None,
    due_at: datetime | None,
) -> RowKey:
    moved = await tx.one_or_none(
        update(LmsJob)
        .where(col(LmsJob.contract_id) == job.contract_id, col(LmsJob.id) == job.id, col(LmsJob.status).in_(states))
        .values(**values)
        .returning(col(LmsJob.status))
    )
    if moved is None:
        raise JobNotOpen(f"the job is {job.status}", field="jobId")
    tx.emit(
        Event(
            event,
            object_id=job.id,
            contract=key_of(job),
            before={"status": job.status},
            after={"status": moved.status},
            reason=reason,
            due_at=due_at,
        )
    )
    return RowKey(job.contract_id, job.id)
