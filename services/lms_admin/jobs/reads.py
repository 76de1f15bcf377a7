"""What can be read of jobs; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from services.contracts.reads import concerns
from services.delivery.models import WorkRecord
from services.lms_admin.acts.models import LmsMeteredItem
from services.lms_admin.jobs.models import LmsJob

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def job(reader: Reader, contract_id: UUID, job_id: UUID) -> Select[Any]:
    """One job."""
    jobs = LmsJob.__table__.c  # type: ignore[attr-defined]
    return select(*jobs).where(jobs.contract_id == contract_id, jobs.id == job_id, concerns(reader, jobs))


def work_records_of(job: Any) -> Select[Any]:  # noqa: ANN401  (a row of jobs)
    """The work that a job was metered as."""
    record, metered = WorkRecord.__table__.c, LmsMeteredItem.__table__.c  # type: ignore[attr-defined]
    of_job = select(metered.work_record_id).where(metered.contract_id == job.contract_id, metered.job_id == job.id)
    return select(*record).where(record.contract_id == job.contract_id, record.id.in_(of_job))
