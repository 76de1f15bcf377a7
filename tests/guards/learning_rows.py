"""Completions of the world's site: read once, and one of them taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode, new_id

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

READING = """insert into lms_completion_reading (contract_id, id, association_id, vendor_id, site_id, course_keys,
    status, requested_at, requested_by_name, requested_by_email, requested_by_organization_name, progressed_at,
    ended_at)
    select contract_id, $3, association_id, vendor_id, id, array['ethics'], 'DONE', now(), 'Lee',
    'lee@lakeside.example', 'Lakeside', now(), now() from lms_site where contract_id = $1 and id = $2"""
COMPLETION = """insert into lms_completion (contract_id, id, association_id, vendor_id, site_id, member_number,
    course_key, state, enrolled_at, reading_id, read_at)
    select contract_id, $4, association_id, vendor_id, id, 'G-1', 'ethics', 'INCOMPLETE',
    date_trunc('year', now()) - interval '99 days', $3, now()
    from lms_site where contract_id = $1 and id = $2"""
WITHDRAWAL = """insert into lms_completion_withdrawal (contract_id, id, association_id, vendor_id, site_id,
    completion_id, reading_id, withdrawn_at, became, was_overridden)
    select contract_id, uuidv7(), association_id, vendor_id, id, $4, $3, now(), 'INCOMPLETE', false
    from lms_site where contract_id = $1 and id = $2"""


async def add_completions(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The worker keeps them."""
    site, reading, completion = decode("sit", world.names["site"], parts=2), new_id(), new_id()
    await batch.execute(READING, *site, reading)
    await batch.execute(COMPLETION, *site, reading, completion)
    await batch.execute(WITHDRAWAL, *site, reading, completion)
