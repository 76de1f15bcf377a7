"""Classrooms, which are courses by their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, TypeAdapter

from services.lms_admin.adapters.kolibri.calling import Id
from services.lms_admin.adapters.port import FoundCourse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from services.lms_admin.adapters.kolibri.calling import Calling

CLASSROOMS: Final = "/api/auth/classroom/"


class Classroom(BaseModel):
    """A class as Kolibri tells it."""

    id: Id
    name: str


_CLASSROOMS: Final = TypeAdapter(list[Classroom])


async def classrooms(calling: Calling, names: Collection[str]) -> Mapping[str, Classroom]:
    """Those of some classes of the facility that are there, by name. Raises LmsUnavailable."""
    session = await calling.session()
    found = await calling.read(_CLASSROOMS, CLASSROOMS, parent=session.facility_id)
    return {one.name: one for one in found if one.name in names}


async def find_courses(calling: Calling, course_keys: Sequence[str]) -> Mapping[str, FoundCourse]:
    """Find classes; a class has one name, which is its key and its title."""
    return {name: FoundCourse(name, name) for name in await classrooms(calling, course_keys)}
