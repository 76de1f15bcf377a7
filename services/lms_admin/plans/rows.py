"""The rows of a plan, as they are first written: what is wanted of whom, before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import TextClause

    from core.db import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One row. `desired` is a record's document, whole or as far as it is given; None: what is there, changed."""

    subject_kind: str
    member_number: str | None = None
    course_key: str | None = None
    source_row: int | None = None
    desired: Mapping[str, Any] | None = None


_INSERT: Final = """
    insert into lms_plan_row (contract_id, association_id, vendor_id, site_id, plan_id, id, position, subject_kind,
        member_number, course_key, source_row, desired)
    select p.contract_id, p.association_id, p.vendor_id, p.site_id, p.id, uuidv7(), $columns"""
"""A row's place is the plan's."""


def _inserting(columns: str) -> TextClause:
    return text(_INSERT.replace("$columns", columns))


_FROM_A_LIST: Final = _inserting(
    """w.position, w.item ->> 'subject_kind', w.item ->> 'member_number', w.item ->> 'course_key',
        (w.item ->> 'source_row')::int, nullif(w.item -> 'desired', 'null')
    from lms_plan p, jsonb_array_elements(cast(:rows as jsonb)) with ordinality w(item, position)
    where p.contract_id = :contract_id and p.id = :plan_id"""
)

_LOCK: Final = text(
    """select exists (select from lms_plan_row r where r.contract_id = p.contract_id and r.plan_id = p.id)
    from lms_plan p where p.contract_id = :contract_id and p.id = :plan_id for update"""
)

_STAGE: Final = """
    create temp table staged_row (position int, subject_kind text, member_number text, course_key text, source_row int,
        desired jsonb) on commit drop"""

# A member whom the roster spells with other capitals is the same member.
_SPELL: Final = text(
    """update staged_row s set member_number = m.member_number,
        desired = s.desired || jsonb_build_object('member_number', m.member_number)
    from lms_roster_member m
    where m.contract_id = :contract_id and m.site_id = :site_id and m.member_number <> s.member_number
        and lower(m.member_number) = lower(s.member_number)"""
)

_FROM_THE_STAGE: Final = _inserting(
    """s.position, s.subject_kind, s.member_number, s.course_key, s.source_row, s.desired
    from lms_plan p, staged_row s where p.contract_id = :contract_id and p.id = :plan_id"""
)

_ABSENT: Final = _inserting(
    """last.position + row_number() over (order by m.member_number), 'USER', m.member_number, null, null, null
    from lms_plan p, (select coalesce(max(position), 0) as position from staged_row) last, lms_roster_member m
    where p.contract_id = :contract_id and p.id = :plan_id
        and m.contract_id = p.contract_id and m.site_id = p.site_id and not m.suspended
        and not exists (select from staged_row s where s.member_number = m.member_number)"""
)


async def add_rows(tx: Transaction, contract_id: UUID, plan_id: UUID, rows: Sequence[Wanted]) -> None:
    """Write the rows of a list, in its order."""
    items = orjson.dumps(list(rows)).decode()
    await tx.execute(_FROM_A_LIST, {"rows": items, "contract_id": contract_id, "plan_id": plan_id})


async def stage_rows(
    tx: Transaction,
    contract_id: UUID,
    site_id: UUID,
    plan_id: UUID,
    rows: AsyncIterator[Wanted],
    *,
    and_the_absent: bool,
) -> None:
    """Write the rows of a file as they are read from it; `and_the_absent` adds the roster's members that it leaves out.

    Rows that are there already stay, and no others are added. For the worker: COPY takes no table behind policies, so
    that the rows pass through a temporary one.
    """
    plan = {"contract_id": contract_id, "plan_id": plan_id}
    if (await tx.execute(_LOCK, plan)).scalar_one():
        return
    raw = await tx.raw()
    await raw.execute(_STAGE)
    columns = ("position", "subject_kind", "member_number", "course_key", "source_row", "desired")
    await raw.copy_records_to_table("staged_row", records=_numbered(rows), columns=columns)
    await raw.execute("analyze staged_row")
    await tx.execute(_SPELL, {"contract_id": contract_id, "site_id": site_id})
    await tx.execute(_FROM_THE_STAGE, plan)
    if and_the_absent:
        await tx.execute(_ABSENT, plan)


async def _numbered(rows: AsyncIterator[Wanted]) -> AsyncIterator[tuple[object, ...]]:
    position = 0
    async for row in rows:
        position += 1
        desired = orjson.dumps(row.desired).decode()
        yield position, row.subject_kind, row.member_number, row.course_key, row.source_row, desired
