"""A saved report of who takes part in what: the only place where dates can be read, and they are text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from simulators.moodle.functions.about import picture_of
from simulators.moodle.functions.calling import Call, function
from simulators.moodle.records import SITE_COURSE, Course, Enrolment
from simulators.moodle.refusals import missing_record
from simulators.moodle.site import SAVED_REPORT, Site

_NOBODY = ("Manual enrolments", "Guest access", "Self enrolment (Student)")
_MANUAL = "Manual enrolments"


@function("core_reportbuilder_retrieve_report", {"reportid": "int", "page?": "int", "perpage?": "int"})
def retrieve_report(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """One page of a saved report, as its viewer would read it."""
    call.require("moodle/reportbuilder:view")
    if params["reportid"] != SAVED_REPORT:
        raise missing_record("invalidrecord", "Can't find data record in database table reportbuilder_report.")
    size = params.get("perpage", 10)
    begin = params.get("page", 0) * size
    page = islice(_rows(call.site), begin, begin + size)
    return {
        "details": _details(call),
        "data": {
            "headers": list(call.site.report_headers),
            "rows": [{"columns": _columns(call.site, course, row)} for course, row in page],
            "totalrowcount": _count(call.site),
        },
        "warnings": [],
    }


def _rows(site: Site) -> Iterator[tuple[Course, Enrolment | str]]:
    """Each enrolment, and a row without anybody for each way to take part that nobody took."""
    for course in site.courses.values():
        if course.id == SITE_COURSE:
            continue
        yield from ((course, enrolment) for enrolment in course.enrolments.values())
        yield from ((course, method) for method in _NOBODY if method != _MANUAL or not course.enrolments)


def _count(site: Site) -> int:
    courses = [course for course in site.courses.values() if course.id != SITE_COURSE]
    return sum((len(course.enrolments) or 1) + len(_NOBODY) - 1 for course in courses)


def _columns(site: Site, course: Course, row: Enrolment | str) -> list[str | None]:
    if isinstance(row, str):
        told = {"Method": row, "Status": None, "Course short name": course.shortname}
    else:
        told = _told(site, course, row)
    return [told.get(header, "") for header in site.report_headers]


def _told(site: Site, course: Course, enrolment: Enrolment) -> dict[str, str | None]:
    user = site.users[enrolment.user_id]
    completed = course.completed.get(user.id, 0)
    return {
        "ID number": user.idnumber,
        "Email address": user.email,
        "Method": _MANUAL,
        "Status": _status(enrolment, site.now),
        "Time created": _text(enrolment.timecreated, site.language),
        "Time started": _text(enrolment.timestart or enrolment.timecreated, site.language),
        "Time ended": _text(enrolment.timeend, site.language),
        "Completed": "Yes" if completed else "No",
        "Time completed": _text(completed, site.language),
        "Student progress": "100.0%" if completed else "0.0%",
        "Course short name": course.shortname,
    }


def _status(enrolment: Enrolment, now: int) -> str:
    if enrolment.suspended:
        return "Suspended"
    current = enrolment.timestart <= now and not 0 < enrolment.timeend <= now
    return "Active" if current else "Not current"


def _text(instant: int, language: str) -> str:
    """An instant as text in the language of the token's owner, to the minute."""
    if not instant:
        return ""
    at = datetime.fromtimestamp(instant, UTC)
    if language != "en":
        return f"{at.day}.{at.month}.{at.year}, {at:%H:%M}"
    return f"{at:%A}, {at.day} {at:%B %Y}, {at.hour % 12 or 12}:{at:%M %p}"


def _details(call: Call) -> dict[str, Any]:
    admin = call.site.users[2]
    return {
        "name": "Participants and completion",
        "source": "core_course\\reportbuilder\\datasource\\participants",
        "type": 0,
        "uniquerows": False,
        "conditiondata": None,
        "settingsdata": None,
        "contextid": 1,
        "component": "",
        "area": "",
        "itemid": 0,
        "usercreated": admin.id,
        "id": SAVED_REPORT,
        "timecreated": 1795287696,
        "timemodified": 1795287696,
        "usermodified": admin.id,
        "sourcename": "Course participants",
        "tags": [],
        "modifiedby": {
            "id": admin.id,
            "email": admin.email,
            "idnumber": "",
            "phone1": "",
            "phone2": "",
            "department": "",
            "institution": "",
            "fullname": admin.fullname,
            "identity": admin.email,
            "profileurl": f"{call.wwwroot}/user/profile.php?id={admin.id}",
            "profileimageurl": f"{picture_of(call.wwwroot)}1",
            "profileimageurlsmall": f"{picture_of(call.wwwroot)}2",
        },
    }
