"""The database: the pool that reads, and the transactions that write, each with its actor set."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import asyncpg
import orjson
from sqlalchemy import event as listeners
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from core.audit import AuditEvent
from core.ids import new_id
from core.jobs import enqueue
from core.pool import ACTOR_SETTINGS, ReadingConnection, ReadPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from sqlalchemy import CursorResult, Row
    from sqlalchemy.sql.base import Executable

    from core.actor import Actor
    from core.errors import DomainError
    from core.events import Event

Result = TypeVar("Result")

SET_ACTOR_LOCALLY = text(
    "select " + ", ".join(f"set_config('{name}', :p{at}, true)" for at, name in enumerate(ACTOR_SETTINGS))
)

READING: Final = {
    "default_transaction_read_only": "on",
    # Planning a page anew takes longer than reading it, and what is bound changes no plan that is worth having.
    "plan_cache_mode": "force_generic_plan",
}
"""What connections of the pool are set to, besides."""

NO_CONTRACT: Final = {"contract_id": None, "association_id": None, "vendor_id": None}

RETRYABLE = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock: the one kind of error where trying again is right."""
ATTEMPTS = 4


class Transaction:
    """One open write: the actor is set on it, and its events are committed with it."""

    def __init__(self, connection: AsyncConnection, actor: Actor, now: datetime, request_id: str) -> None:
        self.connection = connection
        self.actor = actor
        self.now = now
        self.request_id = request_id
        self.events: list[Event] = []

    async def act_as(self, actor: Actor) -> None:
        """Let the rest of the transaction act as `actor`: whoever begins it, and whom it makes a member."""
        await self.connection.execute(SET_ACTOR_LOCALLY, {f"p{at}": value for at, value in enumerate(actor.settings)})
        self.actor = actor

    async def execute(
        self,
        statement: Executable,
        parameters: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None,
        *,
        refusing: Mapping[str, DomainError] | None = None,
    ) -> CursorResult[Any]:
        """Run a statement; a violated constraint named in `refusing` becomes that refusal."""
        try:
            return await self.connection.execute(statement, parameters)
        except IntegrityError as error:
            name: str | None = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
            if refusing and name is not None and name in refusing:
                raise refusing[name] from None
            raise

    async def one(self, statement: Executable) -> Row[Any]:
        """Return the only row; anything else is a defect."""
        return (await self.execute(statement)).one()

    async def one_or_none(self, statement: Executable) -> Row[Any] | None:
        """Return the only row, or None."""
        return (await self.execute(statement)).one_or_none()

    async def all(self, statement: Executable) -> Sequence[Row[Any]]:
        """Return every row."""
        return (await self.execute(statement)).all()

    async def scalar(self, statement: Executable) -> Any:  # noqa: ANN401  (a column's type is the statement's)
        """Return the first column of the first row, or None."""
        return await self.connection.scalar(statement)

    async def raw(self) -> asyncpg.Connection[Any]:
        """Return the driver's own connection, inside the same transaction, for the read path and the queue."""
        driver: asyncpg.Connection[Any] | None = (await self.connection.get_raw_connection()).driver_connection
        assert driver is not None, "an open transaction has a connection"
        return driver

    def emit(self, event: Event) -> None:
        """Note what happened; it is written when the transaction commits."""
        self.events.append(event)

    async def record(self) -> None:
        """Write the events, and queue the work that follows them."""
        signature = {f"actor_{key}": value for key, value in self.actor.signature.items()}
        rows = [
            {
                "id": new_id(),
                "type": event.type,
                "object_id": event.object_id,
                "before": event.before,
                "after": event.after,
                "reason": event.reason,
                "request_id": self.request_id,
                "recorded_at": self.now,
                **(event.contract.columns if event.contract else NO_CONTRACT),
                **signature,
            }
            for event in self.events
        ]
        if rows:
            await self.execute(insert(AuditEvent), rows)
        for event in self.events:
            if event.due_at is not None:
                await enqueue(await self.raw(), event, due_at=event.due_at, now=self.now)


