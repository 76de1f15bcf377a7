"""The port, for Moodle: each method is in a file of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from services.lms_admin.adapters.moodle import (
    accounts,
    completing,
    courses,
    enrolling,
    packages,
    probing,
    roster,
    suspending,
    upserting,
)
from services.lms_admin.adapters.moodle.calling import Calling
from services.lms_admin.adapters.moodle.site import Site
from services.lms_admin.adapters.port import Capability, Condition, LmsUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from services.lms_admin.adapters.port import (
        AuditEntry,
        Completion,
        CourseFromTemplate,
        Enrolment,
        FoundCourse,
        FoundEnrolment,
        FoundPackage,
        FoundUser,
        PackageToPublish,
        Probe,
        Result,
        User,
    )
    from services.lms_admin.adapters.sending import Sender

SECONDS: Final = 40.0
"""How long a call may take; Moodle's own scripts end earlier."""
BATCH_SIZE: Final = 100
"""Beyond this PHP cuts off what is sent, without a word."""

_CAPABILITIES: Final = frozenset(
    {
        Capability.FIND_USERS,
        Capability.UPSERT_USERS,
        Capability.SUSPEND_USERS,
        Capability.RESET_ACCESS,
        Capability.READ_ENROLMENTS,
        Capability.APPLY_ENROLMENTS,
        Capability.SUSPEND_ENROLMENTS,
        Capability.CREATE_COURSE,
        Capability.READ_COMPLETIONS,
    }
)
_WITH_REPORT: Final = frozenset({Capability.READ_ENROLMENT_ENDS})


class Moodle:
    """One Moodle site. `roster_report_id` is the saved report that tells enrolments with their dates."""

    def __init__(
        self, sender: Sender, *, token: str, roster_report_id: int | None = None, seconds: float = SECONDS
    ) -> None:
        self._site = Site(Calling(sender, token, seconds=seconds), roster_report_id)
        self.batch_size = BATCH_SIZE
        self.capabilities = _CAPABILITIES if roster_report_id is None else _CAPABILITIES | _WITH_REPORT

    @classmethod
    def with_secret(cls, sender: Sender, secret: Mapping[str, str]) -> Self:
        """Open it with what a connection keeps secret: `token`, and `roster_report_id` where there is one.

        Raises LmsUnavailable for a secret that is none of Moodle's.
        """
        report_id = secret.get("roster_report_id", "")
        if not secret.get("token") or not ((report_id.isascii() and report_id.isdecimal()) or not report_id):
            raise LmsUnavailable(Condition.MISCONFIGURED, "its secret is a token and, if any, the number of a report")
        return cls(sender, token=secret["token"], roster_report_id=int(report_id) if report_id else None)

    async def probe(self) -> Probe:
        """Say how the site is."""
        return await probing.probe(self._site)

    def as_kept(self, user: User) -> User:
        """An account as it is given: Moodle keeps all of it."""
        return user

    async def find_users(self, member_numbers: Sequence[str]) -> Mapping[str, Sequence[FoundUser]]:
        """Find accounts by member number."""
        numbered = await accounts.accounts_by_number(self._site, member_numbers)
        return {number: [account.found for account in found] for number, found in numbered.items()}

    async def find_usernames(self, usernames: Sequence[str]) -> Mapping[str, FoundUser]:
        """Find accounts by username."""
        found = await accounts.accounts_by_username(self._site, usernames)
        return {username: account.found for username, account in found.items()}

    async def upsert_users(self, users: Sequence[User], *, notify: bool) -> Sequence[Result[FoundUser]]:
        """Make each account as it is given."""
        return await upserting.upsert_users(self._site, users, notify=notify)

    async def suspend_users(self, member_numbers: Sequence[str], *, suspended: bool) -> Sequence[Result[FoundUser]]:
        """Suspend or restore accounts."""
        return await suspending.suspend_users(self._site, member_numbers, suspended=suspended)

    async def reset_access(self, member_numbers: Sequence[str], *, notify: bool) -> Sequence[Result[FoundUser]]:
        """Make the present passwords useless."""
        return await suspending.reset_access(self._site, member_numbers, notify=notify)

    def read_enrolments(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[FoundEnrolment]]:
        """Read everybody's part in courses."""
        return roster.read_enrolments(self._site, course_keys)

    async def find_enrolments(self, named: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], FoundEnrolment]:
        """Find enrolments by member number and course key."""
        return await roster.find_enrolments(self._site, named)

    async def apply_enrolments(self, enrolments: Sequence[Enrolment]) -> Sequence[Result[FoundEnrolment]]:
        """Make each enrolment as it is given."""
        return await enrolling.apply_enrolments(self._site, enrolments)

    async def find_courses(self, course_keys: Sequence[str]) -> Mapping[str, FoundCourse]:
        """Find courses by short name."""
        return {key: one.found for key, one in (await courses.courses_by_key(self._site, course_keys)).items()}

    async def create_course(self, course: CourseFromTemplate) -> Result[FoundCourse]:
        """Duplicate a template."""
        return await courses.create_course(self._site, course)

    async def publish_package(self, package: PackageToPublish) -> Result[FoundPackage]:
        """Show a course that holds the package already; anything else takes a person."""
        return await packages.publish_package(self._site, package)

    async def find_package(self, course_key: str, title: str) -> FoundPackage | None:
        """Find a package by its activity's name."""
        return await packages.find_package(self._site, course_key, title)

    def read_completions(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[Completion]]:
        """Read how far every learner is in courses."""
        return completing.read_completions(self._site, course_keys)

    def read_audit(self, since: datetime) -> AsyncIterator[Sequence[AuditEntry]]:  # noqa: ARG002  (the signature is the port's)
        """Raise LmsUnavailable: no web service of Moodle's tells its log, and the capability is not declared."""
        raise LmsUnavailable(Condition.MISCONFIGURED, "no web service of Moodle's tells its log")
