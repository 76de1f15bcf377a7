from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from api.limits import PostgresBudgets, Taken
from tests.databases import OneDatabase

FULL_AT = "update request_budget set full_at = full_at - $1 * interval '1 second'"


@asynccontextmanager
async def budgets_of(database: OneDatabase, capacity: int, restore: int) -> AsyncIterator[PostgresBudgets]:
    budgets = PostgresBudgets(database.app_url, capacity, restore, connections=10)
    await budgets.open()
    try:
        yield budgets
    finally:
        await budgets.close()


def seconds(refused: Taken) -> int:
    """How long there is to wait, to the nearest thousand: a test takes its time too."""
    assert refused.wait_seconds is not None
    return int(round(refused.wait_seconds, -3))


@pytest.fixture(autouse=True)
async def owner(database: OneDatabase) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    connection = await asyncpg.connect(database.superuser_url)
    await connection.execute("truncate request_budget")
    yield connection
    await connection.close()


async def test_a_cost_is_taken_while_it_is_there(database: OneDatabase) -> None:
    # a bucket of a million objects needs eleven days to be full again: nothing comes back during the test
    async with budgets_of(database, 1_000_000, 1) as budgets:
        assert await budgets.take("a", 600_000) == Taken(400_000)
        refused = await budgets.take("a", 600_000)
        assert (refused.remaining // 1000, seconds(refused)) == (400, 200_000)
        assert await budgets.take("a", 400_000) == Taken(0)
        assert await budgets.take("b", 1_000_000) == Taken(0)


async def test_it_comes_back_with_time(database: OneDatabase, owner: asyncpg.Connection[asyncpg.Record]) -> None:
    async with budgets_of(database, 1_000_000, 1) as budgets:
        await budgets.take("a", 1_000_000)
        await owner.execute(FULL_AT, 300_000)
        refused = await budgets.take("a", 400_000)
        assert (refused.remaining // 1000, seconds(refused)) == (300, 100_000)
        assert (await budgets.take("a", 300_000)).wait_seconds is None
        await owner.execute(FULL_AT, 5_000_000)
        assert await budgets.take("a", 1) == Taken(999_999)


async def test_many_at_once_never_take_more_than_there_is(database: OneDatabase) -> None:
    async with budgets_of(database, 1_000_000, 1) as budgets:
        taken = await asyncio.gather(*(budgets.take("a", 30_000) for _ in range(50)))
        left = sorted(-(-one.remaining // 10) * 10 for one in taken if one.wait_seconds is None)
        assert left == [1_000_000 - 30_000 * at for at in range(33, 0, -1)]
        assert [one.remaining // 100 for one in taken if one.wait_seconds is not None] == [100] * 17


async def test_what_does_not_divide_evenly_costs_no_object(database: OneDatabase) -> None:
    async with budgets_of(database, 3_000_000, 7) as budgets:
        assert [await budgets.take("a", 1) for _ in range(3)] == [Taken(3_000_000 - at) for at in (1, 2, 3)]


async def test_who_spent_a_budget_that_was_cut_since_has_nothing_left(database: OneDatabase) -> None:
    async with budgets_of(database, 1_000_000, 1) as budgets:
        await budgets.take("a", 1_000_000)
    async with budgets_of(database, 100, 1) as budgets:
        refused = await budgets.take("a", 10)
        assert (refused.remaining, seconds(refused)) == (0, 1_000_000)


async def test_more_than_the_whole_is_never_taken(
    database: OneDatabase, owner: asyncpg.Connection[asyncpg.Record]
) -> None:
    async with budgets_of(database, 100, 10) as budgets:
        assert await budgets.take("a", 150) == Taken(100, 5.0)
        assert await owner.fetch("select from request_budget") == []


async def test_the_role_that_serves_reaches_the_buckets_through_the_function_alone(database: OneDatabase) -> None:
    connection = await asyncpg.connect(database.app_url)
    try:
        for statement in ("select from request_budget", "delete from request_budget", "truncate request_budget"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


async def test_the_worker_deletes_what_is_full(
    database: OneDatabase, owner: asyncpg.Connection[asyncpg.Record]
) -> None:
    now = datetime.now(UTC)
    for who, seconds in (("full", -1), ("spent", 3600)):
        await owner.execute("insert into request_budget values ($1, $2)", who, now + timedelta(seconds=seconds))
    connection = await asyncpg.connect(database.batch_url)
    try:
        assert await connection.execute("delete from request_budget where full_at <= now()") == "DELETE 1"
    finally:
        await connection.close()
    assert [row["who"] for row in await owner.fetch("select who from request_budget")] == ["spent"]


async def test_buckets_are_not_logged(owner: asyncpg.Connection[asyncpg.Record]) -> None:
    kind = "select relpersistence::text from pg_class where oid = 'request_budget'::regclass"
    assert await owner.fetchval(kind) == "u"
