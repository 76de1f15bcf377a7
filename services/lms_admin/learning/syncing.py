"""Asking for the completions of courses: they are read in the background, and kept as the LMS reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import ListTooLong
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.lms_admin.learning.models import LmsCompletionReading
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation
from services.lms_admin.sites.readings import require_adapter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

REQUESTED: Final = "LMS_COMPLETIONS_REQUESTED"
MOST_COURSES: Final = 100
LONGEST_KEY: Final = 200


class CompletionsBeingRead(DomainError):
    """Completions are being read from this site: ask again when that has ended."""


async def sync_completions(
    tx: Transaction, *, actor: Actor, contract_id: UUID, site_id: UUID, course_keys: Sequence[str], now: datetime
) -> RowKey:
    """Ask for the completions of 1 to 100 courses, each named once.

    Refuses with what `site_for` refuses, SiteReadByHand, InvalidInput, ListTooLong, TextBlank, TextTooLong or
    CompletionsBeingRead.
    """
    found = await site_for(
        tx, actor=actor, contract_id=contract_id, site_id=site_id, operation=Operation.SYNC_COMPLETIONS, now=now
    )
    require_adapter(found.site)
    courses = checked_courses(course_keys)
    key, reading_id = key_of(found.contract), new_id()
    await tx.execute(
        insert(LmsCompletionReading).values(
            **key.columns,
            id=reading_id,
            site_id=site_id,
            course_keys=courses,
            status="READING",
            requested_at=now,
            progressed_at=now,
            **actor.signed("requested_by"),
        ),
        refusing={
            "one_completion_reading_at_a_time": CompletionsBeingRead(
                f"completions are being read from {found.site.name}", field="siteId"
            )
        },
    )
    told = {"site": found.site.name, "course_keys": courses}
    tx.emit(Event(REQUESTED, reading_id, contract=key, after=told, due_at=now))
    return RowKey(contract_id, reading_id)


def checked_courses(given: Sequence[str]) -> list[str]:
    """Return course keys without blanks around them, each once; refuses what `sync_completions` says of them."""
    faults = Faults()
    if not given:
        faults.note(InvalidInput("name at least one course", field="courseKeys"))
    if len(given) > MOST_COURSES:
        faults.note(ListTooLong(f"{len(given)} courses; at most {MOST_COURSES} at once", field="courseKeys"))
    for at, course in enumerate(given):
        faults.text(course, longest=LONGEST_KEY, field=f"courseKeys.{at}")
    faults.refuse()
    return list(dict.fromkeys(course.strip() for course in given))
