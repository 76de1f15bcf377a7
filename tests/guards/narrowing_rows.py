"""An administrator of the world's contract whose grant is narrowed to its site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_narrowing(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The association's owner grants and narrows; the grantee is nobody of the onlookers."""
    member = await batch.fetchval(
        """insert into member (id, organization_id, person_id, kind, name, email, roles, created_at)
        select gen_random_uuid(), vendor_id, gen_random_uuid(), 'PERSON', 'Nadia Rowe', 'nadia@guard.example',
            array['LMS_ADMINISTRATOR'], now()
        from lms_site limit 1 returning email"""
    )
    grant = {"contractId": world.names["contract"], "member": {"email": member}, "role": "LMS_ADMINISTRATOR"}
    granted = await world.do("association.owner", "grantContractAccess", "grant { id }", grant)
    narrowed = {
        "grantId": granted["grant"]["id"],
        "siteId": world.names["site"],
        "operations": ["ENROL"],
        "reason": "Only enrolments.",
    }
    await world.do("association.owner", "narrowGrant", "narrowing { id }", narrowed)
