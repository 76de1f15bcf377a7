"""One Moodle site, in memory: its people, its courses, its tokens, and how it is."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from simulators.moodle.records import LEARNER, SITE_COURSE, Course, Enrolment, Scorm, Token, User
from simulators.moodle.refusals import missing_record

ADMIN_TOKEN = "7c4a8d09ca3762af61e59520943dc264"  # noqa: S105 - opens a double alone
"""The token that a fresh double takes: the administrator's."""
SAVED_REPORT = 1
"""The report that the administrator saved."""
RECORDED_HEADERS = (
    "ID number", "Email address", "Method", "Status", "Time started", "Time ended", "Completed", "Time completed",
    "Student progress", "Time taking course", "Course short name",
)  # fmt: skip
"""The columns of the report that was recorded: who has no start is told to have started when they were enrolled."""


@dataclass
class Site:
    """A Moodle site; whoever holds it can look at everything in it."""

    name: str = "Association LMS"
    clock: Callable[[], float] = time.time
    max_input_vars: int = 5000
    services_on: bool = True
    maintenance: bool = False
    report_headers: tuple[str, ...] = (*RECORDED_HEADERS, "Time created")
    language: str = "en"
    """The language of the people who read reports."""
    users: dict[int, User] = field(default_factory=dict)
    courses: dict[int, Course] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=lambda: {1: "Category 1"})
    tokens: dict[str, Token] = field(default_factory=dict)
    mails: list[tuple[int, str]] = field(default_factory=list)
    """What was sent to whom: (user's id, what about)."""
    calls: list[str] = field(default_factory=list)
    """The functions that were called, in order."""
    by_username: dict[str, User] = field(default_factory=dict)
    by_email: dict[str, User] = field(default_factory=dict)
    by_idnumber: dict[str, tuple[User, ...]] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: count(3))
    course_ids: Iterator[int] = field(default_factory=lambda: count(2))
    module_ids: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.add_user(User(1, "guest", "Guest user", " ", "root@localhost"))
        self.add_user(User(2, "admin", "Admin", "User", "admin@example.org"))
        self.courses[SITE_COURSE] = Course(SITE_COURSE, "site", self.name, 0, enablecompletion=False)
        self.tokens[ADMIN_TOKEN] = Token(user_id=2)

    @property
    def now(self) -> int:
        """Seconds since 1970, as Moodle keeps every instant."""
        return int(self.clock())

    def is_admin(self, user: User) -> bool:
        """Whether somebody is a site administrator."""
        return user.id == 2  # noqa: PLR2004 - the first account of every Moodle

    def add_user(self, user: User) -> User:
        """Take somebody in, with the ways to find them."""
        self.users[user.id] = user
        self.index(user)
        return user

    def index(self, user: User) -> None:
        """Let somebody be found by what they are called."""
        self.by_username[user.username] = user
        self.by_email[user.email.lower()] = user
        if user.idnumber:
            self.by_idnumber[user.idnumber] = (*self.by_idnumber.get(user.idnumber, ()), user)

    def unindex(self, user: User) -> None:
        """Let somebody be found no longer."""
        self.by_username.pop(user.username, None)
        self.by_email.pop(user.email.lower(), None)
        if user.idnumber:
            others = tuple(one for one in self.by_idnumber[user.idnumber] if one is not user)
            self.by_idnumber[user.idnumber] = others
            if not others:
                del self.by_idnumber[user.idnumber]

    def delete_user(self, user: User) -> None:
        """Delete somebody as Moodle does: the record stays, mangled."""
        self.unindex(user)
        for course in self.courses.values():
            course.enrolments.pop(user.id, None)
        digest = hashlib.md5(user.username.encode(), usedforsecurity=False).hexdigest()
        user.username, user.email = f"{user.email}.{self.now}", digest
        user.idnumber, user.deleted = "", True
        self.index(user)

    def seed_users(self, number: int, prefix: str = "M-") -> None:
        """Make many people at once, numbered from 000000 behind `prefix`."""
        stem = prefix.lower().replace("-", "")
        for index in range(number):
            self.add_user(
                User(
                    next(self.ids),
                    f"{stem}{index:06}",
                    f"Given{index % 997}",
                    f"Family{index % 7919}",
                    f"{stem}{index:06}@example.org",
                    f"{prefix}{index:06}",
                )
            )

    def enrol_many(self, shortname: str, prefix: str = "") -> None:
        """Have everybody whose number begins with `prefix` take part in a course, without dates."""
        course = self.course_named(shortname)
        for user in self.users.values():
            if user.idnumber.startswith(prefix) and user.idnumber:
                course.enrolments[user.id] = Enrolment(user.id, (LEARNER,), timecreated=self.now)

    def add_course(self, shortname: str, fullname: str = "", *, packages: Iterable[str] = ()) -> Course:
        """Make a course; each package is a SCORM activity with that SHA-1."""
        course = Course(next(self.course_ids), shortname, fullname or shortname, 1)
        course.scorms = [self.scorm(f"Module {at}", sha1) for at, sha1 in enumerate(packages, 1)]
        course.has_criteria = bool(course.scorms)
        self.courses[course.id] = course
        return course

    def scorm(self, name: str, sha1: str) -> Scorm:
        """A SCORM activity of its own ids."""
        number = next(self.module_ids)
        return Scorm(number, number + 1, 2 * number, name, sha1)

    def course(self, course_id: int) -> Course:
        """A course by its id, or Moodle's refusal."""
        if course_id not in self.courses:
            raise missing_record("invalidrecord", "Can't find data record in database table course.")
        return self.courses[course_id]

    def course_named(self, shortname: str) -> Course:
        """A course by its short name, for whoever looks at the double itself."""
        return next(course for course in self.courses.values() if course.shortname == shortname)

    def user_named(self, idnumber: str) -> User:
        """The one account of an id number, for whoever looks at the double itself."""
        (user,) = self.by_idnumber[idnumber]
        return user
