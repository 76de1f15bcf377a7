"""Work out of scope, to which the association has said no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_scope_answer(world: World, batch: asyncpg.Connection[Any]) -> None:
    day = await batch.fetchval("select starts_on from contract order by proposed_at limit 1")
    work = {
        "lineKey": "tickets",
        "quantity": "1000000",
        "performedFrom": str(day),
        "performedTo": str(day),
        "performedBy": "LLS-0142",
        "description": "Far more than was contracted",
    }
    asked = {"contractId": world.names["contract"], "records": [work]}
    recorded = await world.do("vendor.delivery", "recordWork", "workRecords { id inScope }", asked)
    (record,) = recorded["workRecords"]
    assert record["inScope"] is False
    answer = {"workRecordId": record["id"], "answer": "DECLINED", "reason": "Not this year"}
    await world.do("association.owner", "answerScope", "workRecord { id }", answer)
