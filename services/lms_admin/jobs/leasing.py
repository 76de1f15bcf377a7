"""The lease: one runner at a time works on a job, and one that lost its lease writes nothing more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select, update
from sqlmodel import col

from core.errors import DomainError
from core.events import ContractKey
from core.ids import new_id
from services.lms_admin.jobs.models import LmsJob

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

LEASE: Final = timedelta(minutes=4)
"""Longer than reading, sending and reading back a chunk may take together; renewed with every transaction."""
COLUMNS: Final = tuple(LmsJob.__table__.c)  # type: ignore[attr-defined]
TO_RUN: Final = ("QUEUED", "RUNNING", "WAITING", "CANCELLING")
"""States in which there is something for a runner to do."""


class LeaseLost(Exception):
    """Another runner has taken the job over: whoever lost it stops, and writes nothing."""


class SiteBusy(DomainError):
    """Another job is running on the site; this one begins when that has ended."""


async def take_lease(tx: Transaction, *, contract_id: UUID, job_id: UUID, now: datetime) -> Row[Any] | None:
    """Take a job on and return it, with the token to write by; None when it is taken, not due, or has ended.

    Refuses with SiteBusy while another job runs on the site: one at a time, in whatever process, so that no LMS gets
    more calls at once than it stands.
    """
    status, lease_until = col(LmsJob.status), col(LmsJob.lease_until)
    busy = SiteBusy("another job is running on the site", field="jobId")
    taken = await tx.execute(
        update(LmsJob)
        .where(
            col(LmsJob.contract_id) == contract_id,
            col(LmsJob.id) == job_id,
            or_(
                status.in_(("QUEUED", "RUNNING", "CANCELLING")),
                and_(status == "WAITING", col(LmsJob.wait_until) <= now),
            ),
            or_(lease_until.is_(None), lease_until <= now),
        )
        .values(
            status=case((status == "CANCELLING", status), else_="RUNNING"),
            lease_token=new_id(),
            lease_until=now + LEASE,
            runs=col(LmsJob.runs) + 1,
            wait_code=None,
            wait_message=None,
            wait_until=None,
        )
        .returning(*COLUMNS),
        refusing={"one_running_job_of_a_site": busy},
    )
    return taken.one_or_none()


async def keep_lease(tx: Transaction, job: Row[Any], *, now: datetime, **values: object) -> Row[Any]:
    """Write `values` to a job by its token, renew its lease, and return it as it is; raises LeaseLost.

    The job's row stays locked, so that nobody pauses or cancels it in the middle of a transaction.
    """
    kept = await tx.one_or_none(
        update(LmsJob)
        .where(
            col(LmsJob.contract_id) == job.contract_id,
            col(LmsJob.id) == job.id,
            col(LmsJob.lease_token) == job.lease_token,
        )
        .values(lease_until=now + LEASE, **values)
        .returning(*COLUMNS)
    )
    if kept is None:
        raise LeaseLost
    return kept


async def jobs_to_run(tx: Transaction, *, now: datetime, most: int = 100) -> Sequence[Row[Any]]:
    """Jobs that nobody works on, though they are due: the wait is over, or whoever had the lease is gone."""
    status, other = col(LmsJob.status), LmsJob.__table__.alias("other")  # type: ignore[attr-defined]
    running_there = select(other.c.id).where(
        other.c.contract_id == LmsJob.contract_id, other.c.site_id == LmsJob.site_id, other.c.status == "RUNNING"
    )
    due = func.coalesce(col(LmsJob.wait_until), col(LmsJob.lease_until), col(LmsJob.ordered_at))
    return await tx.all(
        select(*COLUMNS)
        .where(
            status.in_(TO_RUN),
            due <= now,
            or_(status.in_(("RUNNING", "CANCELLING")), ~running_there.exists()),
        )
        .order_by(due)
        .limit(most)
    )


def key_of(job: Row[Any]) -> ContractKey:
    """The three ids that every row of the job's contract carries."""
    return ContractKey(job.contract_id, job.association_id, job.vendor_id)
