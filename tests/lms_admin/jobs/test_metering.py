"""What was applied becomes work: one unit an item, once, and what is beyond the contract says so."""

from __future__ import annotations

import asyncio
import csv
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.actor import SYSTEM
from core.ids import encode
from services.lms_admin.jobs.asking_to_meter import meter_lms_job
from services.lms_admin.jobs.steering import cancel_lms_job
from services.lms_admin.jobs.verifying import verify_lms_item
from tests.delivery.guild import refusals
from tests.lms_admin.jobs.stage import Planned, Stage, account, person
from worker.means import About
from worker.metering_jobs import jobs_unmetered, meter_job, meter_verified


async def meter(stage: Stage, job: UUID) -> bool:
    """Let the worker meter a job."""
    return await meter_job(stage.means, About(stage.guild.contract_id, job), clock=lambda: stage.now)


async def recorded(stage: Stage) -> list[tuple[Any, ...]]:
    """Quantity and scope of what is recorded."""
    rows = await stage.guild.rows.fetch(
        "select quantity, in_scope from work_record where contract_id = $1 order by id", stage.guild.contract_id
    )
    return [tuple(row) for row in rows]


async def test_one_unit_for_each_item_that_was_applied_and_none_for_the_rest(stage: Stage) -> None:
    stage.academy.have(person(0))
    stage.academy.refused = {"M-5"}
    skipped = replace(account(9), opted_out=True)
    job = await stage.execute(*(account(n) for n in range(6)), skipped)
    assert await stage.counts(job["id"]) == {"APPLIED": 4, "ALREADY_SO": 1, "REJECTED": 1, "SKIPPED": 1}
    assert await meter(stage, job["id"])
    record = await stage.guild.one("select * from work_record where contract_id = $1", stage.guild.contract_id)
    assert (record["quantity"], record["in_scope"], record["performed_by"]) == (4, True, "Lina")
    assert (record["performed_from"], record["performed_to"]) == (date(2026, 6, 15), date(2026, 6, 15))
    named = encode("job", stage.guild.contract_id, job["id"])
    assert record["description"] == f"ENROL on Academy, job {named}: 4 applied"
    assert record["recorded_by_member_id"] == stage.administrator.member_id
    assert await stage.guild.line("tickets") == (4, 0, 0)
    assert (await stage.job(job["id"]))["metering"] == "METERED"


async def test_the_evidence_proves_each_unit_and_names_no_learner(stage: Stage) -> None:
    job = await stage.execute(*(account(n) for n in range(3)))
    await meter(stage, job["id"])
    file = await stage.guild.one("select * from evidence where contract_id = $1", stage.guild.contract_id)
    content = b"".join([chunk async for chunk in stage.guild.blobs.read(file["sha256"])]).decode()
    rows = list(csv.DictReader(content.splitlines()))
    acts = await stage.guild.rows.fetch("select * from lms_act where job_id = $1 order by sequence", job["id"])
    assert [(row["act"], row["act_hash"], row["outcome"]) for row in rows] == [
        (str(act["sequence"]), act["hash"].hex(), "APPLIED") for act in acts
    ]
    assert (file["name"], file["media_type"]) == ("units.csv", "text/csv")
    assert list(rows[0]) == ["item", "position", "action", "outcome", "verification", "act", "act_hash", "acted_at"]
    items = await stage.items(job["id"], "id")
    assert [row["item"] for row in rows] == [encode("jit", stage.guild.contract_id, item) for item in items]
    assert "learners.example" not in content


async def test_metering_again_and_at_once_counts_once(stage: Stage) -> None:
    job = await stage.execute(*(account(n) for n in range(3)))
    await asyncio.gather(*(meter(stage, job["id"]) for _ in range(4)))
    assert not await meter(stage, job["id"])
    assert await recorded(stage) == [(3, True)]
    assert await stage.guild.rows.fetchval("select count(*) from lms_metered_item where job_id = $1", job["id"]) == 3


async def test_doing_the_same_again_counts_nothing(stage: Stage) -> None:
    rows = [account(n) for n in range(3)]
    await meter(stage, (await stage.execute(*rows))["id"])
    again = await stage.execute(*rows)
    assert not await meter(stage, again["id"])
    assert (await stage.job(again["id"]))["metering"] == "NOTHING_TO_METER"
    assert await recorded(stage) == [(3, True)]


async def test_what_is_beyond_the_contract_is_a_record_of_its_own(stage: Stage) -> None:
    await stage.guild.rows.execute(
        "update contract_line set quantity = recorded_quantity + 2 where contract_id = $1 and key = 'tickets'",
        stage.guild.contract_id,
    )
    job = await stage.execute(*(account(n) for n in range(5)))
    await meter(stage, job["id"])
    assert await recorded(stage) == [(2, True), (3, False)]
    metered = await stage.guild.rows.fetch(
        "select w.in_scope, count(*) from lms_metered_item m join work_record w on w.id = m.work_record_id "
        "where m.job_id = $1 group by 1 order by 1",
        job["id"],
    )
    assert [tuple(row) for row in metered] == [(False, 3), (True, 2)]


