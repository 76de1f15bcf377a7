"""Whose rows a connection shows is set whenever it is lent: a hundred thousand times, whatever happens between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from api.app import create_app
from core import db
from core.connecting import connected
from core.db import Database
from core.pool import SET_ACTOR, ReadingConnection, ReadPool
from tests.conftest import PROVED
from tests.digests import digests
from tests.platform.crowd import SEEN, Crowd
from tests.platform.unrest import Unrest, WrongRows

if TYPE_CHECKING:
    import asyncpg

    from core.actor import ActorSettings
    from tests.databases import OneDatabase

READS = 100_000
CONNECTIONS = 5
UNREST = (
    "cancelled at any moment",
    "cancelled in the middle",
    "cancelled after the answer",
    "disconnected",
    "failed",
    "rolled back",
    "terminated",
    "timed out",
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def superuser(database: OneDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    async with connected(database.superuser_url, variable="the superuser") as connection:
        yield connection


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def unrest(
    database: OneDatabase, superuser: asyncpg.Connection[Any], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Unrest]:
    """The app with a pool of five, and the crowd before its door."""
    folder: Path = tmp_path_factory.mktemp("crowd")
    settings = database.settings(folder, read_pool_size=CONNECTIONS, statement_seconds=5)
    people = await Crowd(superuser, settings).gather()
    app = create_app(settings)
    writing = Database(settings.app_url, write_pool_size=3)
    writing.server_settings["application_name"] = "writing"
    async with app.router.lifespan_context(app):
        yield Unrest(people, app.state.database, app, superuser, writing, seed=3)
    await writing.close()


async def test_everybody_is_to_be_shown_something_else(unrest: Unrest) -> None:
    shown = {str(person.seen) for person in unrest.people}
    assert len(unrest.people) == 50
    # nobody and the stranger, who is a member of nothing, are shown the same nothing
    assert len(shown) == 49
    assert sum(bool(person.seen["contract"]) for person in unrest.people) == 14 + 8 + 10 + 10 + 1
    assert sum(bool(person.seen["contract_line_cost"]) for person in unrest.people) == 7 + 10 + 1


async def test_no_foreign_row_whatever_happens_to_the_connections(
    unrest: Unrest, superuser: asyncpg.Connection[Any], record_property: Callable[[str, object], None]
) -> None:
    before = await digests(superuser)
    await unrest.go_on(READS)
    happened = unrest.counts
    assert unrest.reads >= READS
    assert await digests(superuser) == before
    for kind in ("read", "read on a lent connection", "read over HTTP"):
        assert happened[kind] > READS // 10
    for kind in UNREST:
        assert happened[kind] > READS // 5000, kind
    # one connection that is taken away takes one reader's answer with it, no more
    assert happened["broken"] <= happened["terminated"]
    assert unrest.most_connections <= CONNECTIONS
    assert await _five_work(unrest) == CONNECTIONS
    words = ", ".join(f"{count} {kind}" for kind, count in sorted(happened.items()))
    record_property(PROVED, f"{unrest.reads} reads of 50 actors on 5 connections, no foreign row; {words}")


async def _five_work(unrest: Unrest) -> int:
    """How many backends answer at once, each to somebody else; a sixth reader has to wait."""
    async with AsyncExitStack() as lent:
        backends = set()
        for person in unrest.people[:CONNECTIONS]:
            connection = await lent.enter_async_context(unrest.database.reading(person.actor))
            unrest.check(person, await connection.fetchval(SEEN))
            backends.add(await connection.fetchval("select pg_backend_pid()"))
        sixth = asyncio.ensure_future(unrest.read(unrest.people[-1]))
        done, _ = await asyncio.wait({sixth}, timeout=0.1)
        assert not done
        assert await unrest.connections() == CONNECTIONS
    await sixth
    return len(backends)


class TrustsAStaleMark(ReadPool):
    """A pool with a mistake in it: whoever was set once on a connection is set for good."""

    async def _lent(self, settings: ActorSettings) -> ReadingConnection:
        connection = await self._free(settings)
        if connection.carried is None:
            try:
                await connection.fetchrow(SET_ACTOR, *settings)
            except BaseException:
                self._retire(connection)
                raise
        connection.carried = settings
        return connection


class ForgetsOnceInAWhile(ReadPool):
    """A pool with a mistake that is made once in fifty times."""

    times = 0

    async def _lent(self, settings: ActorSettings) -> ReadingConnection:
        self.times += 1
        if self.times % 50 == 0:
            connection = await self._free(settings)
            if connection.carried is not None:
                connection.carried = settings
                return connection
            self._give_back(connection)
        return await super()._lent(settings)


@pytest.mark.parametrize("mistaken", [TrustsAStaleMark, ForgetsOnceInAWhile])
async def test_a_pool_with_a_mistake_is_found_out(
    unrest: Unrest,
    mistaken: type[ReadPool],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    database = unrest.database
    pool = mistaken(database._connect_to_read, CONNECTIONS)  # noqa: SLF001 - as the database makes its own
    monkeypatch.setattr(database, "pool", pool)
    again = Unrest(unrest.people, database, unrest.app, unrest.superuser, unrest.writing, seed=4)
    with pytest.raises(ExceptionGroup) as ended:
        await again.go_on(500)
    found = ended.value.subgroup(WrongRows)
    assert found is not None
    assert again.reads < 500
    await pool.close()
    record_property(PROVED, f"{mistaken.__name__} is found out after {again.reads} reads")


async def test_whoever_leaves_a_transaction_open_leaves_it_to_nobody(unrest: Unrest) -> None:
    """What is set within a transaction ends with it, and the mark would say otherwise."""
    first, *others = unrest.people
    async with unrest.database.reading(first.actor) as connection:
        await connection.execute("begin")
    async with AsyncExitStack() as lent:
        for person in others[:CONNECTIONS]:
            connection = await lent.enter_async_context(unrest.database.reading(person.actor))
            unrest.check(person, await connection.fetchval(SEEN))
            if connection.is_in_transaction():
                await connection.execute("rollback")
            unrest.check(person, await connection.fetchval(SEEN))


async def test_whoever_is_cancelled_while_a_connection_is_made_ready_leaves_none_behind(
    unrest: Unrest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[asyncpg.Connection[Any]] = []
    begun = asyncio.Event()

    async def dawdle(connection: asyncpg.Connection[Any]) -> None:
        made.append(connection)
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(db, "read_json_as_bytes", dawdle)
    pool = ReadPool(unrest.database._connect_to_read, 1)  # noqa: SLF001 - as the database makes its own
    reading = asyncio.ensure_future(pool.fetchrow(unrest.people[0].actor.settings, SEEN, ()))
    await begun.wait()
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
    assert pool.opened == 0
    assert [connection.is_closed() for connection in made] == [True]
