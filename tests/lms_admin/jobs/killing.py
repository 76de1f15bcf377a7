"""A roster imported by a real worker, in a process of its own that is killed on the way and started again."""

from __future__ import annotations

import asyncio
import base64
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from core.actor import SYSTEM, Actor
from core.db import Database
from core.ids import decode, encode
from services.lms_admin.acts.verifying import verify_acts
from services.lms_admin.adapters.opening import Connection
from tests.commanding import start
from tests.databases import OneDatabase
from tests.delivery.desk import Desk
from tests.delivery.guild import NOW
from tests.lms_admin.jobs.stage import LINE
from tests.lms_admin.places import connect, grant_administration
from worker.main import look_out

MEMBERS = 1000
DEATHS = 2
MOST_LOOKS = 6000
SECONDS_BETWEEN_LOOKS = 0.1
PREVIEW = """mutation($input: PreviewRosterImportInput!) { previewRosterImport(input: $input) {
    plan { id } userErrors { code field message } } }"""
PLAN = "query($id: ID!) { lmsPlan(id: $id) { status planHash createCount noopCount conflictCount } }"
EXECUTE = """mutation($input: ExecuteLmsPlanInput!) { executeLmsPlan(input: $input) {
    job { id } userErrors { code field message } } }"""
JOB = """query($id: ID!) { lmsJob(id: $id) { status metering totalCount appliedCount alreadySoCount rejectedCount
    unknownCount staleCount skippedCount workRecords { quantity inScope } } }"""
WAIT_IS_OVER = (
    "update lms_job set wait_until = wait_until - interval '1 hour' where wait_until is not null",
    "update lms_job_item set sent_at = sent_at - interval '1 hour' where status = 'UNKNOWN'",
    "update lms_site set open_until = open_until - interval '1 hour' where open_until is not null",
)
DEAD_FOR_LONG = (
    "update lms_job set lease_until = lease_until - interval '1 hour' where lease_until is not null",
    "update pgqueuer set heartbeat = heartbeat - interval '1 hour' where status = 'picked'",
)
"""A worker that was killed is given up after minutes; here they have passed, as far as the database knows."""
WORKING = """select exists (select from pg_stat_activity
    where datname = current_database() and usename like '%\\_batch')"""


def roster(prefix: str, members: int) -> bytes:
    """A file of members with consecutive numbers."""
    lines = [f"{number},{number.lower()}@learners.example,Ann,Learner" for number in numbers(prefix, members)]
    return "\n".join(["member_number,email,given_name,family_name", *lines]).encode()


def numbers(prefix: str, members: int) -> list[str]:
    """The member numbers of a roster."""
    return [f"{prefix}{at:04}" for at in range(members)]


def moments(most: int) -> list[int]:
    """After how many accounts a worker dies, and the next one; a test that fails shows them."""
    drawn = sorted(random.sample(range(1, most), DEATHS))
    print(f"killed when there are {drawn} accounts")
    return drawn


