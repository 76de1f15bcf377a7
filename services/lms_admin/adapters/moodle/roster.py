"""Reading enrolments: by the saved report with their dates, or by asking twice who takes part, without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.courses import courses_by_key
from services.lms_admin.adapters.moodle.report import MANUAL, PAGE_ROWS, Row, report_pages, report_rows
from services.lms_admin.adapters.moodle.taking_part import LEARNER, participants, roles_beyond_learning
from services.lms_admin.adapters.port import EnrolmentState, FoundEnrolment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from services.lms_admin.adapters.moodle.courses import Course
    from services.lms_admin.adapters.moodle.site import Site

WORTH_READING_ROWS: Final = 5 * PAGE_ROWS
"""The longest report that is read to find a few enrolments: it cannot be asked for less than all."""


async def read_enrolments(site: Site, course_keys: Iterable[str]) -> AsyncIterator[Sequence[FoundEnrolment]]:
    """Read everybody's part in courses. Raises LmsUnavailable."""
    courses = await courses_by_key(site, course_keys)
    pages = _asked_twice(site, courses) if site.roster_report_id is None else _reported(site, courses)
    async for page in pages:
        yield page


async def find_enrolments(site: Site, named: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], FoundEnrolment]:
    """Find enrolments by member number and course key; a report that is too long for that is not read.

    Raises LmsUnavailable.
    """
    wanted = set(named)
    if not wanted:
        return {}
    courses = await courses_by_key(site, [course_key for _, course_key in wanted])
    reported = site.roster_report_id is not None and await report_rows(site) <= WORTH_READING_ROWS
    return {
        (one.member_number, one.course_key): one
        async for page in (_reported(site, courses) if reported else _asked_twice(site, courses))
        for one in page
        if (one.member_number, one.course_key) in wanted
    }


async def _reported(site: Site, courses: Mapping[str, Course]) -> AsyncIterator[Sequence[FoundEnrolment]]:
    """What is administered are manual enrolments; another way to take part counts for who has no manual one."""
    if not courses:
        return
    roles = {key: await roles_beyond_learning(site, course.id) for key, course in courses.items()}
    manual: set[tuple[str, str]] = set()
    others: dict[tuple[str, str], Row] = {}
    async for page in report_pages(site):
        rows = [row for row in page if row.course_key in courses]
        others |= {(row.member_number, row.course_key): row for row in rows if row.method != MANUAL}
        rows = [row for row in rows if row.method == MANUAL]
        manual |= {(row.member_number, row.course_key) for row in rows}
        yield [_enrolment(row, roles) for row in rows]
    yield [_enrolment(row, roles) for pair, row in others.items() if pair not in manual]


def _enrolment(row: Row, roles: Mapping[str, Mapping[str, str]]) -> FoundEnrolment:
    return FoundEnrolment(
        member_number=row.member_number,
        course_key=row.course_key,
        role=roles[row.course_key].get(row.member_number, LEARNER),
        state=EnrolmentState.ACTIVE if row.active else EnrolmentState.SUSPENDED,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


async def _asked_twice(site: Site, courses: Mapping[str, Course]) -> AsyncIterator[Sequence[FoundEnrolment]]:
    """Everybody, less those who are active; whoever is out of their dates cannot be told from the suspended."""
    for key, course in courses.items():
        active = {one.user_id async for page in participants(site, course.id, onlyactive=1) for one in page}
        async for page in participants(site, course.id):
            yield [
                FoundEnrolment(
                    member_number=one.member_number,
                    course_key=key,
                    role=one.role,
                    state=EnrolmentState.ACTIVE if one.user_id in active else EnrolmentState.SUSPENDED,
                    dates_known=False,
                )
                for one in page
            ]
