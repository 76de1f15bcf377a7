"""Metering jobs that have ended: the evidence is stored between two transactions, and nothing is metered twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from core.actor import SYSTEM
from core.errors import DomainError, Refusals
from services.lms_admin.jobs.leasing import key_of
from services.lms_admin.jobs.metering import (
    ChangedMeanwhile,
    jobs_to_meter,
    meter,
    note_refusal,
    write_evidence,
)
from services.lms_admin.jobs.units import Bill, draft_bill
from services.lms_admin.jobs.verifying import keep_verified
from worker.means import About, Due, Means
from worker.running_jobs import utc_now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.db import Transaction

ENDED: Final = "LMS_JOB_ENDED"
LOST_AFTER: Final = timedelta(minutes=2)
DRAFTS: Final = 5

Result = TypeVar("Result")


async def meter_job(means: Means, about: About, *, clock: Callable[[], datetime] = utc_now) -> bool:
    """Meter what a job has applied and was not metered yet; whether there was anything.

    What is refused is noted on the job, with the reason, and waits for a person.
    """
    for _ in range(DRAFTS):
        bill = await _write(
            means, clock, lambda tx: draft_bill(tx, contract_id=about.contract_id, job_id=about.object_id)
        )
        if bill is None:
            return False
        try:
            await _meter(means, clock, bill)
        except ChangedMeanwhile:
            continue
        return True
    # whoever looks out for jobs that are not metered comes by again
    return False


async def _meter(means: Means, clock: Callable[[], datetime], bill: Bill) -> None:
    files = await write_evidence(bill, means.blobs)
    try:
        await _write(means, clock, lambda tx: meter(tx, bill, files, blobs=means.blobs, now=tx.now))
    except (DomainError, Refusals) as refused:
        why = refused
        await _write(means, clock, lambda tx: note_refusal(tx, bill, why))


async def meter_verified(means: Means, about: About, *, clock: Callable[[], datetime] = utc_now) -> bool:
    """Take what a person has verified into the roster, and meter it."""
    named = {"contract_id": about.contract_id, "item_id": about.object_id}
    job_id = await _write(means, clock, lambda tx: keep_verified(tx, **named, now=tx.now))
    return await meter_job(means, About(about.contract_id, job_id), clock=clock)


async def jobs_unmetered(tx: Transaction) -> list[Due]:
    """Jobs that ended some time ago and are not metered."""
    return [Due(ENDED, key_of(job), job.id) for job in await jobs_to_meter(tx, ended_before=tx.now - LOST_AFTER)]


async def _write(
    means: Means, clock: Callable[[], datetime], work: Callable[[Transaction], Awaitable[Result]]
) -> Result:
    return await means.database.write(SYSTEM, work, now=clock(), request_id="metering")
