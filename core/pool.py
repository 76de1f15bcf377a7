"""The pool that reads: who asks is set on every connection that is lent, here and nowhere else."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

from core.recent import Recent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from typing import Final

    from core.actor import Actor, ActorSettings

ACTOR_SETTINGS: Final = ("app.member_id", "app.organization_id", "app.organization_kind", "app.roles", "app.granted")
"""What row-level security reads, in the order of `Actor.settings`."""

SET_ACTOR: Final = "select " + ", ".join(
    f"set_config('{name}', ${at}, false)" for at, name in enumerate(ACTOR_SETTINGS, 1)
)


def watched(sql: str, parameters: int) -> str:
    """Make a statement say in one more column whether its actor still stands as when they were looked up.

    It takes three parameters more than the `parameters` it had: the actor's issuer, subject and `standing`.
    """
    issuer, subject, standing = (f"${parameters + more}::text" for more in (1, 2, 3))
    return f"select q.*, app.standing({issuer}, {subject}) = {standing} as stands from ({sql}) as q"  # noqa: S608


PREPARED: Final = 150
"""Statements that PostgreSQL keeps for each connection; each takes some hundred kilobytes there."""

LOST: Final = (
    asyncpg.AdminShutdownError,
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.InternalClientError,
    ConnectionError,
)
"""How it shows that the other end of a connection is gone."""

LONGEST_WAIT_SECONDS: Final = 10.0
CLOSING_SECONDS: Final = 5.0


class PoolExhausted(Exception):
    """Every connection was busy for longer than anybody should wait."""


class ReadingConnection(asyncpg.Connection):
    """A connection that remembers whose rows it may show, and the statements it has prepared."""

    carried: ActorSettings | None = None
    prepared: Recent[str, PreparedStatement[Any]]


class ReadPool:
    """At most `size` connections, opened when they are needed; the one that carries the actor already is lent first.

    A connection goes back only when PostgreSQL has answered whatever was asked on it, an error included. One that was
    cancelled, or broke, is closed and never lent again.
    """

    def __init__(self, connect: Callable[[], Awaitable[ReadingConnection]], size: int) -> None:
        """Begin without a connection."""
        self.size = size
        self.hits = self.misses = 0
        """Statements that a connection had prepared, or had to prepare."""
        self.carried = self.handed_over = 0
        """Connections that were lent with their actor set already, or had to be told."""
        self._connect = connect
        self._idle: list[ReadingConnection] = []
        self._opened = 0
        self._waiting: deque[asyncio.Future[ReadingConnection | None]] = deque()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def opened(self) -> int:
        """How many connections there are, lent ones and those on their way out included."""
        return self._opened

    @property
    def idle(self) -> int:
        """How many connections wait for work."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many readers wait for a connection."""
        return len(self._waiting)

    async def fetchrow(self, settings: ActorSettings, sql: str, values: Sequence[object]) -> asyncpg.Record:
        """Return the one row of a statement, read as an actor. Raises PoolExhausted, and what PostgreSQL raises.

        A connection that was lost while it was idle is found out by the first who uses it: they get another one.
        """
        try:
            return await self._fetchrow(settings, sql, values)
        except LOST:
            return await self._fetchrow(settings, sql, values)

    async def _fetchrow(self, settings: ActorSettings, sql: str, values: Sequence[object]) -> asyncpg.Record:
        connection = await self._lent(settings)
        try:
            statement = connection.prepared.get(sql)
            if statement is None:
                self.misses += 1
                statement = connection.prepared.put(sql, await connection.prepare(sql))
            else:
                self.hits += 1
            row: asyncpg.Record | None = await statement.fetchrow(*values)
        except asyncpg.PostgresError:
            self._give_back(connection)
            raise
        except BaseException:
            self._retire(connection)
            raise
        self._give_back(connection)
        assert row is not None, "a statement of the read path answers with one row"
        return row

    @asynccontextmanager
    async def lend(self, actor: Actor) -> AsyncIterator[asyncpg.Connection[Any]]:
        """Lend a connection on which `actor` is set. Raises PoolExhausted."""
        connection = await self._lent(actor.settings)
        try:
            yield connection
        except BaseException:
            # whatever the borrower was doing, nobody else goes on from there
            self._retire(connection)
            raise
        self._give_back(connection)

    async def look_up(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Ask a function that looks before there is an actor; whoever the connection carries has no part in it."""
        connection = await self._free(None)
        try:
            rows = await connection.fetch(sql, *values)
        except BaseException:
            self._retire(connection)
            raise
        self._give_back(connection)
        return rows

    async def close(self) -> None:
        """Close every connection that is not lent, and wait for those on their way out."""
        for connection in self._idle:
            self._dismiss(connection)
        self._idle.clear()
        while self._closing:
            await asyncio.wait(self._closing)

    async def _lent(self, settings: ActorSettings) -> ReadingConnection:
        connection = await self._free(settings)
        if connection.carried == settings:
            self.carried += 1
        else:
            self.handed_over += 1
            connection.carried = None
            try:
                await connection.fetchrow(SET_ACTOR, *settings)
            except BaseException:
                self._retire(connection)
                raise
            connection.carried = settings
        return connection

    async def _free(self, settings: ActorSettings | None) -> ReadingConnection:
        while self._idle:
            idle = self._idle
            # otherwise the one that was lent longest ago: the others keep the actors that come often
            connection = idle.pop(next((at for at, one in enumerate(idle) if one.carried == settings), 0))
            if not connection.is_closed():
                return connection
            self._opened -= 1
        if self._opened < self.size:
            return await self._open()
        return await self._wait() or await self._open(counted=True)

    async def _wait(self) -> ReadingConnection | None:
        """Wait for a connection that comes back, or, None, for the room of one that was closed."""
        turn: asyncio.Future[ReadingConnection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                return await turn
        except BaseException as error:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not turn.cancelled():
                self._pass_on(turn.result())
            if isinstance(error, TimeoutError):
                raise PoolExhausted from None
            raise

    async def _open(self, *, counted: bool = False) -> ReadingConnection:
        self._opened += 0 if counted else 1
        try:
            connection = await self._connect()
        except BaseException:
            self._pass_on(None)
            raise
        connection.prepared = Recent(PREPARED)
        return connection

    def _give_back(self, connection: ReadingConnection) -> None:
        if connection.is_closed():
            self._pass_on(None)
        elif connection.is_in_transaction():
            # what is set within a transaction is undone with it, and the mark would not know
            self._retire(connection)
        else:
            self._pass_on(connection)

    def _pass_on(self, connection: ReadingConnection | None) -> None:
        """Hand a connection, or the room of one, to whoever has waited longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return
        if connection is not None:
            self._idle.append(connection)
        else:
            self._opened -= 1

    def _retire(self, connection: ReadingConnection) -> None:
        connection.carried = None
        self._dismiss(connection)

    def _dismiss(self, connection: ReadingConnection) -> None:
        task = asyncio.get_running_loop().create_task(self._closed(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _closed(self, connection: ReadingConnection) -> None:
        try:
            # waits until PostgreSQL has been told to stop what was cancelled
            await connection.close(timeout=CLOSING_SECONDS)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection.terminate()
        finally:
            self._pass_on(None)
