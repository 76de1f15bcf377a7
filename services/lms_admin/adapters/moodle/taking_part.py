"""Who takes part in a course, as the core functions tell: ids and roles, but no dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from services.lms_admin.adapters.moodle.site import STAFF_CAPABILITY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from services.lms_admin.adapters.moodle.site import Site

PAGE_ROWS: Final = 5000
LEARNER: Final = "student"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a course; `last_active` in seconds, 0 for never."""

    user_id: int
    member_number: str
    role: str
    last_active: int


async def participants(site: Site, course_id: int, **options: object) -> AsyncIterator[Sequence[Participant]]:
    """Read who takes part, page by page; those without a member number are left out. Raises LmsUnavailable."""
    begin = 0
    asked = {"userfields": "id,idnumber,roles,lastcourseaccess", "limitnumber": PAGE_ROWS, **options}
    while True:
        named = [{"name": name, "value": value} for name, value in {**asked, "limitfrom": begin}.items()]
        rows = await site.calling.read("core_enrol_get_enrolled_users", courseid=course_id, options=named)
        yield [_participant(row) for row in rows if row.get("idnumber")]
        begin += len(rows)
        if len(rows) < PAGE_ROWS:
            return


async def roles_beyond_learning(site: Site, course_id: int) -> Mapping[str, str]:
    """Tell the roles of those who do more in a course than learn, by member number. Raises LmsUnavailable."""
    return {
        one.member_number: one.role
        async for page in participants(site, course_id, withcapability=STAFF_CAPABILITY)
        for one in page
    }


def _participant(row: Mapping[str, Any]) -> Participant:
    roles = [role["shortname"] for role in row.get("roles", ())]
    above = [role for role in roles if role != LEARNER]
    role = (above or roles or [""])[0]
    return Participant(row["id"], row["idnumber"], role, row.get("lastcourseaccess") or 0)
