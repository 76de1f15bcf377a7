"""Sites of the world's contract: one that is connected, and one that was let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_sites(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The vendor's lead connects them."""
    del batch
    site = {
        "contractId": world.names["contract"],
        "name": "Academy",
        "system": "MOODLE",
        "baseUrl": "https://academy.guard.example",
        "secret": [{"name": "token", "value": "a token of the guard's"}],
    }
    connected = await world.do("vendor.delivery", "connectLmsSite", "site { id }", site)
    world.names["site"] = connected["site"]["id"]
    by_hand = {"contractId": world.names["contract"], "name": "Legacy", "system": "MANUAL"}
    connected = await world.do("association.owner", "connectLmsSite", "site { id }", by_hand)
    gone = {"siteId": connected["site"]["id"], "reason": "It was switched off."}
    await world.do("vendor.delivery", "disconnectLmsSite", "site { id }", gone)
