"""`chapterhouse billing …` against a server of its own: previewed, asked for, started, followed and steered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from subprocess import CompletedProcess
from uuid import UUID

import httpx2
import pytest

from core.actor import Actor
from core.ids import decode, encode
from core.settings import Settings
from tests.billing.desk import Desk
from tests.billing.runs.running import Runs
from tests.commanding import chapterhouse, free_port, start
from tests.databases import OneDatabase

LONGEST_START_SECONDS = 120
FEBRUARY = ("--from", "2026-02-01", "--until", "2026-02-28")
Told = Callable[..., Awaitable["CompletedProcess[str]"]]


@pytest.fixture
async def told(
    runs: Runs, desk: Desk, database: OneDatabase, settings: Settings, tmp_path: Path
) -> AsyncIterator[Told]:
    """Run a command with a member's token, by default the billing desk's, and wait for it."""
    port = free_port()
    variables = {**database.environment(tmp_path), "PUBLIC_URL": settings.issuer, "PORT": str(port)}
    server = start("serve", folder=tmp_path, **variables)

    async def run(*words: str, by: Actor | None = None) -> CompletedProcess[str]:
        given = {"CHAPTERHOUSE_TOKEN": await desk.token(by or runs.market.billing_admin)}
        url = () if words[0] == "ask-stripe" else ("--url", f"http://127.0.0.1:{port}/graphql")
        return await asyncio.to_thread(
            chapterhouse, "billing", *words, *url, folder=tmp_path, **database.environment(tmp_path), **given
        )

    try:
        async with httpx2.AsyncClient() as client, asyncio.timeout(LONGEST_START_SECONDS):
            while True:
                try:
                    await client.get(f"http://127.0.0.1:{port}/healthz")
                except httpx2.ConnectError:
                    assert server.poll() is None
                    await asyncio.sleep(0.05)
                else:
                    break
        yield run
    finally:
        server.terminate()
        server.communicate()


async def test_a_run_is_previewed_started_followed_and_steered(runs: Runs, told: Told) -> None:
    await runs.agreed(10)
    await runs.agreed(20)
    scope = (*FEBRUARY, "--vendor", encode("org", runs.market.vendor))
    preview = await told("preview", *scope)
    assert (preview.returncode, preview.stdout) == (0, "USD 1,560.00 net of tax on 2 invoices\n"), preview.stderr

    asked = ("run", *scope, "--largest-total", "5000", "--reason", "The month is over")
    unanswered = await told(*asked)
    assert (unanswered.returncode, unanswered.stdout.strip()) == (1, "")
    assert unanswered.stderr == "USD 1,560.00 net of tax on 2 invoices\nIssue these invoices? [y/N]:Aborted.\n"
    assert await runs.market.all("select id from billing_run where vendor_id = $1", runs.market.vendor) == []

    started = await told(*asked, "--yes", "--detach")
    assert (started.returncode, started.stderr) == (0, "")
    run = started.stdout.strip()
    stands = await told("status", run)
    queued = f"{run} is QUEUED: 0 billed, 0 with nothing to bill, 0 refused of 2 contracts\nnothing to bill\n"
    assert (stands.returncode, stands.stdout) == (0, queued)
    paused = await told("pause", run, "--reason", "A question")
    assert paused.stdout == queued.replace("QUEUED", "PAUSED")
    resumed = await told("resume", run, "--reason", "Answered", "--most-invoices", "9")
    assert resumed.stdout == queued

    row: UUID = decode("run", run)[0]
    while await runs.work_off(row):
        pass
    watched = await told("watch", run)
    assert (watched.returncode, watched.stdout.splitlines()) == (
        0,
        [
            f"{run} is DONE: 2 billed, 0 with nothing to bill, 0 refused of 2 contracts",
            "USD 1,560.00 net of tax on 2 invoices",
        ],
    )
    assert await runs.market.one(
        "select mode, most_invoices, largest_total::text as largest_total, reason from billing_run where id = $1", row
    ) == {"mode": "ISSUE", "most_invoices": 9, "largest_total": "5000.000000", "reason": "The month is over"}

    drafts = ("run", *scope, "--draft", "--largest-total", "5000", "--reason", "Once more", "--yes", "--detach")
    again = (await told(*drafts)).stdout.strip()
    cancelled = await told("cancel", again, "--reason", "Not needed")
    assert cancelled.stdout.startswith(f"{again} is CANCELLED: 0 billed")
    ended = await told("watch", again)
    assert (ended.returncode, ended.stdout) == (1, cancelled.stdout)


async def test_what_is_wrong_is_one_line_and_exit_code_1(runs: Runs, told: Told) -> None:
    why = ("--reason", "-")
    backwards = ("--from", "2026-02-28", "--until", "2026-02-01")
    unknown = encode("run", runs.market.vendor)
    only = "only the operator's BILLING_ADMIN may preview a billing run: this token is not one's"
    asked = (*FEBRUARY, "--yes", "--detach", "--reason", "-")
    cases: list[tuple[tuple[str, ...], Actor | None, str]] = [
        (("preview", *FEBRUARY), runs.market.finance, only),
        (("preview", *backwards), None, "the period ends on 2026-02-01, before it starts on 2026-02-28"),
        (("run", *asked, "--largest-total", "0"), None, "largestTotal: a total of 0 bills nothing: more than 0"),
        (("status", unknown), None, f"there is no billing run {unknown}, or this token may not see it"),
        (("watch", unknown), runs.market.finance, f"there is no billing run {unknown}, or this token may not see it"),
        (("ask-stripe",), None,
         "STRIPE_SECRET_KEY is not set: payments are recorded by hand, and there is nothing to ask"),
    ]  # fmt: skip
    for words, by, message in cases:
        done = await told(*words, by=by)
        assert (done.returncode, done.stdout) == (1, ""), words
        assert done.stderr.splitlines()[-1] == f"chapterhouse: {message}"
    gone = await told("pause", unknown, *why)
    assert gone.stderr.startswith("chapterhouse: runId: ")
    assert await runs.market.all("select id from billing_run where vendor_id = $1", runs.market.vendor) == []
