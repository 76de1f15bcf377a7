"""A database from nothing to everything that is measured, in an order in which every key points at what is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from bench.building.contracts import LEAD, bill, contract, first_day_of
from bench.building.keys import orphans
from bench.building.size import Size
from bench.place import OWNER, UNFENCED_LOGIN, Server
from core.database_url import with_database
from core.db import Database
from demo.organizations import member_id
from demo.seats import SEATS
from demo.seed import seed_marketplace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import date
    from uuid import UUID

Say = Callable[[str], None]
HERE: Final = Path(__file__).parent
BUILT: Final = "built for benchmarks"


async def is_built(server: Server, size: Size) -> bool:
    """Whether the database of this size is there, to its end."""
    found = await server.query("select datname, shobj_description(oid, 'pg_database') as word from pg_database")
    return (size.database, BUILT) in [(row["datname"], row["word"]) for row in found]


async def create(server: Server, size: Size) -> None:
    """Make the empty database, and the logins that are not made by migrations; earlier ones of its size go."""
    for role, rights in ((OWNER, "createrole"), (UNFENCED_LOGIN, "bypassrls")):
        if not await server.query(f"select from pg_roles where rolname = '{role}'"):
            await server.query(f"create role {role} login {rights}")
    for row in await server.query("select datname from pg_database"):
        if row["datname"].startswith(size.prefix):
            await server.query(f"drop database {row['datname']} with (force)")
    await server.query(f"create database {size.database} owner {OWNER}")


async def fill(server: Server, database: str, size: Size, say: Say) -> None:
    """Fill a migrated database. The few rows that services write are theirs; the many are inserted set by set."""
    begun = time.monotonic()
    settings = server.settings(database)
    now = datetime.now(UTC)
    superuser_url = with_database(server.superuser_url, database)
    await seed_marketplace(settings)
    say(f"{size.offerings:,} offerings of {size.vendors:,} vendors …")
    scale = {"offerings": str(size.offerings), "vendors": str(size.vendors)}
    await _run(superuser_url, "catalog.sql", scale, quiet=True)
    await _run(superuser_url, "listing.sql", {}, quiet=False)
    writing = Database(settings.app_url, write_pool_size=1, statement_timeout_ms=0)
    try:
        for number in range(size.few_contracts + 1):
            records, months = (size.few_records, size.few_months) if number else (size.records, size.months)
            say(f"{records:,} work records on contract {number} …")
            await _contract(
                writing, superuser_url, number, records, first_day=first_day_of(now, months=months), now=now
            )
    finally:
        await writing.close()
    say("looking for rows whose keys point at nothing, and vacuuming …")
    async with _connected(superuser_url) as connection:
        missing = await orphans(connection)
        assert not missing, f"built wrongly: {missing}"
        await connection.execute("vacuum (analyze)")
        await connection.execute("checkpoint")
    await server.query(f"comment on database {database} is '{BUILT}'")
    say(f"{database} is built, in {time.monotonic() - begun:.0f} s")


async def _contract(
    writing: Database, superuser_url: str, number: int, records: int, *, first_day: date, now: datetime
) -> None:
    contract_id: UUID = await contract(writing, number, first_day=first_day, now=now)
    people = {"lead": str(member_id(SEATS[LEAD])), "acceptor": str(member_id(SEATS["association.acceptor"]))}
    work = {"contract": str(contract_id), "records": str(records), **people}
    await _run(superuser_url, "work.sql", work, quiet=True)
    async with _connected(superuser_url) as connection:
        await connection.execute("analyze")
    await bill(writing, contract_id, first_day=first_day, now=now)


async def _run(url: str, script: str, told: Mapping[str, str], *, quiet: bool) -> None:
    """Run a script in one transaction; `quiet` leaves out triggers, whose work `orphans` does in one go afterwards."""
    async with _connected(url) as connection:
        await connection.execute((HERE / "words.sql").read_text())
        for name, value in told.items():
            await connection.execute("select set_config($1, $2, false)", f"bench.{name}", value)
        async with connection.transaction():
            if quiet:
                await connection.execute("set local session_replication_role = replica")
            await connection.execute((HERE / script).read_text())


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(url, server_settings={"jit": "off"})
    try:
        yield connection
    finally:
        await connection.close()
