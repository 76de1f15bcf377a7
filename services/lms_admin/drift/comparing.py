"""The comparison of a roster with what was laid down of its site: one statement, however many learners there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.events import Event
from services.lms_admin.drift.laying_down import READINGS, clear_away
from services.lms_admin.sites.models import LmsSite
from services.lms_admin.sites.readings import go_on, key_of

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final

    from sqlalchemy import Row

    from core.db import Transaction

COMPARE: Final = """
with unread_user as materialized (
    select member_number, min(message) as message from lms_drift_unread
    where run_id = $3 and member_number is not null group by 1
), unread_course as materialized (
    select course_key, min(message) as message from lms_drift_unread
    where run_id = $3 and course_key is not null group by 1
), account as materialized (
    select member_number, count(*) as copies, min(username) as username, min(email) as email,
        min(given_name) as given_name, min(family_name) as family_name, bool_or(suspended) as suspended
    from lms_drift_actual_user where run_id = $3 group by member_number
), enrolled as materialized (
    -- a course that failed half way was read twice
    select distinct on (member_number, course_key) member_number, course_key, role, state,
        date_trunc('second', ends_at) as ends_at, dates_known
    from lms_drift_actual_enrolment where run_id = $3
    order by member_number, course_key, state
), person as (
    select * from lms_roster_member where contract_id = $1 and site_id = $2
), wanted as (
    select member_number, course_key, role, state, date_trunc('second', ends_at) as ends_at
    from lms_roster_enrolment where contract_id = $1 and site_id = $2
), found as materialized (
    select 'UNREADABLE' as kind, member_number, null as course_key, null::jsonb as desired, null::jsonb as actual,
        message
    from unread_user
    union all
    select 'UNREADABLE', null, course_key, null, null, message
    from unread_course
    union all
    select k.kind, p.member_number, null,
        case k.kind
            when 'DUPLICATE_IDENTITY' then jsonb_build_object('accounts', 1)
            when 'WRONG_STATE' then jsonb_build_object('suspended', p.suspended)
            else jsonb_build_object('username', p.username, 'email', p.email, 'givenName', p.given_name,
                'familyName', p.family_name)
        end,
        case k.kind
            when 'DUPLICATE_IDENTITY' then jsonb_build_object('accounts', a.copies)
            when 'WRONG_STATE' then jsonb_build_object('suspended', a.suspended)
            when 'PROFILE_MISMATCH' then jsonb_build_object('username', a.username, 'email', a.email,
                'givenName', a.given_name, 'familyName', a.family_name)
        end, null
    from person p
    left join account a on a.member_number = p.member_number
    left join unread_user u on u.member_number = p.member_number
    cross join lateral (values
        ('MISSING_USER', a.copies is null),
        ('DUPLICATE_IDENTITY', a.copies > 1),
        ('WRONG_STATE', a.copies = 1 and a.suspended <> p.suspended),
        ('PROFILE_MISMATCH', a.copies = 1 and (lower(p.username), lower(p.email), p.given_name, p.family_name)
            is distinct from (lower(a.username), lower(a.email), a.given_name, a.family_name))
    ) as k (kind, holds)
    where k.holds and u.message is null
    union all
    select k.kind, member_number, course_key,
        case when w.state is null then null
            when k.kind = 'WRONG_END_DATE' then jsonb_build_object('endsAt', w.ends_at)
            else jsonb_build_object('role', w.role, 'state', w.state) end,
        case when e.state is null then null
            when k.kind = 'WRONG_END_DATE' then jsonb_build_object('endsAt', e.ends_at)
            else jsonb_build_object('role', e.role, 'state', e.state) end, null
    from wanted w full join enrolled e using (member_number, course_key)
    left join account a using (member_number)
    left join unread_user m using (member_number)
    left join unread_course u using (course_key)
    cross join lateral (values
        -- where an enrolment cannot be suspended, one that should be is not there; who is missing is told once
        ('MISSING_ENROLMENT', e.state is null and ($6 or w.state = 'ACTIVE')
            and (a.copies is not null or m.message is not null)),
        ('EXTRA_ENROLMENT', w.state is null and member_number <> all ($7::text[])),
        ('WRONG_STATE', (w.role, w.state) <> (e.role, e.state)),
        ('WRONG_END_DATE', w.state is not null and e.dates_known and w.ends_at is distinct from e.ends_at)
    ) as k (kind, holds)
    where k.holds and u.message is null
), matched as materialized (
    select d.*, f.id, f.resolution is not null
        -- what was mended since the reading began may have been read before
        and f.resolved_at <= r.requested_at
        -- what was accepted is this very difference
        and (f.resolution <> 'ACCEPTED' or (f.desired, f.actual) is distinct from (d.desired, d.actual)) as reopens
    from found d
    join lms_drift_reading r on r.contract_id = $1 and r.id = $4
    left join lms_drift_finding f on f.contract_id = $1 and f.site_id = $2 and f.kind = d.kind
        and coalesce(f.member_number, '') = coalesce(d.member_number, '')
        and coalesce(f.course_key, '') = coalesce(d.course_key, '')
), opened as (
    insert into lms_drift_finding (contract_id, id, association_id, vendor_id, site_id, kind, member_number,
        course_key, desired, actual, message, first_seen_at, opened_at, last_seen_at, reading_id)
    select $1, uuidv7(), r.association_id, r.vendor_id, $2, d.kind, d.member_number, d.course_key, d.desired, d.actual,
        d.message, $5, $5, $5, $4
    from matched d join lms_drift_reading r on r.contract_id = $1 and r.id = $4
    where d.id is null
    returning 1
), seen as (
    update lms_drift_finding f set desired = d.desired, actual = d.actual, message = d.message, last_seen_at = $5,
        reading_id = $4,
        opened_at = case when d.reopens then $5 else f.opened_at end,
        reopened_count = f.reopened_count + d.reopens::int,
        resolution = case when not d.reopens then f.resolution end,
        resolved_at = case when not d.reopens then f.resolved_at end,
        resolved_by_member_id = case when not d.reopens then f.resolved_by_member_id end,
        resolved_by_name = case when not d.reopens then f.resolved_by_name end,
        resolved_by_email = case when not d.reopens then f.resolved_by_email end,
        resolved_by_organization_id = case when not d.reopens then f.resolved_by_organization_id end,
        resolved_by_organization_name = case when not d.reopens then f.resolved_by_organization_name end,
        resolution_reason = case when not d.reopens then f.resolution_reason end,
        mended_by_job_id = case when not d.reopens then f.mended_by_job_id end
    from matched d where f.contract_id = $1 and f.id = d.id
    returning d.reopens
), gone as (
    update lms_drift_finding f set resolution = 'GONE', resolved_at = $5
    where f.contract_id = $1 and f.site_id = $2 and f.resolution is null
        and not exists (select from found d where d.kind = f.kind
            and coalesce(d.member_number, '') = coalesce(f.member_number, '')
            and coalesce(d.course_key, '') = coalesce(f.course_key, ''))
        -- of what could not be read nothing is known
        and not exists (select from unread_course u where u.course_key = f.course_key)
        and (f.course_key is not null
            or not exists (select from unread_user u where u.member_number = f.member_number))
    returning 1
), counts as (
    select (select count(*) from opened) as opened_count,
        (select count(*) from seen where reopens) as reopened_count,
        (select count(*) from gone) as gone_count
)
select c.*,
    (select count(*) from lms_drift_finding where contract_id = $1 and site_id = $2 and resolution is null)
        + c.opened_count + c.reopened_count - c.gone_count as open_count,
    (select count(*) from person) as desired_user_count,
    (select count(*) from wanted) as desired_enrolment_count,
    (select coalesce(sum(copies), 0) from account) as actual_user_count,
    (select count(*) from enrolled) as actual_enrolment_count,
    (select count(*) from unread_user) + (select count(*) from unread_course) as unreadable_count
from counts c
"""


async def compare(tx: Transaction, reading: Row[Any], *, suspends_enrolments: bool, now: datetime) -> None:
    """Compare, write the findings, and end the reading; raises Superseded.

    `suspends_enrolments` says whether the system can suspend an enrolment: where it cannot, one that should be is none.
    Findings that were resolved are opened again when they are seen again, but for a difference that was accepted as it
    is. Extras are told and never removed.
    """
    await go_on(tx, READINGS, reading, now=now)
    protected = await tx.scalar(
        select(col(LmsSite.protected_member_numbers)).where(
            col(LmsSite.contract_id) == reading.contract_id, col(LmsSite.id) == reading.site_id
        )
    )
    counted = await (await tx.raw()).fetchrow(
        COMPARE,
        reading.contract_id,
        reading.site_id,
        reading.run_id,
        reading.id,
        now,
        suspends_enrolments,
        protected,
    )
    assert counted is not None, "the counts are one row"
    counts = {name: int(value) for name, value in counted.items()}
    await go_on(tx, READINGS, reading, now=now, status="DONE", ended_at=now, **counts)
    await clear_away(tx)
    tx.emit(Event("LMS_DRIFT_READ", reading.id, contract=key_of(reading), after=counts))
