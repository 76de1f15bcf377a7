"""What the double remembers of a Moodle site."""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = {1: "manager", 2: "coursecreator", 3: "editingteacher", 4: "teacher", 5: "student"}
"""A fresh Moodle's roles, by their id."""
LEARNER = 5
"""The role of a learner."""
SITE_COURSE = 1
"""The front page is a course too, and everybody takes part in it."""


@dataclass(slots=True)
class User:
    """Somebody's account; a deleted one stays, with a mangled username."""

    id: int
    username: str
    firstname: str
    lastname: str
    email: str
    idnumber: str = ""
    auth: str = "manual"
    suspended: bool = False
    deleted: bool = False
    password: str = ""
    must_change_password: bool = False
    site_role: int | None = None

    @property
    def fullname(self) -> str:
        """As Moodle shows it."""
        return f"{self.firstname} {self.lastname}"


@dataclass(slots=True)
class Enrolment:
    """A manual enrolment; 0 is no date."""

    user_id: int
    role_ids: tuple[int, ...]
    timestart: int = 0
    timeend: int = 0
    suspended: bool = False
    timecreated: int = 0
    lastaccess: int = 0


@dataclass(slots=True)
class Tracked:
    """How far somebody is in an activity; `overrideby` is who marked it for them."""

    state: int = 0
    timecompleted: int = 0
    overrideby: int | None = None
    attempts: list[tuple[bool, float | None]] = field(default_factory=list)
    """Each attempt at a SCORM package: whether it was passed, and its score of 100."""


@dataclass(slots=True)
class Scorm:
    """A SCORM activity in a course and the package that it plays."""

    id: int
    cmid: int
    sco_id: int
    name: str
    sha1: str
    idnumber: str = ""
    visible: bool = True
    counts: bool = True
    """Whether it is followed, and a criterion of its course."""
    tracked: dict[int, Tracked] = field(default_factory=dict)


@dataclass(slots=True)
class Course:
    """A course with who takes part in it."""

    id: int
    shortname: str
    fullname: str
    category_id: int
    idnumber: str = ""
    visible: bool = True
    enablecompletion: bool = True
    has_criteria: bool = False
    enrolments: dict[int, Enrolment] = field(default_factory=dict)
    completed: dict[int, int] = field(default_factory=dict)
    scorms: list[Scorm] = field(default_factory=list)

    def complete(self, user_id: int, at: int, *, score: float | None = None, overrideby: int | None = None) -> None:
        """Have somebody complete the course, by passing its packages or by another's mark."""
        self.completed[user_id] = at
        for scorm in self.scorms:
            if scorm.counts:
                tracked = scorm.tracked.setdefault(user_id, Tracked())
                tracked.state, tracked.timecompleted, tracked.overrideby = 1, at, overrideby
                if overrideby is None:
                    tracked.attempts.append((True, score))


@dataclass(slots=True)
class Token:
    """Whose token it is, and what it may: None is everything."""

    user_id: int
    capabilities: frozenset[str] | None = None
    functions: frozenset[str] | None = None
    valid_until: int = 0
