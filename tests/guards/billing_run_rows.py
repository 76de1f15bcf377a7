"""A billing run of the world's vendor that has ended, with an item for its contract; of days nothing was done on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode, encode
from demo.organizations import organization_id
from demo.seats import GUILD, LAKESIDE

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_billing_run(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The operator starts it, and the worker's part is written down."""
    asked = {
        "mode": "DRAFT",
        "period": {"startsOn": "2001-01-01", "endsOn": "2001-01-31"},
        "vendorId": encode("org", organization_id(LAKESIDE)),
        "mostInvoices": 10,
        "largestTotal": "1000",
        "reason": "For the guard.",
    }
    started = await world.do("operator.billing", "startBillingRun", "run { id }", asked)
    (run,) = decode("run", started["run"]["id"])
    (contract,) = decode("con", world.names["contract"])
    invoice = await batch.fetchval("select id from invoice where contract_id = $1 order by id limit 1", contract)
    await batch.execute(
        """update billing_run_item set status = 'BILLED', invoice_id = $3, amount_minor = 100, settled_at = now()
        where run_id = $1 and contract_id = $2""",
        run,
        contract,
        invoice,
    )
    await batch.execute("update billing_run set billed_count = 1, progressed_at = now() where id = $1", run)
    for_association = {name: value for name, value in asked.items() if name != "vendorId"}
    for_association["associationId"] = encode("org", organization_id(GUILD))
    await world.do("operator.billing", "startBillingRun", "run { id }", for_association)
    world.names["run"] = started["run"]["id"]
