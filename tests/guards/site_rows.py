"""Sites of the world's contract: one that is connected, and one that was let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_sites(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The vendor's lead connects them."""
    site = {
        "contractId": world.names["contract"],
        "name": "Academy",
        "system": "MOODLE",
        "baseUrl": "https://academy.guard.example",
        "secret": [{"name": "token", "value": "a token of the guard's"}],
    }
    connected = await world.do("vendor.delivery", "connectLmsSite", "site { id }", site)
    world.names["site"] = connected["site"]["id"]
    start = datetime.now(UTC) + timedelta(days=1)
    planned = {
        "siteId": world.names["site"],
        "startsAt": start.isoformat(),
        "endsAt": (start + timedelta(hours=2)).isoformat(),
        "reason": "An upgrade.",
    }
    await world.do("association.owner", "announceLmsMaintenance", "maintenance { id }", planned)
    await batch.execute(
        """insert into lms_probe (contract_id, id, association_id, vendor_id, site_id, probed_at, condition, planned,
            latency_ms) select contract_id, gen_random_uuid(), association_id, vendor_id, id, now(), 'UP', false, 40
        from lms_site"""
    )
    by_hand = {"contractId": world.names["contract"], "name": "Legacy", "system": "MANUAL"}
    connected = await world.do("association.owner", "connectLmsSite", "site { id }", by_hand)
    gone = {"siteId": connected["site"]["id"], "reason": "It was switched off."}
    await world.do("vendor.delivery", "disconnectLmsSite", "site { id }", gone)
