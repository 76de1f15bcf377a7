"""Drift: where an LMS differs from the roster as it should be."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Integer, and_, any_, cast, func
from strawberry.scalars import JSON

from api.reading import (
    Id,
    Node,
    column,
    expression,
    filters,
    node,
    one,
    order,
    orders,
    where,
)
from api.schema.lms_reading import LmsReadingStatus
from api.schema.person import Person, person
from services.lms_admin.drift import models as rows

if TYPE_CHECKING:
    from api.schema.lms_job import LmsJob
    from api.schema.lms_site import LmsSite
    from api.schema.member import Member


@strawberry.enum(description="In what a site differs from its roster.")
class LmsDriftKind(Enum):
    """The kinds of difference."""

    MISSING_USER = strawberry.enum_value(
        "MISSING_USER", description="Somebody on the roster has no account; their courses are not told beside it."
    )
    MISSING_ENROLMENT = strawberry.enum_value(
        "MISSING_ENROLMENT", description="Somebody who has an account does not take part in a course they should."
    )
    EXTRA_ENROLMENT = strawberry.enum_value(
        "EXTRA_ENROLMENT",
        description="Somebody takes part in a course of the roster who should not, and is not protected. It is told, "
        "and never removed by itself.",
    )
    WRONG_STATE = strawberry.enum_value(
        "WRONG_STATE",
        description="An account is suspended or active, or a part in a course has a state or role, against the roster.",
    )
    WRONG_END_DATE = strawberry.enum_value(
        "WRONG_END_DATE", description="A part in a course ends at another time; told where the LMS tells its dates."
    )
    DUPLICATE_IDENTITY = strawberry.enum_value(
        "DUPLICATE_IDENTITY", description="Several accounts carry one member number: a person decides which is right."
    )
    PROFILE_MISMATCH = strawberry.enum_value(
        "PROFILE_MISMATCH",
        description="User name, e-mail address or name differ; capitals matter in names only.",
    )
    UNREADABLE = strawberry.enum_value(
        "UNREADABLE",
        description="A course or an account could not be read; what was known of it stays, and no more is claimed.",
    )


@strawberry.enum(description="What became of a finding.")
class LmsDriftResolution(Enum):
    """How a finding ended."""

    GONE = strawberry.enum_value("GONE", description="A later reading did not find the difference any more.")
    ACCEPTED = strawberry.enum_value(
        "ACCEPTED", description="A person accepted this very difference; another one in its place opens it again."
    )
    MENDED = strawberry.enum_value(
        "MENDED", description="A job mended it; should a later reading find it still, it opens again."
    )


@node(rows.LmsDriftReading, prefix="drr")
class LmsDriftReading(Node):
    """A comparison of a site with its roster."""

    site: LmsSite | None = one(
        "The site.", lambda reading, site: and_(site.contract_id == reading.contract_id, site.id == reading.site_id)
    )
    status: LmsReadingStatus = column("How it stands.")
    requested_at: datetime = column("When it was asked for.")
    requested_by: Person | None = one(
        "Who asked for it; null for the daily one.",
        rows=lambda reading: person(reading, prefix="requested_by_").where(reading.requested_by_member_id.is_not(None)),
    )
    ended_at: datetime | None = column("When it ended; null while READING.")
    desired_user_count: int = column("How many people are on the roster.")
    desired_enrolment_count: int = column("How many parts in courses the roster has.")
    actual_user_count: int = column("How many accounts of theirs the LMS has.")
    actual_enrolment_count: int = column("How many parts in those courses the LMS has.")
    unreadable_count: int = column("How many courses and accounts could not be read.")
    opened_count: int = column("How many findings were found for the first time.")
    reopened_count: int = column("How many findings were opened again.")
    gone_count: int = column("How many findings were found to be gone.")
    open_count: int = column("How many findings were open when it ended.")
    failure_code: str | None = column("Why it FAILED, as a code; null otherwise.")
    failure_message: str | None = column("Why it FAILED, in words; null otherwise.")


@node(rows.LmsDriftFinding, prefix="drf")
class LmsDriftFinding(Node):
    """One difference between a site and its roster, through all readings that saw it."""

    site: LmsSite | None = one(
        "The site.", lambda finding, site: and_(site.contract_id == finding.contract_id, site.id == finding.site_id)
    )
    kind: LmsDriftKind = column("In what they differ.")
    member_number: str | None = column("The learner, by member number; null for a course that could not be read.")
    course_key: str | None = column("The course, by its key in the LMS; null where it is about an account.")
    desired: JSON | None = column("What the roster says, as far as it differs; null where it says nothing.")
    actual: JSON | None = column("What the LMS says, as far as it differs; null where it has nothing.")
    message: str | None = column("Why it could not be read; null for other kinds.")
    first_seen_at: datetime = column("When a reading first found it.")
    opened_at: datetime = column("Since when it has been open, or was open until it was resolved.")
    last_seen_at: datetime = column("When a reading last found it.")
    age_days: int = expression(
        "How many whole days it has been open, or was open until it was resolved.",
        lambda finding: cast(
            func.floor(
                func.extract("epoch", func.coalesce(finding.resolved_at, func.now()) - finding.opened_at) / 86400
            ),
            Integer,
        ),
    )
    reopened_count: int = column("How often it was opened again.")
    owner: Person | None = one(
        "Who looks after it; null while nobody does.",
        rows=lambda finding: person(finding, prefix="owner_").where(finding.owner_member_id.is_not(None)),
    )
    assigned_at: datetime | None = column("When it was given to its owner.")
    resolution: LmsDriftResolution | None = column("What became of it; null while it is open.")
    resolved_at: datetime | None = column("When it was resolved; null while it is open.")
    resolved_by: Person | None = one(
        "Who resolved it; null while it is open, and for a reading that found it gone.",
        rows=lambda finding: person(finding, prefix="resolved_by_").where(finding.resolved_by_member_id.is_not(None)),
    )
    mended_by: LmsJob | None = one(
        "The job that mended it; null unless one did.",
        lambda finding, job: and_(job.contract_id == finding.contract_id, job.id == finding.mended_by_job_id),
    )
    resolution_reason: str | None = column("Why it was accepted, in the words of who did so; null otherwise.")


@filters
class LmsDriftFindingFilter:
    """Which findings."""

    kind: list[LmsDriftKind] | None = where(
        "Of one of these kinds.",
        lambda finding, value: finding.kind == any_(value),
        one=lambda finding, value: finding.kind == value,
    )
    open: bool | None = where("Open, or resolved.", lambda finding, value: finding.resolution.is_(None).is_(value))
    owner: Id[Member] | None = where("Looked after by this member.", lambda finding, v: finding.owner_member_id == v)
    owned: bool | None = where(
        "Looked after by somebody, or by nobody.",
        lambda finding, value: finding.owner_member_id.is_not(None).is_(value),
    )
    member_number: str | None = where("About exactly this member number.", lambda f, value: f.member_number == value)
    course_key: str | None = where("About exactly this course.", lambda finding, value: finding.course_key == value)


@orders
class LmsDriftFindingOrder(Enum):
    """How findings are ordered."""

    OLDEST = order("The longest open first.", lambda finding: [finding.opened_at])
    NEWEST = order("The latest opened first.", lambda finding: [finding.opened_at.desc()])
