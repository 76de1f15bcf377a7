"""A small LMS in memory that speaks the port, and misbehaves when it is told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from services.lms_admin.adapters.port import (
    Capability,
    Condition,
    CourseFromTemplate,
    Enrolment,
    EnrolmentState,
    FoundCourse,
    FoundEnrolment,
    FoundUser,
    ItemError,
    LmsUnavailable,
    Outcome,
    Probe,
    Result,
    User,
    Verification,
)

Record = TypeVar("Record")
READS = {"find_users", "find_enrolments", "find_courses", "probe"}
MISHAPS = ("DOWN", "THROTTLED", "MAINTENANCE", "LOST", "LATE", "SHORT", "BROKEN")
"""Ways in which a call goes wrong.

The first three are not taken at all. LOST is applied, but the answer is lost; LATE is not applied when the caller gives
up; SHORT is applied and answered for the first half; BROKEN is applied, and the answer makes no sense.
"""


@dataclass
class Academy:
    """Accounts, enrolments and courses; `mishaps` are taken off one by one, each by the next call."""

    batch_size: int = 3
    users: dict[str, list[FoundUser]] = field(default_factory=dict)
    enrolments: dict[tuple[str, str], FoundEnrolment] = field(default_factory=dict)
    courses: dict[str, FoundCourse] = field(default_factory=dict)
    mishaps: list[str | None] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    writes: Counter[tuple[str, object]] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    condition: Condition = Condition.UP
    resets: Counter[str] = field(default_factory=Counter)
    notified: list[str] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    capabilities = frozenset(Capability)

    @asynccontextmanager
    async def opening(self, *_: object) -> Any:  # noqa: ANN401
        """The site is opened."""
        yield self

    def have(self, user: User, *, protected: bool = False) -> None:
        """An account is there."""
        self.users.setdefault(user.member_number, []).append(
            FoundUser(**{name: getattr(user, name) for name in User.__slots__}, protected=protected)
        )

    async def probe(self) -> Probe:
        self.calls.append("probe")
        return Probe(self.condition, 1, "1.0")

    def as_kept(self, user: User) -> User:
        return user

    async def find_users(self, member_numbers: Sequence[str]) -> Mapping[str, Sequence[FoundUser]]:
        self._answer("find_users")
        return {number: tuple(self.users[number]) for number in member_numbers if self.users.get(number)}

    async def find_usernames(self, usernames: Sequence[str]) -> Mapping[str, FoundUser]:
        return {user.username: user for users in self.users.values() for user in users if user.username in usernames}

    async def upsert_users(self, users: Sequence[User], *, notify: bool) -> Sequence[Result[FoundUser]]:
        mishap = self._answer("upsert_users")
        if len(users) > 1 and any(user.member_number in self.refused for user in users):
            error = ItemError("BATCH_REFUSED", "one of them is wrong")
            return [Result(Outcome.REJECTED, error=error) for _ in users]
        if mishap == "LATE":
            return self._unknown(users)
        results = [self._upsert(user, notify=notify) for user in users]
        return self._told(mishap, results)

    async def suspend_users(self, member_numbers: Sequence[str], *, suspended: bool) -> Sequence[Result[FoundUser]]:
        mishap = self._answer("suspend_users")
        if mishap == "LATE":
            return self._unknown(member_numbers)
        results = []
        for number in member_numbers:
            (before,) = self.users[number]
            self.users[number] = [replace(before, suspended=suspended)]
            self.writes["suspend", number] += 1
            results.append(Result(Outcome.APPLIED, before, self.users[number][0]))
        return self._told(mishap, results)

    async def reset_access(self, member_numbers: Sequence[str], *, notify: bool) -> Sequence[Result[FoundUser]]:
        mishap = self._answer("reset_access")
        if mishap == "LATE":
            return self._unknown(member_numbers)
        self.resets.update(member_numbers)
        self.notified += member_numbers if notify else []
        return self._told(mishap, [Result(Outcome.APPLIED) for _ in member_numbers])

    async def find_enrolments(self, named: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], FoundEnrolment]:
        self._answer("find_enrolments")
        return {pair: self.enrolments[pair] for pair in named if pair in self.enrolments}

    async def apply_enrolments(self, enrolments: Sequence[Enrolment]) -> Sequence[Result[FoundEnrolment]]:
        mishap = self._answer("apply_enrolments")
        if mishap == "LATE":
            return self._unknown(enrolments)
        results = []
        for enrolment in enrolments:
            pair = (enrolment.member_number, enrolment.course_key)
            before = self.enrolments.pop(pair, None)
            self.writes["enrol", pair] += 1
            if enrolment.state is not EnrolmentState.ABSENT:
                values = {name: getattr(enrolment, name) for name in Enrolment.__slots__}
                self.enrolments[pair] = FoundEnrolment(**values)
            results.append(Result(Outcome.APPLIED, before, self.enrolments.get(pair)))
        return self._told(mishap, results)

    async def find_courses(self, course_keys: Sequence[str]) -> Mapping[str, FoundCourse]:
        self._answer("find_courses")
        return {key: self.courses[key] for key in course_keys if key in self.courses}

    async def create_course(self, course: CourseFromTemplate) -> Result[FoundCourse]:
        mishap = self._answer("create_course")
        if mishap == "LATE":
            return self._unknown([course])[0]
        self.courses[course.course_key] = FoundCourse(course.course_key, course.title)
        return self._told(mishap, [Result(Outcome.APPLIED, None, self.courses[course.course_key])])[0]

    def _upsert(self, user: User, *, notify: bool) -> Result[FoundUser]:
        if user.member_number in self.refused:
            return Result(Outcome.REJECTED, error=ItemError("EMAIL_TAKEN", "another account has this address"))
        before = self.users.get(user.member_number, [None])[0]
        self.users.pop(user.member_number, None)
        self.have(user)
        self.writes["upsert", user.member_number] += 1
        if notify:
            self.notified.append(user.member_number)
        return Result(Outcome.APPLIED, before, self.users[user.member_number][0], verification=Verification.READ_BACK)

    def _answer(self, call: str) -> str | None:
        self.calls.append(call)
        mishap = self.mishaps.pop(0) if self.mishaps else None
        if mishap in {"DOWN", "THROTTLED", "MAINTENANCE", "UNAUTHORIZED"} or (mishap and call in READS):
            condition = Condition(mishap) if mishap in Condition.__members__ else Condition.DOWN
            raise LmsUnavailable(condition, "it says so")
        return mishap

    def _told(self, mishap: str | None, results: list[Result[Record]]) -> list[Result[Record]]:
        if mishap == "LOST":
            return self._unknown(results)
        if mishap == "SHORT":
            return results[: len(results) // 2]
        if mishap == "BROKEN":
            raise KeyError("a learner's name, perhaps")
        return results

    @staticmethod
    def _unknown(things: Sequence[object]) -> list[Result[Any]]:
        return [Result(Outcome.UNKNOWN, error=ItemError("TIMED_OUT", "no answer")) for _ in things]
