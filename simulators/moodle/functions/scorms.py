"""SCORM activities: which package each plays, and what a learner's attempts at it came to."""

from __future__ import annotations

from typing import Any

from simulators.moodle.functions.calling import Call, function
from simulators.moodle.records import Course, Scorm, Tracked, User
from simulators.moodle.refusals import missing_record


@function("mod_scorm_get_scorms_by_courses", {"courseids?": ["int"]})
def get_scorms_by_courses(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """The SCORM activities of courses, each with the SHA-1 of its package."""
    scorms = [
        {
            "id": scorm.id,
            "coursemodule": scorm.cmid,
            "course": course_id,
            "name": scorm.name,
            "sha1hash": scorm.sha1,
            "reference": "package.zip",
            "version": "SCORM_1.2",
            "visible": scorm.visible,
        }
        for course_id in params.get("courseids", ())
        if course_id in call.site.courses
        for scorm in call.site.courses[course_id].scorms
    ]
    return {"scorms": scorms, "warnings": []}


@function("mod_scorm_get_scorm_scoes", {"scormid": "int", "organization?": "raw"})
def get_scorm_scoes(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """The parts of a package: its organization, and what is launched."""
    scorm = _scorm(call, params["scormid"])
    parts = [(scorm.sco_id - 1, ""), (scorm.sco_id, "sco")]
    scoes = [{"id": part, "scorm": scorm.id, "title": scorm.name, "scormtype": kind} for part, kind in parts]
    return {"scoes": scoes, "warnings": []}


@function("mod_scorm_get_scorm_attempt_count", {"scormid": "int", "userid": "int", "ignoremissingcompletion?": "bool"})
def get_scorm_attempt_count(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """How often somebody began a package."""
    tracked = _scorm(call, params["scormid"]).tracked.get(params["userid"], Tracked())
    return {"attemptscount": len(tracked.attempts), "warnings": []}


@function("mod_scorm_get_scorm_sco_tracks", {"scoid": "int", "userid": "int", "attempt?": "int"})
def get_scorm_sco_tracks(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """What one attempt at a package reported."""
    call.require("mod/scorm:viewreport")
    found = [one for course in call.site.courses.values() for one in course.scorms if one.sco_id == params["scoid"]]
    if not found:
        raise missing_record("invalidrecord", "Can't find data record in database table scorm_scoes.")
    tracked = found[0].tracked.get(params["userid"], Tracked())
    attempt = params.get("attempt", 0)
    tracks: list[dict[str, Any]] = []
    if 0 < attempt <= len(tracked.attempts):
        passed, score = tracked.attempts[attempt - 1]
        elements: list[tuple[str, object]] = [
            ("score_raw", score),
            ("status", "passed" if passed else "failed"),
            ("total_time", "00:00:00"),
            ("session_time", "00:12:30"),
            ("timemodified", str(tracked.timecompleted)),
            ("cmi.core.lesson_status", "passed" if passed else "failed"),
            ("cmi.core.score.raw", str(score)),
            ("cmi.core.session_time", "00:12:30"),
            ("userid", params["userid"]),
            ("scoid", str(params["scoid"])),
        ]
        tracks = [{"element": element, "value": value} for element, value in elements]
    return {"data": {"attempt": attempt, "tracks": tracks}, "warnings": []}


@function("gradereport_user_get_grade_items", {"courseid": "int", "userid?": "int", "groupid?": "int"})
def get_grade_items(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """The grades of one who takes part in a course, or of all."""
    course = call.site.course(params["courseid"])
    wanted = params.get("userid", 0)
    users = [call.site.users[user_id] for user_id in course.enrolments if wanted in {0, user_id}]
    return {"usergrades": [_grades(course, user) for user in users], "warnings": []}


def _scorm(call: Call, scorm_id: int) -> Scorm:
    for course in call.site.courses.values():
        for scorm in course.scorms:
            if scorm.id == scorm_id:
                return scorm
    raise missing_record("invalidrecord", "Can't find data record in database table scorm.")


def _grades(course: Course, user: User) -> dict[str, Any]:
    graded = [(scorm, scorm.tracked.get(user.id, Tracked())) for scorm in course.scorms]
    scores = [tracked.attempts[-1][1] for _, tracked in graded if tracked.attempts]
    total = next((score for score in scores if score is not None), None)
    at = next((tracked.timecompleted for _, tracked in graded if tracked.attempts), None)
    items = [_item(scorm, number, tracked) for number, (scorm, tracked) in enumerate(graded, 2)]
    named = {"itemname": None, "itemtype": "course", "itemmodule": None, "iteminstance": 1, "itemnumber": None}
    whole = {"id": 1, **named, "idnumber": None, "categoryid": None} | _unweighed(total, at)
    return {
        "courseid": course.id,
        "courseidnumber": course.idnumber,
        "userid": user.id,
        "userfullname": user.fullname,
        "useridnumber": user.idnumber,
        "maxdepth": 2,
        "gradeitems": [*items, whole],
    }


def _item(scorm: Scorm, number: int, tracked: Tracked) -> dict[str, Any]:
    score = tracked.attempts[-1][1] if tracked.attempts else None
    weight = {"cmid": scorm.cmid, "weightraw": 1, "weightformatted": "100.00 %"}
    if score is None:
        weight |= {"weightraw": 0, "weightformatted": "0.00 %", "status": "novalue"}
    return {
        "id": number,
        "itemname": scorm.name,
        "itemtype": "mod",
        "itemmodule": "scorm",
        "iteminstance": scorm.id,
        "itemnumber": 0,
        "idnumber": scorm.idnumber,
        "categoryid": 1,
        **_unweighed(score, tracked.timecompleted if score is not None else None),
        **weight,
    }


def _unweighed(score: float | None, at: int | None) -> dict[str, Any]:
    return {
        "outcomeid": None,
        "scaleid": None,
        "locked": False,
        "graderaw": score,
        "gradedatesubmitted": None,
        "gradedategraded": at,
        "gradehiddenbydate": False,
        "gradeneedsupdate": False,
        "gradeishidden": False,
        "gradeislocked": False,
        "gradeisoverridden": False,
        "gradeformatted": "-" if score is None else f"{score:.2f}",
        "grademin": 0,
        "grademax": 100,
        "rangeformatted": "0&ndash;100",
        "percentageformatted": "-" if score is None else f"{score:.2f} %",
        "feedback": "",
        "feedbackformat": 2,
    }
