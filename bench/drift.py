"""The comparison of a large roster with as large an LMS: how long the one statement takes, and how it joins."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import asyncpg
import orjson

from bench.place import OWNER
from cli.migrating import migrate
from core.actor import SYSTEM
from core.database_url import with_database
from core.db import Database
from core.ids import new_id
from services.lms_admin.drift.comparing import COMPARE, compare
from services.lms_admin.drift.laying_down import ENROLMENT_COLUMNS, ENROLMENTS, READINGS, USER_COLUMNS, USERS
from services.lms_admin.sites.readings import take

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from uuid import UUID

    from bench.place import Server
    from core.db import Transaction

    Row: TypeAlias = tuple[object, ...]

Result = TypeVar("Result")
DATABASE: Final = "bench_drift"
LEARNERS: Final = 100_000
COURSES: Final = 20
DIFFERS_EVERY: Final = 50
"""Of so many learners one has another name in the LMS, the next takes part in nothing."""

SITE: Final = Path(__file__).parent / "building" / "drift.sql"
READING: Final = """insert into lms_drift_reading (contract_id, id, association_id, vendor_id, site_id, status,
    requested_at, progressed_at) values ($1, $2, $1, $1, $1, 'READING', now(), now())"""


@dataclass(frozen=True)
class Comparison:
    """One comparison: what it was of, what came of it, and how long it took in seconds."""

    name: str
    laid_down: float
    compared: float
    opened: int
    gone: int
    joins: Counter[str]

    @property
    def words(self) -> str:
        """All of it in a line."""
        joins = ", ".join(f"{count} x {kind}" for kind, count in self.joins.items())
        took = f"laid down in {self.laid_down:.2f} s, compared in {self.compared:.2f} s"
        return f"{self.name}: {took}; {self.opened:,} opened, {self.gone:,} gone ({joins})"


def run(server: Server, say: Callable[[str], None]) -> list[Comparison]:
    """Make the database anew, and compare three times: at first, once more, and when everything is mended."""
    asyncio.run(_create(server))
    settings = server.settings(DATABASE)
    migrate(settings)
    superuser_url = with_database(server.superuser_url, DATABASE)
    return asyncio.run(measure(superuser_url, settings.batch_url, LEARNERS, say))


async def measure(superuser_url: str, batch_url: str, learners: int, say: Callable[[str], None]) -> list[Comparison]:
    """Compare as many learners, each in one course, in a migrated database."""
    contract = new_id()
    batch = Database(batch_url, statement_timeout_ms=0)
    superuser = await asyncpg.connect(superuser_url)
    try:
        for name, value in {"contract": contract, "learners": learners, "courses": COURSES}.items():
            await superuser.execute("select set_config($1, $2, false)", f"bench.{name}", str(value))
        # a contract whose parties, offering and people are left out
        await superuser.execute("set session_replication_role = replica")
        await superuser.execute(SITE.read_text())
        await superuser.execute("analyze")
        found = []
        for name, every in (("differs in 4 %", DIFFERS_EVERY), ("the same once more", DIFFERS_EVERY), ("mended", 0)):
            reading = new_id()
            await superuser.execute(READING, contract, reading)
            lms = {"users": _users(learners, every), "enrolments": _enrolments(learners, every)}
            found.append(await _compare(batch, contract, reading, name, **lms))
            say(found[-1].words)
        return found
    finally:
        await superuser.close()
        await batch.close()


async def _compare(
    batch: Database, contract: UUID, reading: UUID, name: str, *, users: list[Row], enrolments: list[Row]
) -> Comparison:
    taken = await _write(batch, lambda tx: take(tx, READINGS, contract_id=contract, reading_id=reading, now=tx.now))
    assert taken is not None, "nobody else is at it"

    async def lay_down(tx: Transaction) -> None:
        for table, columns, rows in ((USERS, USER_COLUMNS, users), (ENROLMENTS, ENROLMENT_COLUMNS, enrolments)):
            records = [(taken.run_id, *row) for row in rows]
            await (await tx.raw()).copy_records_to_table(table, records=records, columns=columns)

    async def explain(tx: Transaction) -> Counter[str]:
        values = (contract, contract, taken.run_id, reading, tx.now, True, list[str]())
        (plan,) = orjson.loads(await (await tx.raw()).fetchval(f"explain (format json) {COMPARE}", *values))
        kinds = (node["Node Type"] for node in _nodes(plan["Plan"]))
        return Counter(kind for kind in kinds if kind.endswith(("Join", "Loop")))

    laid_down = await _timed(batch, lay_down)
    joins = await _write(batch, explain)
    compared = await _timed(batch, lambda tx: compare(tx, taken, suspends_enrolments=True, now=tx.now))
    ended = await _write(batch, lambda tx: tx.one(READINGS.select().where(READINGS.c.id == reading)))
    return Comparison(name, laid_down, compared, ended.opened_count, ended.gone_count, joins)


def _users(learners: int, every: int) -> list[Row]:
    return [
        (f"M{n}", f"m{n}", f"m{n}@guild.example", "Anne" if every and n % every == 0 else "Ann", f"Lee {n}", False)
        for n in range(1, learners + 1)
    ]


def _enrolments(learners: int, every: int) -> list[Row]:
    return [
        (f"M{n}", f"course-{n % COURSES}", "student", "ACTIVE", None, True)
        for n in range(1, learners + 1)
        if not every or n % every != 1
    ]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


async def _timed(batch: Database, work: Callable[[Transaction], Awaitable[None]]) -> float:
    begun = time.monotonic()
    await _write(batch, work)
    return time.monotonic() - begun


async def _write(batch: Database, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    return await batch.write(SYSTEM, work, now=datetime.now(UTC), request_id="bench")


async def _create(server: Server) -> None:
    if not await server.query(f"select from pg_roles where rolname = '{OWNER}'"):
        await server.query(f"create role {OWNER} login createrole")
    await server.query(f"drop database if exists {DATABASE} with (force)")
    await server.query(f"create database {DATABASE} owner {OWNER}")
