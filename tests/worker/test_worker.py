"""The real worker, in a process of its own, on the real database: once in effect, whatever happens to it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from core.db import Database
from core.ids import new_id
from tests.databases import OneDatabase
from tests.delivery.guild import Guild, accepted, insert, work
from worker.main import sweep

ABANDONED_AFTER_SECONDS = 2
PROGRAM = f"""
import asyncio
from datetime import timedelta
from core.settings import Settings
from worker import main
main.SWEPT = ()
asyncio.run(main.run(Settings.load(running=False), abandoned_after=timedelta(seconds={ABANDONED_AFTER_SECONDS})))
"""
"""A worker that only takes jobs, so that a test sees what becomes of them."""


@contextmanager
def worker(database: OneDatabase, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process, ended with the block."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=os.environ | database.environment(folder)) as process:
        try:
            yield process
        finally:
            process.kill()


async def until(guild: Guild, question: str, *values: object) -> None:
    """Wait until the answer is yes."""
    for _ in range(300):
        if await guild.rows.fetchval(question, *values):
            return
        await asyncio.sleep(0.1)
    pytest.fail(f"never: {question}")


async def overdue_submission(guild: Guild) -> tuple[UUID, UUID]:
    """A record of 120 tickets and its submission, whose acceptance period passed ten days ago."""
    records = await guild.record(work("tickets", "120"), work("admin", "10"))
    submission = await guild.submit(*records, now=datetime.now(UTC) - timedelta(days=21))
    return records[0], submission


async def begin_jobs(guild: Guild) -> None:
    """Make every queued job due: it was queued long ago, as the database counts."""
    await guild.rows.execute("update pgqueuer set execute_after = now()")


DEEMED = "select count(*) from audit_event where type = 'SUBMISSION_DEEMED_ACCEPTED' and object_id = $1"


async def test_a_job_waits_until_it_is_due(guild: Guild) -> None:
    records = await guild.record(work())
    await guild.submit(*records)
    job = await guild.one("select entrypoint, execute_after - created as wait from pgqueuer")
    # submitted at noon of the 15th in UTC, due when the 26th begins in Chicago
    assert job == {"entrypoint": "SUBMISSION_SUBMITTED", "wait": timedelta(days=10, hours=17)}


async def test_what_nobody_reviewed_is_deemed_accepted(
    guild: Guild, fresh_database: OneDatabase, tmp_path: Path
) -> None:
    tickets, submission = await overdue_submission(guild)
    await begin_jobs(guild)
    with worker(fresh_database, tmp_path) as process:
        await until(guild, "select deemed from submission where id = $1", submission)
        await until(guild, "select count(*) = 0 from pgqueuer")
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 20) == 0
    decision = await guild.one("select * from decision where work_record_id = $1", tickets)
    assert decision["deemed"]
    assert (decision["accepted_quantity"], decision["shortfall_quantity"]) == (120, 0)
    assert decision["decided_by_member_id"] is None
    assert await guild.line("tickets") == (120, 120, 120)
    event = await guild.one("select * from audit_event where type = 'SUBMISSION_DEEMED_ACCEPTED'")
    assert (event["actor_name"], event["contract_id"]) == ("Chapterhouse", guild.contract_id)


async def test_a_killed_worker_leaves_nothing_half_done_and_another_takes_its_job(
    guild: Guild, fresh_database: OneDatabase, tmp_path: Path
) -> None:
    _, submission = await overdue_submission(guild)
    await begin_jobs(guild)
    holder = await asyncpg.connect(fresh_database.superuser_url)
    try:
        async with holder.transaction():
            # while the lines are held, the worker waits for them with the submission closed already
            await holder.execute("select from contract_line where contract_id = $1 for update", guild.contract_id)
            with worker(fresh_database, tmp_path) as killed:
                await until(
                    guild,
                    "select exists (select from pg_stat_activity where wait_event_type = 'Lock' "
                    "and datname = current_database() and query like '%contract_line%')",
                )
                killed.kill()
    finally:
        await holder.close()
    assert await guild.rows.fetchval("select status from submission where id = $1", submission) == "SUBMITTED"
    assert await guild.rows.fetchval("select count(*) from decision") == 0
    assert await guild.rows.fetchval("select status from pgqueuer") == "picked"
    with worker(fresh_database, tmp_path):
        await until(guild, "select deemed from submission where id = $1", submission)
        await until(guild, "select count(*) = 0 from pgqueuer")
    assert await guild.rows.fetchval(DEEMED, submission) == 1
    assert await guild.line("tickets") == (120, 120, 120)


async def test_what_is_reviewed_in_time_is_not_deemed(guild: Guild, fresh_database: OneDatabase) -> None:
    record, submission = await overdue_submission(guild)
    (_, admin) = await guild.rows.fetch("select id from work_record order by id")
    await guild.review(submission, accepted(record, "120"), accepted(admin["id"], "10"))
    batch = Database(fresh_database.batch_url)
    try:
        await sweep(batch)
    finally:
        await batch.close()
    assert await guild.rows.fetchval(DEEMED, submission) == 0
    assert await guild.line("tickets") == (120, 120, 120)


async def test_a_lost_job_is_swept_up_once(guild: Guild, fresh_database: OneDatabase) -> None:
    _, submission = await overdue_submission(guild)
    await guild.rows.execute("delete from pgqueuer")
    batch = Database(fresh_database.batch_url)
    try:
        await asyncio.gather(sweep(batch), sweep(batch), sweep(batch))
        await sweep(batch)
    finally:
        await batch.close()
    assert await guild.rows.fetchval(DEEMED, submission) == 1
    assert await guild.line("tickets") == (120, 120, 120)


async def test_a_sweep_ends_stale_proposals_and_forgets_old_keys(guild: Guild, fresh_database: OneDatabase) -> None:
    await guild.rows.execute(
        "update contract set status = 'PROPOSED', activated_at = null, vendor_signed_at = null, "
        "association_signed_at = null, offer_expires_on = '2020-01-01' where id = $1",
        guild.contract_id,
    )
    now = datetime.now(UTC)
    for key, hours in (("old", 25), ("new", 23)):
        await insert(
            guild.rows, "idempotency_key", member_id=new_id(), key=key, request_hash=b"", payload="{}",
            created_at=now - timedelta(hours=hours),
        )  # fmt: skip
    batch = Database(fresh_database.batch_url)
    try:
        await sweep(batch)
    finally:
        await batch.close()
    assert await guild.rows.fetchval("select status from contract where id = $1", guild.contract_id) == "EXPIRED"
    assert await guild.rows.fetchval("select array_agg(key) from idempotency_key") == ["new"]
