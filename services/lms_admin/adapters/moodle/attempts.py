"""What learners' attempts at a course's package came to, and their grades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.moodle.packages import scorms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.lms_admin.adapters.moodle.site import Site

_PASSED: Final = {"passed": True, "completed": True, "failed": False}


@dataclass(frozen=True, slots=True)
class FirstAttempts:
    """The one package of a course, and the one part of it that is launched."""

    scorm_id: int
    sco_id: int

    async def of(self, site: Site, user_id: int) -> tuple[int | None, bool | None]:
        """How many attempts somebody made, and whether the first was passed; None is what Moodle does not tell."""
        try:
            counted = await site.calling.ask("mod_scorm_get_scorm_attempt_count", scormid=self.scorm_id, userid=user_id)
            if not counted["attemptscount"]:
                return 0, None
            answer = await site.calling.ask(
                "mod_scorm_get_scorm_sco_tracks", scoid=self.sco_id, userid=user_id, attempt=1
            )
        except Refused:
            return None, None
        tracks = {track["element"]: track["value"] for track in answer["data"]["tracks"]}
        return counted["attemptscount"], _PASSED.get(str(tracks.get("status")))


async def first_attempts_of(site: Site, course_id: int) -> FirstAttempts | None:
    """Find what is attempted in a course; of several packages none is the one. Raises LmsUnavailable."""
    scorms = await scorms_of(site, course_id)
    if len(scorms) != 1:
        return None
    try:
        answer = await site.calling.ask("mod_scorm_get_scorm_scoes", scormid=scorms[0]["id"])
    except Refused:
        return None
    launched = [sco["id"] for sco in answer["scoes"] if sco.get("scormtype") == "sco"]
    return FirstAttempts(scorms[0]["id"], launched[0]) if len(launched) == 1 else None


async def scores_of(site: Site, course_id: int) -> Mapping[int, float]:
    """Read everybody's grade in a course, in percent of the highest, by user. Raises LmsUnavailable."""
    try:
        answer = await site.calling.ask("gradereport_user_get_grade_items", courseid=course_id)
    except Refused:
        return {}
    scores = {}
    for one in answer["usergrades"]:
        for item in one["gradeitems"]:
            if item["itemtype"] == "course" and item["graderaw"] is not None and item["grademax"]:
                scores[one["userid"]] = 100 * item["graderaw"] / item["grademax"]
    return scores
