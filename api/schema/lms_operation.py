"""What can be done to a site."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="An operation of LMS administration.")
class LmsOperation(Enum):
    """A plan and a job have one, and a grant may be narrowed to some."""

    ROSTER_IMPORT = strawberry.enum_value("ROSTER_IMPORT", description="Bring accounts to what a roster says.")
    ENROL = strawberry.enum_value("ENROL", description="Enrol members in courses.")
    UNENROL = strawberry.enum_value("UNENROL", description="End members' enrolments.")
    SUSPEND = strawberry.enum_value("SUSPEND", description="Suspend accounts; nothing of them is deleted.")
    RESTORE = strawberry.enum_value("RESTORE", description="Let suspended accounts in again.")
    RESET_ACCESS = strawberry.enum_value(
        "RESET_ACCESS", description="Make passwords useless, so that learners set new ones by the LMS's own way."
    )
    CREATE_COURSE = strawberry.enum_value("CREATE_COURSE", description="Make courses out of templates.")
    PUBLISH_PACKAGE = strawberry.enum_value("PUBLISH_PACKAGE", description="Put a checked package into a course.")
    SYNC_COMPLETIONS = strawberry.enum_value("SYNC_COMPLETIONS", description="Read how far learners are.")
    UNDO = strawberry.enum_value("UNDO", description="Take back what a job has done.")
