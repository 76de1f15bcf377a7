"""How well people learn."""

from datetime import date

import strawberry

from api.reading import Id, Reader, Rows, query
from api.schema.learning_effectiveness import LearningEffectiveness
from api.schema.lms_site import LmsSite
from services.lms_admin.learning.effectiveness import effectiveness


@strawberry.type
class LearningEffectivenessQueries:
    """Measures of learning."""

    @query(
        arguments={
            "course_keys": "The courses, by their keys in the LMS.",
            "enrolled_from": "A day in the first month of enrolment.",
            "enrolled_until": "A day in the last month of enrolment, at most 36 months on.",
        }
    )
    def learning_effectiveness(
        self,
        reader: Reader,
        site_id: Id[LmsSite],
        course_keys: list[str],
        enrolled_from: date,
        enrolled_until: date,
    ) -> Rows[LearningEffectiveness | None]:
        """How well people learn in courses of a site, by month of enrolment.

        Null when there is no such site, you may not see its learners, or the window is none.
        """
        return effectiveness(
            reader,
            site_id.contract_id,
            site_id.id,
            course_keys=course_keys,
            first=enrolled_from,
            last=enrolled_until,
        )
