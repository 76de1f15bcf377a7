"""What becomes of a plan that is READY: rows left out, approved by whom it takes, withdrawn, or expired."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor import SYSTEM, Actor
from core.errors import DomainError, Refusals
from core.ids import new_id
from services.lms_admin.plans.approving import approve_plan
from services.lms_admin.plans.hashing import sum_up
from services.lms_admin.plans.importing import RosterMode
from services.lms_admin.plans.opting_out import opt_out_of_rows
from services.lms_admin.plans.previewing import LOST_AFTER, lost_previews
from services.lms_admin.plans.withdrawing import expire_plan, plans_to_expire, withdraw_plan
from tests.delivery.guild import NOW, insert
from tests.lms_admin.plans.academy import PlanDesk, csv, user


async def code_of(asked: Awaitable[object]) -> str:
    """The code with which something is refused; done is what is not."""
    try:
        await asked
    except Refusals as refused:
        return refused.errors[0].code()
    except DomainError as refused:
        return refused.code()
    return "DONE"


async def ready(desk: PlanDesk, absent: int = 1) -> dict[str, Any]:
    """A plan that creates one and suspends `absent`."""
    left_out = [user(f"OUT-{at}") for at in range(absent)]
    desk.academy.users = left_out
    await desk.on_roster(*left_out)
    return await desk.preview(await desk.ask_import(csv(user("M-1")), RosterMode.FULL))


async def act(desk: PlanDesk, by: Actor, function: Any, plan: dict[str, Any], **others: Any) -> Any:  # noqa: ANN401
    # the preview looked at the clock of the machine
    now = others.pop("now", plan["previewed_at"] or plan["requested_at"])
    return await desk.guild.write(by, function, now, plan_id=plan["id"], **others)


def hash_of(rows: list[dict[str, Any]]) -> str:
    """The hash of a plan, as its description says."""
    digests = [
        hashlib.sha256(
            rfc8785.dumps(
                {
                    **{name: row[name] for name in ("action", "course_key", "desired", "member_number")},
                    **{name: row[name] for name in ("opted_out", "position", "subject_kind")},
                    "observed_digest": row["observed_digest"].hex() if row["observed_digest"] else None,
                }
            )
        ).digest()
        for row in rows
    ]
    return hashlib.sha256(b"".join(digests)).hexdigest()


async def test_the_hash_is_that_of_the_rows(desk: PlanDesk) -> None:
    plan = await ready(desk)
    assert plan["plan_hash"] == hash_of(await desk.rows(plan["id"]))


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
DOCUMENTS = st.none() | st.dictionaries(st.sampled_from("abcdefg"), TEXTS | st.booleans() | st.none(), min_size=1)


@given(st.lists(st.tuples(TEXTS, DOCUMENTS, st.booleans()), max_size=4))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_the_rows_hold_the_database_writes_them_as_rfc_8785_does(
    desk: PlanDesk, rows: list[tuple[str, dict[str, Any] | None, bool]]
) -> None:
    plan_id = await desk.ask_import(csv(user("M-1")))
    for position, (number, desired, opted_out) in enumerate(rows, start=1):
        await insert(
            desk.guild.rows, "lms_plan_row", **desk.key, site_id=desk.site_id, plan_id=plan_id, id=new_id(),
            position=position, subject_kind="USER", member_number=number, action="UPDATE", opted_out=opted_out,
            desired=orjson.dumps(desired).decode() if desired else None,
        )  # fmt: skip

    async def run(tx: Any) -> tuple[str, bool]:  # noqa: ANN401
        return await sum_up(tx, desk.guild.contract_id, plan_id)

    found, _ = await desk.means.database.write(SYSTEM, run, now=NOW, request_id="test")
    assert found == hash_of(await desk.rows(plan_id))


async def test_a_row_that_is_left_out_makes_another_plan(desk: PlanDesk) -> None:
    plan = await ready(desk)
    (row,) = [row["id"] for row in await desk.rows(plan["id"]) if row["action"] == "SUSPEND"]
    await act(desk, desk.guild.lead, opt_out_of_rows, plan, row_ids=[row], reason="On leave")
    after = await desk.plan(plan["id"])
    assert (after["suspend_count"], after["create_count"], after["row_count"]) == (0, 1, 2)
    assert (plan["needs_second_person"], after["needs_second_person"]) == (True, False)
    assert after["plan_hash"] == hash_of(await desk.rows(plan["id"])) != plan["plan_hash"]
    stale = act(desk, desk.guild.lead, approve_plan, plan, plan_hash=plan["plan_hash"])
    assert await code_of(stale) == "PLAN_CHANGED"
    await act(desk, desk.guild.lead, approve_plan, plan, plan_hash=after["plan_hash"])
    assert (await desk.plan(plan["id"]))["status"] == "APPROVED"


async def test_what_removes_much_is_approved_by_a_second_person(desk: PlanDesk) -> None:
    plan = await ready(desk)
    approve = {"plan_hash": plan["plan_hash"]}
    assert await code_of(act(desk, desk.guild.lead, approve_plan, plan, **approve)) == "SECOND_PERSON_REQUIRED"
    owner = Actor(
        "ASSOCIATION", desk.guild.association, new_id(), new_id(), "Oda", "oda@guild.example", "Guild",
        frozenset({"OWNER"}),
    )  # fmt: skip
    refused = [desk.guild.acceptor, desk.guild.worker, desk.guild.vendor_owner]
    assert [await code_of(act(desk, by, approve_plan, plan, **approve)) for by in refused] == ["FORBIDDEN"] * 3
    assert await code_of(act(desk, desk.guild.stranger, approve_plan, plan, **approve)) == "NOT_FOUND"
    at_once = [act(desk, owner, approve_plan, plan, **approve) for _ in range(2)]
    assert sorted(await asyncio.gather(*map(code_of, at_once))) == ["DONE", "LMS_PLAN_NOT_READY"]
    approved = await desk.plan(plan["id"])
    assert (approved["status"], approved["approved_by_name"]) == ("APPROVED", "Oda")


@pytest.mark.parametrize(("absent", "second"), [(25, False), (26, True)])
async def test_the_thresholds_are_the_sites(desk: PlanDesk, absent: int, second: bool) -> None:
    await desk.guild.rows.execute("update lms_site set removal_threshold_percent = 100")
    assert (await ready(desk, absent))["needs_second_person"] is second


async def test_a_plan_lasts_a_day(desk: PlanDesk) -> None:
    plan = await ready(desk)
    late = {"now": plan["expires_at"], "plan_hash": plan["plan_hash"]}
    assert await code_of(act(desk, desk.guild.lead, approve_plan, plan, **late)) == "LMS_PLAN_EXPIRED"

    async def sweep(now: Any) -> list[bool]:  # noqa: ANN401
        async def run(tx: Any) -> list[bool]:  # noqa: ANN401
            due = [key for key in await plans_to_expire(tx, now=now) if key.id == plan["id"]]
            return [await expire_plan(tx, contract_id=key.contract_id, plan_id=key.id, now=now) for key in due]

        return await desk.means.database.write(SYSTEM, run, now=now, request_id="test")

    assert await sweep(plan["expires_at"] - timedelta(seconds=1)) == []
    assert await sweep(plan["expires_at"]) == [True]
    assert await sweep(plan["expires_at"]) == []
    assert (await desk.plan(plan["id"]))["status"] == "EXPIRED"


async def test_a_plan_is_given_up_once(desk: PlanDesk) -> None:
    plan = await ready(desk)
    at_once = [act(desk, desk.guild.lead, withdraw_plan, plan, reason="Wrong file") for _ in range(2)]
    assert sorted(await asyncio.gather(*map(code_of, at_once))) == ["DONE", "LMS_PLAN_NOT_READY"]
    opt_out = {"row_ids": [row["id"] for row in await desk.rows(plan["id"])], "reason": "-"}
    assert await code_of(act(desk, desk.guild.lead, opt_out_of_rows, plan, **opt_out)) == "LMS_PLAN_NOT_READY"


async def test_rows_of_another_plan_are_not_there(desk: PlanDesk) -> None:
    plan, other = await ready(desk), await desk.preview(await desk.ask_import(csv(user("M-9"))))
    ids = [row["id"] for row in await desk.rows(other["id"])]
    refused = act(desk, desk.guild.lead, opt_out_of_rows, plan, row_ids=ids, reason="-")
    assert await code_of(refused) == "NOT_FOUND"
    assert not any(row["opted_out"] for row in await desk.rows(other["id"]))


async def test_a_preview_that_does_not_move_is_queued_again(desk: PlanDesk) -> None:
    plan = await desk.plan(await desk.ask_import(csv(user("M-1"))))

    async def lost(now: Any) -> list[UUID]:  # noqa: ANN401
        found = await desk.means.database.write(SYSTEM, lambda tx: lost_previews(tx, now=now), now=now, request_id="-")
        return [it.id for it in found if it.id == plan["id"]]

    assert await lost(plan["requested_at"] + LOST_AFTER) == []
    assert await lost(plan["requested_at"] + LOST_AFTER + timedelta(seconds=1)) == [plan["id"]]
