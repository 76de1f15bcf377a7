"""How a site is: first what it tells anybody, then what it tells the token's owner."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.port import Condition, LmsUnavailable, Probe

if TYPE_CHECKING:
    from services.lms_admin.adapters.moodle.site import Site

FUNCTIONS: Final = (
    "core_auth_request_password_reset",
    "core_completion_get_activities_completion_status",
    "core_completion_get_course_completion_status",
    "core_course_duplicate_course",
    "core_course_get_courses_by_field",
    "core_course_update_courses",
    "core_enrol_get_enrolled_users",
    "core_reportbuilder_retrieve_report",
    "core_user_create_users",
    "core_user_get_users_by_field",
    "core_user_update_users",
    "core_webservice_get_site_info",
    "enrol_manual_enrol_users",
    "enrol_manual_unenrol_users",
    "gradereport_user_get_grade_items",
    "mod_scorm_get_scorm_attempt_count",
    "mod_scorm_get_scorm_sco_tracks",
    "mod_scorm_get_scorm_scoes",
    "mod_scorm_get_scorms_by_courses",
)
"""What the token's service has to hold."""


async def probe(site: Site) -> Probe:
    """Ask the site how it is."""
    begun = time.perf_counter()

    def answered(
        condition: Condition, message: str | None = None, version: str | None = None, missing: tuple[str, ...] = ()
    ) -> Probe:
        return Probe(condition, round((time.perf_counter() - begun) * 1000), version, message, missing)

    try:
        config = await site.calling.public_config()
        if config.get("maintenanceenabled"):
            return answered(Condition.MAINTENANCE, "it is in maintenance")
        if not config["enablewebservices"]:
            return answered(Condition.MISCONFIGURED, "its web services are switched off")
        about = await site.calling.read("core_webservice_get_site_info")
        reached = {one["name"] for one in about["functions"]}
        missing = [name for name in FUNCTIONS if name not in reached]
        if "core_enrol_get_enrolled_users" in reached:
            try:
                await site.staff()
            except LmsUnavailable:
                missing.append("moodle/role:review")
    except LmsUnavailable as reason:
        return answered(reason.condition, reason.message)
    except Refused:
        return answered(Condition.MISCONFIGURED, "it refuses to say which release it is")
    warned = (
        "the token is a site administrator's: give it an account and a role of its own"
        if about["userissiteadmin"]
        else None
    )
    return answered(Condition.UP, warned, about["release"].partition(" ")[0], tuple(missing))
