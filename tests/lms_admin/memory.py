"""An LMS in memory, for those who only read one: what it holds, what it refuses to tell, and what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from services.lms_admin.adapters.opening import Connection
from services.lms_admin.adapters.port import (
    Capability,
    Completion,
    Condition,
    FoundCourse,
    FoundEnrolment,
    FoundUser,
    LmsAdapter,
    LmsUnavailable,
    User,
)

Item = TypeVar("Item")
READS = frozenset({Capability.FIND_USERS, Capability.READ_ENROLMENTS, Capability.READ_COMPLETIONS})


@dataclass
class MemoryLms:
    """Accounts, enrolments and completions; what is named in `unreadable` is answered with LmsUnavailable."""

    users: list[FoundUser] = field(default_factory=list)
    enrolments: list[FoundEnrolment] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    capabilities: frozenset[Capability] = READS | {Capability.SUSPEND_ENROLMENTS, Capability.READ_ENROLMENT_ENDS}
    batch_size: int = 2
    one_name: bool = False
    asked: list[tuple[str, ...]] = field(default_factory=list)

    @asynccontextmanager
    async def opened(self, _: Connection) -> AsyncIterator[LmsAdapter]:
        """Stand in for the adapter of any site."""
        yield cast("LmsAdapter", self)

    def as_kept(self, user: User) -> User:
        """Whole, or with all of the name in one."""
        if not self.one_name:
            return user
        return replace(user, given_name=f"{user.given_name} {user.family_name}", family_name="")

    async def find_users(self, member_numbers: Sequence[str]) -> Mapping[str, Sequence[FoundUser]]:
        """All accounts of each number."""
        assert len(member_numbers) <= self.batch_size
        self._ask("find_users", member_numbers)
        found = {number: [user for user in self.users if user.member_number == number] for number in member_numbers}
        return {number: users for number, users in found.items() if users}

    async def read_enrolments(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[FoundEnrolment]]:
        """Pages of two."""
        self._ask("read_enrolments", course_keys)
        for page in pages([one for one in self.enrolments if one.course_key in course_keys]):
            yield page

    async def find_courses(self, course_keys: Sequence[str]) -> Mapping[str, FoundCourse]:
        """Those that somebody has a completion in."""
        there = {one.course_key for one in self.completions}
        return {key: FoundCourse(key, key.title()) for key in course_keys if key in there}

    async def read_completions(self, course_keys: Sequence[str]) -> AsyncIterator[Sequence[Completion]]:
        """Pages of two."""
        self._ask("read_completions", course_keys)
        for page in pages([one for one in self.completions if one.course_key in course_keys]):
            yield page

    def _ask(self, method: str, named: Iterable[str]) -> None:
        self.asked.append((method, *named))
        if not self.unreadable.isdisjoint(named):
            raise LmsUnavailable(Condition.DOWN, "it does not answer")


def pages(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Two at a time."""
    for at in range(0, len(items), 2):
        yield items[at : at + 2]
