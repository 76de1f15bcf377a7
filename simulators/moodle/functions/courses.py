"""Courses: made, found by one field, changed, and duplicated with the packages that they hold."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

from simulators.moodle.functions.calling import Call, function
from simulators.moodle.records import SITE_COURSE, Course, Scorm
from simulators.moodle.refusals import Refused, invalid_parameter, missing_record
from simulators.moodle.site import Site


@function("core_course_create_categories", {"categories": [{"name": "text", "parent?": "int", "idnumber?": "raw"}]})
def create_categories(call: Call, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Make categories."""
    call.require("moodle/category:manage")
    made = []
    for given in params["categories"]:
        category_id = max(call.site.categories) + 1
        call.site.categories[category_id] = given["name"]
        made.append({"id": category_id, "name": given["name"]})
    return made


@function(
    "core_course_create_courses",
    {
        "courses": [
            {
                "fullname": "text", "shortname": "text", "categoryid": "int", "idnumber?": "raw", "summary?": "raw",
                "visible?": "bool", "enablecompletion?": "int", "startdate?": "int", "enddate?": "int",
            }
        ]
    },
)  # fmt: skip
def create_courses(call: Call, params: dict[str, Any]) -> list[dict[str, Any]]:
    """All of them or none; a short name is a course's alone."""
    call.require("moodle/course:create")
    site = call.site
    for given in params["courses"]:
        if given["categoryid"] not in site.categories:
            raise missing_record("invalidrecord", "Can't find data record in database table course_categories.")
        _require_free(site, given["shortname"])
    made = []
    for given in params["courses"]:
        course = Course(
            next(site.course_ids),
            given["shortname"],
            given["fullname"],
            given["categoryid"],
            given.get("idnumber", ""),
            visible=given.get("visible", True),
            enablecompletion=bool(given.get("enablecompletion", 0)),
        )
        site.courses[course.id] = course
        made.append({"id": course.id, "shortname": course.shortname})
    return made


@function(
    "core_course_duplicate_course",
    {
        "courseid": "int",
        "fullname": "text",
        "shortname": "text",
        "categoryid": "int",
        "visible?": "int",
        "options?": [{"name": "text", "value": "raw"}],
    },
)
def duplicate_course(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Copy a course, its activities and their packages, without its people."""
    call.require("moodle/backup:backupcourse")
    site = call.site
    template = site.courses.get(params["courseid"])
    if template is None:
        raise Refused("invalidcourseid", "You are trying to use an invalid course ID")
    _require_free(site, params["shortname"])
    course = Course(
        next(site.course_ids),
        params["shortname"],
        params["fullname"],
        params["categoryid"],
        visible=bool(params.get("visible", 1)),
        enablecompletion=template.enablecompletion,
        has_criteria=template.has_criteria,
        scorms=[_copied(site, scorm) for scorm in template.scorms],
    )
    site.courses[course.id] = course
    return {"id": course.id, "shortname": course.shortname}


@function("core_course_update_courses", {"courses": [{"id": "int", "fullname?": "text", "visible?": "bool"}]})
def update_courses(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Each for itself; what cannot be updated is a warning."""
    warnings = []
    for given in params["courses"]:
        try:
            course = call.site.course(given["id"])
            call.require("moodle/course:update")
        except Refused as refused:
            code, message = refused.body["errorcode"], refused.body["message"]
            warnings.append({"item": "course", "itemid": given["id"], "warningcode": code, "message": message})
            continue
        course.fullname = given.get("fullname", course.fullname)
        course.visible = given.get("visible", course.visible)
    return {"warnings": warnings}


@function("core_course_get_courses_by_field", {"field?": "text", "value?": "raw"})
def get_courses_by_field(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """The courses whose field has the value; without a field, all."""
    value = params.get("value", "")
    tests: dict[str, Callable[[Course], bool]] = {
        "": lambda _course: True,
        "id": lambda course: str(course.id) == value,
        "ids": lambda course: str(course.id) in value.split(","),
        "shortname": lambda course: course.shortname == value,
        "idnumber": lambda course: course.idnumber == value,
        "category": lambda course: str(course.category_id) == value,
    }
    test = tests.get(params.get("field", ""))
    if test is None:
        raise invalid_parameter()
    return {"courses": [_described(call, one) for one in call.site.courses.values() if test(one)], "warnings": []}


def _described(call: Call, course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "fullname": course.fullname,
        "displayname": course.fullname,
        "shortname": course.shortname,
        "categoryid": course.category_id,
        "categoryname": call.site.categories.get(course.category_id, ""),
        "summary": "",
        "idnumber": course.idnumber,
        "visible": int(course.visible),
        "enablecompletion": int(course.enablecompletion),
        "format": "site" if course.id == SITE_COURSE else "topics",
    }


def _copied(site: Site, scorm: Scorm) -> Scorm:
    fresh = site.scorm(scorm.name, scorm.sha1)
    return replace(copy(scorm), id=fresh.id, cmid=fresh.cmid, sco_id=fresh.sco_id, tracked={})


def _require_free(site: Site, shortname: str) -> None:
    if any(course.shortname == shortname for course in site.courses.values()):
        raise Refused("shortnametaken", f"Short name is already used for another course ({shortname})")
