"""Undoing a job: a plan like any other, made from what the job's items were before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.contracts.faults import Faults
from services.contracts.granted import contract_for
from services.delivery.totals import LONGEST_REASON
from services.identity.roles import Act
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.plans.asking import Asking, Wish, begin_plan
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.ids import RowKey

# Nothing is deleted: who was made is suspended, who was enrolled is suspended in the course. The last is undone first.
_REVERSED: Final = text(
    """
    insert into lms_plan_row (contract_id, association_id, vendor_id, site_id, plan_id, id, position, subject_kind,
        member_number, course_key, desired, reasons)
    select p.contract_id, p.association_id, p.vendor_id, p.site_id, p.id, uuidv7(),
        row_number() over (order by i.position desc), r.subject_kind, r.member_number, r.course_key,
        case
            when not it.known then r.desired
            when r.subject_kind = 'USER' then case when it.made
                then r.desired || jsonb_build_object('suspended', true) else it.before - 'protected' end
            when r.subject_kind = 'ENROLMENT' then case when it.made
                then r.desired || jsonb_build_object('state', 'SUSPENDED') else it.before - 'dates_known' end
        end,
        case when not it.known then array['CANNOT_BE_UNDONE']
            when r.subject_kind = 'USER' and it.made and done.notify_learners then array['MESSAGE_WAS_SENT']
            else array[]::text[] end
    from lms_plan p
        join lms_job j on j.contract_id = p.contract_id and j.id = p.undoes_job_id
        join lms_plan done on done.contract_id = j.contract_id and done.id = j.plan_id
        join lms_job_item i on i.contract_id = j.contract_id and i.job_id = j.id and i.status = 'APPLIED'
        join lms_plan_row r on r.contract_id = i.contract_id and r.id = i.id,
        lateral (select r.action = 'CREATE' as made, i.sent_before as before) was,
        lateral (select was.*, r.subject_kind in ('USER', 'ENROLMENT') and (was.made or was.before is not null
            and coalesce((was.before ->> 'dates_known')::boolean, true)) as known) it
    where p.contract_id = :contract_id and p.id = :plan_id"""
)


class JobNotEnded(DomainError):
    """The job still runs: cancel it, or wait until it has ended."""


async def preview_undo(
    tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, reason: str | None, now: datetime
) -> RowKey:
    """Ask what undoing a job would do to what it applied; what cannot be undone is a row that says so.

    Refuses with NotFound, JobNotEnded, TextBlank, TextTooLong, and with what `site_for` refuses.
    """
    await contract_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, field="jobId")
    job = await tx.one_or_none(
        select(col(LmsJob.site_id), col(LmsJob.line_id), col(LmsJob.status), col(LmsJob.ended_at)).where(
            col(LmsJob.contract_id) == contract_id, col(LmsJob.id) == job_id
        )
    )
    if job is None:
        raise NotFound("there is no such job", field="jobId")
    on = await site_for(
        tx,
        actor=actor,
        contract_id=contract_id,
        site_id=job.site_id,
        operation=Operation.UNDO,
        now=now,
        field="jobId",
    )
    if job.ended_at is None:
        raise JobNotEnded(f"the job is {job.status}", field="jobId")
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    asking = Asking(Wish(job.site_id, reason=reason), on, job.line_id, Operation.UNDO, actor)
    key = await begin_plan(tx, asking, now=now, undoes_job_id=job_id)
    await tx.execute(_REVERSED, {"contract_id": contract_id, "plan_id": key.id})
    return key
