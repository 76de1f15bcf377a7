"""Where operations are tried: a marketplace that nobody changes any more, the real app, and the oracle beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
from graphql import DocumentNode, ExecutionResult

from api.graphql_schema import schema
from core.actor import Actor
from core.connecting import connected
from core.db import Database
from demo.catalog import seed_catalog
from tests.databases import OneDatabase
from tests.guards.test_everyone_sees_what_is_theirs import rows_by_type
from tests.guards.world import LAST_YEAR, World
from tests.oracle.answering import Oracle
from tests.oracle.declarations import Declarations
from tests.oracle.generating import Operation, Request
from tests.oracle.known import Known, cursors_in, walks
from tests.oracle.rows import Desk, Rows, Statement
from tests.worlds import marketplace

GENEROUS: dict[str, Any] = {"largest_cost": 10**9, "budget_capacity": 10**12, "budget_restore_per_second": 10**12}
"""What an operation costs is not what is compared."""

SHOWN = ("operator.owner", "vendor.owner", "association.owner")
"""Whose answers the cursors are taken from."""


@dataclass
class Stage:
    """Both sides of a comparison."""

    world: World
    declarations: Declarations
    known: Known
    loop: asyncio.AbstractEventLoop
    desk: Desk
    people: dict[str, Actor]
    statements: dict[Hashable, Statement] = field(default_factory=dict)
    oracles: dict[str, Oracle] = field(default_factory=dict)

    def theirs(self, operation: Operation, request: Request) -> tuple[int, Any]:
        """The application's status and answer, over HTTP."""
        body = {"query": operation.text, "variables": request.variables, "operationName": operation.name}
        headers = dict(self.world.onlookers[request.actor].headers)
        response = self.loop.run_until_complete(self.world.client.post("/graphql", json=body, headers=headers))
        return response.status_code, response.json()

    def oracle(self, actor: str) -> Oracle:
        if actor not in self.oracles:
            rows = Rows(self.declarations, self.desk, self.people[actor])
            self.oracles[actor] = Oracle(rows, self.statements)
        return self.oracles[actor]

    def ours(self, document: DocumentNode, operation: Operation, request: Request) -> ExecutionResult:
        """The oracle's answer, as the same actor."""
        return self.oracle(request.actor).answer(document, request.variables, operation.name)


@contextmanager
def staged(database: OneDatabase, folder: Path) -> Iterator[Stage]:
    """A stage of its own, on this database."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            yield runner.run(_set_up(stack, database, folder, runner.get_loop()))
        finally:
            runner.run(stack.aclose())


async def _set_up(stack: AsyncExitStack, database: OneDatabase, folder: Path, loop: asyncio.AbstractEventLoop) -> Stage:
    world = await stack.enter_async_context(marketplace(database, folder, **GENEROUS))
    await seed_catalog(world.settings)
    declarations = Declarations(schema)
    async with connected(database.superuser_url, variable="the superuser") as superuser:
        await superuser.execute((Path(__file__).parent / "more.sql").read_text())
        known = await _known(superuser, database.superuser_url, declarations, world)
        people = {name: await _actor(superuser, world, name) for name in world.onlookers}
    settings = Database(database.app_url).server_settings
    connection = await asyncpg.connect(database.app_url, server_settings=settings, statement_cache_size=1000)
    stack.push_async_callback(connection.close)
    return Stage(world, declarations, known, loop, Desk(loop, connection), people)


async def _actor(superuser: asyncpg.Connection[Any], world: World, name: str) -> Actor:
    onlooker = world.onlookers[name]
    person = await superuser.fetchval("select person_id from member where id = $1", onlooker.member_id)
    return Actor(
        kind=onlooker.kind,
        organization_id=onlooker.organization_id,
        member_id=onlooker.member_id,
        person_id=person or onlooker.member_id,
        roles=onlooker.roles,
    )


async def _known(
    superuser: asyncpg.Connection[Any], superuser_url: str, declarations: Declarations, world: World
) -> Known:
    ids = {
        name: sorted(rows, key=lambda public_id, rows=rows: rows[public_id]["id"])  # type: ignore[misc]
        for name, rows in (await rows_by_type(superuser_url)).items()
    }
    words = {
        name: [row[0] for row in await superuser.fetch(query)]
        for name, query in (
            ("lineKey", "select distinct key from contract_line order by 1"),
            ("number", "select distinct number from invoice order by 1"),
            ("type", "select distinct type from audit_event order by 1"),
        )
    }
    found: dict[str, set[str]] = {}
    searches = [(SEARCH, {"words": word}) for word in WORDS["search"]]
    for text, variables in [*walks(declarations, ids), *searches]:
        for actor in SHOWN:
            answer = await world.ask(actor, text, variables)
            assert "data" in answer, (actor, answer, text)
            cursors_in(answer["data"], found)
    cursors = {kind: sorted(cursors) for kind, cursors in sorted(found.items())}
    return Known(ids, WORDS | words, [*sorted(world.onlookers), *SHOWN * 5], cursors)


SEARCH = "query($words: String) { offerings(filter: {search: $words}) { edges { cursor } } }"
WORDS = {
    "search": [
        "managed",
        "moodle hosting",
        "learning",
        "Managed LMS administration",
        "tutr",
        "standby",
        "PO-",
        "e",
        " ",
    ],
    "CountryCode": ["US", "CA", "PH", "DE", "IN"],
    "CurrencyCode": ["USD", "CAD", "JPY", "KWD"],
    "LanguageCode": ["en", "fr", "es", "pt-BR"],
    "Date": [
        *(f"{LAST_YEAR}-{day}" for day in ("01-01", "01-31", "02-28", "03-03", "12-31")),
        f"{LAST_YEAR + 1}-06-30",
        "0001-01-01",
        "9999-12-31",
    ],
    "DateTime": [
        f"{LAST_YEAR + 1}-01-01T00:00:00Z",
        "2020-02-29T23:59:59.999999+14:00",
        "2999-12-31T00:00:00-12:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
    ],
    "Decimal": ["0", "1", "0.5", "52", "-3", "99999999.999999", "-0", "999999999999999999999999.999999999999"],
    "Percent": ["0", "12.5"],
}
