"""Plans over HTTP: asked for, previewed by the worker, looked at and decided on; and who sees what of them."""

from __future__ import annotations

import asyncio
import base64
from typing import Any
from uuid import UUID

import httpx2
import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import decode, encode, new_id
from core.settings import Settings
from tests.delivery.desk import Desk
from tests.lms_admin.plans.academy import PlanDesk, csv, user
from tests.lms_admin.plans.test_undoing import executed

PREVIEW = """mutation($input: PreviewRosterImportInput!) { previewRosterImport(input: $input) {
    plan { id status operation rosterMode sourceName notifyLearners requestedBy { name } }
    userErrors { code field } } }"""
LOOK = """query($id: ID!, $filter: LmsPlanRowFilter) { lmsPlan(id: $id) {
    status planHash rowCount createCount suspendCount conflictCount readCount needsSecondPerson refusalCode faultCount
    faults(first: 5) { nodes { row field code message } }
    rows(filter: $filter, first: 10) { totalCount nodes {
        id memberNumber action optedOut reasons { code message }
        desiredAccount { username email suspended } observedAccount { email suspended } desiredEnrolment { role }
    } } } }"""


@pytest.fixture
def http(client: httpx2.AsyncClient, desk: PlanDesk, settings: Settings) -> Desk:
    """The app over HTTP, for the guild's members."""
    return Desk(client, desk.guild, settings)


def asked(desk: PlanDesk, content: bytes, **others: object) -> dict[str, Any]:
    file = {"name": "roster.csv", "mediaType": "text/csv", "contentBase64": base64.b64encode(content).decode()}
    site = encode("sit", desk.guild.contract_id, desk.site_id)
    return {"input": {"siteId": site, "lineKey": "tickets", "mode": "FULL", "file": file} | others}


async def codes(http: Desk, by: Actor, mutation: str, variables: dict[str, Any]) -> list[str]:
    data = await http.ask(by, mutation, **variables)
    (payload,) = data.values()
    return [error["code"] for error in payload["userErrors"]] or ["DONE"]


async def test_a_roster_is_previewed_looked_at_and_decided_on(http: Desk, desk: PlanDesk) -> None:
    lead, left = desk.guild.lead, user("M-2")
    desk.academy.users = [left]
    await desk.on_roster(left)
    plan = (await http.ask(lead, PREVIEW, **asked(desk, csv(user("M-1")))))["previewRosterImport"]["plan"]
    assert {name: value for name, value in plan.items() if name != "id"} == {
        "status": "PREVIEWING",
        "operation": "ROSTER_IMPORT",
        "rosterMode": "FULL",
        "sourceName": "roster.csv",
        "notifyLearners": False,
        "requestedBy": {"name": "Lee"},
    }
    await desk.preview(decode("pln", plan["id"], parts=2)[1])
    seen = (await http.ask(lead, LOOK, id=plan["id"]))["lmsPlan"]
    rows = seen.pop("rows")
    made, suspended = rows["nodes"]
    assert seen.pop("planHash") is not None
    assert seen == {
        "status": "READY", "rowCount": 2, "createCount": 1, "suspendCount": 1, "conflictCount": 0, "readCount": 2,
        "needsSecondPerson": True, "refusalCode": None, "faultCount": 0, "faults": {"nodes": []},
    }  # fmt: skip
    assert suspended.pop("id") != made.pop("id")
    assert made == {
        "memberNumber": "M-1", "action": "CREATE", "optedOut": False, "reasons": [], "observedAccount": None,
        "desiredAccount": {"username": "m-1", "email": "m-1@guild.example", "suspended": False},
        "desiredEnrolment": None,
    }  # fmt: skip
    assert suspended["reasons"] == [
        {"code": "CHANGED_STATE", "message": "It is suspended, or restored."},
        {"code": "ABSENT_FROM_FILE", "message": "The member is on the roster and not in the file."},
    ]
    only = (await http.ask(lead, LOOK, id=plan["id"], filter={"action": ["SUSPEND"]}))["lmsPlan"]["rows"]
    assert (only["totalCount"], only["nodes"][0]["memberNumber"]) == (1, "M-2")


