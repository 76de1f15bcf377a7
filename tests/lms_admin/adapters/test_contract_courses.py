"""What any adapter does about courses and packages, and about saying how its site is."""

from __future__ import annotations

from pathlib import Path

from services.lms_admin.adapters.port import (
    Capability,
    Condition,
    CourseFromTemplate,
    FoundCourse,
    Outcome,
    PackageToPublish,
    Result,
    Verification,
)
from tests.lms_admin.adapters.installations import Installation


async def test_a_site_that_is_up_says_so(installation: Installation) -> None:
    probe = await installation.adapter.probe()
    assert (probe.condition, probe.missing) == (Condition.UP, ())
    assert probe.version
    assert probe.latency_ms >= 0


async def test_courses_are_found_and_those_that_are_not_there_left_out(installation: Installation) -> None:
    found = await installation.adapter.find_courses([installation.course_key, "NO-SUCH-COURSE"])
    assert set(found) == {installation.course_key}
    assert found[installation.course_key].course_key == installation.course_key


async def test_a_course_is_made_out_of_a_template_once(installation: Installation) -> None:
    installation.needs(Capability.CREATE_COURSE)
    asked = CourseFromTemplate("NEW-1", "A course", installation.template_key)
    made = FoundCourse("NEW-1", "A course")
    assert await installation.adapter.create_course(asked) == Result(
        Outcome.APPLIED, after=made, verification=Verification.READ_BACK
    )
    assert await installation.adapter.create_course(asked) == Result(
        Outcome.ALREADY_SO, before=made, after=made, verification=Verification.READ_BACK
    )
    assert await installation.adapter.find_courses(["NEW-1"]) == {"NEW-1": made}


async def test_a_course_takes_a_template_that_is_there(installation: Installation) -> None:
    installation.needs(Capability.CREATE_COURSE)
    result = await installation.adapter.create_course(CourseFromTemplate("NEW-1", "A course", "NO-SUCH-TEMPLATE"))
    assert result.outcome is Outcome.REJECTED
    assert await installation.adapter.find_courses(["NEW-1"]) == {}


async def test_a_package_is_published_and_found(installation: Installation, tmp_path: Path) -> None:
    installation.needs(Capability.PUBLISH_PACKAGE)
    path = tmp_path / "package.zip"
    path.write_bytes(b"PK")
    asked = PackageToPublish(installation.course_key, "Ethics", str(path), "0" * 64)
    result = await installation.adapter.publish_package(asked)
    assert result.outcome is Outcome.APPLIED
    found = await installation.adapter.find_package(asked.course_key, asked.title)
    assert found is not None
    assert (found.course_key, found.title) == (asked.course_key, asked.title)
