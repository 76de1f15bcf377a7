"""Who takes part in a course: enrolled whole or reset, unenrolled without a word, listed without dates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from simulators.moodle.functions.calling import Call, function
from simulators.moodle.functions.users import details_of
from simulators.moodle.records import LEARNER, ROLES, SITE_COURSE, Course, Enrolment, User
from simulators.moodle.refusals import Refused, invalid_parameter, missing_record


@function(
    "enrol_manual_enrol_users",
    {
        "enrolments": [
            {
                "roleid": "int", "userid": "int", "courseid": "int", "timestart?": "int", "timeend?": "int",
                "suspend?": "int",
            }
        ]
    },
)  # fmt: skip
def enrol_users(call: Call, params: dict[str, Any]) -> None:
    """All or none. Whoever is enrolled already gets what is sent: dates that are not sent are 0 from then on."""
    rows = [(_enrollable(call, given), given) for given in params["enrolments"]]
    for course, given in rows:
        was = course.enrolments.get(given["userid"])
        roles = was.role_ids if was else ()
        course.enrolments[given["userid"]] = Enrolment(
            given["userid"],
            roles if given["roleid"] in roles else (*roles, given["roleid"]),
            given.get("timestart", 0),
            given.get("timeend", 0),
            suspended=bool(given.get("suspend", 0)),
            timecreated=was.timecreated if was else call.site.now,
            lastaccess=was.lastaccess if was else 0,
        )


def _enrollable(call: Call, given: dict[str, Any]) -> Course:
    course = call.site.course(given["courseid"])
    call.require("enrol/manual:enrol")
    if given["roleid"] not in ROLES:
        raise Refused("wsusercannotassign", "You don't have the permission to assign this role to this user.")
    user = call.site.users.get(given["userid"])
    if user is None or user.deleted:
        raise missing_record("invaliduser", "Invalid user")
    return course


@function("enrol_manual_unenrol_users", {"enrolments": [{"userid": "int", "courseid": "int", "roleid?": "int"}]})
def unenrol_users(call: Call, params: dict[str, Any]) -> None:
    """All or none; whoever is not enrolled is passed over."""
    courses = [call.site.course(given["courseid"]) for given in params["enrolments"]]
    call.require("enrol/manual:unenrol")
    if any(given["userid"] not in call.site.users for given in params["enrolments"]):
        raise invalid_parameter()
    for course, given in zip(courses, params["enrolments"], strict=True):
        course.enrolments.pop(given["userid"], None)


@function("core_enrol_get_enrolled_users", {"courseid": "int", "options?": [{"name": "text", "value": "raw"}]})
def get_enrolled_users(call: Call, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Who takes part in a course, by id; everybody does on the front page. No dates, no word on who is suspended."""
    options = {option["name"]: option["value"] for option in params.get("options", ())}
    course = call.site.course(params["courseid"])
    call.require("moodle/course:viewparticipants")
    if options.get("withcapability"):
        call.require("moodle/role:review")
    fields = options["userfields"].split(",") if options.get("userfields") else None
    now = call.site.now
    wanted = (
        (user, enrolment)
        for user, enrolment in _taking_part(call, course)
        if not options.get("withcapability") or _works_here(user, enrolment)
        if options.get("onlyactive") != "1" or enrolment is None or is_active(enrolment, now)
    )
    begin, number = int(options.get("limitfrom", 0)), int(options.get("limitnumber", 0))
    page = islice(wanted, begin, begin + number if number else None)
    return [_shown(call, user, enrolment, fields) for user, enrolment in page]


def _taking_part(call: Call, course: Course) -> Iterator[tuple[User, Enrolment | None]]:
    users = call.site.users
    if course.id == SITE_COURSE:
        return ((user, None) for user in users.values() if not user.deleted and user.username != "guest")
    return ((users[user_id], course.enrolments[user_id]) for user_id in sorted(course.enrolments))


def _works_here(user: User, enrolment: Enrolment | None) -> bool:
    return user.site_role is not None or (enrolment is not None and any(role < LEARNER for role in enrolment.role_ids))


def is_active(enrolment: Enrolment, now: int) -> bool:
    """Whether somebody takes part at present."""
    begun = enrolment.timestart <= now
    return begun and not enrolment.suspended and not 0 < enrolment.timeend <= now


def _shown(call: Call, user: User, enrolment: Enrolment | None, fields: list[str] | None) -> dict[str, Any]:
    roles = [
        {"roleid": role, "name": "", "shortname": ROLES[role], "sortorder": 0}
        for role in (enrolment.role_ids if enrolment else ())
    ]
    lastaccess = enrolment.lastaccess if enrolment else 0
    if fields is None:
        return {**details_of(call, user), "lastcourseaccess": lastaccess, "roles": roles}
    everything = {"lastcourseaccess": lastaccess, "roles": roles}
    shown: dict[str, Any] = {"id": user.id}
    for name in ("username", "fullname", "email", "idnumber"):
        if name in fields or name == "fullname":
            shown[name] = getattr(user, name)
    if "idnumber" in shown and not user.idnumber:
        del shown["idnumber"]
    return shown | {name: value for name, value in everything.items() if name in fields}
