"""A plan is done once, chunk by chunk, and every item ends true to the LMS."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from services.lms_admin.adapters.documents import document_of
from services.lms_admin.adapters.port import Condition, CourseFromTemplate, EnrolmentState, FoundUser
from services.lms_admin.jobs.leasing import LEASE
from tests.delivery.guild import LONG_AGO, NOW, insert
from tests.lms_admin.jobs.stage import Planned, Stage, account, part, person
from tests.lms_admin.places import key_of

DISCONNECT = """update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null,
    credential_stored_at = null where $1::uuid is not null"""


def seen(number: int, **others: Any) -> dict[str, Any]:  # noqa: ANN401
    """An account as the preview saw it."""
    user = person(number, **others)
    return document_of(FoundUser(**{name: getattr(user, name) for name in type(user).__slots__}))


async def test_a_plan_is_done_in_its_order_and_in_chunks(stage: Stage) -> None:
    job = await stage.execute(*(account(n) for n in range(4)), *(part(n) for n in range(2)))
    assert (job["status"], job["applied_count"], job["total_count"]) == ("DONE", 6, 6)
    assert stage.academy.calls == [
        "find_users", "upsert_users", "find_users", "upsert_users", "find_enrolments", "apply_enrolments",
    ]  # fmt: skip
    assert sorted(stage.academy.users) == ["M-0", "M-1", "M-2", "M-3"]
    assert sorted(stage.academy.enrolments) == [("M-0", "safety"), ("M-1", "safety")]
    assert await stage.counts(job["id"]) == {"APPLIED": 6}
    assert await stage.guild.rows.fetchval("select status from lms_plan where id = $1", job["plan_id"]) == "DONE"
    assert await stage.items(job["id"], "verification") == ["READ_BACK"] * 4 + ["RESPONSE_ONLY"] * 2
    assert (job["lease_token"], job["lease_until"], job["ended_at"]) == (None, None, NOW)
    assert stage.academy.notified == []


async def test_what_is_so_already_is_not_sent(stage: Stage) -> None:
    stage.academy.have(person(1))
    job = await stage.execute(account(1), account(2))
    assert await stage.items(job["id"]) == ["ALREADY_SO", "APPLIED"]
    assert stage.academy.writes == {("upsert", "M-2"): 1}


async def test_nothing_is_done_about_rows_without_anything_to_do(stage: Stage) -> None:
    rows = (
        replace(account(1), action="NOOP", observed=seen(1)),
        replace(account(2), action="CONFLICT"),
        replace(account(3), opted_out=True),
        account(4),
    )
    job = await stage.execute(*rows)
    assert await stage.items(job["id"], "status", "error_code") == [
        ("SKIPPED", "NOTHING_TO_DO"),
        ("SKIPPED", "CONFLICT"),
        ("SKIPPED", "OPTED_OUT"),
        ("APPLIED", None),
    ]
    assert await stage.counts(job["id"]) == {"SKIPPED": 3, "APPLIED": 1}
    roster = await stage.guild.rows.fetch("select member_number from lms_roster_member where site_id = $1", stage.site)
    # what was found as desired belongs to the roster as what was made so
    assert sorted(row["member_number"] for row in roster) == ["M-1", "M-4"]


async def test_what_moved_since_the_preview_is_left_as_it_is(stage: Stage) -> None:
    stage.academy.have(person(1, email="changed@learners.example"))
    stage.academy.have(person(2))
    stage.academy.have(person(2))
    stage.academy.have(person(3), protected=True)
    rows = [replace(account(n, given_name="Nan"), action="UPDATE", observed=seen(n)) for n in (1, 2, 3, 4)]
    job = await stage.execute(*rows)
    assert await stage.items(job["id"], "status", "error_code") == [
        ("STALE", "MOVED"),
        ("STALE", "DUPLICATE_IDENTITY"),
        ("SKIPPED", "PROTECTED"),
        ("STALE", "MOVED"),
    ]
    assert not stage.academy.writes


async def test_members_protected_since_the_preview_are_not_touched(stage: Stage) -> None:
    job = await stage.order(await stage.plan(account(1), part(1)))
    await stage.guild.rows.execute("update lms_site set protected_member_numbers = '{M-1}' where id = $1", stage.site)
    await stage.run(job)
    assert await stage.items(job) == ["SKIPPED", "SKIPPED"]
    assert not stage.academy.writes


async def test_suspending_leaves_the_rest_of_an_account_alone(stage: Stage) -> None:
    for number in (1, 2, 3):
        stage.academy.have(person(number, suspended=number == 2))
    rows = (
        replace(account(1, suspended=True), action="SUSPEND", observed=seen(1)),
        replace(account(2), action="UPDATE", observed=seen(2, suspended=True)),
        replace(account(3, given_name="Nan"), action="UPDATE", observed=seen(3)),
    )
    job = await stage.execute(*rows)
    assert await stage.counts(job["id"]) == {"APPLIED": 3}
    assert stage.academy.writes == {("suspend", "M-1"): 1, ("suspend", "M-2"): 1, ("upsert", "M-3"): 1}


async def test_enrolments_end_and_courses_are_made(stage: Stage) -> None:
    ends = datetime(2026, 9, 1, tzinfo=UTC)
    first = await stage.execute(part(1), part(2, ends_at=ends), part(3))
    gone = part(1, state=EnrolmentState.ABSENT)
    observed = document_of(stage.academy.enrolments["M-1", "safety"])
    course = Planned("COURSE", document_of(CourseFromTemplate("safety-2", "Safety II", "safety")))
    second = await stage.execute(replace(gone, observed=observed), part(4, state=EnrolmentState.ABSENT), course)
    assert (await stage.counts(first["id"]), await stage.counts(second["id"])) == (
        {"APPLIED": 3},
        {"APPLIED": 2, "ALREADY_SO": 1},
    )
    roster = await stage.guild.rows.fetch(
        "select member_number, ends_at from lms_roster_enrolment where site_id = $1 order by 1", stage.site
    )
    assert [tuple(row) for row in roster] == [("M-2", ends), ("M-3", None)]
    assert list(stage.academy.courses) == ["safety-2"]


async def test_a_refused_batch_is_halved_until_the_row_at_fault_is_named(stage: Stage) -> None:
    stage.academy.batch_size, stage.academy.refused = 8, {"M-5"}
    job = await stage.execute(*(account(n) for n in range(8)))
    assert await stage.items(job["id"], "status", "error_code") == [
        ("REJECTED", "EMAIL_TAKEN") if n == 5 else ("APPLIED", None) for n in range(8)
    ]
    assert stage.academy.calls.count("upsert_users") == 7


@pytest.mark.parametrize("mishap", ["LOST", "SHORT", "BROKEN"])
async def test_what_was_applied_without_an_answer_is_read_back_and_not_sent_again(stage: Stage, mishap: str) -> None:
    stage.academy.mishaps = [None, mishap]
    job = await stage.execute(*(account(n) for n in range(3)))
    assert await stage.items(job["id"], "status", "verification") == [("APPLIED", "READ_BACK")] * 3
    assert set(stage.academy.writes.values()) == {1}


async def test_what_was_not_applied_is_sent_again_only_once_that_is_sure(stage: Stage) -> None:
    stage.academy.mishaps = [None, "LATE"]
    job = await stage.order(await stage.plan(account(1)))
    await stage.run(job)
    row = await stage.job(job)
    assert (row["status"], row["wait_code"], row["wait_until"]) == ("WAITING", "VERIFYING", NOW + timedelta(minutes=1))
    assert await stage.items(job, "status", "error_code") == [("UNKNOWN", "TIMED_OUT")]
    await stage.run(job)
    assert (await stage.job(job))["runs"] == 1
    await stage.run_out(job)
    assert await stage.counts(job) == {"APPLIED": 1}
    outcomes = await stage.guild.rows.fetch("select outcome from lms_act where job_id = $1 order by sequence", job)
    assert [row["outcome"] for row in outcomes] == ["UNKNOWN", "APPLIED"]


async def test_what_is_never_taken_is_rejected_in_the_end(stage: Stage) -> None:
    stage.academy.mishaps = [None, "LATE", None, None] * 9
    job = await stage.execute(account(1))
    assert await stage.items(job["id"], "status", "error_code", "attempts") == [("REJECTED", "NOT_TAKEN", 3)]
    assert not stage.academy.users


async def test_what_cannot_be_read_back_stays_unknown(stage: Stage) -> None:
    stage.academy.mishaps = ["LOST"]
    stage.academy.have(person(1))
    job = await stage.execute(Planned("ACCESS", {"member_number": "M-1"}, "UPDATE"), operation="RESET_ACCESS")
    assert (job["status"], await stage.counts(job["id"])) == ("DONE", {"UNKNOWN": 1})
    assert stage.academy.resets == {"M-1": 1}


async def test_a_site_that_is_down_is_waited_for_longer_each_time_and_its_circuit_opens(stage: Stage) -> None:
    stage.academy.mishaps = ["DOWN"] * 6
    job = await stage.order(await stage.plan(account(1)))
    waits = []
    for _ in range(6):
        assert await stage.run(job)
        row = await stage.job(job)
        assert (row["status"], row["wait_code"]) == ("WAITING", "DOWN")
        waits.append((row["wait_until"] - stage.now).total_seconds())
        stage.now = row["wait_until"]
        stage.academy.condition = Condition.UP if len(waits) < 6 else Condition.DOWN
    assert waits == [30, 60, 120, 240, 480, 900]
    site = await stage.guild.one("select * from lms_site where id = $1", stage.site)
    assert (site["failures_in_a_row"], site["open_until"]) == (6, stage.now)
    calls = len(stage.academy.calls)
    await stage.run(job)
    # once the circuit may close, one probe goes ahead of everything else
    assert stage.academy.calls[calls:] == ["probe"]
    stage.academy.condition = Condition.UP
    await stage.run_out(job)
    site = await stage.guild.one("select * from lms_site where id = $1", stage.site)
    assert (site["failures_in_a_row"], site["open_until"]) == (0, None)


async def test_an_open_circuit_holds_back_every_job_of_the_site(stage: Stage) -> None:
    await stage.guild.rows.execute(
        "update lms_site set failures_in_a_row = 5, open_until = $2 where id = $1", stage.site, NOW + timedelta(hours=1)
    )
    job = await stage.order(await stage.plan(account(1)))
    await stage.run(job)
    row = await stage.job(job)
    assert (row["wait_code"], row["wait_until"]) == ("CIRCUIT_OPEN", NOW + timedelta(hours=1))
    assert stage.academy.calls == []


async def test_maintenance_in_the_middle_puts_the_rest_off(stage: Stage) -> None:
    stage.academy.mishaps = [None, None, None, "MAINTENANCE"]
    job = await stage.order(await stage.plan(*(account(n) for n in range(5))))
    await stage.run(job)
    assert await stage.items(job, "status", "attempts") == [("APPLIED", 1)] * 3 + [("PENDING", 0)] * 2
    row = await stage.job(job)
    assert (row["status"], row["wait_code"], row["lease_token"]) == ("WAITING", "MAINTENANCE", None)
    await stage.run_out(job)
    assert set(stage.academy.writes.values()) == {1}


async def test_announced_maintenance_is_waited_out(stage: Stage) -> None:
    await insert(
        stage.guild.rows, "lms_maintenance", **key_of(stage.guild), id=stage.site, site_id=stage.site,
        during=asyncpg.Range(NOW - timedelta(hours=1), NOW + timedelta(hours=2)), reason="upgrade",
        announced_at=LONG_AGO,
    )  # fmt: skip
    job = await stage.order(await stage.plan(account(1)))
    await stage.run(job)
    row = await stage.job(job)
    assert (row["wait_code"], row["wait_until"]) == ("MAINTENANCE", NOW + timedelta(hours=2))
    assert stage.academy.calls == []
    assert (await stage.run_out(job))["status"] == "DONE"


async def test_a_credential_that_is_refused_pauses_the_job(stage: Stage) -> None:
    stage.academy.mishaps = [None, "UNAUTHORIZED"]
    job = await stage.execute(account(1))
    assert (job["status"], job["wait_code"]) == ("PAUSED", "UNAUTHORIZED")
    assert await stage.items(job["id"]) == ["PENDING"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("update contract_grant set revoked_at = granted_at where member_id = $1", "FORBIDDEN"),
        ("update member set ended_at = now() where id = $1", "ORDERER_GONE"),
        (DISCONNECT, "SITE_DISCONNECTED"),
    ],
)
async def test_a_job_is_paused_once_whoever_ordered_it_may_no_longer(stage: Stage, change: str, code: str) -> None:
    job = await stage.order(await stage.plan(account(1)))
    await stage.guild.rows.execute(change, stage.administrator.member_id)
    await stage.run(job)
    row = await stage.job(job)
    assert (row["status"], row["wait_code"]) == ("PAUSED", code)
    assert stage.academy.calls == []


async def test_a_job_of_a_contract_that_ended_is_cancelled(stage: Stage) -> None:
    job = await stage.order(await stage.plan(account(1)))
    await stage.guild.rows.execute(
        "update contract set status = 'TERMINATED', ended_at = now() where id = $1", stage.guild.contract_id
    )
    await stage.run(job)
    assert ((await stage.job(job))["status"], await stage.items(job)) == ("CANCELLED", ["SKIPPED"])
    await stage.guild.rows.execute(
        "update contract set status = 'ACTIVE', ended_at = null where id = $1", stage.guild.contract_id
    )


async def test_two_runners_of_one_job_do_it_once(stage: Stage) -> None:
    job = await stage.order(await stage.plan(*(account(n) for n in range(6))))
    taken = await asyncio.gather(*(stage.run(job) for _ in range(4)))
    assert sorted(taken) == [False, False, False, True]
    assert await stage.counts(job) == {"APPLIED": 6}
    assert set(stage.academy.writes.values()) == {1}


async def test_one_job_of_a_site_runs_at_a_time(stage: Stage) -> None:
    first, second = [await stage.order(await stage.plan(account(n))) for n in (1, 2)]
    await stage.guild.rows.execute(
        "update lms_job set status = 'RUNNING', lease_token = id, lease_until = $2 where id = $1", first, NOW + LEASE
    )
    assert not await stage.run(second)
    stage.die()
    assert not await stage.run(second)
    assert await stage.run(first)
    assert await stage.run(second)
    assert [await stage.counts(job) for job in (first, second)] == [{"APPLIED": 1}] * 2


async def test_a_runner_that_lost_its_lease_writes_nothing_more(stage: Stage) -> None:
    job = await stage.order(await stage.plan(account(1)))
    upsert = stage.academy.upsert_users

    async def meanwhile(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        await stage.guild.rows.execute("update lms_job set lease_token = gen_random_uuid() where id = $1", job)
        return await upsert(*given, **named)

    stage.academy.upsert_users = meanwhile  # type: ignore[method-assign]
    await stage.run(job)
    assert await stage.items(job) == ["SENT"]
    assert await stage.guild.rows.fetchval("select count(*) from lms_act where job_id = $1", job) == 0
    stage.die()
    await stage.run(job)
    assert await stage.items(job, "status", "verification") == [("APPLIED", "READ_BACK")]
    assert stage.academy.writes == {("upsert", "M-1"): 1}


async def test_notices_go_out_only_when_the_plan_says_so(stage: Stage) -> None:
    await stage.execute(account(1))
    await stage.execute(account(2), notify_learners=True)
    assert stage.academy.notified == ["M-2"]
