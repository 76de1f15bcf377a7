"""How a site is: first what it tells anybody, then what it tells the token's owner."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.report import report_rows
from services.lms_admin.adapters.port import Condition, LmsUnavailable, Probe

if TYPE_CHECKING:
    from collections.abc import Awaitable

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


async def _lacking(reading: Awaitable[object], right: str) -> list[str]:
    try:
        await reading
    except LmsUnavailable as reason:
        if reason.condition is Condition.UNAUTHORIZED:
            return [right]
        raise
    return []


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
            missing += await _lacking(site.staff(), "moodle/role:review")
        if site.roster_report_id is not None and "core_reportbuilder_retrieve_report" in reached:
            missing += await _lacking(report_rows(site), "moodle/reportbuilder:view")
    except LmsUnavailable as reason:
        return answered(reason.condition, reason.message)
    warned = (
        "the token is a site administrator's: give it an account and a role of its own"
        if about["userissiteadmin"]
        else None
    )
    return answered(Condition.UP, warned, about["release"].partition(" ")[0], tuple(missing))
