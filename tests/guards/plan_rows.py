"""A plan for the world's site, previewed: one member is suspended, and one is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_plan(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The vendor's lead asks for it; the worker's part is written down."""
    asked = {
        "siteId": world.names["site"],
        "lineKey": "tickets",
        "operation": "SUSPEND",
        "memberNumbers": ["M-1", "M-2"],
    }
    previewed = await world.do("vendor.delivery", "previewSuspension", "plan { id }", asked)
    world.names["plan"] = previewed["plan"]["id"]
    _, plan_id = decode("pln", previewed["plan"]["id"], parts=2)
    account = """{"member_number": "M-1", "username": "m-1", "email": "m-1@guild.example", "given_name": "Ada",
        "family_name": "Byron", "suspended": false, "protected": false}"""
    await batch.execute(
        """update lms_plan_row set observed = $2::jsonb, desired = $2::jsonb || '{"suspended": true}',
            action = 'SUSPEND', reasons = array['CHANGED_STATE']
        where plan_id = $1 and member_number = 'M-1'""",
        plan_id,
        account,
    )
    await batch.execute(
        """update lms_plan_row set action = 'CONFLICT', reasons = array['NO_SUCH_USER']
        where plan_id = $1 and member_number = 'M-2'""",
        plan_id,
    )
    await batch.execute(
        """insert into lms_plan_row (contract_id, association_id, vendor_id, site_id, plan_id, id, position,
            subject_kind, member_number, course_key, action, desired, observed)
        select contract_id, association_id, vendor_id, site_id, plan_id, uuidv7(), position + 2, kind,
            case kind when 'ENROLMENT' then member_number end, 'ETH-1', 'UPDATE', record, record
        from lms_plan_row join (values ('M-1', 'ENROLMENT', '{"role": "student", "state": "ACTIVE"}'::jsonb),
            ('M-2', 'COURSE', '{"title": "Ethics", "template_key": "TPL"}')) more (number, kind, record)
            on member_number = number
        where plan_id = $1""",
        plan_id,
    )
    owner = world.onlookers["association.owner"]
    await batch.execute(
        """update lms_plan set status = 'APPROVED', plan_hash = repeat('0', 64), row_count = 4, suspend_count = 1,
            update_count = 2, conflict_count = 1, fault_count = 1, previewed_at = now(),
            expires_at = now() + interval '1 day', approved_at = now(), approved_by_person_id = $2,
            approved_by_member_id = $2, approved_by_organization_id = $3, approved_by_name = 'Owner',
            approved_by_email = 'owner@guild.example', approved_by_organization_name = 'Guild',
            faults = '[{"row": 2, "field": "email", "code": "BLANK", "message": "the cell is blank"}]'
        where id = $1""",
        plan_id,
        owner.member_id,
        owner.organization_id,
    )