@pytest.mark.parametrize("line", ["admin", "cutover", "hosting"])
async def test_on_other_lines_it_is_evidence_without_a_quantity(stage: Stage, line: str) -> None:
    job = await stage.execute(account(1), line=line)
    assert not await meter(stage, job["id"])
    assert (await stage.job(job["id"]))["metering"] == "NOTHING_TO_METER"
    assert await recorded(stage) == []


@pytest.mark.parametrize("which", ["undoes_job_id", "mends_job_id"])
async def test_undoing_and_mending_ones_own_mistake_count_nothing(stage: Stage, which: str) -> None:
    first = await stage.execute(account(1))
    operation = "UNDO" if which == "undoes_job_id" else "ENROL"
    job = await stage.execute(account(2), operation=operation, **{which: first["id"]})
    assert not await meter(stage, job["id"])
    assert await recorded(stage) == []


async def test_a_cancelled_job_counts_what_it_did(stage: Stage) -> None:
    stage.academy.mishaps = [None, None, "DOWN"]
    job = await stage.order(await stage.plan(*(account(n) for n in range(5))))
    await stage.run(job)
    await stage.guild.write(stage.administrator, cancel_lms_job, stage.now, job_id=job, reason="Wrong file")
    await stage.run(job)
    assert ((await stage.job(job))["status"], await stage.counts(job)) == ("CANCELLED", {"APPLIED": 3, "SKIPPED": 2})
    assert set(await stage.items(job, "error_code")) == {None, "CANCELLED"}
    await meter(stage, job)
    assert await recorded(stage) == [(3, True)]


async def test_what_recording_refuses_waits_for_a_person(stage: Stage) -> None:
    job = await stage.execute(account(1))
    revoke = "update contract_grant set revoked_at = {} where member_id = $1 and contract_id = $2"
    named = (stage.administrator.member_id, stage.guild.contract_id)
    await stage.guild.rows.execute(revoke.format("granted_at"), *named)
    assert await meter(stage, job["id"])
    row = await stage.job(job["id"])
    assert (row["metering"], row["metering_code"]) == ("REFUSED", "FORBIDDEN")
    assert await recorded(stage) == []
    assert await refusals(
        stage.guild, stage.guild.write(stage.administrator, meter_lms_job, stage.now, job_id=job["id"])
    ) == [("NOT_FOUND", "jobId")]
    await stage.guild.write(stage.guild.lead, meter_lms_job, stage.now, job_id=job["id"])
    assert await meter(stage, job["id"])
    assert await recorded(stage) == [(1, True)]
    by = await stage.guild.rows.fetchval("select recorded_by_name from work_record where contract_id = $1", named[1])
    assert by == "Lee"
    assert await refusals(
        stage.guild, stage.guild.write(stage.guild.lead, meter_lms_job, stage.now, job_id=job["id"])
    ) == [("METERING_NOT_REFUSED", "jobId")]


async def test_what_is_unknown_counts_once_a_person_has_looked(stage: Stage) -> None:
    stage.academy.have(person(1))
    stage.academy.have(person(2))
    stage.academy.mishaps = ["LOST"]
    rows = [Planned("ACCESS", {"member_number": f"M-{n}"}, "UPDATE") for n in (1, 2)]
    job = (await stage.execute(*rows, operation="RESET_ACCESS"))["id"]
    assert not await meter(stage, job)
    assert (await stage.job(job))["metering"] == "NOTHING_TO_METER"
    first, second = await stage.items(job, "id")
    say = stage.guild.write
    asked = {"item_id": first, "outcome": "APPLIED", "note": "Seen in the site's log"}
    await say(stage.administrator, verify_lms_item, stage.now, **asked)
    await say(stage.administrator, verify_lms_item, stage.now, **asked | {"item_id": second, "outcome": "REJECTED"})
    assert await refusals(stage.guild, say(stage.administrator, verify_lms_item, stage.now, **asked)) == [
        ("ITEM_NOT_UNKNOWN", "itemId")
    ]
    assert await stage.counts(job) == {"APPLIED": 1, "REJECTED": 1}
    about = About(stage.guild.contract_id, first)
    assert await meter_verified(stage.means, about, clock=lambda: stage.now)
    assert not await meter_verified(stage.means, about, clock=lambda: stage.now)
    assert await recorded(stage) == [(1, True)]
    acts = await stage.guild.rows.fetch(
        "select outcome, verification from lms_act where job_id = $1 order by 1, 2", job
    )
    assert [tuple(act) for act in acts] == [
        ("APPLIED", "PERSON"), ("REJECTED", "PERSON"), ("UNKNOWN", "RESPONSE_ONLY"), ("UNKNOWN", "RESPONSE_ONLY"),
    ]  # fmt: skip


async def test_a_job_whose_metering_was_lost_is_found(stage: Stage) -> None:
    job = await stage.execute(account(1))

    async def found(later: timedelta) -> bool:
        due = await stage.batch.write(SYSTEM, jobs_unmetered, now=stage.now + later, request_id="test")
        return job["id"] in [each.object_id for each in due]

    assert [await found(timedelta(minutes=minutes)) for minutes in (1, 3)] == [False, True]
    await meter(stage, job["id"])
    assert not await found(timedelta(minutes=3))
