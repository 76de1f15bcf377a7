"""SCORM packages: no web service makes one, so it is seen which a course holds, and the course is shown."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.lms_admin.adapters.moodle.batching import rejected, sent, warnings_of
from services.lms_admin.adapters.moodle.courses import courses_by_key
from services.lms_admin.adapters.moodle.words import MANUAL_TASK, NO_COURSE, refused
from services.lms_admin.adapters.port import FoundPackage, ItemError, Outcome, Result, Verification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.lms_admin.adapters.moodle.site import Site
    from services.lms_admin.adapters.port import PackageToPublish


async def scorms_of(site: Site, course_id: int) -> Sequence[dict[str, Any]]:
    """Read the SCORM activities of a course. Raises LmsUnavailable."""
    answer = await site.calling.read("mod_scorm_get_scorms_by_courses", courseids=[course_id])
    return [scorm for scorm in answer["scorms"] if scorm["course"] == course_id]


async def find_package(site: Site, course_key: str, title: str) -> FoundPackage | None:
    """Find a package by its activity's name, with the SHA-1 of what is served. Raises LmsUnavailable."""
    course = (await courses_by_key(site, [course_key])).get(course_key)
    if course is None:
        return None
    for scorm in await scorms_of(site, course.id):
        if scorm["name"] == title:
            return FoundPackage(course_key, title, sha1=scorm.get("sha1hash"))
    return None


async def publish_package(site: Site, asked: PackageToPublish) -> Result[FoundPackage]:
    """Show a course that holds the very package already, as one made from a template does; else it takes a person.

    Raises LmsUnavailable when nothing was applied.
    """
    course = (await courses_by_key(site, [asked.course_key])).get(asked.course_key)
    if course is None:
        return rejected(NO_COURSE)
    sha1 = await asyncio.to_thread(_sha1_of, Path(asked.path))
    held = [one for one in await scorms_of(site, course.id) if one.get("sha1hash") == sha1]
    if not held:
        return rejected(MANUAL_TASK)
    package = FoundPackage(asked.course_key, held[0]["name"], sha1=sha1)
    if course.visible:
        return Result(Outcome.ALREADY_SO, before=package, after=package, verification=Verification.READ_BACK)

    async def show(rows: Sequence[Mapping[str, object]]) -> Mapping[int, ItemError]:
        answer = await site.calling.write("core_course_update_courses", courses=rows)
        return {at: refused(str(warning.get("warningcode"))) for at, warning in enumerate(warnings_of(answer))}

    shown: Mapping[str, object] = {"id": course.id, "visible": True}
    fates = await sent({0: shown}, show)
    return fates[0] if fates else Result(Outcome.APPLIED, before=package, after=package)


def _sha1_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
