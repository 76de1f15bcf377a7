"""The port: what Chapterhouse asks of any LMS, in its own keys. docs/lms-port.md says how an adapter is written.

People are named by member number, courses by course key; an LMS's own ids never leave its adapter. Every method takes a
batch of at most `batch_size` and answers for every item of it, in the order given. An adapter neither retries nor
decides: it says truthfully what happened, and UNKNOWN when it cannot know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime


class Capability(StrEnum):
    """What an LMS can do through its adapter; what it cannot becomes a manual task."""

    FIND_USERS = "FIND_USERS"
    UPSERT_USERS = "UPSERT_USERS"
    SUSPEND_USERS = "SUSPEND_USERS"
    RESET_ACCESS = "RESET_ACCESS"
    READ_ENROLMENTS = "READ_ENROLMENTS"
    APPLY_ENROLMENTS = "APPLY_ENROLMENTS"
    SUSPEND_ENROLMENTS = "SUSPEND_ENROLMENTS"
    READ_ENROLMENT_ENDS = "READ_ENROLMENT_ENDS"
    CREATE_COURSE = "CREATE_COURSE"
    PUBLISH_PACKAGE = "PUBLISH_PACKAGE"
    READ_COMPLETIONS = "READ_COMPLETIONS"
    READ_AUDIT = "READ_AUDIT"


class Condition(StrEnum):
    """How a site answers."""

    UP = "UP"
    MAINTENANCE = "MAINTENANCE"
    UNAUTHORIZED = "UNAUTHORIZED"
    """The credential is refused, or lacks a right that the operation takes."""
    THROTTLED = "THROTTLED"
    MISCONFIGURED = "MISCONFIGURED"
    """It answers, but not as this system does: services switched off, another program, a page of HTML."""
    DOWN = "DOWN"
    """It does not answer, or breaks off."""


class LmsUnavailable(Exception):
    """The site did not take the call: nothing of it was applied, and it can be sent again once `condition` is UP.

    `message` is safe to show: it holds no credential, no learner's data and no markup.
    """

    def __init__(self, condition: Condition, message: str) -> None:
        super().__init__(f"{condition}: {message}")
        self.condition = condition
        self.message = message


class Outcome(StrEnum):
    """What became of one item."""

    APPLIED = "APPLIED"
    ALREADY_SO = "ALREADY_SO"
    REJECTED = "REJECTED"
    """The LMS refused it, or cannot do it; it is as it was before."""
    UNKNOWN = "UNKNOWN"
    """It may or may not have been applied: whoever wants to know reads back."""


class Verification(StrEnum):
    """How it is known what became of an item."""

    READ_BACK = "READ_BACK"
    RESPONSE_ONLY = "RESPONSE_ONLY"
    PERSON = "PERSON"


class EnrolmentState(StrEnum):
    """Whether somebody takes part in a course."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    ABSENT = "ABSENT"


@dataclass(frozen=True, slots=True)
class User:
    """An account, whole: what is not given is not kept as it was, but empty."""

    member_number: str
    username: str
    email: str
    given_name: str
    family_name: str
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class FoundUser(User):
    """An account as the LMS has it; `protected` is one with rights of its own there, which is never touched."""

    protected: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody's part in a course, whole; `role` is the LMS's short name of it, such as `student`.

    Dates are whole minutes, the finest that is told everywhere: what is finer is cut off when it is sent.
    """

    member_number: str
    course_key: str
    role: str = "student"
    state: EnrolmentState = EnrolmentState.ACTIVE
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundEnrolment(Enrolment):
    """An enrolment as the LMS has it; where `dates_known` is false its dates could not be read."""

    dates_known: bool = True


@dataclass(frozen=True, slots=True)
class CourseFromTemplate:
    """A course to make out of a template of the same site."""

    course_key: str
    title: str
    template_key: str


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """A course as the LMS has it."""

    course_key: str
    title: str


@dataclass(frozen=True, slots=True)
class PackageToPublish:
    """A checked package and the course that gets it; the adapter opens `path` itself."""

    course_key: str
    title: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """A package as the LMS has it; `sha256` and `sha1` where the LMS says which content it serves."""

    course_key: str
    title: str
    sha256: str | None = None
    sha1: str | None = None


class CompletionState(StrEnum):
    """Complete, not complete and not measurable are three things."""

    COMPLETE = "COMPLETE"
    INCOMPLETE = "INCOMPLETE"
    NOT_MEASURABLE = "NOT_MEASURABLE"


@dataclass(frozen=True, slots=True)
class Completion:
    """How far somebody is in a course; `overridden` is marked by an administrator and never counts as earned.

    `reason` says why it is NOT_MEASURABLE. None is what the LMS does not tell, never an estimate.
    """

    member_number: str
    course_key: str
    state: CompletionState
    enrolled_at: datetime | None = None
    completed_at: datetime | None = None
    last_active_at: datetime | None = None
    overridden: bool = False
    attempts: int | None = None
    first_attempt_passed: bool | None = None
    score_percent: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What the LMS's own log says somebody did there."""

    at: datetime
    by: str
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class ItemError:
    """Why an item was rejected, or is unknown: a stable code and words that are safe to show."""

    code: str
    message: str


Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Result(Generic[Record]):
    """What became of one item: as it was before, as it is now (None: it is not there), and how that is known."""

    outcome: Outcome
    before: Record | None = None
    after: Record | None = None
    error: ItemError | None = None
    verification: Verification = Verification.RESPONSE_ONLY


