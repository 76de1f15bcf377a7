"""Undoing is a plan too: back to what was there before, deleting nothing, and saying what cannot be undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.ids import new_id
from services.lms_admin.adapters.port import CourseFromTemplate, EnrolmentState, FoundCourse, FoundEnrolment
from services.lms_admin.jobs.undoing import preview_undo
from services.lms_admin.plans.enrolling import preview_enrolments
from services.lms_admin.plans.enrolment_csv import Part
from services.lms_admin.plans.making_courses import preview_courses
from services.lms_admin.plans.suspending import preview_for_members
from services.lms_admin.sites.operations import Operation
from tests.delivery.guild import NOW, insert
from tests.lms_admin.plans.academy import PlanDesk, csv, user
from tests.lms_admin.plans.test_approving import code_of

DONE = {"status": "DONE", "ended_at": NOW}


async def executed(desk: PlanDesk, plan_id: UUID, **job: Any) -> UUID:  # noqa: ANN401  (columns of a job)
    """Write down that a job did what a plan says, with the site as it was read before."""
    plan, job_id = await desk.preview(plan_id), new_id()
    await insert(
        desk.guild.rows, "lms_job", **desk.key, id=job_id, site_id=desk.site_id, plan_id=plan_id,
        line_id=plan["line_id"], operation=plan["operation"], total_count=plan["row_count"], ordered_at=NOW,
        ordered_by_person_id=desk.guild.lead.person_id, **(DONE | job),
    )  # fmt: skip
    await desk.guild.rows.execute(
        """insert into lms_job_item (contract_id, association_id, vendor_id, site_id, job_id, id, position,
            idempotency_key, status, sent_before)
        select contract_id, association_id, vendor_id, site_id, $2, id, position, id::text,
            case when action in ('NOOP', 'CONFLICT') then 'SKIPPED' else 'APPLIED' end, observed
        from lms_plan_row where plan_id = $1""",
        plan_id,
        job_id,
    )
    return job_id


async def undone(desk: PlanDesk, job_id: UUID) -> list[tuple[str, str, list[str]]]:
    """What undoing a job would do."""
    key = await desk.guild.write(desk.guild.lead, preview_undo, job_id=job_id, reason="Wrong file")
    plan = await desk.preview(key.id)
    assert (plan["status"], plan["operation"], plan["undoes_job_id"]) == ("READY", "UNDO", job_id)
    return await desk.decided(key.id)


async def test_whom_an_import_made_is_suspended_and_whom_it_changed_is_as_before(desk: PlanDesk) -> None:
    desk.academy.users = [user("M-2"), user("M-3"), user("ADMIN", protected=True)]
    asked = csv(user("M-1"), user("M-2", given_name="Eve"), user("M-3"), user("ADMIN", given_name="Eve"))
    job_id = await executed(desk, await desk.ask_import(asked, notify_learners=True))
    desk.academy.users = [user("M-1"), user("M-2", given_name="Eve"), user("M-3")]
    assert await undone(desk, job_id) == [
        ("M-2", "UPDATE", ["CHANGED_GIVEN_NAME"]),
        ("M-1", "SUSPEND", ["MESSAGE_WAS_SENT", "CHANGED_STATE"]),
    ]
    # what somebody has put back already is as it should be
    desk.academy.users = [user("M-1", suspended=True), user("M-2")]
    assert await undone(desk, job_id) == [("M-2", "NOOP", []), ("M-1", "NOOP", [])]


async def test_whose_enrolment_ended_is_enrolled_again_and_whose_began_is_suspended(desk: PlanDesk) -> None:
    academy = desk.academy
    academy.courses, academy.users = [FoundCourse("ETH-1", "Ethics")], [user("M-1"), user("M-2")]
    academy.enrolments = [FoundEnrolment("M-1", "ETH-1", ends_at=NOW)]
    asked: dict[str, Any] = {"parts": [Part(1, "M-1", "ETH-1")], "file": None, "blobs": desk.guild.blobs}
    ended = await executed(desk, await desk.ask(preview_enrolments, operation=Operation.UNENROL, **asked))
    academy.enrolments = []
    assert await undone(desk, ended) == [("M-1", "CREATE", [])]
    asked["parts"] = [Part(1, "M-2", "ETH-1")]
    begun = await executed(desk, await desk.ask(preview_enrolments, operation=Operation.ENROL, **asked))
    academy.enrolments = [FoundEnrolment("M-2", "ETH-1", state=EnrolmentState.ACTIVE)]
    assert await undone(desk, begun) == [("M-2", "SUSPEND", [])]


async def test_what_cannot_be_undone_is_said(desk: PlanDesk) -> None:
    academy = desk.academy
    academy.courses, academy.users = [FoundCourse("TPL", "Template"), FoundCourse("ETH-1", "Ethics")], [user("M-1")]
    reset: dict[str, Any] = {"operation": Operation.RESET_ACCESS, "member_numbers": ["M-1"]}
    job_id = await executed(desk, await desk.ask(preview_for_members, **reset))
    assert await undone(desk, job_id) == [("M-1", "CONFLICT", ["CANNOT_BE_UNDONE"])]
    made = await desk.ask(preview_courses, courses=[CourseFromTemplate("ETH-2", "Ethics", "TPL")])
    assert await undone(desk, await executed(desk, made)) == [("ETH-2", "CONFLICT", ["CANNOT_BE_UNDONE"])]
    # the LMS did not tell which dates the enrolment had
    academy.enrolments = [FoundEnrolment("M-1", "ETH-1", dates_known=False)]
    parts = [Part(1, "M-1", "ETH-1")]
    asked: dict[str, Any] = {"operation": Operation.UNENROL, "parts": parts, "file": None, "blobs": desk.guild.blobs}
    job_id = await executed(desk, await desk.ask(preview_enrolments, **asked))
    assert await undone(desk, job_id) == [("M-1", "CONFLICT", ["CANNOT_BE_UNDONE"])]


async def test_a_job_that_runs_is_not_undone(desk: PlanDesk) -> None:
    plan_id = await desk.ask_import(csv(user("M-1")))
    job_id = await executed(desk, plan_id, status="QUEUED", ended_at=None)
    guild = desk.guild
    asked: dict[str, Any] = {"job_id": job_id, "reason": None}
    assert await code_of(guild.write(guild.lead, preview_undo, **asked)) == "JOB_NOT_ENDED"
    assert await code_of(guild.write(guild.worker, preview_undo, **asked)) == "FORBIDDEN"
    assert await code_of(guild.write(guild.stranger, preview_undo, **asked)) == "NOT_FOUND"
    assert await code_of(guild.write(guild.lead, preview_undo, job_id=new_id(), reason=None)) == "NOT_FOUND"
