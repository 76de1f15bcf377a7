"""A chain of acts that nobody touched verifies; what was touched is named, and whoever was erased is not missed."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select
from sqlmodel import col

from core.actor import SYSTEM
from core.events import ContractKey
from services.lms_admin.acts.recording import Deed, record_acts
from services.lms_admin.acts.verifying import BrokenAct, verify_acts, verify_all_acts
from services.lms_admin.sites.models import LmsSite
from tests.delivery.guild import NOW
from tests.lms_admin.jobs.stage import Stage, account, person


async def broken(stage: Stage) -> BrokenAct | None:
    """What a walk along the contract's chain finds first; a walk along all chains finds the same."""
    contract = stage.guild.contract_id

    async def walk(tx: Any) -> BrokenAct | None:  # noqa: ANN401
        found = await verify_acts(tx, contract)
        everywhere = [each async for each in verify_all_acts(tx) if each.contract_id == contract]
        assert everywhere == ([found] if found else [])
        return found

    return await stage.batch.write(SYSTEM, walk, now=NOW, request_id="test")


async def five_acts(stage: Stage) -> UUID:
    """A job of five items, the first of which was so already."""
    stage.academy.have(person(0))
    job: UUID = (await stage.execute(*(account(n) for n in range(5))))["id"]
    return job


async def test_a_chain_that_nobody_touched_verifies(stage: Stage) -> None:
    job = await five_acts(stage)
    acts = await stage.guild.rows.fetch("select * from lms_act where job_id = $1 order by sequence", job)
    assert [act["sequence"] for act in acts] == [1, 2, 3, 4, 5]
    assert [act["previous_hash"] for act in acts] == [bytes(32), *(act["hash"] for act in acts[:-1])]
    assert {(act["on_behalf_of"], act["acted_by_name"], act["lms_system"]) for act in acts} == {
        ("ASSOCIATION Inc", "Lina", "MOODLE")
    }
    assert [act["outcome"] for act in acts] == ["ALREADY_SO", *["APPLIED"] * 4]
    subjects = await stage.guild.rows.fetch(
        "select * from lms_act_subject where contract_id = $1", acts[0]["contract_id"]
    )
    assert sorted(subject["member_number"] for subject in subjects) == [f"M-{n}" for n in range(5)]
    assert len({subject["salt"] for subject in subjects}) == 5
    assert sum(subject["before"] is None for subject in subjects) == 4
    assert await broken(stage) is None


TAMPERING = {
    "an outcome": ("update lms_act set outcome = 'REJECTED' where contract_id = $1 and sequence = 2", 2, "was changed"),
    "a signature": ("update lms_act set acted_by_name = 'Eve' where contract_id = $1", 1, "was changed"),
    "a hash": ("update lms_act set hash = sha256(hash) where contract_id = $1 and sequence = 3", 3, "its hash"),
    "an act gone": (
        "delete from lms_act where contract_id = $1 and sequence = 2",
        3,
        "act 2 is missing",
    ),
    "the last act gone": ("delete from lms_act where contract_id = $1 and sequence = 5", None, "ends after act 4"),
    "all of it gone": ("delete from lms_act where contract_id = $1", None, "ends after act 0"),
    "the end gone": ("delete from lms_chain where contract_id = $1", None, "says that it has no acts"),
    "a learner": ("update lms_act_subject set member_number = 'M-9' where contract_id = $1", 1, "was changed"),
    "what was before": (
        "update lms_act_subject set before = '{}' where contract_id = $1 and before is null",
        2,
        "changed",
    ),
    "what was after": ("update lms_act_subject set after = null where contract_id = $1", 1, "changed"),
    "what was said": ("update lms_act_subject set error_message = 'no' where contract_id = $1", 1, "changed"),
    "everything gone": (
        "with chain as (delete from lms_chain where contract_id = $1) delete from lms_act where contract_id = $1",
        None,
        "was done, and has no act",
    ),
    "a subject gone": ("delete from lms_act_subject where contract_id = $1", 1, "is missing, and was not erased"),
}


@pytest.mark.parametrize("what", TAMPERING)
async def test_what_was_touched_is_named(stage: Stage, what: str) -> None:
    await five_acts(stage)
    statement, sequence, reason = TAMPERING[what]
    async with stage.guild.rows.transaction():
        # as somebody with all rights would, past every trigger
        await stage.guild.rows.execute("set local session_replication_role = replica")
        await stage.guild.rows.execute(statement, stage.guild.contract_id)
    found = await broken(stage)
    assert found is not None
    assert (found.sequence, reason in found.reason) == (sequence, True), found


async def test_whoever_was_erased_is_not_missed(stage: Stage) -> None:
    await five_acts(stage)
    await stage.guild.rows.execute(
        "update lms_act_subject set salt = null, member_number = null, course_key = null, before = null, after = null, "
        "error_message = null, erased_at = now() where contract_id = $1 and member_number = 'M-3'",
        stage.guild.contract_id,
    )
    assert await broken(stage) is None


@pytest.mark.parametrize("change", ["update {} set contract_id = contract_id", "delete from {}", "truncate {} cascade"])
@pytest.mark.parametrize("table", ["lms_act", "lms_metered_item"])
async def test_not_even_the_owner_of_the_tables_changes_an_act(stage: Stage, table: str, change: str) -> None:
    await five_acts(stage)
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await stage.guild.rows.execute(change.format(table))


async def test_those_who_append_at_once_wait_for_each_other(stage: Stage) -> None:
    contract = ContractKey(stage.guild.contract_id, stage.guild.association, stage.guild.vendor)

    async def append(number: int) -> None:
        async def work(tx: Any) -> None:  # noqa: ANN401
            site = await tx.one(select(LmsSite.__table__).where(col(LmsSite.id) == stage.site))  # type: ignore[attr-defined]
            deeds = [
                Deed(
                    action="CREATE",
                    outcome="APPLIED",
                    verification="PERSON",
                    acted_at=NOW,
                    course_key=f"{number}.{n}",
                )
                for n in range(3)
            ]
            await record_acts(
                tx, actor=stage.administrator, contract=contract, site=site, operation="ENROL", deeds=deeds, now=NOW
            )

        await stage.batch.write(SYSTEM, work, now=NOW, request_id="test")

    await asyncio.gather(*(append(number) for number in range(6)))
    numbers = await stage.guild.rows.fetch(
        "select s.course_key from lms_act a join lms_act_subject s on s.act_id = a.id "
        "where a.contract_id = $1 order by a.sequence",
        stage.guild.contract_id,
    )
    told = [row["course_key"].split(".") for row in numbers]
    assert [int(at) for _, at in told] == [0, 1, 2] * 6
    assert await broken(stage) is None
