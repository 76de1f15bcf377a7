"""Many readers at once on few connections, and everything in between that can go wrong with a connection."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NoReturn

import asyncpg
import orjson
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.types import ASGIApp

from core.db import Database, Transaction
from tests.platform.caller import Caller
from tests.platform.crowd import SEEN, SEEN_WITH_CONTRACTS, Person

READERS = 40
NEVER_COMMITTED = "never committed"
LONGEST_STATEMENTS = 4
"""How often a statement runs into the pool's own time limit, with a connection kept from everybody meanwhile."""

BROKEN = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.InterfaceError,
    # the server's farewell has been read, and the end of the connection not yet
    asyncpg.InternalClientError,
    OSError,
)
"""What becomes of a read whose connection was taken away."""


class WrongRows(AssertionError):
    """Somebody was shown what is not theirs, or was not shown all that is."""


class Undone(Exception):
    """Raised in the middle of a write."""


class Unrest:
    """Reads as one after another of `people`, by every way that there is, and counts what happened in between."""

    def __init__(
        self,
        people: list[Person],
        database: Database,
        app: ASGIApp,
        superuser: asyncpg.Connection[Any],
        writing: Database,
        *,
        seed: int,
    ) -> None:
        self.people = people
        self.database = database
        self.app = app
        self.superuser = superuser
        self.writing = writing
        self.counts: Counter[str] = Counter()
        self.most_connections = 0
        self._random = random.Random(seed)  # noqa: S311 - the same unrest in each run
        self._one_at_a_time = asyncio.Lock()
        self._known: set[tuple[str, bytes]] = set()
        self._wanted = self._longest = 0
        self._begun: set[asyncio.Task[Any]] = set()

    @property
    def reads(self) -> int:
        """How many answers were looked at, and found to be all of what was theirs and nothing else."""
        return self.counts["read"] + self.counts["read on a lent connection"] + self.counts["read over HTTP"]

    async def go_on(self, reads: int) -> None:
        """Read so many times; the first wrong answer ends it all."""
        self._wanted = self.reads + reads
        watching = self._begin(self._watch())
        try:
            async with asyncio.TaskGroup() as readers:
                for _ in range(READERS):
                    readers.create_task(self._read_on())
        finally:
            watching.cancel()
            for task in self._begun:
                task.cancel()
            await asyncio.gather(*self._begun, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[Any]:
        """Begin what goes on beside the readers; nothing of it outlives them."""
        task = asyncio.get_running_loop().create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)
        return task

    async def _read_on(self) -> None:
        calm: list[Callable[[Person], Coroutine[Any, Any, None]]] = [self.read, self.read_lent, self.read_over_http]
        unrest: list[Callable[[Person], Coroutine[Any, Any, None]]] = [
            self.cancel,
            self.cancel_in_the_middle,
            self.cancel_after_the_answer,
            self.fail,
            self.take_too_long,
            self.go_away,
            self.write_and_undo,
            self.terminate,
        ]
        while self.reads < self._wanted:
            person = self._random.choice(self.people)
            if self._random.random() < 0.98:
                (deed,) = self._random.choices(calm, (66, 20, 14))
            else:
                (deed,) = self._random.choices(unrest, (25, 10, 10, 25, 7, 10, 10, 3))
            await deed(person)

    async def _watch(self) -> None:
        """Ask PostgreSQL how many connections there are, again and again."""
        while True:
            self.most_connections = max(self.most_connections, await self.connections())
            await asyncio.sleep(0.01)

    async def connections(self) -> int:
        """How many connections the pool has, as PostgreSQL sees it."""
        async with self._one_at_a_time:
            found: int = await self.superuser.fetchval(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = $1",
                self.database.server_settings["application_name"],
            )
            return found

    def check(self, person: Person, answer: bytes) -> None:
        """Refused with WrongRows: anything but what is this person's, all of it."""
        if (person.name, answer) in self._known:
            return
        shown = orjson.loads(answer)
        expected = {table: person.seen[table] for table in shown}
        if shown != expected:
            raise WrongRows(f"{person.name} was shown {shown} instead of {expected}")
        self._known.add((person.name, answer))

    # --- reading --------------------------------------------------------------------------------------------------

    def _statement(self) -> str:
        return SEEN_WITH_CONTRACTS if self._random.random() < 0.1 else SEEN

    async def read(self, person: Person) -> None:
        """By the short way, which the read path takes."""
        with self._may_break():
            row = await self.database.read(person.actor, self._statement(), ())
            self.check(person, row[0])
            self.counts["read"] += 1

    async def read_lent(self, person: Person) -> None:
        """On a connection that is lent, twice."""
        with self._may_break():
            async with self.database.reading(person.actor) as connection:
                self.check(person, await connection.fetchval(SEEN))
                await asyncio.sleep(0)
                self.check(person, await connection.fetchval(SEEN))
                self.counts["read on a lent connection"] += 1

    async def read_over_http(self, person: Person) -> None:
        """Through the whole app, with a token."""
        status, answer = await Caller(self.app, person).ask()
        if status != 200 and orjson.loads(answer)["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR":
            assert b'"data"' not in answer
            self.counts["broken"] += 1
            return
        shown = orjson.loads(answer)
        if status != 200 or shown.get("data") != person.answer:
            raise WrongRows(f"{person.name} was answered {status} {shown} instead of {person.answer}")
        self.counts["read over HTTP"] += 1

    def _may_break(self) -> Breaking:
        return Breaking(self.counts)

    # --- unrest ---------------------------------------------------------------------------------------------------

    async def cancel(self, person: Person) -> None:
        """Whenever: before it has begun, while it waits for a connection, on its way there and back."""
        way = self._random.choice([self.read, self.read_lent, self.read_over_http])
        task = self._begin(way(person))
        for _ in range(self._random.randrange(12)):
            await asyncio.sleep(0)
        if self._random.random() < 0.5:
            await asyncio.sleep(self._random.random() * 0.01)
        await self._end(task, "cancelled at any moment")

    async def cancel_in_the_middle(self, person: Person) -> None:
        """While PostgreSQL works on it."""
        begun = asyncio.Event()

        async def sleep() -> None:
            with self._may_break():
                async with self.database.reading(person.actor) as connection:
                    asyncio.get_running_loop().call_later(self._random.random() * 0.005, begun.set)
                    await connection.fetchval("select pg_sleep(60)")

        task = self._begin(sleep())
        await asyncio.wait((task, self._begin(begun.wait())), return_when=asyncio.FIRST_COMPLETED)
        begun.set()
        await self._end(task, "cancelled in the middle")

    async def cancel_after_the_answer(self, person: Person) -> None:
        """With the rows in hand, and the connection still lent."""
        answered = asyncio.Event()

        async def linger() -> None:
            with self._may_break():
                async with self.database.reading(person.actor) as connection:
                    self.check(person, await connection.fetchval(SEEN))
                    answered.set()
                    await asyncio.Event().wait()

        task = self._begin(linger())
        await asyncio.wait((task, self._begin(answered.wait())), return_when=asyncio.FIRST_COMPLETED)
        answered.set()
        await self._end(task, "cancelled after the answer")

    async def _end(self, task: asyncio.Task[Any], word: str) -> None:
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            self.counts[word] += 1

    async def fail(self, person: Person) -> None:
        """A statement that cannot be run, or not to its end, by either way."""
        statement, error = self._random.choice(
            [
                ("select 1 / count(*) from contract where false", asyncpg.DivisionByZeroError),
                ("select from where", asyncpg.PostgresSyntaxError),
                ("select id from no_such_table", asyncpg.UndefinedTableError),
            ]
        )
        with self._may_break():
            try:
                if self._random.random() < 0.5:
                    await self.database.read(person.actor, statement, ())
                else:
                    async with self.database.reading(person.actor) as connection, connection.transaction():
                        self.check(person, await connection.fetchval(SEEN))
                        await connection.fetchval(statement)
            except error:
                self.counts["failed"] += 1

    async def take_too_long(self, person: Person) -> None:
        """Longer than a time limit: of the transaction, and now and then of the pool itself."""
        with self._may_break(), suppress(asyncpg.QueryCanceledError):
            if self._longest < LONGEST_STATEMENTS:
                self._longest += 1
                try:
                    await self.database.read(person.actor, "select pg_sleep(600)", ())
                except asyncpg.QueryCanceledError:
                    self.counts["timed out"] += 1
                    raise
            try:
                async with self.database.reading(person.actor) as connection, connection.transaction():
                    await connection.execute("set local statement_timeout = 5")
                    await connection.execute("select pg_sleep(600)")
            except asyncpg.QueryCanceledError:
                self.counts["timed out"] += 1
                raise

    async def go_away(self, person: Person) -> None:
        """A client that is gone before it has sent all, or while it is answered."""
        caller = Caller(self.app, person, gone=self._random.choice(["sending", "receiving"]))
        with suppress(OSError):
            await caller.ask()
        self.counts["disconnected"] += 1

    async def write_and_undo(self, person: Person) -> None:
        """A write that is seen by nobody else, and rolled back."""
        try:
            async with self.writing.transaction(person.actor, now=datetime.now(UTC), request_id="undone") as tx:
                await self._write(tx, person)
        except Undone:
            self.counts["rolled back"] += 1
        except (DBAPIError, *BROKEN) as error:
            if not isinstance(
                getattr(error.orig, "__cause__", None) if isinstance(error, DBAPIError) else error, BROKEN
            ):
                raise
            self.counts["broken"] += 1

    async def _write(self, tx: Transaction, person: Person) -> NoReturn:
        connection = await tx.raw()
        self.check(person, await connection.fetchval(SEEN))
        mine = "where app.is_party(association_id, vendor_id)"
        await tx.execute(text(f"update contract_grant set revoke_reason = '{NEVER_COMMITTED}' {mine}"))  # noqa: S608
        await tx.execute(text(f"update contract_line set title = '{NEVER_COMMITTED}' {mine}"))  # noqa: S608
        self.check(person, await connection.fetchval(SEEN))
        raise Undone

    async def terminate(self, _: Person) -> None:
        """An administrator ends a connection, idle or at work."""
        async with self._one_at_a_time:
            self.counts["terminated"] += await self.superuser.fetchval(
                """select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity
                where datname = current_database() and application_name = any ($1) order by random() limit 1) one""",
                [database.server_settings["application_name"] for database in (self.database, self.writing)],
            )


class Breaking:
    """Counts a read that failed because its connection was taken away; it has shown nothing, or it was checked."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        """Let a broken connection pass, and nothing else."""
        if kind is None or not issubclass(kind, BROKEN):
            return False
        self.counts["broken"] += 1
        return True
