"""Asking for plans, and what can be said to one."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.evidence import EvidenceInput
from api.schema.lms_job import LmsJob
from api.schema.lms_plan import LmsPlan, RosterMode
from api.schema.lms_plan_row import LmsPlanRow
from api.schema.lms_site import LmsSite

SITE = "The site; it must be CONNECTED."
LINE = "The key of the contract line that the work is done on."
REASON = "What for, at most 2000 characters; both parties read it."
MENDS = "A job on this site that had made a mistake which this mends: then it is work without quantity."
FILE = "A CSV file, inline up to 256 KiB or uploaded by you before; in UTF-8, or UTF-16 with its mark."


@inputs
class PreviewRosterImportInput:
    """A roster to import."""

    site_id: Id[LmsSite] = strawberry.field(description=SITE)
    line_key: str = strawberry.field(description=LINE)
    mode: RosterMode = strawberry.field(description="Whether the file is the whole roster.")
    file: EvidenceInput = strawberry.field(
        description=f"{FILE} Columns: member_number, email, given_name or first_name, family_name or last_name; and, "
        "if wanted, username and status (active or suspended)."
    )
    notify_learners: bool = strawberry.field(
        default=False, description="Whether the LMS sends learners its own messages, such as a first password."
    )
    mends_job_id: Id[LmsJob] | None = strawberry.field(default=None, description=MENDS)
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class PreviewRosterImportPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result("The plan, PREVIEWING; null when refused.")


@strawberry.enum(description="Whether enrolments begin or end.")
class LmsEnrolling(Enum):
    """Enrolling and unenrolling."""

    ENROL = strawberry.enum_value("ENROL", description="Enrol them, from a day to a day.")
    UNENROL = strawberry.enum_value("UNENROL", description="End their enrolments.")


@inputs
class LmsEnrolmentInput:
    """A member and a course."""

    member_number: str = strawberry.field(description="The member, at most 100 characters.")
    course_key: str = strawberry.field(description="The course, at most 100 characters.")
    role: str = strawberry.field(default="student", description="The LMS's short name of the role.")
    starts_on: date | None = strawberry.field(
        default=None, description="The first day, in the association's time zone; at once unless given."
    )
    ends_on: date | None = strawberry.field(
        default=None, description="The last day, in the association's time zone; never unless given."
    )


@inputs
class PreviewEnrolmentsInput:
    """Enrolments to begin or end: a list of them or a file."""

    site_id: Id[LmsSite] = strawberry.field(description=SITE)
    line_key: str = strawberry.field(description=LINE)
    operation: LmsEnrolling = strawberry.field(description="Whether they begin or end.")
    enrolments: list[LmsEnrolmentInput] | None = strawberry.field(
        default=None, description="1 to 1,000 of them; or give a file."
    )
    file: EvidenceInput | None = strawberry.field(
        default=None, description=f"{FILE} Columns: member_number, course; and, if wanted, role, starts_on, ends_on."
    )
    mends_job_id: Id[LmsJob] | None = strawberry.field(default=None, description=MENDS)
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class PreviewEnrolmentsPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result("The plan, PREVIEWING; null when refused.")


@strawberry.enum(description="Whether accounts are suspended or restored.")
class LmsSuspending(Enum):
    """Suspending and restoring."""

    SUSPEND = strawberry.enum_value("SUSPEND", description="They cannot get in any more; nothing is deleted.")
    RESTORE = strawberry.enum_value("RESTORE", description="They can get in again.")


@inputs
class PreviewSuspensionInput:
    """Members to suspend or restore."""

    site_id: Id[LmsSite] = strawberry.field(description=SITE)
    line_key: str = strawberry.field(description=LINE)
    operation: LmsSuspending = strawberry.field(description="Whether they are suspended or restored.")
    member_numbers: list[str] = strawberry.field(description="1 to 1,000 members.")
    mends_job_id: Id[LmsJob] | None = strawberry.field(default=None, description=MENDS)
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class PreviewSuspensionPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result("The plan, PREVIEWING; null when refused.")


@inputs
class PreviewAccessResetInput:
    """Members whose passwords are made useless."""

    site_id: Id[LmsSite] = strawberry.field(description=SITE)
    line_key: str = strawberry.field(description=LINE)
    member_numbers: list[str] = strawberry.field(description="1 to 1,000 members.")
    notify_learners: bool = strawberry.field(
        default=False, description="Whether the LMS tells them how to set a new one."
    )
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class PreviewAccessResetPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result("The plan, PREVIEWING; null when refused.")


@inputs
class LmsCourseInput:
    """A course to make."""

    course_key: str = strawberry.field(description="The key that it gets, at most 100 characters.")
    title: str = strawberry.field(description="What it is called, at most 200 characters.")
    template_key: str = strawberry.field(description="The key of the course on the same site that it is made of.")


@inputs
class PreviewCoursesInput:
    """Courses to make out of templates."""

    site_id: Id[LmsSite] = strawberry.field(description=SITE)
    line_key: str = strawberry.field(description=LINE)
    courses: list[LmsCourseInput] = strawberry.field(description="1 to 100 courses.")
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class PreviewCoursesPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result("The plan, PREVIEWING; null when refused.")


@inputs
class PreviewUndoInput:
    """A job to undo."""

    job_id: Id[LmsJob] = strawberry.field(description="The job; it must have ended.")
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class PreviewUndoPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result(
        "The plan, PREVIEWING: accounts and enrolments go back to what they were, what the job made is suspended and "
        "never deleted, and what cannot be undone is a CONFLICT. Null when refused."
    )


@inputs
class OptOutOfPlanRowsInput:
    """Rows to leave out of a plan."""

    plan_id: Id[LmsPlan] = strawberry.field(description="The plan; READY.")
    row_ids: list[Id[LmsPlanRow]] = strawberry.field(description="1 to 1,000 rows of it.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class OptOutOfPlanRowsPayload(Payload):
    """What was left out."""

    plan: LmsPlan | None = result("The plan, with another hash; null when refused.")


@inputs
class ApproveLmsPlanInput:
    """A plan to approve."""

    plan_id: Id[LmsPlan] = strawberry.field(description="The plan; READY.")
    plan_hash: str = strawberry.field(description="Its hash, as you saw it.")


@payload
class ApproveLmsPlanPayload(Payload):
    """What was approved."""

    plan: LmsPlan | None = result("The plan, APPROVED; null when refused.")


@inputs
class WithdrawLmsPlanInput:
    """A plan to give up."""

    plan_id: Id[LmsPlan] = strawberry.field(description="The plan; PREVIEWING, READY or APPROVED.")
    reason: str | None = strawberry.field(default=None, description=REASON)


@payload
class WithdrawLmsPlanPayload(Payload):
    """What was given up."""

    plan: LmsPlan | None = result("The plan, WITHDRAWN; null when refused.")
