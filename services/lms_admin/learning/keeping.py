"""Keeping completions as a site reports them, page by page; what it takes back is told, not overwritten in silence."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import new_id
from services.lms_admin.learning.models import LmsCompletion, LmsCompletionReading
from services.lms_admin.sites.readings import go_on, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any, Final

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.adapters.port import Completion

READINGS: Final = LmsCompletionReading.__table__  # type: ignore[attr-defined]

# Two accounts may carry one member number. Within a reading the one that is further counts: earned, then marked
# complete by somebody, then incomplete.
_RANK: Final = """case {0}.state when 'COMPLETE' then {0}.overridden::int when 'INCOMPLETE' then 2 else 3 end"""

KEEP: Final = f"""
with given as (
    select distinct on (member_number, course_key) * from unnest(
        $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[],
        $13::timestamptz[], $14::boolean[], $15::int[], $16::boolean[], $17::numeric[]
    ) as g (id, member_number, course_key, state, reason, enrolled_at, completed_at, last_active_at, overridden,
        attempts, first_attempt_passed, score_percent)
    order by member_number, course_key, {_RANK.format("g")}
), withdrawn as (
    insert into lms_completion_withdrawal (contract_id, id, association_id, vendor_id, site_id, completion_id,
        reading_id, withdrawn_at, became, was_completed_at, was_overridden, was_score_percent)
    select c.contract_id, uuidv7(), c.association_id, c.vendor_id, c.site_id, c.id, $4, $5, g.state, c.completed_at,
        c.overridden, c.score_percent
    from given g join lms_completion c on c.contract_id = $1 and c.site_id = $2
        and c.member_number = g.member_number and c.course_key = g.course_key
    where c.state = 'COMPLETE' and g.state <> 'COMPLETE' and c.reading_id <> $4
    returning 1
), kept as (
    insert into lms_completion as c (contract_id, id, association_id, vendor_id, site_id, member_number, course_key,
        state, reason, enrolled_at, completed_at, last_active_at, overridden, attempts, first_attempt_passed,
        score_percent, reading_id, read_at)
    select $1, g.id, r.association_id, r.vendor_id, $2, g.member_number, g.course_key, g.state, g.reason, g.enrolled_at,
        g.completed_at, g.last_active_at, g.overridden, g.attempts, g.first_attempt_passed, g.score_percent, $4, $5
    from given g cross join lms_completion_reading r where r.contract_id = $1 and r.id = $4 and r.run_id = $3
    on conflict on constraint one_completion_of_a_learner do update set
        state = excluded.state, reason = excluded.reason, enrolled_at = excluded.enrolled_at,
        completed_at = excluded.completed_at, last_active_at = excluded.last_active_at,
        overridden = excluded.overridden, attempts = excluded.attempts,
        first_attempt_passed = excluded.first_attempt_passed, score_percent = excluded.score_percent,
        reading_id = excluded.reading_id, read_at = excluded.read_at, left_at = null
    where c.reading_id <> excluded.reading_id or {_RANK.format("excluded")} < {_RANK.format("c")}
    returning 1
)
select (select count(*) from given) as read, (select count(*) from withdrawn) as withdrawn
"""  # noqa: S608  (our own words)

# A learner whom the LMS no longer reports in a course stays as they were, from this reading on as one who left.
LEFT: Final = """
update lms_completion set left_at = coalesce(left_at, $5), read_at = $5
where contract_id = $1 and site_id = $2 and reading_id <> $3 and course_key = any ($4::text[])
"""


class CoursesNotThere(DomainError):
    """None of the courses that were asked for is on the site."""


async def keep_page(tx: Transaction, reading: Row[Any], page: Sequence[Completion], *, now: datetime) -> None:
    """Keep a page of completions, read `now`; raises Superseded. A completion of nobody's member number is left out."""
    counted = await go_on(tx, READINGS, reading, now=now)
    rows = [_columns(completion) for completion in page if completion.member_number.strip()]
    connection = await tx.raw()
    kept = await connection.fetchrow(
        KEEP,
        reading.contract_id,
        reading.site_id,
        reading.run_id,
        reading.id,
        now,
        [new_id() for _ in rows],
        *(list(column) for column in (zip(*rows, strict=True) if rows else [()] * 11)),
    )
    assert kept is not None, "two counts are always told"
    await go_on(
        tx,
        READINGS,
        reading,
        now=now,
        read_count=counted.read_count + kept["read"],
        withdrawn_count=counted.withdrawn_count + kept["withdrawn"],
    )


async def end_reading(tx: Transaction, reading: Row[Any], *, unread: Iterable[str], now: datetime) -> None:
    """End a reading whose courses were read but for `unread`; raises Superseded."""
    without = sorted(unread)
    # a course that failed half way was read twice
    kept = select(func.count()).where(
        col(LmsCompletion.contract_id) == reading.contract_id,
        col(LmsCompletion.site_id) == reading.site_id,
        col(LmsCompletion.reading_id) == reading.id,
    )
    ended = await go_on(
        tx,
        READINGS,
        reading,
        now=now,
        status="DONE",
        ended_at=now,
        unread_course_keys=without,
        read_count=await tx.scalar(kept),
    )
    read = [course for course in reading.course_keys if course not in without]
    await (await tx.raw()).execute(LEFT, reading.contract_id, reading.site_id, reading.id, read, now)
    told = {"read": ended.read_count, "withdrawn": ended.withdrawn_count, "unread_course_keys": without}
    tx.emit(Event("LMS_COMPLETIONS_READ", reading.id, contract=key_of(reading), after=told))


def _columns(told: Completion) -> tuple[object, ...]:
    complete = told.state == "COMPLETE"
    return (
        told.member_number.strip(),
        told.course_key,
        str(told.state),
        told.reason if told.state == "NOT_MEASURABLE" else None,
        told.enrolled_at,
        told.completed_at if complete else None,
        told.last_active_at,
        complete and told.overridden,
        told.attempts,
        told.first_attempt_passed,
        None if told.score_percent is None else Decimal(str(told.score_percent)),
    )
