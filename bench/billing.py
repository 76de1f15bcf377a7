"""A billing run of ten thousand contracts: how fast, how large, and how it grows; beside two others."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from bench.billing_loop import bill_one_by_one
from bench.place import OWNER
from cli.migrating import migrate
from core.actor import Actor
from core.database_url import with_database
from core.db import Database
from core.ids import new_id
from services.billing.runs.starting import start_billing_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from bench.place import Server

FEBRUARY: Final = (date(2026, 2, 1), date(2026, 2, 28))
DATABASE: Final = "bench_billing"
CONTRACTS: Final = 10_000
RECORDS: Final = 200
"""Accepted records of work under each contract, on four lines."""
SAMPLE: Final = 100
"""One contract of so many is a sample for the loop; the other measures take a tenth, and its half and quarter."""
BUILDING: Final = Path(__file__).parent / "building"


@dataclass(frozen=True)
class Figure:
    """Something that was measured: of how many records, in how many seconds."""

    name: str
    records: int
    seconds: float
    peak_mb: float | None = None

    @property
    def per_second(self) -> float:
        """Records of work in a second."""
        return self.records / self.seconds

    @property
    def words(self) -> str:
        """All of it in a line."""
        peak = f", {self.peak_mb:.0f} MB at its peak" if self.peak_mb else ""
        return f"{self.name}: {self.records:,} records in {self.seconds:.1f} s, {self.per_second:,.0f} a second{peak}"


def run(server: Server, say: Callable[[str], None], *, contracts: int = CONTRACTS) -> list[str]:
    """Make the database anew, and measure; returns what was found, line by line."""
    asyncio.run(_create(server))
    migrate(server.settings(DATABASE))
    return asyncio.run(_measure(server, contracts, say))


def write(lines: list[str]) -> None:
    """Keep what was found in bench/billing.md."""
    text = "\n".join(f"- {line}" for line in lines)
    heading = "# A billing run of 10,000 contracts with 2,000,000 accepted records of work"
    Path(__file__).with_name("billing.md").write_text(f"{heading}\n\n`python -m bench --billing` found:\n\n{text}\n")


async def _measure(server: Server, contracts: int, say: Callable[[str], None]) -> list[str]:
    tenth, sample = contracts // 10, max(contracts // SAMPLE, 1)
    sizes = {
        "warm": 50,
        "1x": tenth // 4,
        "2x": tenth // 2,
        "4x": tenth,
        "bare": tenth,
        "loop": sample,
        "all": contracts,
    }
    superuser = await asyncpg.connect(with_database(server.superuser_url, DATABASE))
    vendors = {name: new_id() for name in sizes}
    try:
        begun = time.monotonic()
        await superuser.execute("set session_replication_role = replica")
        for name, size in sizes.items():
            await _set(superuser, vendors[name], size)
            await superuser.execute((BUILDING / "billing.sql").read_text())
        await superuser.execute("set session_replication_role = origin")
        await superuser.execute("vacuum (analyze)")
        say(f"{sum(sizes.values()):,} contracts built in {time.monotonic() - begun:.0f} s")
        found: dict[str, Figure] = {}
        for name in ("warm", "1x", "2x", "4x"):
            found[name] = await _run(server, superuser, name, vendors[name])
            say(found[name].words)
        await _set(superuser, vendors["bare"], tenth)
        begun = time.monotonic()
        async with superuser.transaction():
            await superuser.execute((BUILDING / "bare.sql").read_text())
        found["bare"] = Figure("bare INSERT … SELECT", tenth * RECORDS, time.monotonic() - begun)
        say(found["bare"].words)
        begun = time.monotonic()
        await bill_one_by_one(server.settings(DATABASE).batch_url, vendors["loop"], *FEBRUARY)
        found["loop"] = Figure("a loop over the ORM", sample * RECORDS, time.monotonic() - begun)
        say(found["loop"].words)
        found["all"] = await _run(server, superuser, "all", vendors["all"])
        say(found["all"].words)
    finally:
        await superuser.close()
    whole = found["all"].per_second
    lines = [figure.words for name, figure in found.items() if name != "warm"]
    grown = found["4x"].seconds / found["1x"].seconds
    lines += [
        f"four times the work takes {grown:.1f} times as long (twice: {found['2x'].seconds / found['1x'].seconds:.1f})",
        f"{whole / found['loop'].per_second:.1f} times as fast as the loop",
        f"{found['bare'].per_second / found['4x'].per_second:.1f} times as long as the bare INSERT … SELECT of as many",
    ]
    for line in lines[-3:]:
        say(line)
    return lines


async def _run(server: Server, superuser: asyncpg.Connection[Any], name: str, vendor_id: UUID) -> Figure:
    """Start a run of a vendor's contracts, and let a worker process of its own do it."""
    operator = await superuser.fetchval("select id from organization where kind = 'OPERATOR'")
    admin = Actor(
        "OPERATOR", operator, new_id(), new_id(), "Kim", "kim@here.example", "Operator", frozenset({"BILLING_ADMIN"})
    )
    settings, now = server.settings(DATABASE), datetime.now(UTC)
    database = Database(settings.app_url)
    asked: dict[str, Any] = {
        "mode": "ISSUE",
        "starts_on": FEBRUARY[0],
        "ends_on": FEBRUARY[1],
        "most_invoices": 100_000,
        "largest_total": Decimal(10**11),
        "reason": "The month is over",
        "vendor_id": vendor_id,
    }
    run_id = await database.write(
        admin, lambda tx: start_billing_run(tx, actor=admin, now=now, **asked), now=now, request_id="bench"
    )
    await database.close()
    worker = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bench.billing_worker", settings.batch_url, str(run_id)],
        check=True,
        capture_output=True,
    )
    told = json.loads(worker.stdout)
    done = await superuser.fetchrow("select status, billed_count, total_count from billing_run where id = $1", run_id)
    assert done is not None
    assert done["status"] == "DONE", done
    assert done["billed_count"] == done["total_count"], done
    return Figure(name, done["billed_count"] * RECORDS, told["seconds"], told["peak_mb"])


async def _set(superuser: asyncpg.Connection[Any], vendor_id: UUID, contracts: int) -> None:
    for name, value in {"vendor": vendor_id, "contracts": contracts, "records": RECORDS}.items():
        await superuser.execute("select set_config($1, $2, false)", f"bench.{name}", str(value))


async def _create(server: Server) -> None:
    if not await server.query(f"select from pg_roles where rolname = '{OWNER}'"):
        await server.query(f"create role {OWNER} login createrole")
    await server.query(f"drop database if exists {DATABASE} with (force)")
    await server.query(f"create database {DATABASE} owner {OWNER}")
