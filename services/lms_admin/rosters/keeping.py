"""Keeping the roster: what was done, or found done, is how it should be from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, Uuid, bindparam, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

MEMBERS: Final = """
    insert into lms_roster_member (contract_id, site_id, member_number, association_id, vendor_id, username, email,
        given_name, family_name, suspended, changed_at, changed_by_job_id)
    select distinct on (r.member_number) r.contract_id, r.site_id, r.member_number, r.association_id, r.vendor_id,
        r.desired ->> 'username', r.desired ->> 'email', r.desired ->> 'given_name', r.desired ->> 'family_name',
        (r.desired ->> 'suspended')::boolean, cast(:now as timestamptz), cast(:job_id as uuid)
    from lms_plan_row r
    where r.contract_id = :contract_id and r.subject_kind = 'USER' and {which}
        and r.desired is not null
    order by r.member_number, r.position desc
    on conflict (contract_id, site_id, member_number) do update set username = excluded.username,
        email = excluded.email, given_name = excluded.given_name, family_name = excluded.family_name,
        suspended = excluded.suspended, changed_at = excluded.changed_at,
        changed_by_job_id = excluded.changed_by_job_id
    where (lms_roster_member.username, lms_roster_member.email, lms_roster_member.given_name,
            lms_roster_member.family_name, lms_roster_member.suspended)
        is distinct from (excluded.username, excluded.email, excluded.given_name, excluded.family_name,
            excluded.suspended)
    """
ENROLMENTS: Final = """
    insert into lms_roster_enrolment (contract_id, site_id, member_number, course_key, association_id, vendor_id, role,
        state, starts_at, ends_at, changed_at, changed_by_job_id)
    select distinct on (r.member_number, r.course_key) r.contract_id, r.site_id, r.member_number, r.course_key,
        r.association_id, r.vendor_id, r.desired ->> 'role', r.desired ->> 'state',
        (r.desired ->> 'starts_at')::timestamptz, (r.desired ->> 'ends_at')::timestamptz,
        cast(:now as timestamptz), cast(:job_id as uuid)
    from lms_plan_row r
    where r.contract_id = :contract_id and r.subject_kind = 'ENROLMENT' and {which}
        and r.desired ->> 'state' <> 'ABSENT'
    order by r.member_number, r.course_key, r.position desc
    on conflict (contract_id, site_id, member_number, course_key) do update set role = excluded.role,
        state = excluded.state, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
        changed_at = excluded.changed_at, changed_by_job_id = excluded.changed_by_job_id
    where (lms_roster_enrolment.role, lms_roster_enrolment.state, lms_roster_enrolment.starts_at,
            lms_roster_enrolment.ends_at)
        is distinct from (excluded.role, excluded.state, excluded.starts_at, excluded.ends_at)
    """
UNENROLLED: Final = """
    delete from lms_roster_enrolment e using lms_plan_row r
    where r.contract_id = :contract_id and r.subject_kind = 'ENROLMENT' and {which}
        and r.desired ->> 'state' = 'ABSENT' and e.contract_id = r.contract_id and e.site_id = r.site_id
        and e.member_number = r.member_number and e.course_key = r.course_key
    """
AS_PLANNED: Final = "r.plan_id = :plan_id and r.action = 'NOOP' and not r.opted_out"
DONE: Final = "r.id = any (:rows)"
"""Rows by their key alone: what else were named would lead through all rows of a plan that is not analyzed yet."""


async def keep_as_planned(tx: Transaction, job: Row[Any], *, now: datetime) -> None:
    """Take the rows of a job's plan for which nothing is to be done into the roster."""
    for statement in (MEMBERS, ENROLMENTS, UNENROLLED):
        await tx.execute(
            text(statement.format(which=AS_PLANNED)), _named(job, statement, now) | {"plan_id": job.plan_id}
        )


async def keep_as_done(tx: Transaction, job: Row[Any], rows: Sequence[UUID], *, now: datetime) -> None:
    """Take rows of a job's plan that are done, or were found done, into the roster."""
    ids = bindparam("rows", type_=ARRAY(Uuid))
    for statement in (MEMBERS, ENROLMENTS, UNENROLLED):
        await tx.execute(
            text(statement.format(which=DONE)).bindparams(ids), _named(job, statement, now) | {"rows": rows}
        )


def _named(job: Row[Any], statement: str, now: datetime) -> dict[str, object]:
    named = {"contract_id": job.contract_id}
    return named if statement is UNENROLLED else named | {"job_id": job.id, "now": now}
