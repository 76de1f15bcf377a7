"""Queries and mutations of plans."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query, subscription
from api.schema.evidence import EvidenceInput
from api.schema.lms_plan import LmsPlan
from api.schema.lms_planning import (
    ApproveLmsPlanInput,
    ApproveLmsPlanPayload,
    LmsEnrolmentInput,
    OptOutOfPlanRowsInput,
    OptOutOfPlanRowsPayload,
    PreviewAccessResetInput,
    PreviewAccessResetPayload,
    PreviewCoursesInput,
    PreviewCoursesPayload,
    PreviewEnrolmentsInput,
    PreviewEnrolmentsPayload,
    PreviewRosterImportInput,
    PreviewRosterImportPayload,
    PreviewSuspensionInput,
    PreviewSuspensionPayload,
    PreviewUndoInput,
    PreviewUndoPayload,
    WithdrawLmsPlanInput,
    WithdrawLmsPlanPayload,
)
from services.delivery.evidence import File
from services.lms_admin.adapters.port import CourseFromTemplate
from services.lms_admin.jobs import undoing
from services.lms_admin.plans import (
    approving,
    enrolling,
    importing,
    making_courses,
    opting_out,
    reads,
    suspending,
    withdrawing,
)
from services.lms_admin.plans.asking import Wish
from services.lms_admin.plans.enrolment_csv import Part
from services.lms_admin.sites.operations import Operation


@strawberry.type
class LmsPlanQueries:
    """What operations would do."""

    @query
    def lms_plan(self, reader: Reader, id: Id[LmsPlan]) -> Rows[LmsPlan | None]:
        """One plan by id; null when it does not exist or you may not see it."""
        return reads.plan(reader, id.contract_id, id.id)


@strawberry.type
class LmsPlanSubscriptions:
    """Plans as they are previewed."""

    @subscription
    def lms_plan(self, reader: Reader, id: Id[LmsPlan]) -> Rows[LmsPlan | None]:
        """One plan, at once and after every step; null, and the end, when you may not see it or not any more."""
        return reads.plan(reader, id.contract_id, id.id)


@strawberry.type
class LmsPlanMutations:
    """Asking what operations would do, and deciding on the answers."""

    @mutation
    async def preview_roster_import(self, info: Info, input: PreviewRosterImportInput) -> PreviewRosterImportPayload:
        """Ask what importing a roster would do; the file and the site are read in the background."""
        tx = info.context.tx
        key = await importing.preview_roster_import(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            wish=Wish(
                input.site_id.id,
                input.line_key,
                reason=input.reason,
                notify_learners=input.notify_learners,
                mends_job_id=input.mends_job_id and input.mends_job_id.id,
            ),
            mode=importing.RosterMode(input.mode.name),
            file=_file(input.file),
            blobs=info.context.blobs,
            now=tx.now,
        )
        return PreviewRosterImportPayload(plan=key)

    @mutation
    async def preview_enrolments(self, info: Info, input: PreviewEnrolmentsInput) -> PreviewEnrolmentsPayload:
        """Ask what enrolling members in courses, or ending their enrolments, would do."""
        tx = info.context.tx
        listed = None if input.enrolments is None else [_part(*item) for item in enumerate(input.enrolments, start=1)]
        key = await enrolling.preview_enrolments(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            wish=_mending(input),
            operation=Operation(input.operation.name),
            parts=listed,
            file=None if input.file is None else _file(input.file),
            blobs=info.context.blobs,
            now=tx.now,
        )
        return PreviewEnrolmentsPayload(plan=key)

    @mutation
    async def preview_suspension(self, info: Info, input: PreviewSuspensionInput) -> PreviewSuspensionPayload:
        """Ask what suspending or restoring members would do."""
        tx = info.context.tx
        key = await suspending.preview_for_members(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            wish=_mending(input),
            operation=Operation(input.operation.name),
            member_numbers=input.member_numbers,
            now=tx.now,
        )
        return PreviewSuspensionPayload(plan=key)

    @mutation
    async def preview_access_reset(self, info: Info, input: PreviewAccessResetInput) -> PreviewAccessResetPayload:
        """Ask what resetting members' access would do."""
        tx = info.context.tx
        key = await suspending.preview_for_members(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            wish=Wish(input.site_id.id, input.line_key, reason=input.reason, notify_learners=input.notify_learners),
            operation=Operation.RESET_ACCESS,
            member_numbers=input.member_numbers,
            now=tx.now,
        )
        return PreviewAccessResetPayload(plan=key)

    @mutation
    async def preview_courses(self, info: Info, input: PreviewCoursesInput) -> PreviewCoursesPayload:
        """Ask what making courses out of templates would do."""
        tx = info.context.tx
        key = await making_courses.preview_courses(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            wish=Wish(input.site_id.id, input.line_key, reason=input.reason),
            courses=[CourseFromTemplate(it.course_key, it.title, it.template_key) for it in input.courses],
            now=tx.now,
        )
        return PreviewCoursesPayload(plan=key)

    @mutation
    async def preview_undo(self, info: Info, input: PreviewUndoInput) -> PreviewUndoPayload:
        """Ask what undoing a job would do to what it applied; it is work without quantity."""
        tx = info.context.tx
        key = await undoing.preview_undo(
            tx,
            actor=tx.actor,
            contract_id=input.job_id.contract_id,
            job_id=input.job_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return PreviewUndoPayload(plan=key)

    @mutation
    async def opt_out_of_plan_rows(self, info: Info, input: OptOutOfPlanRowsInput) -> OptOutOfPlanRowsPayload:
        """Leave rows out of a plan; it is another plan from then on, with another hash."""
        tx = info.context.tx
        key = await opting_out.opt_out_of_rows(
            tx,
            actor=tx.actor,
            contract_id=input.plan_id.contract_id,
            plan_id=input.plan_id.id,
            row_ids=[row.id for row in input.row_ids],
            reason=input.reason,
            now=tx.now,
        )
        return OptOutOfPlanRowsPayload(plan=key)

    @mutation
    async def approve_lms_plan(self, info: Info, input: ApproveLmsPlanInput) -> ApproveLmsPlanPayload:
        """Approve a plan as you saw it; where much is removed, as somebody else than who asked for it."""
        tx = info.context.tx
        key = await approving.approve_plan(
            tx,
            actor=tx.actor,
            contract_id=input.plan_id.contract_id,
            plan_id=input.plan_id.id,
            plan_hash=input.plan_hash,
            now=tx.now,
        )
        return ApproveLmsPlanPayload(plan=key)

    @mutation
    async def withdraw_lms_plan(self, info: Info, input: WithdrawLmsPlanInput) -> WithdrawLmsPlanPayload:
        """Give a plan up that is not executed yet."""
        tx = info.context.tx
        key = await withdrawing.withdraw_plan(
            tx,
            actor=tx.actor,
            contract_id=input.plan_id.contract_id,
            plan_id=input.plan_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawLmsPlanPayload(plan=key)


def _mending(input: PreviewEnrolmentsInput | PreviewSuspensionInput) -> Wish:
    job_id = input.mends_job_id and input.mends_job_id.id
    return Wish(input.site_id.id, input.line_key, reason=input.reason, mends_job_id=job_id)


def _part(row: int, given: LmsEnrolmentInput) -> Part:
    return Part(row, given.member_number, given.course_key, given.role, given.starts_on, given.ends_on)


def _file(given: EvidenceInput) -> File:
    return File(given.name, given.media_type, given.content_base64, given.evidence_id and given.evidence_id.id)
