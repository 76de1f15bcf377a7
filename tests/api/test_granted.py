"""What a member is granted is remembered with them, and holds not a moment longer than the grant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.ids import decode, new_id
from tests.guards.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

LEAD = "vendor.delivery"
PAGE = "query($id: ID!) { contract(id: $id) { disclosure lines { key unitCost { amount } } } }"


async def page(world: World) -> Any:  # noqa: ANN401 - JSON is anything
    answer = await world.ask(LEAD, PAGE, {"id": world.names["contract"]})
    assert "errors" not in answer
    return answer["data"]["contract"]


def tells_costs(contract: Any) -> bool:  # noqa: ANN401
    return any(line["unitCost"] is not None for line in contract["lines"])


@asynccontextmanager
async def changed(world: World, superuser: asyncpg.Connection[Any], change: str) -> AsyncIterator[None]:
    """The lead's grant on the contract changed around the block, as by somebody who is not this server."""
    (contract_id,) = decode("con", world.names["contract"])
    where = "where contract_id = $1 and role = 'DELIVERY_LEAD' and revoked_at is null"
    before = await superuser.fetchrow(f"select * from contract_grant {where}", contract_id)  # noqa: S608
    assert before is not None
    assert await superuser.execute(f"update contract_grant set {change} {where}", contract_id) == "UPDATE 1"  # noqa: S608
    yield
    put_back = (
        "update contract_grant set role = $3, effective = $4, revoked_at = null where contract_id = $1 and id = $2"
    )
    await superuser.execute(put_back, contract_id, before["id"], before["role"], before["effective"])


@pytest.mark.parametrize(
    "change",
    [
        "revoked_at = now()",
        "effective = tstzrange(lower(effective), now())",
        "effective = tstzrange(now() + interval '1 day', null)",
    ],
)
async def test_a_grant_that_ends_is_gone_at_once(world: World, superuser: asyncpg.Connection[Any], change: str) -> None:
    assert tells_costs(await page(world))
    async with changed(world, superuser, change):
        assert await page(world) is None
        assert await page(world) is None
    assert tells_costs(await page(world))


async def test_whoever_no_longer_leads_reads_no_cost_at_once(world: World, superuser: asyncpg.Connection[Any]) -> None:
    before = await page(world)
    assert (before["disclosure"], tells_costs(before)) == ("FULL", True)
    async with changed(world, superuser, "role = 'DELIVERY'"):
        after = await page(world)
        assert (after["disclosure"], tells_costs(after)) == ("WITHHELD_FROM_ROLE", False)
    assert await page(world) == before


async def test_whoever_has_more_grants_than_a_list_is_good_for_is_looked_up(
    world: World, superuser: asyncpg.Connection[Any]
) -> None:
    before = await page(world)
    (contract_id,) = decode("con", world.names["contract"])
    mine = "contract_id = $1 and role = 'DELIVERY_LEAD' and revoked_at is null"
    elsewhere = [(new_id(), new_id()) for _ in range(51)]
    async with superuser.transaction():
        await superuser.execute("set local session_replication_role = replica")
        for contract, grant in elsewhere:
            await superuser.execute(
                f"""insert into contract_grant select (jsonb_populate_record(g, jsonb_build_object(
                    'contract_id', $2::uuid, 'id', $3::uuid))).* from contract_grant g where {mine}""",  # noqa: S608
                contract_id,
                contract,
                grant,
            )
    member: UUID = await superuser.fetchval(f"select member_id from contract_grant where {mine}", contract_id)  # noqa: S608
    assert await superuser.fetchval("select app.granted($1)", member) == "*"
    assert await page(world) == before
    async with changed(world, superuser, "revoked_at = now()"):
        assert await page(world) is None
    for contract, _ in elsewhere:
        assert await superuser.execute("delete from contract_grant where contract_id = $1", contract) == "DELETE 1"
    assert await superuser.fetchval("select app.granted($1)", member) == f"= {contract_id}:DELIVERY_LEAD "
    assert await page(world) == before
