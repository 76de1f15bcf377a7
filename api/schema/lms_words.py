"""Words that several nouns of LMS administration use."""

from enum import Enum

import strawberry


@strawberry.enum(description="Which learning management system a site runs.")
class LmsSystem(Enum):
    """The systems that Chapterhouse speaks to, and none."""

    MOODLE = strawberry.enum_value("MOODLE", description="Moodle, by its web services.")
    KOLIBRI = strawberry.enum_value("KOLIBRI", description="Kolibri, by its REST interface.")
    MANUAL = strawberry.enum_value("MANUAL", description="Any other: all work on it is done by hand.")


@strawberry.enum(description="Whether a site is connected.")
class LmsSiteStatus(Enum):
    """Connected or not."""

    CONNECTED = strawberry.enum_value("CONNECTED", description="Work on it can be planned and done.")
    DISCONNECTED = strawberry.enum_value("DISCONNECTED", description="Let go; nothing is sent to it any more.")


@strawberry.enum(description="How a site answers.")
class LmsCondition(Enum):
    """What the last probe found."""

    UP = strawberry.enum_value("UP", description="It answers as it should.")
    MAINTENANCE = strawberry.enum_value("MAINTENANCE", description="It says that it is under maintenance.")
    UNAUTHORIZED = strawberry.enum_value(
        "UNAUTHORIZED", description="It refuses the credential, or the credential lacks a right that work takes."
    )
    THROTTLED = strawberry.enum_value("THROTTLED", description="It asks to be left alone for a while.")
    MISCONFIGURED = strawberry.enum_value(
        "MISCONFIGURED",
        description="It answers, but not as its system does: services switched off, another program, a page of HTML; "
        "or its credential cannot be opened.",
    )
    DOWN = strawberry.enum_value("DOWN", description="It does not answer, or breaks off.")


@strawberry.enum(description="What a system can do through Chapterhouse; what it cannot is done by hand.")
class LmsCapability(Enum):
    """What an adapter declares."""

    FIND_USERS = strawberry.enum_value("FIND_USERS", description="Look accounts up.")
    UPSERT_USERS = strawberry.enum_value("UPSERT_USERS", description="Create and change accounts.")
    SUSPEND_USERS = strawberry.enum_value("SUSPEND_USERS", description="Suspend and restore accounts.")
    RESET_ACCESS = strawberry.enum_value("RESET_ACCESS", description="Make a learner's password useless.")
    READ_ENROLMENTS = strawberry.enum_value("READ_ENROLMENTS", description="Read who takes part in courses.")
    APPLY_ENROLMENTS = strawberry.enum_value("APPLY_ENROLMENTS", description="Enrol and unenrol.")
    SUSPEND_ENROLMENTS = strawberry.enum_value("SUSPEND_ENROLMENTS", description="Suspend somebody's part in a course.")
    READ_ENROLMENT_ENDS = strawberry.enum_value("READ_ENROLMENT_ENDS", description="Read when enrolments end.")
    CREATE_COURSE = strawberry.enum_value("CREATE_COURSE", description="Make a course out of a template.")
    PUBLISH_PACKAGE = strawberry.enum_value("PUBLISH_PACKAGE", description="Put a content package into a course.")
    READ_COMPLETIONS = strawberry.enum_value("READ_COMPLETIONS", description="Read how far learners are.")
    READ_AUDIT = strawberry.enum_value("READ_AUDIT", description="Read the system's own log.")
