"""Completions: how far learners are in courses, as the LMS reports it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Connection,
    Id,
    Node,
    Payload,
    Percent,
    column,
    connection,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.lms_reading import LmsReadingStatus
from api.schema.person import Person, person
from services.lms_admin.learning import models as rows

if TYPE_CHECKING:
    from api.schema.lms_site import LmsSite


@strawberry.enum(description="Complete, not complete and not measurable are three things.")
class LmsCompletionState(Enum):
    """What the LMS says of a learner in a course."""

    COMPLETE = strawberry.enum_value("COMPLETE", description="Completed, or marked so by an administrator.")
    INCOMPLETE = strawberry.enum_value("INCOMPLETE", description="Not completed.")
    NOT_MEASURABLE = strawberry.enum_value(
        "NOT_MEASURABLE", description="The LMS cannot tell, such as where a course has no criteria of completion."
    )


@node(rows.LmsCompletionReading, prefix="cmr")
class LmsCompletionReading(Node):
    """Completions of some courses, being read from a site or read."""

    site: LmsSite | None = one(
        "The site.",
        lambda reading, site: and_(site.contract_id == reading.contract_id, site.id == reading.site_id),
    )
    course_keys: list[str] = column("The courses, by their keys in the LMS.")
    status: LmsReadingStatus = column("How it stands.")
    requested_at: datetime = column("When it was asked for.")
    requested_by: Person = one("Who asked for it.", rows=lambda reading: person(reading, prefix="requested_by_"))
    ended_at: datetime | None = column("When it ended; null while READING.")
    read_count: int = column("How many completions were read, in any state.")
    withdrawn_count: int = column("How many completions the LMS took back since it was last read.")
    unread_course_keys: list[str] = column("The courses that could not be read; what was known of them stays.")
    failure_code: str | None = column("Why it FAILED, as a code; null otherwise.")
    failure_message: str | None = column("Why it FAILED, in words; null otherwise.")


@value(rows.LmsCompletionWithdrawal, key=("contract_id", "id"))
class LmsCompletionWithdrawal:
    """A completion that the LMS took back."""

    withdrawn_at: datetime = column("When a reading found it taken back.")
    became: LmsCompletionState = column("What it was from then on: INCOMPLETE or NOT_MEASURABLE.")
    was_completed_at: datetime | None = column("When it had been completed; null where the LMS did not say.")
    was_overridden: bool = column("Whether an administrator had marked it.")
    was_score_percent: Percent | None = column("The score it had, in percent; null where the LMS did not say.")


@node(rows.LmsCompletion, prefix="cmp")
class LmsCompletion(Node):
    """How far a learner is in a course, as last read. Null is what the LMS does not tell, never an estimate."""

    member_number: str = column("The learner, by the association's member number.")
    course_key: str = column("The course, by its key in the LMS.")
    state: LmsCompletionState = column("How far.")
    reason: str | None = column("Why it cannot be measured; null when it can.")
    enrolled_at: datetime | None = column("When the learner enrolled.")
    completed_at: datetime | None = column("When the learner completed.")
    last_active_at: datetime | None = column("When the learner was last active in the course.")
    overridden: bool = column("Whether an administrator marked it complete; it never counts as earned.")
    attempts: int | None = column("How often the learner was examined.")
    first_attempt_passed: bool | None = column("Whether the learner passed the first time.")
    score_percent: Percent | None = column("The learner's score, in percent.")
    read_at: datetime = column("When the course was last read.")
    left_at: datetime | None = column(
        "When a reading first no longer found the learner in the course; null while they are in it."
    )
    withdrawals: Connection[LmsCompletionWithdrawal] = connection(
        "Completions that the LMS took back, the latest first.",
        lambda completion, withdrawal: and_(
            withdrawal.contract_id == completion.contract_id, withdrawal.completion_id == completion.id
        ),
        order=lambda withdrawal: [withdrawal.withdrawn_at.desc()],
    )


@filters
class LmsCompletionFilter:
    """Which completions."""

    course_key: list[str] | None = where(
        "Of one of these courses.", lambda completion, value: completion.course_key == any_(value)
    )
    state: list[LmsCompletionState] | None = where(
        "In one of these states.",
        lambda completion, value: completion.state == any_(value),
        one=lambda completion, value: completion.state == value,
    )
    member_number: str | None = where(
        "Of exactly this member number.", lambda completion, value: completion.member_number == value
    )
    overridden: bool | None = where(
        "Marked by an administrator, or not.", lambda completion, value: completion.overridden.is_(value)
    )
    in_course: bool | None = where(
        "Of learners who are in the course, or who left it.",
        lambda completion, value: completion.left_at.is_(None).is_(value),
    )


@orders
class LmsCompletionOrder(Enum):
    """How completions are ordered."""

    MEMBER_NUMBER = order(
        "By member number, then by course.", lambda completion: [completion.member_number, completion.course_key]
    )
    COMPLETED = order(
        "The latest completed first, those that are not at the end.",
        lambda completion: [completion.completed_at.desc().nulls_last()],
    )


@inputs
class SyncCompletionsInput:
    """Courses whose completions to read."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED, and not MANUAL.")
    course_keys: list[str] = strawberry.field(
        description="1 to 100 courses, by their keys in the LMS, each of at most 200 characters."
    )


@payload
class SyncCompletionsPayload(Payload):
    """What was begun."""

    reading: LmsCompletionReading | None = result("The reading, READING at first; null when refused.")
