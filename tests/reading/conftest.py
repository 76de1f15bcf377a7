"""A database with the market in it, and a way to ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import orjson
import pytest
import strawberry
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable
from strawberry.schema.config import StrawberryConfig

from api.reading import SCALARS, Plans, ReadingExecutionContext
from core.actor import Actor
from core.db import read_json_as_bytes
from tests.reading import market

if TYPE_CHECKING:
    from tests.databases import OneDatabase, Server

ANN, BOB = UUID(int=1), UUID(int=2)
ACTOR = Actor(kind="VENDOR", organization_id=ANN, member_id=UUID(int=9))
SCHEMA = strawberry.Schema(
    market.Query,
    market.Mutation,
    execution_context_class=ReadingExecutionContext,
    config=StrawberryConfig(scalar_map=SCALARS),
)

GOODS = [
    # number, maker, title, state, languages, price, currency, rating, discount, floor
    (1, ANN, "Anvil", "OFFERED", ["en"], "52", "USD", 3, "12.345", None),
    (2, BOB, "Bell", "OFFERED", ["en", "es"], "0.0725", "USD", None, None, "1"),
    (3, ANN, "Chair", "RETIRED", ["es"], "6.123456", "USD", 5, "0.125", "0.1"),
    (4, BOB, "Chair", "OFFERED", ["fr"], "1200", "JPY", 3, None, None),
    (5, ANN, "Desk", "OFFERED", ["en", "fr"], None, "USD", None, None, None),
    (6, BOB, 'Eel "smoked"', "RETIRED", [], "7.5", "KWD", 1, None, None),
]
SALES = [
    # good, number, position, quantity, total in minor units, currency
    (1, 11, 2, "1", 5200, "USD"),
    (1, 12, 1, "2.500000", 13000, "USD"),
    (4, 13, 1, "3", 3600, "JPY"),
    (4, 14, 2, "0.25", None, "JPY"),
]


@dataclass
class Answer:
    """What an operation was answered with, and by which statement."""

    text: bytes
    sql: str
    values: list[Any]

    @property
    def json(self) -> Any:  # noqa: ANN401 -- JSON is anything
        return orjson.loads(self.text)


Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture(scope="session")
def market_database(postgres: Server) -> Iterator[OneDatabase]:
    with postgres.clone("template0") as database:
        yield database


@pytest.fixture(scope="session")
def plans() -> Plans:
    return Plans(SCHEMA)


@pytest.fixture
async def connection(market_database: OneDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection whose transaction is never committed, with the market's rows."""
    connection = await asyncpg.connect(market_database.superuser_url, server_settings={"timezone": "Asia/Kolkata"})
    await read_json_as_bytes(connection)
    transaction = connection.transaction()
    await transaction.start()
    await fill(connection)
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture
def ask(connection: asyncpg.Connection[Any], plans: Plans) -> Ask:
    async def ask(text: str, *, actor: Actor = ACTOR, operation: str | None = None, **variables: object) -> Answer:
        reading = plans.reading(plans.ask(text, operation, variables), actor)
        assert reading is not None
        return Answer((await reading.read(connection))["data"], reading.sql, reading.values)

    return ask


async def fill(connection: asyncpg.Connection[Any]) -> None:
    await connection.execute((Path(__file__).parent / "market.sql").read_text())
    for table in market.Table.metadata.sorted_tables:
        await connection.execute(str(CreateTable(table).compile(dialect=postgresql.dialect())))  # type: ignore[no-untyped-call]
    await connection.executemany("insert into maker values ($1, $2, $3)", [(ANN, "Ann", "US"), (BOB, "Bob", "DE")])
    for number, maker, title, state, languages, price, currency, rating, discount, floor in GOODS:
        await connection.execute(
            "insert into good values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            UUID(int=number),
            maker,
            title,
            state,
            languages,
            price and Decimal(price),
            currency,
            rating,
            discount and Decimal(discount),
            floor and Decimal(floor),
            datetime(2026, 1, number, 12, 30, 0, 120000 * (number % 2), tzinfo=UTC),
            date(2026, 2, number),
        )
    for good, number, position, quantity, total, currency in SALES:
        await connection.execute(
            "insert into sale values ($1, $2, $3, $4, $5, $6)",
            UUID(int=good),
            UUID(int=number),
            position,
            Decimal(quantity),
            total,
            currency,
        )