class Database:
    """The engine that writes and the pool that reads."""

    def __init__(
        self, url: str, *, write_pool_size: int = 10, read_pool_size: int = 10, statement_timeout_ms: int = 30_000
    ) -> None:
        self.url = url
        self.server_settings = {
            "timezone": "UTC",
            "application_name": "chapterhouse",
            # compiling a statement takes longer than any page may take
            "jit": "off",
            "statement_timeout": str(statement_timeout_ms),
            "search_path": "public, app",
            # one wrong letter in a short word is a typo; at the default of 0.6 it is another word
            "pg_trgm.word_similarity_threshold": "0.5",
        }
        self.engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=self._connect,
            pool_size=write_pool_size,
            max_overflow=0,
            # A statement that fails is logged; the hashes, salts and costs that were bound to it are not.
            hide_parameters=True,
            json_serializer=lambda value: orjson.dumps(value, default=str).decode(),
            json_deserializer=orjson.loads,
        )
        listeners.listen(self.engine.sync_engine, "connect", _pass_json_through)
        self.pool = ReadPool(self._connect_to_read, read_pool_size)

    async def open(self) -> None:
        """Connect; raises the driver's own error when the database cannot be reached."""
        await self.pool.look_up("select")

    async def close(self) -> None:
        """Give every connection back."""
        await self.pool.close()
        await self.engine.dispose()

    async def read(self, actor: Actor, sql: str, values: Sequence[object]) -> asyncpg.Record:
        """Return the one row of a statement, read as `actor`; see `ReadPool.fetchrow`."""
        return await self.pool.fetchrow(actor.settings, sql, values)

    async def read_remembered(self, actor: Actor, sql: str, values: Sequence[object]) -> asyncpg.Record:
        """Return the one row of a watched statement, read as an actor who was remembered; see `core.pool.watched`."""
        assert actor.subject is not None, "whoever is remembered has a token"
        return await self.pool.fetchrow(actor.remembered_settings, sql, [*values, *actor.subject, actor.standing])

    def reading(self, actor: Actor) -> AbstractAsyncContextManager[asyncpg.Connection[Any]]:
        """Lend a connection on which `actor` is set; see `ReadPool.lend`."""
        return self.pool.lend(actor)

    @asynccontextmanager
    async def transaction(self, actor: Actor, *, now: datetime, request_id: str) -> AsyncIterator[Transaction]:
        """Open a write as `actor`; commits with its events, or rolls everything back."""
        async with self.engine.connect() as connection, connection.begin():
            transaction = Transaction(connection, actor, now, request_id)
            await transaction.act_as(actor)
            yield transaction
            await transaction.record()

    async def write(
        self,
        actor: Actor,
        work: Callable[[Transaction], Awaitable[Result]],
        *,
        now: datetime,
        request_id: str,
    ) -> Result:
        """Run `work` in a transaction, again when the database asks for it; this is the one place that retries."""
        for attempt in range(ATTEMPTS):
            try:
                async with self.transaction(actor, now=now, request_id=request_id) as transaction:
                    return await work(transaction)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRYABLE or attempt == ATTEMPTS - 1:
                    raise
                await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311  (spreads retries, hides nothing)
        raise AssertionError("the last attempt returns or raises")  # pragma: no cover

    async def _connect(self) -> asyncpg.Connection[Any]:
        return await asyncpg.connect(self.url, server_settings=self.server_settings)

    async def _connect_to_read(self) -> ReadingConnection:
        connection: ReadingConnection = await asyncpg.connect(
            self.url,
            connection_class=ReadingConnection,
            server_settings=self.server_settings | READING,
        )
        try:
            await read_json_as_bytes(connection)
        except BaseException:
            connection.terminate()
            raise
        return connection


async def read_json_as_bytes(connection: asyncpg.Connection[Any]) -> None:
    """Hand JSON results over as the bytes PostgreSQL made; nothing on the way decodes them."""
    await connection.set_type_codec("json", schema="pg_catalog", format="binary", encoder=bytes, decoder=bytes)


def _pass_json_through(dbapi_connection: Any, _record: object) -> None:  # noqa: ANN401  (SQLAlchemy's adapter is private)
    dbapi_connection.run_async(read_json_as_bytes)