async def test_a_refused_file_names_its_faults(http: Desk, desk: PlanDesk) -> None:
    lead = desk.guild.lead
    plan = (await http.ask(lead, PREVIEW, **asked(desk, csv(user("M-1", email="nowhere")))))["previewRosterImport"]
    plan_id = plan["plan"]["id"]
    await desk.preview(decode("pln", plan_id, parts=2)[1])
    seen = (await http.ask(lead, LOOK, id=plan_id))["lmsPlan"]
    assert (seen["status"], seen["refusalCode"], seen["faultCount"]) == ("REFUSED", "FILE_AT_FAULT", 1)
    assert seen["faults"]["nodes"] == [
        {
            "row": 2,
            "field": "email",
            "code": "MALFORMED",
            "message": "an e-mail address looks like name@organization.example",
        }
    ]


async def test_who_may_ask(http: Desk, desk: PlanDesk) -> None:
    guild, variables = desk.guild, asked(desk, csv(user("M-1")))
    for by, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.worker, "FORBIDDEN"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.lead, "DONE"),
    ):
        assert await codes(http, by, PREVIEW, variables) == [code]
    assert await guild.rows.fetchval("select count(*) from lms_plan where contract_id = $1", guild.contract_id) == 1
    wrong = asked(desk, csv(user("M-1")), lineKey="none", reason=" ")
    assert await codes(http, guild.lead, PREVIEW, wrong) == ["TEXT_BLANK", "LINE_NOT_FOUND"]


async def test_an_upload_is_taken_from_who_sent_it_alone(http: Desk, desk: PlanDesk) -> None:
    guild = desk.guild
    sent = await http.upload(guild.lead, csv(user("M-1")), name="june.csv", media_type="text/csv")
    mine = asked(desk, b"-", file={"evidenceId": sent.json()["id"]})
    answer = await http.ask(guild.lead, PREVIEW, **mine)
    assert answer["previewRosterImport"]["plan"]["sourceName"] == "june.csv"
    sent = await http.upload(guild.worker, csv(user("M-1")), name="july.csv", media_type="text/csv")
    anothers = asked(desk, b"-", file={"evidenceId": sent.json()["id"]})
    assert await codes(http, guild.lead, PREVIEW, anothers) == ["NOT_FOUND"]


async def test_a_roster_is_shown_to_those_who_may_see_learners(http: Desk, desk: PlanDesk) -> None:
    guild = desk.guild
    sent = (await http.upload(guild.lead, csv(user("M-1")), name="june.csv", media_type="text/csv")).json()
    await http.ask(guild.lead, PREVIEW, **asked(desk, b"-", file={"evidenceId": sent["id"]}))
    readers = (guild.lead, guild.acceptor, guild.vendor_owner, guild.worker, guild.stranger)
    shown = [(await http.download(reader, sent["downloadPath"])).status_code for reader in readers]
    assert shown == [200, 200, 200, 404, 404]


async def test_the_same_request_twice_at_once_is_one_plan(http: Desk, desk: PlanDesk) -> None:
    headers = await http.headers(desk.guild.lead) | {"idempotency-key": str(new_id())}
    body = {"query": PREVIEW, "variables": asked(desk, csv(user("M-1")))}
    sent = [http.client.post("/graphql", json=body, headers=headers) for _ in range(2)]
    assert {answer.status_code for answer in await asyncio.gather(*sent)} <= {200, 409}
    plans = "select count(*) from lms_plan where contract_id = $1"
    assert await desk.guild.rows.fetchval(plans, desk.guild.contract_id) == 1


