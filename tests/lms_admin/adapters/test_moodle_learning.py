"""What Moodle tells of learning, and what it does about packages."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.lms_admin.adapters.port import (
    Completion,
    CompletionState,
    Enrolment,
    EnrolmentState,
    FoundPackage,
    Outcome,
    PackageToPublish,
)
from simulators.moodle.records import Tracked
from simulators.moodle.site import Site
from tests.lms_admin.adapters.test_moodle_faults import Campus, opened

AT = 1795287720
STARTED = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
PACKAGE = b"PK a package"


@pytest.fixture(params=[True, False], ids=["with a report", "without one"])
async def campus(request: pytest.FixtureRequest) -> AsyncIterator[Campus]:
    """A course with a package and five learners: earned, marked by another, failed once, suspended, not begun."""
    site = Site(clock=lambda: AT + 60)
    site.seed_users(6)
    course = site.add_course("ETH-1", packages=[hashlib.sha1(PACKAGE, usedforsecurity=False).hexdigest()])
    site.add_course("OLD-1")
    options = {} if request.param else {"roster_report_id": None}
    async with opened(site, **options) as campus:
        await campus.moodle.apply_enrolments(
            [
                Enrolment(
                    f"M-{at:06}",
                    "ETH-1",
                    role="teacher" if at == 5 else "student",
                    state=EnrolmentState.SUSPENDED if at == 3 else EnrolmentState.ACTIVE,
                    starts_at=STARTED,
                )
                for at in range(6)
            ]
        )
        ids = [site.user_named(f"M-{at:06}").id for at in range(4)]
        course.complete(ids[0], AT, score=92)
        course.complete(ids[1], AT, overrideby=2)
        course.scorms[0].tracked[ids[2]] = Tracked(attempts=[(False, 40), (True, 80)])
        course.complete(ids[3], AT, score=100)
        course.enrolments[ids[0]].lastaccess = AT
        yield campus


async def test_earned_marked_begun_and_not_measurable_are_told_apart(campus: Campus) -> None:
    pages = [page async for page in campus.moodle.read_completions(["ETH-1"])]
    found = {one.member_number: one for page in pages for one in page}
    enrolled_at = STARTED if campus.moodle._site.roster_report_id else None  # noqa: SLF001 - which of the two it is
    at = datetime.fromtimestamp(AT, UTC)

    def expected(number: int, state: CompletionState, **told: object) -> Completion:
        return Completion(f"M-{number:06}", "ETH-1", state, enrolled_at=enrolled_at, **told)  # type: ignore[arg-type]

    complete, measured = CompletionState.COMPLETE, {"attempts": 1, "first_attempt_passed": True}
    assert found == {
        "M-000000": expected(0, complete, completed_at=at, last_active_at=at, score_percent=92.0, **measured),
        "M-000001": expected(1, complete, completed_at=at, overridden=True, attempts=0),
        "M-000002": expected(2, CompletionState.INCOMPLETE, attempts=2, first_attempt_passed=False, score_percent=80.0),
        "M-000003": expected(
            3,
            CompletionState.NOT_MEASURABLE,
            reason="NOT_TAKING_PART_AT_PRESENT",
            score_percent=100.0,
            **measured,
        ),
        "M-000004": expected(4, CompletionState.INCOMPLETE, attempts=0),
    }


async def test_a_course_without_criteria_measures_nobody(campus: Campus) -> None:
    await campus.moodle.apply_enrolments([Enrolment("M-000000", "OLD-1")])
    ((found,),) = [page async for page in campus.moodle.read_completions(["OLD-1", "NO-SUCH-COURSE"])]
    assert (found.state, found.reason) == (CompletionState.NOT_MEASURABLE, "NO_CRITERIA")


async def test_a_package_that_the_course_holds_is_shown_and_another_takes_a_person(
    campus: Campus, tmp_path: Path
) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(PACKAGE)
    asked = PackageToPublish("ETH-1", "Ethics", str(path), hashlib.sha256(PACKAGE).hexdigest())
    course = campus.site.course_named("ETH-1")
    course.visible = False
    for outcome in (Outcome.APPLIED, Outcome.ALREADY_SO):
        assert (await campus.moodle.publish_package(asked)).outcome is outcome
        assert course.visible
    sha1 = course.scorms[0].sha1
    assert await campus.moodle.find_package("ETH-1", "Module 1") == FoundPackage("ETH-1", "Module 1", sha1=sha1)
    assert await campus.moodle.find_package("ETH-1", "Module 2") is None

    path.write_bytes(b"PK another")
    result = await campus.moodle.publish_package(asked)
    assert result.error is not None
    assert (result.outcome, result.error.code) == (Outcome.REJECTED, "MANUAL_TASK")


async def test_a_role_above_learning_is_told_and_not_changed(campus: Campus) -> None:
    pair = ("M-000005", "ETH-1")
    found = await campus.moodle.find_enrolments([pair])
    assert found[pair].role == "teacher"
    (result,) = await campus.moodle.apply_enrolments([Enrolment(*pair)])
    assert result.error is not None
    assert (result.outcome, result.error.code) == (Outcome.REJECTED, "ROLE_DIFFERS")
