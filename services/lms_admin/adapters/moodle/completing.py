"""Reading how far people are: complete, not complete, or not measurable; marked by somebody else or earned."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from services.lms_admin.adapters.moodle.attempts import FirstAttempts, first_attempts_of, scores_of
from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.moodle.courses import courses_by_key
from services.lms_admin.adapters.moodle.report import report_pages
from services.lms_admin.adapters.moodle.taking_part import LEARNER, participants
from services.lms_admin.adapters.port import Completion, CompletionState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from services.lms_admin.adapters.moodle.courses import Course
    from services.lms_admin.adapters.moodle.report import Row
    from services.lms_admin.adapters.moodle.site import Site
    from services.lms_admin.adapters.moodle.taking_part import Participant

_PAGE: Final = 100
_REASONS: Final = {
    "nocriteriaset": "NO_CRITERIA",
    "completionnotenabled": "NO_CRITERIA",
    "usernotenroled": "NOT_TAKING_PART_AT_PRESENT",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a course beforehand, for all."""

    course: Course
    rows: Mapping[str, Row]
    scores: Mapping[int, float]
    attempts: FirstAttempts | None


async def read_completions(site: Site, course_keys: Iterable[str]) -> AsyncIterator[Sequence[Completion]]:
    """Read how far every learner is in courses. Raises LmsUnavailable."""
    courses = await courses_by_key(site, course_keys)
    rows = await _rows(site, set(courses))
    for key, course in courses.items():
        learners = [one async for page in participants(site, course.id) for one in page if one.role == LEARNER]
        reason = await _not_measurable(site, course, learners)
        read = _Read(
            course, rows.get(key, {}), await scores_of(site, course.id), await first_attempts_of(site, course.id)
        )
        for begin in range(0, len(learners), _PAGE):
            page = learners[begin : begin + _PAGE]
            yield await asyncio.gather(*(_completion(site, read, learner, reason) for learner in page))


async def _rows(site: Site, keys: set[str]) -> Mapping[str, Mapping[str, Row]]:
    """The report's rows, by course and member number; none without a report."""
    by_course: dict[str, dict[str, Row]] = {key: {} for key in keys}
    if site.roster_report_id is not None and keys:
        async for page in report_pages(site):
            for row in page:
                if row.course_key in keys:
                    by_course[row.course_key][row.member_number] = row
    return by_course


async def _not_measurable(site: Site, course: Course, learners: Sequence[Participant]) -> str | None:
    """Why nobody's completion of a course can be told, if so: whoever takes part at present shows it."""
    for learner in learners:
        reason = (await _status(site, course.id, learner.user_id)).get("reason")
        if reason != "NOT_TAKING_PART_AT_PRESENT":
            return reason
    return None


async def _completion(site: Site, read: _Read, learner: Participant, reason: str | None) -> Completion:
    row = read.rows.get(learner.member_number)
    completion = Completion(
        learner.member_number,
        read.course.found.course_key,
        CompletionState.NOT_MEASURABLE,
        enrolled_at=row.enrolled_at if row else None,
        last_active_at=_instant(learner.last_active),
        score_percent=read.scores.get(learner.user_id),
        reason=reason,
    )
    if read.attempts is not None:
        attempts, passed = await read.attempts.of(site, learner.user_id)
        completion = replace(completion, attempts=attempts, first_attempt_passed=passed)
    if reason is not None:
        return completion
    if row is not None and row.completed is False:
        return replace(completion, state=CompletionState.INCOMPLETE)
    status = await _status(site, read.course.id, learner.user_id)
    if "reason" in status:
        return replace(completion, reason=status["reason"])
    if not status["completed"]:
        return replace(completion, state=CompletionState.INCOMPLETE)
    ended = max((one["timecompleted"] or 0 for one in status["completions"]), default=0)
    return replace(
        completion,
        state=CompletionState.COMPLETE,
        completed_at=_instant(ended) or (row.completed_at if row else None),
        overridden=await _overridden(site, read.course.id, learner.user_id),
    )


async def _status(site: Site, course_id: int, user_id: int) -> Mapping[str, Any]:
    try:
        answer = await site.calling.ask(
            "core_completion_get_course_completion_status", courseid=course_id, userid=user_id
        )
    except Refused as refusal:
        return {"reason": _REASONS.get(refusal.code, "REFUSED")}
    return dict(answer["completionstatus"])


async def _overridden(site: Site, course_id: int, user_id: int) -> bool:
    """Whether somebody else marked any of it; what cannot be told is taken for marked, and never for earned."""
    try:
        answer = await site.calling.ask(
            "core_completion_get_activities_completion_status", courseid=course_id, userid=user_id
        )
    except Refused:
        return True
    return any(one.get("overrideby") for one in answer["statuses"])


def _instant(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
