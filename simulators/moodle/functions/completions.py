"""How far somebody is: in a course, whose criteria may be missing, and in its activities, which others may override."""

from __future__ import annotations

from typing import Any

from simulators.moodle.functions.calling import Call, function
from simulators.moodle.functions.enrolments import is_active
from simulators.moodle.records import Course, Scorm, Tracked
from simulators.moodle.refusals import Refused


@function("core_completion_get_course_completion_status", {"courseid": "int", "userid": "int"})
def get_course_completion_status(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Complete or not; an error for who does not take part at present, and for a course that says nothing of it."""
    course = _reported(call, params)
    if not course.has_criteria:
        raise Refused("nocriteriaset", "No completion criteria set for this course")
    done_at = course.completed.get(params["userid"])
    return {
        "completionstatus": {
            "completed": done_at is not None,
            "aggregation": 1,
            "completions": [
                {
                    "type": 4,
                    "title": "Activity completion",
                    "status": "Yes" if done_at else "No",
                    "complete": done_at is not None,
                    "timecompleted": done_at,
                    "details": {
                        "type": "Activity completion",
                        "criteria": f'<a href="{call.wwwroot}/mod/scorm/view.php?id={scorm.cmid}">{scorm.name}</a>',
                        "requirement": "",
                        "status": "",
                    },
                }
                for scorm in course.scorms
                if scorm.counts
            ],
        },
        "warnings": [],
    }


@function("core_completion_get_activities_completion_status", {"courseid": "int", "userid": "int"})
def get_activities_completion_status(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Each activity that is followed, and who marked it for somebody, should it not have been they."""
    course = _reported(call, params)
    followed = [(scorm, scorm.tracked.get(params["userid"], Tracked())) for scorm in course.scorms if scorm.counts]
    return {"statuses": [_status(scorm, tracked) for scorm, tracked in followed], "warnings": []}


def _reported(call: Call, params: dict[str, Any]) -> Course:
    course = call.site.course(params["courseid"])
    call.require("report/completion:view")
    enrolment = course.enrolments.get(params["userid"])
    if enrolment is None or not is_active(enrolment, call.site.now):
        raise Refused("usernotenroled", "User is not enrolled in this course")
    return course


def _status(scorm: Scorm, tracked: Tracked) -> dict[str, Any]:
    rule = {"status": 1 if tracked.state else 0, "description": "Pass the activity"}
    return {
        "cmid": scorm.cmid,
        "modname": "scorm",
        "instance": scorm.id,
        "state": tracked.state,
        "timecompleted": tracked.timecompleted,
        "tracking": 2,
        "overrideby": tracked.overrideby,
        "valueused": False,
        "hascompletion": True,
        "isautomatic": True,
        "istrackeduser": True,
        "uservisible": True,
        "details": [{"rulename": "completionstatusrequired", "rulevalue": rule}],
        "isoverallcomplete": bool(tracked.state),
    }
