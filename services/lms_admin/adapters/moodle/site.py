"""What is known of a site while its adapter is open: how to call it, who works there, and its courses' ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.port import Condition, LmsUnavailable

if TYPE_CHECKING:
    from services.lms_admin.adapters.moodle.calling import Calling

STAFF_CAPABILITY: Final = "moodle/course:viewhiddencourses"
"""What every role of a fresh Moodle above a learner's has, and a learner's has not."""
CANNOT_TELL: Final = "the token cannot tell who has rights of their own on the site: it needs moodle/role:review"


@dataclass
class Site:
    """A site; `roster_report_id` names the saved report that tells enrolments with their dates."""

    calling: Calling
    roster_report_id: int | None = None
    _staff: frozenset[int] | None = field(default=None, repr=False)

    async def staff(self) -> frozenset[int]:
        """Tell whose rights go beyond a learner's, as far as Moodle does: the token's account, and roles on the site.

        Other site administrators are in no answer of Moodle's; it refuses to change them itself, unless the token is an
        administrator's too. Raises LmsUnavailable: who cannot be told to be protected is not touched.
        """
        if self._staff is None:
            about = await self.calling.read("core_webservice_get_site_info")
            options = {"withcapability": STAFF_CAPABILITY, "userfields": "id"}
            try:
                people = await self.calling.ask(
                    "core_enrol_get_enrolled_users",
                    courseid=about["siteid"],
                    options=[{"name": name, "value": value} for name, value in options.items()],
                )
            except LmsUnavailable as reason:
                if reason.condition is not Condition.UNAUTHORIZED:
                    raise
                raise LmsUnavailable(reason.condition, CANNOT_TELL) from None
            except Refused:
                raise LmsUnavailable(Condition.MISCONFIGURED, CANNOT_TELL) from None
            self._staff = frozenset({about["userid"], *(one["id"] for one in people)})
        return self._staff
