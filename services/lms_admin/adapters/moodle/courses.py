"""Courses, named by their short names, which are unique in a Moodle; made by duplicating a template."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.lms_admin.adapters.moodle.batching import rejected, sent, unknown
from services.lms_admin.adapters.moodle.words import DIFFERS, NO_TEMPLATE, NOT_THERE, unavailable
from services.lms_admin.adapters.port import (
    CourseFromTemplate,
    FoundCourse,
    ItemError,
    LmsUnavailable,
    Outcome,
    Result,
    Verification,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from services.lms_admin.adapters.moodle.site import Site


@dataclass(frozen=True, slots=True)
class Course:
    """A course with what stays inside the adapter."""

    id: int
    category_id: int
    visible: bool
    found: FoundCourse


async def courses_by_key(site: Site, course_keys: Iterable[str]) -> Mapping[str, Course]:
    """Find courses. Raises LmsUnavailable."""
    keys = sorted({*course_keys} - {""})
    found = await asyncio.gather(*(_course(site, key) for key in keys))
    return {key: course for key, course in zip(keys, found, strict=True) if course is not None}


async def create_course(site: Site, asked: CourseFromTemplate) -> Result[FoundCourse]:
    """Duplicate a template, without its people. Raises LmsUnavailable when nothing was applied."""
    known = await courses_by_key(site, [asked.course_key, asked.template_key])
    if asked.course_key in known:
        there = known[asked.course_key].found
        return Result(Outcome.ALREADY_SO, before=there, after=there, verification=Verification.READ_BACK)
    if asked.template_key not in known:
        return rejected(NO_TEMPLATE)
    template = known[asked.template_key]

    async def send(rows: Sequence[CourseFromTemplate]) -> Mapping[int, ItemError]:
        for row in rows:
            await site.calling.write(
                "core_course_duplicate_course",
                courseid=template.id,
                fullname=row.title,
                shortname=row.course_key,
                categoryid=template.category_id,
                visible=1,
                options=[{"name": "users", "value": 0}],
            )
        return {}

    fates = await sent({0: asked}, send)
    return await _read_back(site, asked, fates.get(0))


async def _read_back(site: Site, asked: CourseFromTemplate, known: Result[FoundCourse] | None) -> Result[FoundCourse]:
    if known is not None and known.outcome is Outcome.UNKNOWN:
        return known
    try:
        made = (await courses_by_key(site, [asked.course_key])).get(asked.course_key)
    except LmsUnavailable as reason:
        return known or unknown(unavailable(reason))
    if made is None:
        return known or unknown(NOT_THERE)
    if known is not None:  # refused, and there: it broke off in the middle, or somebody else made it
        return Result(Outcome.UNKNOWN, after=made.found, error=DIFFERS, verification=Verification.READ_BACK)
    return Result(Outcome.APPLIED, after=made.found, verification=Verification.READ_BACK)


async def _course(site: Site, key: str) -> Course | None:
    answer = await site.calling.read("core_course_get_courses_by_field", field="shortname", value=key)
    for row in answer["courses"]:
        if row["shortname"] == key:
            return Course(row["id"], row["categoryid"], bool(row["visible"]), FoundCourse(key, row["fullname"]))
    return None
