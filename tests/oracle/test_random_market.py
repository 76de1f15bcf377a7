"""The same of a small market: its orders have nulls at either end, and it has no policy that hides a row."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
from graphql import DocumentNode, ExecutionResult, GraphQLError

from api.reading import Plans
from core.actor import ANONYMOUS, Actor
from core.db import read_json_as_bytes
from core.ids import encode
from tests.conftest import PROVED
from tests.databases import Server
from tests.oracle.answering import Oracle
from tests.oracle.declarations import Declarations
from tests.oracle.generating import Grammar, Operation, Request
from tests.oracle.known import Known, cursors_in, walks
from tests.oracle.proving import OPERATIONS, Proof
from tests.oracle.rows import Desk, Rows
from tests.reading.conftest import ACTOR, BOB, SCHEMA, fill

ROOTS = ("good", "sale", "goods", "goods", "goods", "goodsOf", "makers", "node", "nodes")
PEOPLE = {"Ann": ACTOR, "Bob": Actor(kind="ASSOCIATION", organization_id=BOB), "nobody": ANONYMOUS}
WORDS = {
    "title": ["Anvil", "Chair", "chair", ""],
    "language": ["en", "es", "fr", "xx"],
    "Date": ["2026-02-02", "2026-02-05", "0001-01-01"],
    "Decimal": ["0", "0.25", "2.5"],
}
MORE = """
    insert into good select md5(g.id::text || n)::uuid, g.maker_id, g.title, g.state, g.languages, g.price * n,
        g.currency_code, case when n % 3 > 0 then (g.rating + n) % 4 end, g.discount_percent + n / 100.0,
        case when n % 2 = 0 then g.floor_percent end, g.made_at + (n / 2) * interval '1 microsecond',
        g.offered_on + n / 3
    from good g, generate_series(1, 5) n;
    insert into sale select s.good_id, md5(s.id::text || n)::uuid, s.position + 2 * n, s.quantity / n,
        case when n % 3 > 0 then s.total_minor % (n * 1000) end, s.currency_code
    from sale s, generate_series(1, 9) n"""


@dataclass
class Market:
    """Both sides, on one connection."""

    declarations: Declarations
    plans: Plans
    loop: asyncio.AbstractEventLoop
    connection: asyncpg.Connection[Any]
    oracles: dict[str, Oracle]

    def theirs(self, operation: Operation, request: Request) -> tuple[int, Any]:
        try:
            asked = self.plans.ask(operation.text, operation.name, request.variables)
            reading = self.plans.reading(asked, PEOPLE[request.actor])
        except GraphQLError as refused:
            return 200, {"errors": [{"extensions": refused.extensions}]}
        assert reading is not None
        answer = self.loop.run_until_complete(reading.read(self.connection))
        return 200, {"data": json.loads(answer["data"])}

    def ours(self, document: DocumentNode, operation: Operation, request: Request) -> ExecutionResult:
        return self.oracles[request.actor].answer(document, request.variables, operation.name)


@pytest.fixture(scope="module")
def proof(postgres: Server) -> Iterator[Proof]:
    with postgres.clone("template0") as database, asyncio.Runner() as runner:
        loop = runner.get_loop()
        connection = runner.run(asyncpg.connect(database.superuser_url))
        try:
            market = runner.run(_opened(connection, loop))
            yield Proof(market, Grammar(market.declarations, _known(market), ROOTS, beside=()))
        finally:
            runner.run(connection.close())


async def _opened(connection: asyncpg.Connection[Any], loop: asyncio.AbstractEventLoop) -> Market:
    await read_json_as_bytes(connection)
    await fill(connection)
    await connection.execute(MORE)
    declarations = Declarations(SCHEMA)
    desk = Desk(loop, connection)
    statements: Any = {}
    oracles = {name: Oracle(Rows(declarations, desk, person), statements) for name, person in PEOPLE.items()}
    return Market(declarations, Plans(SCHEMA), loop, connection, oracles)


def _known(market: Market) -> Known:
    async def ids(query: str, prefix: str) -> list[str]:
        return [encode(prefix, *row) for row in await market.connection.fetch(query)]

    run = market.loop.run_until_complete
    known = {
        "Maker": run(ids("select id from maker order by id", "maker")),
        "Good": run(ids("select id from good order by id", "good")),
        "Sale": run(ids("select good_id, id from sale order by good_id, id", "sale")),
    }
    found: dict[str, set[str]] = {}
    for text, variables in walks(market.declarations, known):
        request = Request("Ann", variables)
        cursors_in(market.theirs(Operation(text, None, [request]), request)[1]["data"], found)
    return Known(known, WORDS, list(PEOPLE), {kind: sorted(cursors) for kind, cursors in sorted(found.items())})


def test_random_operations(proof: Proof, record_property: Callable[[str, object], None]) -> None:
    proof.go_on(OPERATIONS // 10, begin=100)
    record_property(PROVED, str(proof))
