"""What a roster's import would do, row by row; nothing is changed in the LMS to find out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from core.ids import new_id
from services.lms_admin.adapters.documents import ABSENT, digest_of, document_of
from services.lms_admin.adapters.port import Capability, Condition, FoundUser
from services.lms_admin.plans import reading_sites
from services.lms_admin.plans.importing import RosterMode
from services.lms_admin.plans.previewing import MOST_ATTEMPTS
from tests.delivery.guild import LONG_AGO, insert
from tests.lms_admin.plans.academy import EVERYTHING, PlanDesk, csv, user

STATUS = "member_number,email,given_name,family_name,status,username\n"


async def test_each_row_is_decided_by_what_is_there(desk: PlanDesk) -> None:
    same, moved, back = user("M-2"), user("M-3"), user("M-4", suspended=True)
    desk.academy.users = [same, moved, back]
    changed = replace(moved, email="new@guild.example", family_name="Żak")
    plan_id = await desk.ask_import(csv(user("M-1"), same, changed, back), RosterMode.FULL)
    plan = await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "CREATE", []),
        ("M-2", "NOOP", []),
        ("M-3", "UPDATE", ["CHANGED_EMAIL", "CHANGED_FAMILY_NAME"]),
        ("M-4", "UPDATE", ["CHANGED_STATE"]),
    ]
    assert counts(plan) == {"row": 4, "create": 1, "update": 2, "suspend": 0, "remove": 0, "noop": 1, "conflict": 0}
    assert (plan["status"], plan["read_count"], plan["lms_version"]) == ("READY", 4, "4.5.6")
    assert not plan["needs_second_person"]
    assert plan["expires_at"] - plan["previewed_at"] == timedelta(days=1)
    created, _, updated, _ = await desk.rows(plan_id)
    assert created["desired"] == whole(user("M-1"))
    assert (created["observed"], created["observed_digest"]) == (None, ABSENT)
    assert (updated["observed"], updated["observed_digest"]) == (document_of(moved), digest_of(document_of(moved)))
    assert updated["desired"] == whole(changed)


def whole(account: FoundUser) -> dict[str, Any]:
    """An account as it is wanted: whether it is protected is not ours to say."""
    return {name: value for name, value in document_of(account).items() if name != "protected"}


def counts(plan: dict[str, Any]) -> dict[str, int]:
    names = ("row", "create", "update", "suspend", "remove", "noop", "conflict")
    return {name: plan[f"{name}_count"] for name in names}


async def test_whom_a_delta_leaves_out_stays_and_whom_a_full_roster_leaves_out_is_to_be_suspended(
    desk: PlanDesk,
) -> None:
    listed, left, gone, out = user("M-1"), user("M-2"), user("M-3"), user("M-4", suspended=True)
    desk.academy.users = [listed, left, out, user("UNKNOWN-TO-US")]
    await desk.on_roster(listed, left, gone, out)
    delta = await desk.ask_import(csv(listed))
    await desk.preview(delta)
    assert await desk.decided(delta) == [("M-1", "NOOP", [])]
    full = await desk.ask_import(csv(listed), RosterMode.FULL)
    plan = await desk.preview(full)
    assert await desk.decided(full) == [
        ("M-1", "NOOP", []),
        ("M-2", "SUSPEND", ["CHANGED_STATE", "ABSENT_FROM_FILE"]),
        ("M-3", "NOOP", ["NOT_THERE"]),
    ]
    # one of three is more than the ten percent that one person may remove
    assert (plan["population_count"], plan["suspend_count"], plan["needs_second_person"]) == (3, 1, True)
    assert (await desk.rows(full))[1]["desired"] == whole(replace(left, suspended=True))


async def test_what_the_file_leaves_open_stays_as_it_is(desk: PlanDesk) -> None:
    desk.academy.users = [user("M-1", username="ada", suspended=True), user("M-2", username="bo")]
    rows = (
        "M-1,m-1@guild.example,Ada,M-1,,\n"
        "M-2,m-2@guild.example,Ada,M-2,suspended,BOB\n"
        "M-3,m-3@g.example,A,B,suspended,\n"
    )
    plan_id = await desk.ask_import((STATUS + rows).encode())
    await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-1", "NOOP", []),
        ("M-2", "SUSPEND", ["CHANGED_USERNAME", "CHANGED_STATE"]),
        ("M-3", "NOOP", ["NOT_THERE"]),
    ]


async def test_what_would_touch_the_wrong_account_is_a_conflict(desk: PlanDesk) -> None:
    desk.academy.users = [
        user("ADMIN", protected=True),
        user("TREASURER"),
        user("TWICE"),
        user("TWICE", username="twice2"),
        user("OTHER", username="m-1"),
        user("SAME", protected=True),
    ]
    await desk.protect("TREASURER")
    await desk.on_roster(user("ELSEWHERE", email="m-2@guild.example"))
    asked = csv(
        user("ADMIN", given_name="Eve"), user("TREASURER", given_name="Eve"), user("TWICE"), user("M-1"), user("M-2"),
        user("ÅB-1", email="ab@guild.example"), user("SAME"),
    )  # fmt: skip
    plan_id = await desk.ask_import(asked)
    plan = await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("ADMIN", "CONFLICT", ["PROTECTED"]),
        ("TREASURER", "CONFLICT", ["PROTECTED"]),
        ("TWICE", "CONFLICT", ["DUPLICATE_IDENTITY"]),
        ("M-1", "CONFLICT", ["USERNAME_TAKEN"]),
        ("M-2", "CONFLICT", ["EMAIL_TAKEN"]),
        ("ÅB-1", "CONFLICT", ["USERNAME_NEEDED"]),
        ("SAME", "NOOP", []),
    ]
    assert (plan["status"], plan["conflict_count"]) == ("READY", 6)


async def test_two_rows_that_want_one_username_get_neither(desk: PlanDesk) -> None:
    rows = "M-1,a@guild.example,Ada,Li,,m-2\nM-2,b@guild.example,Bo,Li,,\n"
    plan_id = await desk.ask_import((STATUS + rows).encode())
    await desk.preview(plan_id)
    taken = ["USERNAME_TAKEN"]
    assert await desk.decided(plan_id) == [("M-1", "CONFLICT", taken), ("M-2", "CONFLICT", taken)]


async def test_a_member_whom_the_roster_spells_otherwise_is_the_same(desk: PlanDesk) -> None:
    desk.academy.users = [user("M-1a")]
    await desk.on_roster(user("M-1a"))
    plan_id = await desk.ask_import(csv(user("m-1A")).replace(b"Ada,m-1A", b"Ada,M-1a"), RosterMode.FULL)
    await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [("M-1a", "NOOP", [])]
    assert (await desk.rows(plan_id))[0]["desired"]["member_number"] == "M-1a"


async def test_what_the_lms_cannot_do_becomes_a_manual_task(desk: PlanDesk) -> None:
    desk.academy.capabilities = EVERYTHING - {Capability.SUSPEND_USERS, Capability.UPSERT_USERS}
    desk.academy.users = [user("M-1"), user("M-2")]
    await desk.on_roster(user("M-1"), user("M-2"))
    plan_id = await desk.ask_import(csv(user("M-2"), user("M-3")), RosterMode.FULL)
    await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [
        ("M-2", "NOOP", []),
        ("M-3", "CREATE", ["NOT_SUPPORTED"]),
        ("M-1", "SUSPEND", ["CHANGED_STATE", "ABSENT_FROM_FILE", "NOT_SUPPORTED"]),
    ]


async def test_what_the_lms_cannot_keep_is_no_change(desk: PlanDesk) -> None:
    desk.academy.one_name = True
    desk.academy.users = [
        user("M-1", email="", given_name="Ada M-1", family_name=""),
        user("M-2", email="", given_name="Ada", family_name=""),
    ]
    plan_id = await desk.ask_import(csv(user("M-1"), user("M-2")))
    await desk.preview(plan_id)
    assert await desk.decided(plan_id) == [("M-1", "NOOP", []), ("M-2", "UPDATE", ["CHANGED_GIVEN_NAME"])]
    assert (await desk.rows(plan_id))[0]["desired"] == whole(user("M-1"))


async def test_a_site_without_an_adapter_is_as_the_roster_says(desk: PlanDesk) -> None:
    await desk.guild.rows.execute("update lms_site set system = 'MANUAL', base_url = null")
    await desk.on_roster(user("M-1"), user("M-2"))
    plan_id = await desk.ask_import(csv(user("M-1"), user("M-2", given_name="Eve"), user("M-3")))
    plan = await desk.preview(plan_id)
    assert desk.academy.calls == []
    assert (plan["status"], plan["read_count"]) == ("READY", 0)
    assert await desk.decided(plan_id) == [
        ("M-1", "NOOP", []),
        ("M-2", "UPDATE", ["CHANGED_GIVEN_NAME", "NOT_SUPPORTED"]),
        ("M-3", "CREATE", ["NOT_SUPPORTED"]),
    ]


async def test_rows_at_fault_refuse_the_file_and_nothing_of_it_is_planned(desk: PlanDesk) -> None:
    plan_id = await desk.ask_import(csv(user("M-1"), more="M-2,nowhere,Bo,Li\n=1,b@g.example,Bo,Li\n"))
    plan = await desk.preview(plan_id)
    assert (plan["status"], plan["refusal_code"], plan["fault_count"]) == ("REFUSED", "FILE_AT_FAULT", 2)
    assert plan["faults"] == (
        '[{"row": 3, "code": "MALFORMED", "field": "email", "message": '
        '"an e-mail address looks like name@organization.example"}, '
        '{"row": 4, "code": "FORMULA", "field": "member_number", "message": '
        "\"a cell that begins with '=' is run by spreadsheets\"}]"
    )
    assert (await desk.rows(plan_id), desk.academy.calls) == ([], [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Zoë".encode("cp1252"), "FILE_ENCODING"),
        (b"a,b\n1,2\n", "FILE_HEADER_MISSING"),
        (b"member_number\nM-1\n", "FILE_COLUMNS"),
        (b"member_number,email,given_name,family_name\n", "FILE_EMPTY"),
        (b'member_number,email,given_name,family_name\n"', "FILE_MALFORMED"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_by_name(desk: PlanDesk, content: bytes, code: str) -> None:
    plan = await desk.preview(await desk.ask_import(content))
    assert (plan["status"], plan["refusal_code"], plan["fault_count"]) == ("REFUSED", code, 0)


async def test_what_was_read_before_the_lms_went_down_is_not_read_again(
    desk: PlanDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_sites, "KEPT_AT_ONCE", 6)
    everybody = [user(f"M-{at}") for at in range(10)]
    desk.academy.users = everybody
    desk.academy.fails_after = 3
    plan_id = await desk.ask_import(csv(*everybody))
    plan = await desk.preview(plan_id)
    assert (plan["status"], plan["attempts"], plan["read_count"]) == ("PREVIEWING", 1, 6)
    jobs = "select count(*) from pgqueuer where convert_from(payload, 'UTF8') like '%' || $1 || '%'"
    assert await desk.guild.rows.fetchval(jobs, str(plan_id)) == 2
    desk.academy.calls.clear()
    desk.academy.fails_after = None
    plan = await desk.preview(plan_id)
    assert (plan["status"], plan["attempts"], plan["read_count"], plan["noop_count"]) == ("READY", 2, 10, 10)
    assert desk.academy.calls == [("find_users", 3), ("find_users", 1)]
    assert desk.academy.most_in_flight == 2


async def test_an_lms_that_stays_down_refuses_the_plan_in_the_end(desk: PlanDesk) -> None:
    desk.academy.fails_after = 0
    plan_id = await desk.ask_import(csv(user("M-1")))
    for _ in range(MOST_ATTEMPTS - 1):
        assert (await desk.preview(plan_id))["status"] == "PREVIEWING"
    plan = await desk.preview(plan_id)
    assert (plan["status"], plan["refusal_code"]) == ("REFUSED", "LMS_UNAVAILABLE")
    assert plan["refusal_message"] == (
        "the LMS is DOWN: it does not answer; it was tried 6 times: preview again once the site is UP"
    )
    assert (await desk.preview(plan_id))["attempts"] == MOST_ATTEMPTS


async def test_a_credential_that_is_refused_is_not_tried_again(desk: PlanDesk) -> None:
    desk.academy.fails_after, desk.academy.condition = 0, Condition.UNAUTHORIZED
    plan = await desk.preview(await desk.ask_import(csv(user("M-1"))))
    assert (plan["status"], plan["refusal_code"], plan["attempts"]) == ("REFUSED", "LMS_UNAVAILABLE", 1)


async def test_a_site_under_maintenance_is_left_alone(desk: PlanDesk) -> None:
    await insert(
        desk.guild.rows, "lms_maintenance", **desk.key, id=new_id(), site_id=desk.site_id, reason="Upgrade",
        during=asyncpg.Range(LONG_AGO, datetime(2100, 1, 1, tzinfo=UTC)), announced_at=LONG_AGO,
    )  # fmt: skip
    plan = await desk.preview(await desk.ask_import(csv(user("M-1"))))
    assert (plan["status"], plan["attempts"], desk.academy.calls) == ("PREVIEWING", 1, [])


async def test_whose_grant_was_revoked_meanwhile_gets_no_preview(desk: PlanDesk) -> None:
    plan_id = await desk.ask_import(csv(user("M-1")))
    await desk.guild.rows.execute("update contract_grant set revoked_at = now()")
    plan = await desk.preview(plan_id)
    assert (plan["status"], plan["refusal_code"], desk.academy.calls) == ("REFUSED", "FORBIDDEN", [])


async def test_a_preview_that_is_done_twice_is_done_once(desk: PlanDesk) -> None:
    plan_id = await desk.ask_import(csv(user("M-1")))
    plan = await desk.preview(plan_id)
    calls = list(desk.academy.calls)
    assert await desk.preview(plan_id) == plan
    assert desk.academy.calls == calls
    events = "select count(*) from audit_event where type = 'LMS_PLAN_READY' and object_id = $1"
    assert await desk.guild.rows.fetchval(events, plan_id) == 1


async def test_no_event_names_a_learner(desk: PlanDesk) -> None:
    await desk.preview(await desk.ask_import(csv(user("M-1")), reason="June's roster"))
    told = await desk.guild.rows.fetchval("select string_agg(before::text || after::text, '') from audit_event")
    assert "M-1" not in told
    assert "guild.example" not in told
