"""Manual tasks over HTTP: who asks for them, what proves them, and the work that they become."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import encode, new_id
from services.lms_admin.acts.verifying import verify_acts
from services.lms_admin.sites.operations import Operation
from services.lms_admin.tasks.checklists import STEPS, checklist_of
from tests.delivery.desk import Desk
from tests.delivery.guild import LONG_AGO, Guild, insert
from tests.lms_admin.places import connect, grant_administration, join, key_of, narrow

TASK = """task { id status title details checklist operation note site { name } line { key } assignedTo { name }
  createdBy { name } endedBy { name } planRow { id } evidence { name sha256 }
  workRecord { status quantity description performedBy inScope evidence { name } } act { outcome verification } }
  userErrors { code field message }"""
CREATE = f"mutation($input: CreateLmsTaskInput!) {{ createLmsTask(input: $input) {{ {TASK} }} }}"
COMPLETE = f"mutation($input: CompleteLmsTaskInput!) {{ completeLmsTask(input: $input) {{ {TASK} }} }}"
WITHDRAW = f"mutation($input: WithdrawLmsTaskInput!) {{ withdrawLmsTask(input: $input) {{ {TASK} }} }}"
LIST = """query($id: ID!, $filter: LmsTaskFilter) { contract(id: $id) { lmsTasks(filter: $filter, first: 10) {
  totalCount nodes { title status } } } }"""
ONE = "query($id: ID!) { lmsTask(id: $id) { title } node(id: $id) { id } }"
CONTENT = b"number,state\nA-1,reset\n"
SHOWN = {"name": "after.csv", "mediaType": "text/csv", "contentBase64": base64.b64encode(CONTENT).decode()}
STEPS_OF_A_RESET = list(range(1, len(checklist_of(Operation.RESET_ACCESS)) + 1))


@pytest.fixture
async def site(guild: Guild, desk: Desk) -> str:
    """A site that is administered by hand."""
    await desk.headers(guild.lead)
    return encode("sit", guild.contract_id, await connect(guild, f"By hand {new_id()}", "MANUAL"))


def wish(site: str, **others: object) -> dict[str, object]:
    return {
        "siteId": site,
        "lineKey": "tickets",
        "operation": "RESET_ACCESS",
        "title": "Let A-1 in again",
        "details": "She lost her phone.",
        **others,
    }


async def asked(desk: Desk, actor: Actor, mutation: str, **given: object) -> dict[str, Any]:
    (payload,) = (await desk.ask(actor, mutation, input=given)).values()
    answer: dict[str, Any] = payload
    return answer


async def done(desk: Desk, actor: Actor, mutation: str, **given: object) -> dict[str, Any]:
    payload = await asked(desk, actor, mutation, **given)
    assert payload["userErrors"] == []
    task: dict[str, Any] = payload["task"]
    return task


async def codes(desk: Desk, actor: Actor, mutation: str, **given: object) -> list[tuple[str, str | None]]:
    before = await everything(desk)
    payload = await asked(desk, actor, mutation, **given)
    assert payload["task"] is None
    assert await everything(desk) == before
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


async def everything(desk: Desk) -> list[object]:
    tables = ("lms_task", "lms_task_evidence", "lms_act", "lms_act_subject", "lms_chain")
    return [
        *await desk.guild.state(),
        *[
            await desk.guild.rows.fetchval(f"select jsonb_agg(t order by t::text) from {table} t")  # noqa: S608
            for table in tables
        ],
    ]


def completion(task: dict[str, Any], **others: object) -> dict[str, object]:
    steps = list(range(1, len(task["checklist"]) + 1))
    return {"taskId": task["id"], "confirmedSteps": steps, "evidence": [SHOWN], "quantity": "1", **others}


def test_every_operation_has_its_steps() -> None:
    assert set(STEPS) == set(Operation)
    for operation in Operation:
        steps = checklist_of(operation)
        assert len(steps) == len(set(steps)) >= 4


async def test_from_asking_to_work_on_its_line(desk: Desk, site: str) -> None:
    guild = desk.guild
    administrator = await grant_administration(guild)
    task = await done(desk, guild.lead, CREATE, **wish(site), assignee={"email": administrator.email})
    assert task == {
        "id": task["id"],
        "status": "OPEN",
        "title": "Let A-1 in again",
        "details": "She lost her phone.",
        "checklist": checklist_of(Operation.RESET_ACCESS),
        "operation": "RESET_ACCESS",
        "note": None,
        "site": task["site"],
        "line": {"key": "tickets"},
        "assignedTo": {"name": "Lina"},
        "createdBy": {"name": "Lee"},
        "endedBy": None,
        "planRow": None,
        "evidence": [],
        "workRecord": None,
        "act": None,
    }
    upload = (await desk.upload(administrator, b"%PDF-1.7 screenshot")).json()["id"]
    given = completion(task, evidence=[SHOWN, {"evidenceId": upload}], note="Called her back.", quantity="2")
    completed = await done(desk, administrator, COMPLETE, **given)
    assert (completed["status"], completed["note"], completed["endedBy"]) == (
        "RECORDED",
        "Called her back.",
        {"name": "Lina"},
    )
    assert completed["act"] == {"outcome": "APPLIED", "verification": "PERSON"}
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert {"name": "after.csv", "sha256": sha256} in completed["evidence"]
    assert sorted(file["name"] for file in completed["evidence"]) == ["after.csv", "report.pdf"]
    record = completed["workRecord"]
    assert record.pop("description") == f"RESET_ACCESS on {task['site']['name']} by hand: task {task['id']}"
    assert sorted(file["name"] for file in record.pop("evidence")) == ["after.csv", "report.pdf"]
    assert record == {"status": "RECORDED", "quantity": "2", "performedBy": "Lina", "inScope": True}
    act = await guild.one(
        "select a.*, s.after, s.member_number from lms_act a join lms_act_subject s on s.act_id = a.id "
        "where a.contract_id = $1",
        guild.contract_id,
    )
    assert (act["operation"], act["action"], act["outcome"], act["verification"], act["job_id"]) == (
        "RESET_ACCESS", "UPDATE", "APPLIED", "PERSON", None,
    )  # fmt: skip
    assert (act["acted_by_name"], act["lms_system"]) == ("Lina", "MANUAL")
    assert sha256 in act["after"]
    assert await guild.line("tickets") == (2, 0, 0)
    # the trail says what happened, and nothing that somebody wrote about learners
    events = await guild.rows.fetch(
        "select type, before::text || after::text as told, reason from audit_event where contract_id = $1 "
        "and type like 'LMS_TASK%' order by recorded_at", guild.contract_id,
    )  # fmt: skip
    assert [(row["type"], row["reason"]) for row in events] == [
        ("LMS_TASK_CREATED", None),
        ("LMS_TASK_COMPLETED", None),
    ]
    assert not any("A-1" in row["told"] or "phone" in row["told"] for row in events)


async def test_the_chain_holds(desk: Desk, site: str) -> None:
    guild = desk.guild
    for _ in range(2):
        task = await done(desk, guild.lead, CREATE, **wish(site))
        await done(desk, guild.lead, COMPLETE, **completion(task))

    async def verify(tx: Any) -> Any:  # noqa: ANN401
        return await verify_acts(tx, guild.contract_id)

    assert await guild.database.write(guild.lead, verify, now=LONG_AGO, request_id="test") is None


@pytest.mark.parametrize("line", ["admin", "hosting"])
async def test_without_a_quantity_it_is_evidence_alone(desk: Desk, site: str, line: str) -> None:
    task = await done(desk, desk.guild.lead, CREATE, **wish(site, lineKey=line))
    completed = await done(desk, desk.guild.lead, COMPLETE, **completion(task, quantity=None))
    assert (completed["status"], completed["workRecord"]) == ("DONE", None)
    assert [file["name"] for file in completed["evidence"]] == ["after.csv"]
    assert await desk.guild.line(line) == (0, 0, 0)


async def test_what_does_not_complete_it(desk: Desk, site: str) -> None:
    guild = desk.guild
    task = await done(desk, guild.lead, CREATE, **wish(site))
    stolen = (await desk.upload(guild.worker, b"%PDF-1.7 of another")).json()["id"]
    for changed, refusals in (
        ({"confirmedSteps": STEPS_OF_A_RESET[:-1]}, [("CHECKLIST_INCOMPLETE", "confirmedSteps")]),
        ({"confirmedSteps": []}, [("CHECKLIST_INCOMPLETE", "confirmedSteps")]),
        ({"evidence": []}, [("INVALID_INPUT", "evidence")]),
        ({"evidence": [{"evidenceId": stolen}]}, [("NOT_FOUND", "evidence.0.evidenceId")]),
        ({"evidence": [SHOWN | {"mediaType": "text/html"}]}, [("EVIDENCE_TYPE_REFUSED", "evidence.0.mediaType")]),
        ({"quantity": None}, [("QUANTITY_REQUIRED", "quantity")]),
        ({"quantity": "0"}, [("INVALID_QUANTITY", "quantity")]),
        ({"performedOn": "2025-12-31"}, [("WORK_OUTSIDE_TERM", "performedOn")]),
        ({"note": " "}, [("TEXT_BLANK", "note")]),
        (
            {"confirmedSteps": [1], "evidence": [], "quantity": None},
            [
                ("CHECKLIST_INCOMPLETE", "confirmedSteps"),
                ("INVALID_INPUT", "evidence"),
                ("QUANTITY_REQUIRED", "quantity"),
            ],
        ),
    ):  # fmt: skip
        assert await codes(desk, guild.lead, COMPLETE, **completion(task, **changed)) == refusals
    recurring = await done(desk, guild.lead, CREATE, **wish(site, lineKey="hosting"))
    assert await codes(desk, guild.lead, COMPLETE, **completion(recurring)) == [("LINE_TAKES_NO_WORK", "taskId")]


async def test_one_upload_proves_one_task(desk: Desk, site: str) -> None:
    lead = desk.guild.lead
    upload = (await desk.upload(lead, b"%PDF-1.7 once")).json()["id"]
    first, second = [await done(desk, lead, CREATE, **wish(site, lineKey="hosting")) for _ in range(2)]
    given = {"quantity": None, "evidence": [{"evidenceId": upload}]}
    await done(desk, lead, COMPLETE, **completion(first, **given))
    assert await codes(desk, lead, COMPLETE, **completion(second, **given)) == [("NOT_FOUND", "evidence")]


async def test_it_is_completed_once(desk: Desk, site: str) -> None:
    lead = desk.guild.lead
    task = await done(desk, lead, CREATE, **wish(site))
    both = await asyncio.gather(*(asked(desk, lead, COMPLETE, **completion(task)) for _ in range(2)))
    assert sorted(str([error["code"] for error in payload["userErrors"]]) for payload in both) == [
        "['TASK_NOT_OPEN']",
        "[]",
    ]
    assert await desk.guild.line("tickets") == (1, 0, 0)
    assert await codes(desk, lead, WITHDRAW, taskId=task["id"], reason="Late") == [("TASK_NOT_OPEN", "taskId")]


async def test_it_is_withdrawn_with_a_reason(desk: Desk, site: str) -> None:
    guild = desk.guild
    owner = await join(guild, "Oona", "ASSOCIATION", guild.association, "OWNER")
    task = await done(desk, guild.lead, CREATE, **wish(site))
    assert await codes(desk, owner, WITHDRAW, taskId=task["id"], reason="") == [("TEXT_BLANK", "reason")]
    await guild.rows.execute("update lms_site set status = 'DISCONNECTED', disconnected_at = now()")
    assert await codes(desk, guild.lead, COMPLETE, **completion(task)) == [("SITE_DISCONNECTED", "taskId")]
    withdrawn = await done(desk, owner, WITHDRAW, taskId=task["id"], reason="She found it")
    assert (withdrawn["status"], withdrawn["note"], withdrawn["endedBy"]) == (
        "WITHDRAWN", "She found it", {"name": "Oona"},
    )  # fmt: skip
    assert await codes(desk, owner, WITHDRAW, taskId=task["id"], reason="Again") == [("TASK_NOT_OPEN", "taskId")]


async def test_what_a_system_does_is_no_task(desk: Desk) -> None:
    guild = desk.guild
    name = f"Moodle {new_id()}"
    site = encode("sit", guild.contract_id, await connect(guild, name, capabilities=["RESET_ACCESS", "FIND_USERS"]))
    assert await codes(desk, guild.lead, CREATE, **wish(site)) == [("SYSTEM_DOES_IT", "operation")]
    for operation in ("PUBLISH_PACKAGE", "UNDO"):
        await done(desk, guild.lead, CREATE, **wish(site, operation=operation))


async def plan_row(guild: Guild, site: UUID, *reasons: str, rejected: bool = False) -> str:
    """A row of a plan to enrol, as it was decided, and perhaps refused by the LMS."""
    plan, row, job = new_id(), new_id(), new_id()
    line = await guild.rows.fetchval(
        "select id from contract_line where contract_id = $1 and key = 'tickets'", guild.contract_id
    )
    key = key_of(guild) | {"site_id": site}
    await insert(
        guild.rows, "lms_plan", **key, id=plan, line_id=line, operation="ENROL", status="DONE", request="{}",
        plan_hash="0" * 64, requested_at=LONG_AGO, requested_by_person_id=guild.lead.person_id,
    )  # fmt: skip
    await insert(
        guild.rows, "lms_plan_row", **key, id=row, plan_id=plan, position=1, subject_kind="ENROLMENT",
        member_number="A-1", course_key="c", action="CREATE", reasons=list(reasons),
    )  # fmt: skip
    if rejected:
        await insert(
            guild.rows, "lms_job", **key, id=job, plan_id=plan, line_id=line, operation="ENROL", status="DONE",
            total_count=1, ordered_at=LONG_AGO, ended_at=LONG_AGO, ordered_by_person_id=guild.lead.person_id,
        )  # fmt: skip
        await insert(
            guild.rows, "lms_job_item", **key, id=new_id(), job_id=job, position=1, idempotency_key=str(row),
            status="REJECTED",
        )  # fmt: skip
    return encode("plr", guild.contract_id, row)


@pytest.mark.parametrize(("reasons", "rejected"), [(["NOT_SUPPORTED"], False), ([], True)])
async def test_what_a_plan_could_not_do_becomes_one_task(desk: Desk, reasons: list[str], rejected: bool) -> None:
    guild = desk.guild
    site = await connect(guild, f"Moodle {new_id()}", capabilities=["APPLY_ENROLMENTS"])
    row = await plan_row(guild, site, *reasons, rejected=rejected)
    given = wish(encode("sit", guild.contract_id, site), operation="ENROL", planRowId=row)
    await desk.headers(guild.lead)
    both = await asyncio.gather(*(asked(desk, guild.lead, CREATE, **given) for _ in range(2)))
    assert sorted(str([error["code"] for error in payload["userErrors"]]) for payload in both) == [
        "['TASK_EXISTS']",
        "[]",
    ]
    task = next(payload["task"] for payload in both if payload["task"])
    assert task["planRow"] == {"id": row}
    await done(desk, guild.lead, WITHDRAW, taskId=task["id"], reason="Not needed")
    await done(desk, guild.lead, CREATE, **given)


async def test_a_row_that_the_system_can_do_is_no_task(desk: Desk, site: str) -> None:
    guild = desk.guild
    moodle = await connect(guild, f"Moodle {new_id()}", capabilities=["APPLY_ENROLMENTS"])
    here = encode("sit", guild.contract_id, moodle)
    can = await plan_row(guild, moodle)
    cannot = await plan_row(guild, moodle, "NOT_SUPPORTED")
    for given, refusal in (
        (wish(here, operation="ENROL", planRowId=can), ("SYSTEM_DOES_IT", "planRowId")),
        (wish(here, operation="UNENROL", planRowId=cannot), ("NOT_FOUND", "planRowId")),
        (wish(site, operation="ENROL", planRowId=cannot), ("NOT_FOUND", "planRowId")),
        (wish(here, operation="ENROL", planRowId=encode("plr", new_id(), new_id())), ("NOT_FOUND", "planRowId")),
    ):
        assert await codes(desk, guild.lead, CREATE, **given) == [refusal]


async def test_what_cannot_be_asked_for(desk: Desk, site: str) -> None:
    guild = desk.guild
    for changed, refusal in (
        ({"title": ""}, ("TEXT_BLANK", "title")),
        ({"title": "t" * 201}, ("TEXT_TOO_LONG", "title")),
        ({"details": "d" * 4001}, ("TEXT_TOO_LONG", "details")),
        ({"lineKey": "none"}, ("LINE_NOT_FOUND", "lineKey")),
        ({"assignee": {"email": guild.acceptor.email}}, ("ASSIGNEE_NOT_FOUND", "assignee")),
        ({"assignee": {"email": guild.worker.email}}, ("ASSIGNEE_NOT_FOUND", "assignee")),
        (
            {"assignee": {"email": guild.lead.email, "memberId": encode("mem", guild.lead.member_id)}},
            ("INVALID_INPUT", "assignee"),
        ),
        ({"assignee": {"memberId": encode("mem", guild.stranger.member_id)}}, ("ASSIGNEE_NOT_FOUND", "assignee")),
    ):
        assert await codes(desk, guild.lead, CREATE, **wish(site, **changed)) == [refusal]


async def test_who_may(desk: Desk, site: str) -> None:
    guild = desk.guild
    task = await done(desk, guild.lead, CREATE, **wish(site))
    elsewhere = await grant_administration(guild, "Lars")
    await narrow(guild, elsewhere, await connect(guild, f"Other {new_id()}"), "RESET_ACCESS")
    for mutation, given, field, at_all in (
        (CREATE, wish(site), "siteId", "siteId"),
        (COMPLETE, completion(task), "taskId", "taskId"),
        (WITHDRAW, {"taskId": task["id"], "reason": "-"}, "taskId", "taskId"),
    ):
        for actor, code in (
            (ANONYMOUS, "UNAUTHENTICATED"),
            (guild.stranger, "NOT_FOUND"),
            (guild.acceptor, "FORBIDDEN"),
            (guild.vendor_owner, "FORBIDDEN"),
            (guild.worker, "FORBIDDEN"),
        ):
            found = await codes(desk, actor, mutation, **given)
            assert [name for name, _ in found] == [code]
        (refusal,) = await codes(desk, elsewhere, mutation, **given)
        assert refusal in {("OUTSIDE_GRANT", field), ("NOT_FOUND", at_all)}


async def test_who_sees_them(desk: Desk, site: str) -> None:
    guild = desk.guild
    task = await done(desk, guild.lead, CREATE, **wish(site))
    elsewhere = await grant_administration(guild, "Lars")
    await narrow(guild, elsewhere, await connect(guild, f"Other {new_id()}"), "RESET_ACCESS")
    finance = await join(guild, "Fin", "ASSOCIATION", guild.association, "FINANCE")
    for actor in (guild.lead, guild.vendor_owner, guild.acceptor):
        shown = await desk.ask(actor, ONE, id=task["id"])
        assert shown == {"lmsTask": {"title": "Let A-1 in again"}, "node": {"id": task["id"]}}
    for actor in (ANONYMOUS, guild.stranger, guild.worker, elsewhere, finance):
        assert await desk.ask(actor, ONE, id=task["id"]) == {"lmsTask": None, "node": None}
    mine = {"status": ["OPEN"], "site": site, "assignedTo": encode("mem", guild.lead.member_id)}
    listed = (await desk.ask(guild.lead, LIST, id=desk.contract, filter=mine))["contract"]["lmsTasks"]
    assert listed == {"totalCount": 1, "nodes": [{"title": "Let A-1 in again", "status": "OPEN"}]}
    others = mine | {"assignedTo": encode("mem", guild.worker.member_id)}
    assert (await desk.ask(guild.lead, LIST, id=desk.contract, filter=others))["contract"]["lmsTasks"]["nodes"] == []
