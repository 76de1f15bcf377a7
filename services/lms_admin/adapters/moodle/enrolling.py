"""Making enrolments as they are given: always the whole record, since Moodle resets what is not sent."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from services.lms_admin.adapters.moodle.accounts import accounts_by_number
from services.lms_admin.adapters.moodle.batching import rejected, sent, unknown
from services.lms_admin.adapters.moodle.calling import NoRight, Refused
from services.lms_admin.adapters.moodle.courses import courses_by_key
from services.lms_admin.adapters.moodle.dates import seconds_of
from services.lms_admin.adapters.moodle.roster import find_enrolments
from services.lms_admin.adapters.moodle.words import (
    DIFFERS,
    DUPLICATE_IDENTITY,
    NO_ACCOUNT,
    NO_COURSE,
    NO_ROLE,
    NOT_THERE,
    PROTECTED,
    ROLE_DIFFERS,
    TWICE,
    unavailable,
)
from services.lms_admin.adapters.port import (
    Enrolment,
    EnrolmentState,
    FoundEnrolment,
    ItemError,
    LmsUnavailable,
    Outcome,
    Result,
    Verification,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.lms_admin.adapters.moodle.accounts import Account
    from services.lms_admin.adapters.moodle.batching import Fates
    from services.lms_admin.adapters.moodle.courses import Course
    from services.lms_admin.adapters.moodle.site import Site

ROLE_IDS: Final = {"manager": 1, "coursecreator": 2, "editingteacher": 3, "teacher": 4, "student": 5}
"""A fresh Moodle's; no web service lists a site's own."""
_ABSENT: Final = EnrolmentState.ABSENT


async def apply_enrolments(site: Site, enrolments: Sequence[Enrolment]) -> Sequence[Result[FoundEnrolment]]:
    """Make each enrolment as it is given. Raises LmsUnavailable when nothing was applied."""
    pairs = [(one.member_number, one.course_key) for one in enrolments]
    people = await accounts_by_number(site, [number for number, _ in pairs])
    courses = await courses_by_key(site, [key for _, key in pairs])
    before = await find_enrolments(site, pairs)
    known: Fates = {}
    enrolled: dict[int, dict[str, Any]] = {}
    ended: dict[int, dict[str, Any]] = {}
    for place, asked in enumerate(enrolments):
        there = people.get(asked.member_number, ())
        course = courses.get(asked.course_key)
        was = before.get(pairs[place])
        settled = rejected(TWICE) if pairs[place] in pairs[:place] else _settled(asked, was, there, course)
        if settled is not None or course is None:
            known[place] = settled or rejected(NO_COURSE)
        elif asked.state is _ABSENT:
            ended[place] = {"userid": there[0].id, "courseid": course.id}
        else:
            enrolled[place] = _row(asked, there[0].id, course.id)
    known |= await _written(site, "enrol_manual_enrol_users", enrolled)
    known |= await _written(site, "enrol_manual_unenrol_users", ended, touched=bool(enrolled))
    return await _read_back(site, enrolments, before, known)


def is_as_asked(found: FoundEnrolment, asked: Enrolment) -> bool:
    """Whether an enrolment is as it should be, as far as it can be told."""
    if (found.state, found.role) != (asked.state, asked.role):
        return False
    dates = [tuple(map(seconds_of, (one.starts_at, one.ends_at))) for one in (found, asked)]
    return not found.dates_known or dates[0] == dates[1]


def _settled(
    asked: Enrolment, was: FoundEnrolment | None, people: Sequence[Account], course: Course | None
) -> Result[FoundEnrolment] | None:
    """Tell what needs no call, or must have none."""
    error = None
    if asked.state is _ABSENT and was is None and len(people) <= 1:
        return Result(Outcome.ALREADY_SO, verification=Verification.READ_BACK)
    if course is None:
        error = NO_COURSE
    elif len(people) != 1:
        error = DUPLICATE_IDENTITY if people else NO_ACCOUNT
    elif people[0].found.protected:
        error = PROTECTED
    elif asked.role not in ROLE_IDS:
        error = NO_ROLE
    elif was is not None and was.role != asked.role and asked.state is not _ABSENT:
        error = ROLE_DIFFERS
    elif was is not None and was.dates_known and is_as_asked(was, asked):
        return Result(Outcome.ALREADY_SO, verification=Verification.READ_BACK)
    return None if error is None else rejected(error)


async def _written(site: Site, function: str, rows: Mapping[int, Mapping[str, Any]], *, touched: bool = False) -> Fates:
    several = len({row["courseid"] for row in rows.values()}) > 1

    async def send(part: Sequence[Mapping[str, Any]]) -> Mapping[int, ItemError]:
        try:
            await site.calling.write(function, enrolments=part)
        except NoRight:
            if several:  # the right may be lacking in one course, and not in another
                raise Refused("nopermissions") from None
            raise
        return {}

    return await sent(rows, send, touched=touched)


async def _read_back(
    site: Site,
    enrolments: Sequence[Enrolment],
    before: Mapping[tuple[str, str], FoundEnrolment],
    known: Fates,
) -> Sequence[Result[FoundEnrolment]]:
    pairs = [(one.member_number, one.course_key) for one in enrolments]
    try:
        after = await find_enrolments(site, [pair for place, pair in enumerate(pairs) if place not in known])
    except LmsUnavailable as reason:
        known = {place: known.get(place) or unknown(unavailable(reason)) for place in range(len(pairs))}
        after = {}
    results = []
    for place, asked in enumerate(enrolments):
        was = before.get(pairs[place])
        result = known.get(place) or _found(after.get(pairs[place]), asked)
        stays = result.outcome in {Outcome.ALREADY_SO, Outcome.REJECTED}
        results.append(replace(result, before=was, after=was if stays else result.after))
    return results


def _found(after: FoundEnrolment | None, asked: Enrolment) -> Result[FoundEnrolment]:
    if asked.state is _ABSENT and after is None:
        return Result(Outcome.APPLIED, verification=Verification.READ_BACK)
    if after is None:
        return unknown(NOT_THERE)
    if is_as_asked(after, asked):
        return Result(Outcome.APPLIED, after=after, verification=Verification.READ_BACK)
    out_of_dates = asked.state is EnrolmentState.ACTIVE and (asked.starts_at or asked.ends_at)
    if not after.dates_known and after.role == asked.role and out_of_dates:
        # asked twice, Moodle does not tell who is out of their dates from who is suspended
        told = FoundEnrolment(**{one.name: getattr(asked, one.name) for one in fields(Enrolment)}, dates_known=False)
        return Result(Outcome.APPLIED, after=told)
    return Result(Outcome.UNKNOWN, after=after, error=DIFFERS, verification=Verification.READ_BACK)


def _row(asked: Enrolment, user_id: int, course_id: int) -> dict[str, Any]:
    """An enrolment as Moodle takes it, what it cannot do without at the end: see `upserting`."""
    return {
        "suspend": int(asked.state is EnrolmentState.SUSPENDED),
        "timestart": seconds_of(asked.starts_at),
        "timeend": seconds_of(asked.ends_at),
        "roleid": ROLE_IDS[asked.role],
        "userid": user_id,
        "courseid": course_id,
    }
