"""What a line cost, and a question about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import encode

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_costs(world: World, batch: asyncpg.Connection[Any]) -> None:
    line = await batch.fetchrow(
        "select l.contract_id, l.id, c.starts_on, c.currency_code from contract_line l join contract c "
        "on c.id = l.contract_id where l.key = 'admin' order by c.proposed_at limit 1"
    )
    assert line is not None
    assert encode("con", line["contract_id"]) == world.names["contract"]
    day = str(line["starts_on"])
    cost = {
        "contractLineId": encode("cln", line["contract_id"], line["id"]),
        "period": {"startsOn": day, "endsOn": day},
        "category": "DIRECT",
        "amount": {"amount": "100", "currencyCode": line["currency_code"]},
        "quantity": "1",
        "description": "Wages",
        "allowable": True,
        "evidence": [{"name": "wages.csv", "mediaType": "text/csv", "contentBase64": "YSxiCjEsMgo="}],
        "reason": "Payroll",
    }
    first = await world.do("vendor.owner", "enterActualCost", "actualCost { id }", cost)
    corrected = {**cost, "supersedes": first["actualCost"]["id"]}
    entered = await world.do("vendor.owner", "enterActualCost", "actualCost { id }", corrected)
    asked = {"actualCostId": entered["actualCost"]["id"], "question": "Whose wages?"}
    await world.do("association.finance", "questionActualCost", "costQuestion { id }", asked)
    alert = await batch.fetchrow(
        "insert into margin_alert select id, uuidv7(), association_id, vendor_id, 'EXCESS', 'MIXED', 10, 35, now(), "
        "now() from contract where id = $1 returning contract_id, id, association_id, vendor_id",
        line["contract_id"],
    )
    assert alert is not None
    await batch.execute("insert into margin_alert_cost values ($1, $2, $3, $4, 'USD', 200, 100)", *alert.values())
