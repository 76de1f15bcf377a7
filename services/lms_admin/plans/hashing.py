"""What a plan comes to: its counts, whether they take a second person, and the hash by which it is approved.

The hash is the SHA-256 of the SHA-256 of each row, one after the other by position; a row is hashed as RFC 8785 writes
the object of its `action, course_key, desired, member_number, observed_digest, opted_out, position, subject_kind`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from uuid import UUID

    from core.db import Transaction

# Keys are in RFC 8785's order; documents are flat, of texts, booleans and nulls, which PostgreSQL writes as it does.
_CANONICAL: Final = """
    '{"action":' || coalesce(to_json(r.action)::text, 'null')
    || ',"course_key":' || coalesce(to_json(r.course_key)::text, 'null')
    || ',"desired":' || coalesce((select '{' || string_agg(to_json(e.key)::text || ':' || e.value::text, ','
        order by e.key collate "C") || '}' from jsonb_each(r.desired) e), 'null')
    || ',"member_number":' || coalesce(to_json(r.member_number)::text, 'null')
    || ',"observed_digest":' || coalesce('"' || encode(r.observed_digest, 'hex') || '"', 'null')
    || ',"opted_out":' || r.opted_out
    || ',"position":' || r.position
    || ',"subject_kind":' || to_json(r.subject_kind)::text || '}'"""

_SUM_UP: Final = text(
    """
    with counted as (
        select count(*) as all_rows,
            count(*) filter (where r.action = 'CREATE' and not r.opted_out) as creates,
            count(*) filter (where r.action = 'UPDATE' and not r.opted_out) as updates,
            count(*) filter (where r.action = 'SUSPEND' and not r.opted_out) as suspends,
            count(*) filter (where r.action = 'REMOVE' and not r.opted_out) as removes,
            count(*) filter (where r.action = 'NOOP' and not r.opted_out) as noops,
            count(*) filter (where r.action = 'CONFLICT' and not r.opted_out) as conflicts,
            encode(sha256(coalesce(string_agg(sha256(convert_to($canonical, 'UTF8')), '' order by r.position), '')),
                'hex') as hash
        from lms_plan_row r where r.contract_id = :contract_id and r.plan_id = :plan_id
    ), population as (
        select case
            when p.operation in ('ENROL', 'UNENROL') then (
                select count(*) from lms_roster_enrolment e
                where e.contract_id = p.contract_id and e.site_id = p.site_id and e.state = 'ACTIVE'
                    and e.course_key in (select r.course_key from lms_plan_row r
                        where r.contract_id = p.contract_id and r.plan_id = p.id))
            else (
                select count(*) from lms_roster_member m
                where m.contract_id = p.contract_id and m.site_id = p.site_id and not m.suspended)
            end as size
        from lms_plan p where p.contract_id = :contract_id and p.id = :plan_id
    )
    update lms_plan p set plan_hash = c.hash, row_count = c.all_rows, create_count = c.creates,
        update_count = c.updates, suspend_count = c.suspends, remove_count = c.removes, noop_count = c.noops,
        conflict_count = c.conflicts, population_count = n.size,
        needs_second_person = c.suspends + c.removes > s.removal_threshold_rows
            or 100 * (c.suspends + c.removes) > s.removal_threshold_percent * n.size
    from counted c, population n, lms_site s
    where p.contract_id = :contract_id and p.id = :plan_id and s.contract_id = p.contract_id and s.id = p.site_id
    returning p.plan_hash, p.needs_second_person
    """.replace("$canonical", _CANONICAL)
)


async def sum_up(tx: Transaction, contract_id: UUID, plan_id: UUID) -> tuple[str, bool]:
    """Count a plan's rows and hash them; returns the hash, and whether the removals take a second person.

    Removals are suspensions and ends of enrolments that nobody opted out of; they are measured against the members on
    the site's roster, or the enrolments in the courses that the plan touches.
    """
    (row,) = (await tx.execute(_SUM_UP, {"contract_id": contract_id, "plan_id": plan_id})).all()
    return row.plan_hash, row.needs_second_person