async def test_other_operations_are_asked_for_by_list(http: Desk, desk: PlanDesk) -> None:
    site = encode("sit", desk.guild.contract_id, desk.site_id)
    given: dict[str, dict[str, object]] = {
        "previewEnrolments": {
            "operation": "ENROL",
            "enrolments": [{"memberNumber": "M-1", "courseKey": "ETH-1", "endsOn": "2026-06-30"}],
        },
        "previewSuspension": {"operation": "SUSPEND", "memberNumbers": ["M-1"]},
        "previewAccessReset": {"memberNumbers": ["M-1"]},
        "previewCourses": {"courses": [{"courseKey": "ETH-2", "title": "Ethics", "templateKey": "TPL"}]},
    }
    operations = []
    for name, own in given.items():
        type_ = f"{name[0].upper()}{name[1:]}Input"
        wanted = "plan { id operation } userErrors { code }"
        text = f"mutation($input: {type_}!) {{ {name}(input: $input) {{ {wanted} }} }}"
        answer = await http.ask(desk.guild.lead, text, input={"siteId": site, "lineKey": "tickets"} | own)
        operations.append(answer[name]["plan"]["operation"])
        plan_id: UUID = decode("pln", answer[name]["plan"]["id"], parts=2)[1]
        assert (await desk.preview(plan_id))["status"] == "READY"
    assert operations == ["ENROL", "SUSPEND", "RESET_ACCESS", "CREATE_COURSE"]


async def test_a_job_is_undone_or_its_mistake_mended_once_it_has_ended(http: Desk, desk: PlanDesk) -> None:
    lead, contract_id = desk.guild.lead, desk.guild.contract_id
    job_id = await executed(desk, await desk.ask_import(csv(user("M-1"))))
    job = encode("job", contract_id, job_id)
    undo = """mutation($input: PreviewUndoInput!) { previewUndo(input: $input) {
        plan { operation undoes { id } line { key } rows(first: 5) { nodes { memberNumber } } }
        userErrors { code } } }"""
    answer = (await http.ask(lead, undo, input={"jobId": job}))["previewUndo"]
    assert answer == {
        "plan": {
            "operation": "UNDO",
            "undoes": {"id": job},
            "line": {"key": "tickets"},
            "rows": {"nodes": [{"memberNumber": "M-1"}]},
        },
        "userErrors": [],
    }
    assert await codes(http, lead, PREVIEW, asked(desk, csv(user("M-1")), mendsJobId=job)) == ["DONE"]
    missing = encode("job", contract_id, new_id())
    assert await codes(http, lead, PREVIEW, asked(desk, csv(user("M-1")), mendsJobId=missing)) == ["NOT_FOUND"]
    assert await codes(http, lead, undo, {"input": {"jobId": missing}}) == ["NOT_FOUND"]
    assert await codes(http, ANONYMOUS, undo, {"input": {"jobId": job}}) == ["UNAUTHENTICATED"]


async def test_a_list_is_taken_with_care(http: Desk, desk: PlanDesk) -> None:
    site = encode("sit", desk.guild.contract_id, desk.site_id)
    text = (
        "mutation($input: PreviewSuspensionInput!) { previewSuspension(input: $input) { userErrors { code field } } }"
    )

    async def refused(*numbers: str) -> list[tuple[str, str]]:
        given = {"siteId": site, "lineKey": "tickets", "operation": "SUSPEND", "memberNumbers": numbers}
        errors = (await http.ask(desk.guild.lead, text, input=given))["previewSuspension"]["userErrors"]
        return [(error["code"], error["field"]) for error in errors]

    assert await refused() == [("INVALID_INPUT", "memberNumbers")]
    assert await refused(*map(str, range(1001))) == [("LIST_TOO_LONG", "memberNumbers")]
    assert await refused("M-1", "m-1") == [("NAMED_TWICE", "memberNumbers.1")]
    assert await refused(" M-1", "M\u200b") == [
        ("INVALID_INPUT", "memberNumbers.0"),
        ("INVALID_INPUT", "memberNumbers.1"),
    ]
