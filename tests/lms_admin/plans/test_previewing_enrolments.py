"""What enrolling, unenrolling, suspending, resetting access and making courses would do, row by row."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.delivery.evidence import File
from services.lms_admin.adapters.documents import document_of
from services.lms_admin.adapters.port import CourseFromTemplate, EnrolmentState, FoundCourse, FoundEnrolment
from services.lms_admin.plans.enrolling import preview_enrolments
from services.lms_admin.plans.enrolment_csv import Part
from services.lms_admin.plans.making_courses import preview_courses
from services.lms_admin.plans.suspending import preview_for_members
from services.lms_admin.sites.operations import Operation
from tests.delivery.guild import NOW, insert
from tests.lms_admin.plans.academy import PlanDesk, user

FIRST, LAST = date(2026, 2, 1), date(2026, 6, 30)
# days begin in Chicago; the last one is included
BEGINS, ENDS = datetime(2026, 2, 1, 6, tzinfo=UTC), datetime(2026, 7, 1, 5, tzinfo=UTC)
ETHICS = FoundCourse("ETH-1", "Ethics")


def there(number: str, **others: Any) -> FoundEnrolment:  # noqa: ANN401  (any field of it)
    return FoundEnrolment(number, "ETH-1", **({"starts_at": BEGINS, "ends_at": ENDS} | others))


async def ask(desk: PlanDesk, operation: Operation, *parts: Part) -> UUID:
    return await desk.ask(preview_enrolments, operation=operation, parts=parts, file=None, blobs=desk.guild.blobs)


def part(number: str, course: str = "ETH-1", role: str = "student") -> Part:
    return Part(1, number, course, role, FIRST, LAST)


async def on_roster(desk: PlanDesk, number: str, **others: Any) -> None:  # noqa: ANN401  (any column)
    whole = {"role": "student", "state": "ACTIVE", "starts_at": BEGINS, "ends_at": ENDS, "changed_at": NOW} | others
    await insert(
        desk.guild.rows, "lms_roster_enrolment", **desk.key, site_id=desk.site_id, member_number=number,
        course_key="ETH-1", **whole,
    )  # fmt: skip


async def test_enrolling(desk: PlanDesk) -> None:
    academy = desk.academy
    academy.courses = [ETHICS]
    academy.users = [user(f"M-{at}") for at in range(1, 8)] + [user("ADMIN", protected=True)]
    academy.enrolments = [
        there("M-2"),
        there("M-3", ends_at=None, state=EnrolmentState.SUSPENDED),
        there("M-4", role="editingteacher"),
        there("M-5", starts_at=None, ends_at=None, dates_known=False),
        there("M-6", starts_at=None, ends_at=None, dates_known=False),
        there("M-7", starts_at=None, ends_at=None, dates_known=False),
    ]
    await on_roster(desk, "M-6")
    await on_roster(desk, "M-7", ends_at=None)
    parts = [part(f"M-{at}") for at in range(1, 8)]
    plan_id = await ask(desk, Operation.ENROL, *parts, part("M-9"), part("M-1", "LAW-1"), part("ADMIN"))
    plan = await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "CREATE", []),
        ("M-2", "NOOP", []),
        ("M-3", "UPDATE", ["CHANGED_STATE", "CHANGED_ENDS_AT"]),
        ("M-4", "CONFLICT", ["OTHER_ROLE"]),
        ("M-5", "UPDATE", ["DATES_NOT_READ"]),
        ("M-6", "NOOP", []),
        ("M-7", "UPDATE", ["CHANGED_ENDS_AT"]),
        ("M-9", "CONFLICT", ["NO_SUCH_USER"]),
        ("M-1", "CONFLICT", ["NO_SUCH_COURSE"]),
        ("ADMIN", "CONFLICT", ["PROTECTED"]),
    ]
    assert (plan["status"], plan["population_count"], plan["needs_second_person"]) == ("READY", 2, False)
    first = (await desk.rows(plan_id))[0]
    assert first["desired"] == {
        "member_number": "M-1",
        "course_key": "ETH-1",
        "role": "student",
        "state": "ACTIVE",
        "starts_at": "2026-02-01T06:00:00+00:00",
        "ends_at": "2026-07-01T05:00:00+00:00",
    }


async def test_unenrolling_removes_and_many_take_a_second_person(desk: PlanDesk) -> None:
    desk.academy.courses = [ETHICS]
    desk.academy.users = [user("M-1"), user("M-2"), user("M-3")]
    desk.academy.enrolments = [there("M-1"), there("M-3", role="teacher")]
    await on_roster(desk, "M-1")
    plan_id = await ask(desk, Operation.UNENROL, part("M-1"), part("M-2"), part("M-3"))
    plan = await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "REMOVE", []),
        ("M-2", "NOOP", ["NOT_THERE"]),
        ("M-3", "CONFLICT", ["OTHER_ROLE"]),
    ]
    assert (plan["remove_count"], plan["population_count"], plan["needs_second_person"]) == (1, 1, True)


async def test_enrolments_come_from_a_file_as_well(desk: PlanDesk) -> None:
    desk.academy.courses, desk.academy.users = [ETHICS], [user("M-1")]
    content = b"member number,course,ends on\nM-1,ETH-1,2026-06-30\n"
    file = File("enrolments.csv", "text/csv", base64.b64encode(content).decode())
    plan_id = await desk.ask(
        preview_enrolments, operation=Operation.ENROL, parts=None, file=file, blobs=desk.guild.blobs
    )
    plan = await desk.preview(plan_id)
    assert (plan["source_name"], await desk.decided(plan_id)) == ("enrolments.csv", [("M-1", "CREATE", [])])
    row = (await desk.rows(plan_id))[0]
    assert (row["source_row"], row["desired"]["ends_at"]) == (2, "2026-07-01T05:00:00+00:00")


async def test_suspending_and_restoring(desk: PlanDesk) -> None:
    active, suspended = user("M-1"), user("M-2", suspended=True)
    desk.academy.users = [active, suspended, user("ADMIN", protected=True)]
    numbers = ["M-1", "M-2", "M-3", "ADMIN"]
    plan_id = await desk.ask(preview_for_members, operation=Operation.SUSPEND, member_numbers=numbers)
    plan = await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "SUSPEND", ["CHANGED_STATE"]),
        ("M-2", "NOOP", []),
        ("M-3", "CONFLICT", ["NO_SUCH_USER"]),
        ("ADMIN", "CONFLICT", ["PROTECTED"]),
    ]
    assert plan["needs_second_person"]
    plan_id = await desk.ask(preview_for_members, operation=Operation.RESTORE, member_numbers=numbers[:3])
    plan = await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "NOOP", []),
        ("M-2", "UPDATE", ["CHANGED_STATE"]),
        ("M-3", "CONFLICT", ["NO_SUCH_USER"]),
    ]
    assert not plan["needs_second_person"]
    wanted = (await desk.rows(plan_id))[1]["desired"]
    assert wanted == {name: value for name, value in document_of(user("M-2")).items() if name != "protected"}


async def test_resetting_access(desk: PlanDesk) -> None:
    desk.academy.users = [user("M-1"), user("ADMIN", protected=True), user("TWICE"), user("TWICE")]
    numbers = ["M-1", "M-2", "ADMIN", "TWICE"]
    plan_id = await desk.ask(preview_for_members, operation=Operation.RESET_ACCESS, member_numbers=numbers)
    await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "UPDATE", []),
        ("M-2", "CONFLICT", ["NO_SUCH_USER"]),
        ("ADMIN", "CONFLICT", ["PROTECTED"]),
        ("TWICE", "CONFLICT", ["DUPLICATE_IDENTITY"]),
    ]


async def test_making_courses(desk: PlanDesk) -> None:
    desk.academy.courses = [ETHICS, FoundCourse("TPL", "Template")]
    asked = [
        CourseFromTemplate("ETH-1", "Ethics", "TPL"),
        CourseFromTemplate("ETH-2", "Ethics", "TPL"),
        CourseFromTemplate("ETH-3", "Ethics", "GONE"),
        CourseFromTemplate("TPL", "Other", "ETH-1"),
    ]
    plan_id = await desk.ask(preview_courses, courses=asked)
    await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("ETH-1", "NOOP", []),
        ("ETH-2", "CREATE", []),
        ("ETH-3", "CONFLICT", ["NO_SUCH_TEMPLATE"]),
        ("TPL", "CONFLICT", ["COURSE_KEY_TAKEN"]),
    ]
