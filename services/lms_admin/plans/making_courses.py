"""Courses made out of templates of the same site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from services.contracts.faults import Faults
from services.delivery.recording import require_some
from services.lms_admin.adapters.documents import document_of
from services.lms_admin.plans.asking import begin_plan, may_ask
from services.lms_admin.plans.enrolment_csv import COLUMNS
from services.lms_admin.plans.named import checked_key, require_different
from services.lms_admin.plans.rows import Wanted, add_rows
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.ids import RowKey
    from services.lms_admin.adapters.port import CourseFromTemplate
    from services.lms_admin.plans.asking import Wish

MOST_COURSES: Final = 100
LONGEST_TITLE: Final = 200


async def preview_courses(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    wish: Wish,
    courses: Sequence[CourseFromTemplate],
    now: datetime,
) -> RowKey:
    """Ask what making 1 to 100 courses would do.

    Refuses what `may_ask` refuses, and with InvalidInput, ListTooLong, TextBlank, TextTooLong and NamedTwice.
    """
    operation = Operation.CREATE_COURSE
    asking = await may_ask(tx, actor=actor, contract_id=contract_id, wish=wish, operation=operation, now=now)
    require_some(courses, most=MOST_COURSES, field="courses")
    faults, longest = Faults(), COLUMNS["course"].longest
    for at, course in enumerate(courses):
        checked_key(faults, course.course_key, longest=longest, field=f"courses.{at}.courseKey")
        checked_key(faults, course.template_key, longest=longest, field=f"courses.{at}.templateKey")
        checked_key(faults, course.title, longest=LONGEST_TITLE, field=f"courses.{at}.title")
    require_different(faults, [course.course_key for course in courses], field="courses")
    faults.refuse()
    key = await begin_plan(tx, asking, now=now)
    rows = [Wanted(subject_kind="COURSE", course_key=it.course_key, desired=document_of(it)) for it in courses]
    await add_rows(tx, *key, rows)
    return key
