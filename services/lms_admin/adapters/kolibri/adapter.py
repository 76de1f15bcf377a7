"""The port, as far as Kolibri can do it; the rest is refused, item by item, and done by a person."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final, Self

from services.lms_admin.adapters.kolibri import completions, courses, enrolments, users
from services.lms_admin.adapters.kolibri.calling import Calling
from services.lms_admin.adapters.kolibri.people import by_number, by_username, people
from services.lms_admin.adapters.kolibri.words import MANUAL_TASK
from services.lms_admin.adapters.port import Capability, Condition, LmsUnavailable, Outcome, Probe, Result

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
        User,
    )
    from services.lms_admin.adapters.sending import Sender

SECONDS: Final = 40.0
"""How long a call may take."""
BATCH_SIZE: Final = 100

_FACILITY_ID: Final = re.compile(r"([0-9a-f]{32})?")


class Kolibri:
    """A facility of a Kolibri."""

    capabilities = frozenset(
        {
            Capability.FIND_USERS,
            Capability.UPSERT_USERS,
            Capability.READ_ENROLMENTS,
            Capability.APPLY_ENROLMENTS,
            Capability.READ_COMPLETIONS,
        }
    )
    batch_size = BATCH_SIZE

    def __init__(
        self, sender: Sender, *, base_url: str, username: str, password: str, facility_id: str | None = None
    ) -> None:
        account = {"username": username, "password": password} | ({"facility": facility_id} if facility_id else {})
        self._calling = Calling(sender, account, base_url=base_url, seconds=SECONDS)

    @classmethod
    def with_secret(cls, sender: Sender, secret: Mapping[str, str], *, base_url: str) -> Self:
        """Open it with a connection's secret: `username`, `password`, and `facility_id` where there are several.

        Raises LmsUnavailable for a secret that is none of Kolibri's.
        """
        facility_id = secret.get("facility_id", "")
        if not secret.get("username") or not secret.get("password") or not _FACILITY_ID.fullmatch(facility_id):
            message = "its secret is an administrator's username and password and, if any, the id of a facility"
            raise LmsUnavailable(Condition.MISCONFIGURED, message)
        return cls(
            sender,
            base_url=base_url,
            username=secret["username"],
            password=secret["password"],
            facility_id=facility_id or None,
        )

    async def probe(self) -> Probe:
        """Say how the site is: what it tells anybody, and whether it lets the account in."""
        begun, version = time.perf_counter(), None
        condition, message = Condition.UP, None
        try:
            version = (await self._calling.info()).kolibri_version
            await self._calling.session()
        except LmsUnavailable as reason:
            condition, message = reason.condition, reason.message
        return Probe(condition, round((time.perf_counter() - begun) * 1000), version, message)

    async def find_users(self, member_numbers: Sequence[str]) -> Mapping[str, Sequence[FoundUser]]:
        """Find accounts by member number."""
        numbered = by_number(await people(self._calling))
        return {
            number: [person.found for person in numbered[number]] for number in member_numbers if number in numbered
        }

    async def find_usernames(self, usernames: Sequence[str]) -> Mapping[str, FoundUser]:
        """Find accounts by username, without regard to capitals."""
        named = by_username(await people(self._calling))
        return {name: named[name.casefold()].found for name in usernames if name.casefold() in named}

    def as_kept(self, user: User) -> User:
        """An account with one name, and without an e-mail address."""
        return users.as_kept(user)

    async def upsert_users(self, given: Sequence[User], *, notify: bool) -> Sequence[Result[FoundUser]]:  # noqa: ARG002
        """Make accounts as they are given; Kolibri sends no messages, asked or not."""
        return await users.upsert_users(self._calling, given)

    async def suspend_users(
        self,
        member_numbers: Sequence[str],
        *,
        suspended: bool,  # noqa: ARG002  (the port's signature)
    ) -> Sequence[Result[FoundUser]]:
        """Refused: Kolibri suspends nobody."""
        return [_by_a_person() for _ in member_numbers]

    async def reset_access(
        self,
        member_numbers: Sequence[str],
        *,
        notify: bool,  # noqa: ARG002  (likewise)
    ) -> Sequence[Result[FoundUser]]:
        """Refused: a learner who has a password is given another by their coach, face to face."""
        return [_by_a_person() for _ in member_numbers]

    def read_enrolments(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[FoundEnrolment]]:
        """Read who is in classes."""
        return enrolments.read_enrolments(self._calling, course_keys)

    async def find_enrolments(self, named: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], FoundEnrolment]:
        """Find who of some is in which class."""
        return await enrolments.find_enrolments(self._calling, named)

    async def apply_enrolments(self, given: Sequence[Enrolment]) -> Sequence[Result[FoundEnrolment]]:
        """Put people into classes and take them out."""
        return await enrolments.apply_enrolments(self._calling, given)

    async def find_courses(self, course_keys: Sequence[str]) -> Mapping[str, FoundCourse]:
        """Find classes."""
        return await courses.find_courses(self._calling, course_keys)

    async def create_course(self, course: CourseFromTemplate) -> Result[FoundCourse]:  # noqa: ARG002
        """Refused: Kolibri has no templates."""
        return _by_a_person()

    async def publish_package(self, package: PackageToPublish) -> Result[FoundPackage]:  # noqa: ARG002
        """Refused: Kolibri takes content from its own channels."""
        return _by_a_person()

    async def find_package(self, course_key: str, title: str) -> FoundPackage | None:  # noqa: ARG002
        """None: see `publish_package`."""
        return None

    def read_completions(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[Completion]]:
        """Read how far everybody is in classes."""
        return completions.read_completions(self._calling, course_keys)

    async def read_audit(self, since: datetime) -> AsyncIterator[Sequence[AuditEntry]]:  # noqa: ARG002
        """Nothing: Kolibri keeps no log of what administrators do."""
        return
        yield  # pragma: no cover


def _by_a_person() -> Result[Any]:
    return Result(Outcome.REJECTED, error=MANUAL_TASK)
