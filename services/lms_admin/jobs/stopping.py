"""How a run ends: the job waits, is paused, is handed on, is done, or is cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlmodel import col

from core.events import Event
from core.jobs import enqueue
from services.contracts.ending import ContractNotActive
from services.lms_admin.adapters.port import Condition
from services.lms_admin.jobs.leasing import keep_lease, key_of
from services.lms_admin.jobs.models import LmsJob, LmsJobItem
from services.lms_admin.jobs.taking import MOST_READINGS, READ_AGAIN_AT, Hindered
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.adapters.port import LmsUnavailable

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(minutes=15)
FAILURES_THAT_OPEN: Final = 5
"""So many calls of a site that fail in a row open its circuit: no job asks it anything until the wait is over."""
RELEASED: Final = {"lease_token": None, "lease_until": None}
VERIFYING: Final = "VERIFYING"
RESUMED: Final = "LMS_JOB_RESUMED"


async def stop(tx: Transaction, job: Row[Any], why: Hindered | None, *, now: datetime) -> None:
    """Let a job wait until an instant, or pause it until a person resumes it; what a person asked for comes first.

    Nobody can resume a job of a contract that has ended: it is cancelled.
    """
    job = await keep_lease(tx, job, now=now)
    if why and why.code == ContractNotActive.code():
        await cancel(tx, job, now=now)
        return
    if why is None or job.status != "RUNNING":
        await release(tx, job, now=now)
        return
    status = "PAUSED" if why.until is None else "WAITING"
    told = {"wait_code": why.code, "wait_message": why.message, "wait_until": why.until}
    await _write(tx, job, status=status, **told)
    after = {"status": status, "code": why.code, "until": why.until}
    tx.emit(Event(f"LMS_JOB_{status}", object_id=job.id, contract=key_of(job), after=after, reason=why.message))


async def stop_as_unavailable(tx: Transaction, job: Row[Any], unavailable: LmsUnavailable, *, now: datetime) -> None:
    """Let a job wait for its site, longer each time that a call of the site fails; a refused credential pauses it."""
    job = await keep_lease(tx, job, now=now)
    if unavailable.condition is Condition.UNAUTHORIZED:
        await stop(tx, job, Hindered(unavailable.condition, unavailable.message), now=now)
        return
    failures = await tx.scalar(
        update(LmsSite)
        .where(col(LmsSite.contract_id) == job.contract_id, col(LmsSite.id) == job.site_id)
        .values(failures_in_a_row=col(LmsSite.failures_in_a_row) + 1)
        .returning(col(LmsSite.failures_in_a_row))
    )
    until = now + min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    if failures >= FAILURES_THAT_OPEN:
        await tx.execute(
            update(LmsSite)
            .where(col(LmsSite.contract_id) == job.contract_id, col(LmsSite.id) == job.site_id)
            .values(open_until=until)
        )
    await stop(tx, job, Hindered(unavailable.condition, unavailable.message, until), now=now)


async def release(tx: Transaction, job: Row[Any], *, now: datetime) -> None:
    """Give the lease back; what is to go on is queued again, so that one long job does not keep all others waiting."""
    job = await keep_lease(tx, job, now=now)
    if job.status == "CANCELLING":
        await cancel(tx, job, now=now)
        return
    status = "QUEUED" if job.status == "RUNNING" else job.status
    await _write(tx, job, status=status)
    if status == "QUEUED":
        await enqueue(await tx.raw(), Event(RESUMED, job.id, contract=key_of(job)), due_at=now, now=now)


async def finish(tx: Transaction, job: Row[Any], *, now: datetime) -> None:
    """End a job of which nothing is left to send, or let it wait for what is to be read back."""
    job = await keep_lease(tx, job, now=now)
    if job.status != "RUNNING":
        await stop(tx, job, None, now=now)
        return
    again = await tx.scalar(
        select(func.min(READ_AGAIN_AT)).where(
            col(LmsJobItem.contract_id) == job.contract_id,
            col(LmsJobItem.job_id) == job.id,
            col(LmsJobItem.status) == "UNKNOWN",
        )
    )
    if again is not None:
        message = f"{job.unknown_count} items are read back again then: what became of them is not known yet"
        await stop(tx, job, Hindered(VERIFYING, message, max(again, now)), now=now)
        return
    await _end(tx, job, "DONE", now)


async def cancel(tx: Transaction, job: Row[Any], *, now: datetime) -> None:
    """End a job that is to be cancelled: what was not sent is SKIPPED; what was, and was not read back, is UNKNOWN."""
    job = await keep_lease(tx, job, now=now)
    message = "the job was cancelled before it was {}"
    skipped = await _leave(tx, job, "PENDING", status="SKIPPED", error_message=message.format("sent"), ended_at=now)
    unknown = await _leave(tx, job, "SENT", status="UNKNOWN", error_message=message.format("read back"))
    counts = {"skipped_count": job.skipped_count + skipped, "unknown_count": job.unknown_count + unknown}
    job = await keep_lease(tx, job, now=now, **counts)
    await _end(tx, job, "CANCELLED", now)


async def _leave(tx: Transaction, job: Row[Any], was: str, **values: object) -> int:
    left = await tx.execute(
        update(LmsJobItem)
        .where(
            col(LmsJobItem.contract_id) == job.contract_id,
            col(LmsJobItem.job_id) == job.id,
            col(LmsJobItem.status) == was,
        )
        .values(error_code="CANCELLED", readings=MOST_READINGS, **values)
    )
    return left.rowcount


async def _end(tx: Transaction, job: Row[Any], status: str, now: datetime) -> None:
    await _write(tx, job, status=status, ended_at=now, progressed_at=now)
    await tx.execute(
        update(LmsPlan)
        .where(col(LmsPlan.contract_id) == job.contract_id, col(LmsPlan.id) == job.plan_id)
        .values(status="DONE", ended_at=now)
    )
    after = {
        "status": status,
        **{
            name: getattr(job, f"{name}_count")
            for name in ("applied", "already_so", "rejected", "unknown", "stale", "skipped")
        },
    }
    tx.emit(Event("LMS_JOB_ENDED", object_id=job.id, contract=key_of(job), after=after, due_at=now))


async def _write(tx: Transaction, job: Row[Any], **values: object) -> None:
    await tx.execute(
        update(LmsJob)
        .where(col(LmsJob.contract_id) == job.contract_id, col(LmsJob.id) == job.id)
        .values(**RELEASED, **values)
    )