@dataclass
class Importing:
    """A guild's site, whoever administers it, and the workers that do as they say."""

    desk: Desk
    database: OneDatabase
    folder: Path
    administrator: Actor
    site: UUID

    @contextmanager
    def worker(self) -> Iterator[None]:
        """A worker process, killed where the block ends, wherever it is."""
        everything = self.database.environment(self.folder) | {"ALLOW_LOOPBACK_LMS": "true", "LOG_LEVEL": "error"}
        process = start("worker", folder=self.folder, **everything)
        try:
            yield
        finally:
            process.kill()
            process.communicate()

    async def dead_for_long(self) -> None:
        """Let the time pass after which a killed worker's work is taken up by another."""
        # what a backend was told before its client died, it still does
        await self.until(self._nobody_works)
        for statement in (*DEAD_FOR_LONG, *WAIT_IS_OVER):
            await self.desk.guild.rows.execute(statement)

    async def plan(self, content: bytes) -> dict[str, Any]:
        """Have a worker preview a roster, and return the plan."""
        guild = self.desk.guild
        file = {"name": "roster.csv", "mediaType": "text/csv", "contentBase64": base64.b64encode(content).decode()}
        site = encode("sit", guild.contract_id, self.site)
        asked = {"siteId": site, "lineKey": LINE, "mode": "DELTA", "file": file, "reason": "The members of this month"}
        payload = (await self.desk.ask(self.administrator, PREVIEW, input=asked))["previewRosterImport"]
        assert payload["userErrors"] == []
        asked_for: dict[str, Any] = payload["plan"]
        plan: dict[str, Any] = {}

        async def is_ready() -> bool:
            plan.update((await self.desk.ask(self.administrator, PLAN, id=asked_for["id"]))["lmsPlan"])
            return bool(plan["status"] != "PREVIEWING")

        await self.until(is_ready)
        return plan | asked_for

    async def execute(self, plan: dict[str, Any]) -> str:
        """Order what a plan says; returns the job."""
        asked = {"planId": plan["id"], "planHash": plan["planHash"]}
        payload = (await self.desk.ask(self.administrator, EXECUTE, input=asked))["executeLmsPlan"]
        assert payload["userErrors"] == []
        return str(payload["job"]["id"])

    async def told(self, job: str) -> dict[str, Any]:
        """A job as its people see it."""
        told: dict[str, Any] = (await self.desk.ask(self.administrator, JOB, id=job))["lmsJob"]
        return told

    async def ended(self, job: str, *, before_each_wait_is_over: Callable[[], object] = lambda: None) -> dict[str, Any]:
        """The job once it is metered; what it waits for is over as soon as it waits."""
        told: dict[str, Any] = {}

        async def is_metered() -> bool:
            told.update(await self.told(job))
            if told["status"] == "WAITING":
                before_each_wait_is_over()
                await self.wait_is_over()
            return bool(told["status"] not in {"QUEUED", "RUNNING", "WAITING"} and told["metering"] != "OPEN")

        await self.until(is_metered)
        return told

    async def wait_is_over(self) -> None:
        """Let the time pass that a job waits for, and the worker look out for it."""
        for statement in WAIT_IS_OVER:
            await self.desk.guild.rows.execute(statement)
        batch = Database(self.database.batch_url)
        try:
            await look_out(batch)
        finally:
            await batch.close()

    async def acts(self, job: str) -> Counter[str]:
        """How often the chain tells of the job's items what became of them; that it was unknown once left out."""
        _, job_id = decode("job", job, parts=2)
        asked = "select outcome from lms_act where job_id = $1 and outcome <> 'UNKNOWN'"
        return Counter(row["outcome"] for row in await self.desk.guild.rows.fetch(asked, job_id))

    async def already_so(self, job: str) -> list[str]:
        """The members whose accounts were as they should be before anything was sent."""
        _, job_id = decode("job", job, parts=2)
        asked = """select r.member_number from lms_job_item i join lms_plan_row r on r.id = i.id
            where i.job_id = $1 and i.status = 'ALREADY_SO' order by 1"""
        return [row["member_number"] for row in await self.desk.guild.rows.fetch(asked, job_id)]

    async def assert_chain_holds(self) -> None:
        """Every act is as it was written, and none is missing."""
        contract, batch = self.desk.guild.contract_id, Database(self.database.batch_url)
        try:
            assert await batch.write(SYSTEM, lambda tx: verify_acts(tx, contract), now=NOW, request_id="test") is None
        finally:
            await batch.close()

    async def until(self, question: Callable[[], Awaitable[bool]]) -> None:
        """Ask until the answer is yes."""
        for _ in range(MOST_LOOKS):
            if await question():
                return
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        guild = self.desk.guild
        jobs = await guild.rows.fetch("select status, wait_code, wait_message, lease_until, runs from lms_job")
        raise AssertionError(f"it never came to that: {jobs}")

    async def _nobody_works(self) -> bool:
        return not await self.desk.guild.rows.fetchval(WORKING)


async def importing(desk: Desk, database: OneDatabase, folder: Path, connection: Connection) -> Importing:
    """Connect a site to the guild's contract, which lasts as long as the clock of a worker is right."""
    guild, system = desk.guild, connection.system
    await guild.rows.execute("update contract set ends_on = '2099-12-31' where id = $1", guild.contract_id)
    site = await connect(guild, system, system, dict(connection.secret), base_url=connection.base_url)
    return Importing(desk, database, folder, await grant_administration(guild), site)
