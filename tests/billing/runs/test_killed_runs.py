"""kill -9 of the worker at a hundred random points of a run: in the end all is as an unbroken run writes it."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from tests.billing.market import ADMIN, Agreement, Line, Market
from tests.billing.runs.running import Runs
from tests.databases import OneDatabase

HOSTING = Line("hosting", "250.125", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
DEATHS = 100
CONTRACTS = 60
CHUNK_STATEMENTS = 16
"""About as many as billing a chunk takes: most who may run so many bill one chunk, and die in the next or before."""


@pytest.fixture
async def mortal(database: OneDatabase, tmp_path: Path) -> AsyncIterator[Process]:
    environment = {**os.environ, **database.environment(tmp_path), "BILLING_CHUNK": "2"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.billing.runs.dying", stdin=PIPE, stdout=PIPE, env=environment
    )
    assert process.stdin is not None
    yield process
    process.stdin.close()
    await process.wait()


async def test_a_run_that_is_killed_a_hundred_times_ends_as_one_that_is_not(
    market: Market, runs: Runs, mortal: Process
) -> None:
    other = Runs(await Market(market.rows, market.database).settle(), runs.means)
    unbroken = await laid_out(other)
    await other.work_off(await other.start())
    agreements = await laid_out(runs)
    run = await runs.start()

    deaths = 0
    dice = random.Random(20261122)  # noqa: S311  (the same points on every machine)
    while deaths < DEATHS and (await runs.standing(run))["status"] != "DONE":
        deaths += await works(mortal, run, dice.randint(0, CHUNK_STATEMENTS + 3)) == "KILLED"
    assert deaths == DEATHS, (deaths, await runs.standing(run))
    assert await works(mortal, run, 10**9) == "STOPPED"

    assert (await runs.standing(run))["status"] == "DONE"
    assert await written(runs, agreements) == await written(other, unbroken)
    assert await runs.numbers() == [f"2026-{at:06d}" for at in range(1, CONTRACTS - CONTRACTS // 7)]
    for agreement in agreements:
        assert await market.broken_link(agreement) is None


async def laid_out(runs: Runs) -> list[Agreement]:
    """Contracts with work and periods to bill, and every seventh with nothing."""
    agreements = []
    for at in range(CONTRACTS):
        if at % 7 == 0:
            agreements.append(await runs.market.agree(ADMIN))
        else:
            agreements.append(await runs.agreed(at, HOSTING))
    return agreements


async def works(mortal: Process, run_id: UUID, statements: int) -> str:
    """Let a worker go on with the run that dies before its next statement but so many."""
    assert mortal.stdin is not None
    assert mortal.stdout is not None
    mortal.stdin.write(orjson.dumps({"run": str(run_id), "statements": statements}) + b"\n")
    async with asyncio.timeout(60):
        return (await mortal.stdout.readline()).decode().strip()


async def written(runs: Runs, agreements: list[Agreement]) -> list[list[dict[str, Any]]]:
    """All that billing has written about contracts, but for the ids, in their order."""
    said = """
        select 'item', i.status, null, i.amount_minor, null from billing_run_item i where contract_id = $1
        union all select i.status, i.number, i.issued_on::text, i.total_minor, i.amount_due_minor
            from invoice i where contract_id = $1
        union all select 'line', l.description, l.quantity::text, l.amount_minor, c.cost_minor
            from invoice_line l join invoice_line_cost c on c.invoice_line_id = l.id where l.contract_id = $1
        union all select s.kind, s.quantity::text, period_starts_on::text, null, null
            from invoice_source s where contract_id = $1 and released_at is null
        union all select e.kind, p.account, e.effective_at::text, p.amount_minor, e.sequence
            from journal_entry e join posting p on p.entry_id = e.id where e.contract_id = $1
        union all select 'event', type, reason, null, null from audit_event where contract_id = $1
        union all select 'billed', key, billed_quantity::text, billed_minor, null
            from contract_line where contract_id = $1
        union all select 'marked', null, null, count(*), null from decision where contract_id = $1 and billed
        order by 1, 2, 3, 4, 5"""
    return [await runs.market.all(said, agreement.id) for agreement in agreements]
