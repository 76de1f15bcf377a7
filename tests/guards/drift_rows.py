"""Where the world's site differs from its roster: one finding that is open, owned, and was resolved before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode, new_id

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

READING = """insert into lms_drift_reading (contract_id, id, association_id, vendor_id, site_id, status, requested_at,
    requested_by_member_id, requested_by_name, requested_by_email, requested_by_organization_name, progressed_at,
    ended_at)
    select contract_id, $3, association_id, vendor_id, id, 'DONE', now(), uuidv7(), 'Lee', 'lee@lakeside.example',
    'Lakeside', now(), now() from lms_site where contract_id = $1 and id = $2"""
FINDING = """insert into lms_drift_finding (contract_id, id, association_id, vendor_id, site_id, kind, member_number,
    course_key, first_seen_at, opened_at, last_seen_at, reading_id, owner_member_id, owner_name, owner_email,
    owner_organization_name, resolution, resolved_at, resolved_by_member_id, resolved_by_name, resolved_by_email,
    resolved_by_organization_name, resolution_reason)
    select contract_id, uuidv7(), association_id, vendor_id, id, 'EXTRA_ENROLMENT', $4, 'ethics', now(), now(), now(),
    $3, uuidv7(), 'Lee', 'lee@lakeside.example', 'Lakeside', $5, case when $5 = 'ACCEPTED' then now() end,
    case when $5 = 'ACCEPTED' then uuidv7() end, 'Lee', 'lee@lakeside.example', 'Lakeside', 'The examiner'
    from lms_site where contract_id = $1 and id = $2"""


async def add_drift(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The worker finds them."""
    site, reading = decode("sit", world.names["site"], parts=2), new_id()
    await batch.execute(READING, *site, reading)
    await batch.execute(FINDING, *site, reading, "G-9", None)
    await batch.execute(FINDING, *site, reading, "G-10", "ACCEPTED")
