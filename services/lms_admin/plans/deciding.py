"""What is to be done to each row: wanted against observed, decided for a whole plan in one statement a kind of row.

A row that was found to be in the way of itself while the LMS was read is a CONFLICT; one that is as it is wanted is a
NOOP, whoever it is; what is protected is never touched.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from services.lms_admin.adapters.port import Capability
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from sqlalchemy import TextClause

    from core.db import Transaction

_PLACES: Final = {
    "rows": "r.contract_id = :contract_id and r.plan_id = :plan_id",
    "site": "lms_site s on s.contract_id = r.contract_id and s.id = r.site_id",
}
_SET: Final = """
    update lms_plan_row r set desired = d.desired, action = d.action, reasons = d.reasons || case
        when d.action = any(cast(:unsupported as text[])) then array['NOT_SUPPORTED'] else array[]::text[] end
    from decided d where r.contract_id = :contract_id and r.id = d.id"""

_USERS: Final = """
    with wanted as (
        select r.id, r.position, r.member_number, r.observed, r.source_row is null and r.desired is null as absent,
            array_remove(r.reasons, 'MESSAGE_WAS_SENT') as found, r.reasons,
            coalesce((r.observed ->> 'protected')::boolean, false)
                or r.member_number = any(s.protected_member_numbers) as protected,
            case when r.desired is null
                then (r.observed - 'protected') || jsonb_build_object('suspended', cast(:suspended as boolean))
                else r.desired || jsonb_build_object(
                    'username', coalesce(r.desired ->> 'username', r.observed ->> 'username', lower(r.member_number)),
                    'suspended', coalesce((r.desired ->> 'suspended')::boolean,
                        (r.observed ->> 'suspended')::boolean, false))
            end as desired, r.kept
        from lms_plan_row r join $site where $rows and r.subject_kind = 'USER'
    ), others as (
        -- members on the roster whom the plan does not list: whoever has an address among them keeps it
        select m.email, min(m.member_number) as one, max(m.member_number) as another from lms_roster_member m
        where m.contract_id = :contract_id and m.site_id = :site_id
            and not exists (select from lms_plan_row l where l.contract_id = :contract_id and l.plan_id = :plan_id
                and l.member_number = m.member_number and l.source_row is not null)
        group by m.email
    ), wanted_as as (
        -- what an LMS cannot keep as it is wanted is no change
        select w.*, w.desired || coalesce(w.kept, '{}') as found_as from wanted w
    ), compared as (
        select w.*, (w.desired ->> 'suspended')::boolean and not (w.observed ->> 'suspended')::boolean as suspends,
            array_remove(array[
                case when w.found_as ->> 'username' <> w.observed ->> 'username' then 'CHANGED_USERNAME' end,
                case when w.found_as ->> 'email' <> w.observed ->> 'email' then 'CHANGED_EMAIL' end,
                case when w.found_as ->> 'given_name' <> w.observed ->> 'given_name' then 'CHANGED_GIVEN_NAME' end,
                case when w.found_as ->> 'family_name' <> w.observed ->> 'family_name' then 'CHANGED_FAMILY_NAME' end,
                case when w.found_as ->> 'suspended' <> w.observed ->> 'suspended' then 'CHANGED_STATE' end
            ], null) as changes,
            count(*) over (partition by w.desired ->> 'username') > 1 and w.desired is not null
                and w.desired ->> 'username' is distinct from w.observed ->> 'username' as crowded,
            (o.one <> w.member_number or o.another <> w.member_number)
                and w.desired ->> 'email' is distinct from w.observed ->> 'email' as taken
        from wanted_as w left join others o on o.email = w.desired ->> 'email'
    ), decided as (
        select c.id, c.desired, it.action, case it.action
                when 'CONFLICT' then c.reasons || array_remove(array[it.reason], null)
                when 'NOOP' then array_remove(array[it.reason], null)
                else c.reasons || c.changes
            end || case when c.absent and :absent and it.action <> 'NOOP' then array['ABSENT_FROM_FILE']
                else array[]::text[] end as reasons
        from compared c, lateral (select * from (values
            (c.found <> '{}', 'CONFLICT', null),
            (c.desired is null and not :absent, 'CONFLICT', 'NO_SUCH_USER'),
            (c.desired is null, 'NOOP', 'NOT_THERE'),
            (c.observed is null and (c.desired ->> 'suspended')::boolean, 'NOOP', 'NOT_THERE'),
            (c.observed is not null and c.changes = '{}', 'NOOP', null),
            (c.protected, 'CONFLICT', 'PROTECTED'),
            (c.crowded, 'CONFLICT', 'USERNAME_TAKEN'),
            (c.taken, 'CONFLICT', 'EMAIL_TAKEN'),
            (c.observed is null and c.desired ->> 'username' !~ '^[a-z0-9._@-]+$$', 'CONFLICT', 'USERNAME_NEEDED'),
            (c.observed is null, 'CREATE', null),
            (c.suspends, 'SUSPEND', null),
            (true, 'UPDATE', null)
        ) choice (holds, action, reason) where holds limit 1) it
    )"""

_ENROLMENTS: Final = """
    with compared as (
        select r.id, r.observed, r.desired, r.reasons, array_remove(r.reasons, 'PROTECTED') as found,
            'PROTECTED' = any(r.reasons) or r.member_number = any(s.protected_member_numbers) as protected,
            r.desired ->> 'state' as wants,
            array_remove(array[
                case when r.desired ->> 'state' <> r.observed ->> 'state' then 'CHANGED_STATE' end,
                case when known.starts_at is distinct from (r.desired ->> 'starts_at')::timestamptz and known.sure
                    then 'CHANGED_STARTS_AT' end,
                case when known.ends_at is distinct from (r.desired ->> 'ends_at')::timestamptz and known.sure
                    then 'CHANGED_ENDS_AT' end,
                case when not known.sure then 'DATES_NOT_READ' end
            ], null) as changes
        from lms_plan_row r join $site
            left join lms_roster_enrolment e on e.contract_id = r.contract_id and e.site_id = r.site_id
                and e.member_number = r.member_number and e.course_key = r.course_key,
            -- where the LMS does not tell its dates, they are those that were last set
            lateral (select (r.observed ->> 'dates_known')::boolean as told) it,
            lateral (select it.told or e.member_number is not null as sure,
                case when it.told then (r.observed ->> 'starts_at')::timestamptz else e.starts_at end as starts_at,
                case when it.told then (r.observed ->> 'ends_at')::timestamptz else e.ends_at end as ends_at) known
        where $rows and r.subject_kind = 'ENROLMENT'
    ), decided as (
        select c.id, c.desired, it.action, case it.action
                when 'CONFLICT' then array_remove(c.reasons, 'PROTECTED') || array_remove(array[it.reason], null)
                when 'UPDATE' then c.changes
                else array_remove(array[it.reason], null) end as reasons
        from compared c, lateral (select * from (values
            (c.found <> '{}', 'CONFLICT', null),
            (c.observed is null and c.wants <> 'ACTIVE', 'NOOP', 'NOT_THERE'),
            (c.observed is not null and c.wants <> 'ABSENT' and c.desired ->> 'role' = c.observed ->> 'role'
                and c.changes = '{}', 'NOOP', null),
            (c.protected, 'CONFLICT', 'PROTECTED'),
            (c.desired ->> 'role' <> c.observed ->> 'role', 'CONFLICT', 'OTHER_ROLE'),
            (c.observed is null, 'CREATE', null),
            (c.wants = 'ABSENT', 'REMOVE', null),
            (c.wants = 'SUSPENDED' and c.observed ->> 'state' = 'ACTIVE', 'SUSPEND', null),
            (true, 'UPDATE', null)
        ) choice (holds, action, reason) where holds limit 1) it
    )"""

_ACCESS: Final = """
    with decided as (
        select r.id, r.desired, it.action, r.reasons || array_remove(array[it.reason], null) as reasons
        from lms_plan_row r join $site, lateral (select * from (values
            (r.reasons <> '{}', 'CONFLICT', null),
            (r.observed is null, 'CONFLICT', 'NO_SUCH_USER'),
            ((r.observed ->> 'protected')::boolean or r.member_number = any(s.protected_member_numbers), 'CONFLICT',
                'PROTECTED'),
            (true, 'UPDATE', null)
        ) choice (holds, action, reason) where holds limit 1) it
        where $rows and r.subject_kind = 'ACCESS'
    )"""

_COURSES: Final = """
    with decided as (
        select r.id, r.desired, it.action, case it.action when 'CONFLICT'
            then r.reasons || array_remove(array[it.reason], null) else array[]::text[] end as reasons
        from lms_plan_row r, lateral (select * from (values
            ('CANNOT_BE_UNDONE' = any(r.reasons), 'CONFLICT', null),
            (r.observed ->> 'title' = r.desired ->> 'title', 'NOOP', null),
            (r.observed is not null, 'CONFLICT', 'COURSE_KEY_TAKEN'),
            (r.reasons <> '{}', 'CONFLICT', null),
            (true, 'CREATE', null)
        ) choice (holds, action, reason) where holds limit 1) it
        where $rows and r.subject_kind = 'COURSE'
    )"""

_PACKAGES: Final = """
    with decided as (
        select r.id, r.desired, it.action, r.reasons
        from lms_plan_row r, lateral (select * from (values
            (r.reasons <> '{}', 'CONFLICT'),
            (r.observed is null, 'CREATE'),
            (coalesce(r.observed ->> 'sha256' = r.desired ->> 'sha256', r.observed ->> 'sha1' = r.desired ->> 'sha1'),
                'NOOP'),
            (true, 'UPDATE')
        ) choice (holds, action) where holds limit 1) it
        where $rows and r.subject_kind = 'PACKAGE'
    )"""

_DECIDED: Final = {
    "USER": _USERS,
    "ENROLMENT": _ENROLMENTS,
    "ACCESS": _ACCESS,
    "COURSE": _COURSES,
    "PACKAGE": _PACKAGES,
}
_STATEMENTS: Final[Mapping[str, TextClause]] = {
    kind: text(Template(decided).substitute(_PLACES) + _SET) for kind, decided in _DECIDED.items()
}

KINDS: Final[Mapping[str, Collection[str]]] = {
    Operation.ROSTER_IMPORT: ("USER",),
    Operation.SUSPEND: ("USER",),
    Operation.RESTORE: ("USER",),
    Operation.ENROL: ("ENROLMENT",),
    Operation.UNENROL: ("ENROLMENT",),
    Operation.RESET_ACCESS: ("ACCESS",),
    Operation.CREATE_COURSE: ("COURSE",),
    Operation.PUBLISH_PACKAGE: ("PACKAGE",),
    Operation.UNDO: tuple(_STATEMENTS),
}
"""Of which kinds the rows of an operation are."""

TAKES: Final[Mapping[str, Mapping[str, Capability]]] = {
    "USER": {
        "CREATE": Capability.UPSERT_USERS,
        "UPDATE": Capability.UPSERT_USERS,
        "SUSPEND": Capability.SUSPEND_USERS,
    },
    "ENROLMENT": {
        "CREATE": Capability.APPLY_ENROLMENTS,
        "UPDATE": Capability.APPLY_ENROLMENTS,
        "REMOVE": Capability.APPLY_ENROLMENTS,
        "SUSPEND": Capability.SUSPEND_ENROLMENTS,
    },
    "ACCESS": {"UPDATE": Capability.RESET_ACCESS},
    "COURSE": {"CREATE": Capability.CREATE_COURSE},
    "PACKAGE": {"CREATE": Capability.PUBLISH_PACKAGE, "UPDATE": Capability.PUBLISH_PACKAGE},
}
"""What the LMS must be able to do for an action on each kind of row."""


async def decide_rows(
    tx: Transaction,
    contract_id: UUID,
    plan_id: UUID,
    *,
    site_id: UUID,
    operation: str,
    capabilities: Collection[str],
) -> None:
    """Decide every row of a plan that was read; called once, in the transaction that ends the preview."""
    for kind in KINDS[operation]:
        named = {
            "contract_id": contract_id,
            "plan_id": plan_id,
            "unsupported": [action for action, takes in TAKES[kind].items() if takes not in capabilities],
        }
        if kind == "USER":
            named |= {
                "site_id": site_id,
                "suspended": operation != Operation.RESTORE,
                "absent": operation == Operation.ROSTER_IMPORT,
            }
        await tx.execute(_STATEMENTS[kind], named)
