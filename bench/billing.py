"""A billing run of ten thousand contracts: how fast, how large, and how it grows; beside a loop and a bare INSERT."""

from __future__ import annotations

import asyncio
import json
import os
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
ROUNDS: Final = 3
"""How often run, bare INSERT and loop are timed, one after the other; their medians are compared."""
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
    def cells(self) -> tuple[str, ...]:
        """All of it as a row of the table."""
        peak = f"{self.peak_mb:.0f}" if self.peak_mb else "-"
        return self.name, f"{self.records:,}", f"{self.seconds:.1f}", f"{self.per_second:,.0f}", peak


@dataclass(frozen=True)
class Found:
    """A run at a quarter, a half and the whole, and the rounds of run, bare INSERT and loop."""

    growth: list[Figure]
    rounds: dict[str, list[Figure]]

    @property
    def figures(self) -> list[Figure]:
        """The run at each size, then what it is compared by."""
        return [*self.growth, *(self._median(name) for name in self.rounds)]

    @property
    def ratios(self) -> list[str]:
        """What the figures come to."""
        quarter, half, whole = self.growth
        run, bare, loop = (self._median(name).per_second for name in ("run", "bare", "loop"))
        twice, four_times = (larger.seconds / quarter.seconds for larger in (half, whole))
        return [
            f"Twice the work takes {twice:.2f} times as long, four times the work {four_times:.2f}.",
            f"The run is {run / loop:.1f} times as fast as the loop; the bare INSERT … SELECT {bare / loop:.1f} times.",
            f"The run takes {bare / run:.2f} times as long as the bare INSERT … SELECT.",
        ]

    def _median(self, name: str) -> Figure:
        return sorted(self.rounds[name], key=lambda figure: figure.seconds)[ROUNDS // 2]


def run(server: Server, say: Callable[[str], None], *, contracts: int = CONTRACTS) -> None:
    """Make the database anew, measure and say what was found; of the whole size it is kept in bench/billing.md."""
    asyncio.run(_create(server))
    migrate(server.settings(DATABASE))
    found = asyncio.run(_measure(server, contracts, say))
    for ratio in found.ratios:
        say(ratio)
    if contracts == CONTRACTS:
        _write(found)


def _write(found: Found) -> None:
    head = ("what", "records", "seconds", "records/s", "peak MB")
    text = "\n".join(
        [
            "# A billing run of 10,000 contracts with 2,000,000 accepted records of work",
            "",
            "`python -m bench --billing`",
            "",
            f"- {os.cpu_count()} cores, shared by the worker and PostgreSQL. Memory is the worker's.",
            "- The run claims, taxes, numbers, posts and tells each invoice, in chunks that each are a transaction.",
            f"- Run, bare INSERT and loop: medians of {ROUNDS} interleaved rounds.",
            "- The bare INSERT … SELECT writes as many drafts, lines, costs and claims, and nothing else, at once.",
            "- The loop reads and writes objects of the ORM, a commit a contract, without journal and number.",
            "",
            f"| {' | '.join(head)} |",
            f"|{' --- |' * len(head)}",
            *(f"| {' | '.join(figure.cells)} |" for figure in found.figures),
            "",
            *(f"- {ratio}" for ratio in found.ratios),
        ]
    )
    Path(__file__).with_name("billing.md").write_text(text + "\n")


async def _measure(server: Server, contracts: int, say: Callable[[str], None]) -> Found:
    superuser = await asyncpg.connect(with_database(server.superuser_url, DATABASE))
    growing = {f"run of {size:,} contracts": size for size in (contracts // 4, contracts // 2, contracts)}
    compared = {"run": contracts // 10, "bare": contracts // 10, "loop": contracts // 100}
    sizes = {"warm": 50, **growing}
    sizes |= {f"{name} {round_}": size for round_ in range(ROUNDS) for name, size in compared.items()}
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

        async def told(figure: Figure) -> Figure:
            say(", ".join(figure.cells))
            return figure

        await _run(server, superuser, "warm", vendors["warm"])
        found = Found([], {name: [] for name in compared})
        for round_ in range(ROUNDS):
            of_round = {name: vendors[f"{name} {round_}"] for name in compared}
            found.rounds["run"].append(await told(await _run(server, superuser, "run", of_round["run"])))
            found.rounds["bare"].append(await told(await _bare(superuser, of_round["bare"], compared["bare"])))
            found.rounds["loop"].append(await told(await _loop(server, of_round["loop"], compared["loop"])))
        for name in growing:
            found.growth.append(await told(await _run(server, superuser, name, vendors[name])))
    finally:
        await superuser.close()
    return found


async def _bare(superuser: asyncpg.Connection[Any], vendor_id: UUID, contracts: int) -> Figure:
    await _set(superuser, vendor_id, contracts)
    begun = time.monotonic()
    async with superuser.transaction():
        await superuser.execute((BUILDING / "bare.sql").read_text())
    return Figure("bare INSERT … SELECT", contracts * RECORDS, time.monotonic() - begun)


async def _loop(server: Server, vendor_id: UUID, contracts: int) -> Figure:
    begun = time.monotonic()
    await bill_one_by_one(server.settings(DATABASE).batch_url, vendor_id, *FEBRUARY)
    return Figure("loop over the ORM", contracts * RECORDS, time.monotonic() - begun)


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
