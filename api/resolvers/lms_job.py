"""Queries, subscriptions and mutations of jobs."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query, subscription
from api.schema.lms_job import LmsJob
from api.schema.lms_steering import (
    CancelLmsJobInput,
    CancelLmsJobPayload,
    ExecuteLmsPlanInput,
    ExecuteLmsPlanPayload,
    MeterLmsJobInput,
    MeterLmsJobPayload,
    PauseLmsJobInput,
    PauseLmsJobPayload,
    ResumeLmsJobInput,
    ResumeLmsJobPayload,
    VerifyLmsItemInput,
    VerifyLmsItemPayload,
)
from services.lms_admin.jobs import asking_to_meter, ordering, reads, steering, verifying


@strawberry.type
class LmsJobQueries:
    """What is being done to sites."""

    @query
    def lms_job(self, reader: Reader, id: Id[LmsJob]) -> Rows[LmsJob | None]:
        """One job by id; null when it does not exist or you may not see it."""
        return reads.job(reader, id.contract_id, id.id)


@strawberry.type
class LmsJobSubscriptions:
    """Jobs as they get on."""

    @subscription
    def lms_job(self, reader: Reader, id: Id[LmsJob]) -> Rows[LmsJob | None]:
        """One job, at once and after every step; null, and the end, when you may not see it or not any more."""
        return reads.job(reader, id.contract_id, id.id)


@strawberry.type
class LmsJobMutations:
    """Executing plans, and steering their jobs."""

    @mutation
    async def execute_lms_plan(self, info: Info, input: ExecuteLmsPlanInput) -> ExecuteLmsPlanPayload:
        """Execute a plan, as it was previewed and approved; once."""
        tx = info.context.tx
        job = await ordering.execute_lms_plan(
            tx,
            actor=tx.actor,
            contract_id=input.plan_id.contract_id,
            plan_id=input.plan_id.id,
            plan_hash=input.plan_hash,
            reason=input.reason,
            now=tx.now,
        )
        return ExecuteLmsPlanPayload(job=job)

    @mutation
    async def pause_lms_job(self, info: Info, input: PauseLmsJobInput) -> PauseLmsJobPayload:
        """Pause a job between two steps, until somebody resumes it."""
        tx = info.context.tx
        key = input.job_id
        job = await steering.pause_lms_job(
            tx, actor=tx.actor, contract_id=key.contract_id, job_id=key.id, reason=input.reason, now=tx.now
        )
        return PauseLmsJobPayload(job=job)

    @mutation
    async def resume_lms_job(self, info: Info, input: ResumeLmsJobInput) -> ResumeLmsJobPayload:
        """Let a paused job go on, in the name of whoever ordered it."""
        tx = info.context.tx
        key = input.job_id
        job = await steering.resume_lms_job(
            tx, actor=tx.actor, contract_id=key.contract_id, job_id=key.id, reason=input.reason, now=tx.now
        )
        return ResumeLmsJobPayload(job=job)

    @mutation
    async def cancel_lms_job(self, info: Info, input: CancelLmsJobInput) -> CancelLmsJobPayload:
        """Cancel a job: what was done stays done, what was not sent is skipped."""
        tx = info.context.tx
        key = input.job_id
        job = await steering.cancel_lms_job(
            tx, actor=tx.actor, contract_id=key.contract_id, job_id=key.id, reason=input.reason, now=tx.now
        )
        return CancelLmsJobPayload(job=job)

    @mutation
    async def verify_lms_item(self, info: Info, input: VerifyLmsItemInput) -> VerifyLmsItemPayload:
        """Say what became of an UNKNOWN item, having looked at the LMS; what was applied counts from then on."""
        tx = info.context.tx
        item = await verifying.verify_lms_item(
            tx,
            actor=tx.actor,
            contract_id=input.item_id.contract_id,
            item_id=input.item_id.id,
            outcome=input.outcome.name,
            note=input.note,
            now=tx.now,
        )
        return VerifyLmsItemPayload(item=item)

    @mutation
    async def meter_lms_job(self, info: Info, input: MeterLmsJobInput) -> MeterLmsJobPayload:
        """Record what a job has applied as your work, once what it was refused for is mended."""
        tx = info.context.tx
        job = await asking_to_meter.meter_lms_job(
            tx, actor=tx.actor, contract_id=input.job_id.contract_id, job_id=input.job_id.id, now=tx.now
        )
        return MeterLmsJobPayload(job=job)