@dataclass(frozen=True, slots=True)
class Probe:
    """How a site is: never an exception, since a site that is down is an answer."""

    condition: Condition
    latency_ms: int
    version: str | None = None
    message: str | None = None
    missing: tuple[str, ...] = field(default=())
    """What the credential lacks of the rights that the declared capabilities take."""


class LmsAdapter(Protocol):
    """One site of one system. Reading raises LmsUnavailable. Writing raises it only when nothing was applied.

    A write that breaks off, or takes longer than the adapter waits, answers UNKNOWN for the items it cannot vouch for.
    A capability that is not declared is not called. Probing, finding courses and finding packages take none: an LMS
    that cannot tell answers that there is nothing.
    """

    capabilities: frozenset[Capability]
    batch_size: int
    """The most items that one call takes."""

    async def probe(self) -> Probe:
        """Say how the site is, without changing anything."""
        ...

    def as_kept(self, user: User) -> User:
        """Tell how an account would be found, had it been made as it is given: what cannot be kept is empty.

        What is there is compared with this, not with what was asked for.
        """
        ...

    async def find_users(self, member_numbers: Sequence[str]) -> Mapping[str, Sequence[FoundUser]]:
        """Find accounts: all that carry a number, should there be several; a number that none carries is left out."""
        ...

    async def find_usernames(self, usernames: Sequence[str]) -> Mapping[str, FoundUser]:
        """Find accounts by their username, which is unique in an LMS, whatever member number they carry."""
        ...

    async def upsert_users(self, users: Sequence[User], *, notify: bool) -> Sequence[Result[FoundUser]]:
        """Make each account as it is given; no message is sent to anybody unless `notify`."""
        ...

    async def suspend_users(self, member_numbers: Sequence[str], *, suspended: bool) -> Sequence[Result[FoundUser]]:
        """Suspend or restore accounts; everything else of them stays."""
        ...

    async def reset_access(self, member_numbers: Sequence[str], *, notify: bool) -> Sequence[Result[FoundUser]]:
        """Make the present password useless; the learner sets a new one by the LMS's own way."""
        ...

    def read_enrolments(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[FoundEnrolment]]:
        """Read everybody's part in courses, suspended ones included, page by page."""
        ...

    async def find_enrolments(self, named: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], FoundEnrolment]:
        """Find enrolments by (member number, course key); what is not there is left out."""
        ...

    async def apply_enrolments(self, enrolments: Sequence[Enrolment]) -> Sequence[Result[FoundEnrolment]]:
        """Make each enrolment as it is given, whole, dates included; ABSENT ends it."""
        ...

    async def find_courses(self, course_keys: Sequence[str]) -> Mapping[str, FoundCourse]:
        """Find courses; what is not there is left out."""
        ...

    async def create_course(self, course: CourseFromTemplate) -> Result[FoundCourse]:
        """Make a course out of a template; one of that key that is there already is ALREADY_SO."""
        ...

    async def publish_package(self, package: PackageToPublish) -> Result[FoundPackage]:
        """Put a package into a course and make it visible."""
        ...

    async def find_package(self, course_key: str, title: str) -> FoundPackage | None:
        """Find a package in a course."""
        ...

    def read_completions(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[Completion]]:
        """Read how far everybody is in courses, page by page."""
        ...

    def read_audit(self, since: datetime) -> AsyncIterator[Sequence[AuditEntry]]:
        """Read the LMS's own log, the oldest first."""
        ...
