"""Delivery as clients ask for it: from a record to its acceptance, and who reads what on the way."""

from __future__ import annotations

from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import encode, new_id
from tests.delivery.desk import Desk

RECORD = """mutation($input: RecordWorkInput!) { recordWork(input: $input) {
  workRecords { id status quantity inScope outOfScopeReason performedFrom performedTo performedBy description
    acceptedQuantity standardCost { amount currencyCode } disclosure line { key title } evidence { name byteSize }
    decision { id } submission { id } recordedBy { name organizationName } voidedAt voidReason }
  userErrors { field code } } }"""
SUBMIT = """mutation($input: SubmitWorkInput!) { submitWork(input: $input) {
  submission { id status submittedBy { name } deemedAcceptanceDueOn workRecords { id status } }
  userErrors { field code } } }"""
REVIEW = """mutation($input: ReviewSubmissionInput!) { reviewSubmission(input: $input) {
  submission { status deemed workRecords { id status acceptedQuantity standardCost { amount } disclosure
    decision { id reasonCode disposition reason deemed billed acceptedQuantity shortfallQuantity
      decidedBy { name organizationName } } } }
  userErrors { field code } } }"""
WITHDRAW = """mutation($input: WithdrawSubmissionInput!) { withdrawSubmission(input: $input) {
  submission { status workRecords { status submission { id } } } userErrors { field code } } }"""
VOID = """mutation($input: VoidWorkRecordInput!) { voidWorkRecord(input: $input) {
  workRecord { status voidReason } userErrors { field code } } }"""
REVERSE = """mutation($input: ReverseAcceptanceInput!) { reverseAcceptance(input: $input) {
  workRecord { status acceptedQuantity decision { id } } userErrors { field code } } }"""
CONTRACT = """query($id: ID!, $filter: WorkRecordFilter, $order: WorkRecordOrder) { contract(id: $id) {
  workRecords(filter: $filter, orderBy: $order, first: 10) { totalCount nodes { description } }
  submissions(filter: {status: [SUBMITTED]}) { totalCount nodes { id } } } }"""
INBOX = """query($filter: SubmissionFilter) { submissions(filter: $filter, orderBy: DUE) {
  totalCount nodes { id contract { id } workRecords { line { key } } } } }"""
ONE = """query($record: ID!, $submission: ID!) {
  workRecord(id: $record) { id } submission(id: $submission) { id } node(id: $record) { id } }"""


def record(line: str, quantity: str, description: str = "Work", **others: object) -> dict[str, object]:
    return {
        "lineKey": line,
        "quantity": quantity,
        "performedFrom": "2026-02-03",
        "performedTo": "2026-02-28",
        "performedBy": "LLS-0142",
        "description": description,
        **others,
    }


async def recorded(desk: Desk, *records: dict[str, object]) -> list[dict[str, Any]]:
    asked = {"contractId": desk.contract, "records": records}
    answer = (await desk.ask(desk.guild.lead, RECORD, input=asked))["recordWork"]
    assert answer["userErrors"] == []
    return answer["workRecords"]  # type: ignore[no-any-return]


async def submitted(desk: Desk, *ids: str) -> str:
    asked = {"contractId": desk.contract, "workRecordIds": ids}
    answer = (await desk.ask(desk.guild.lead, SUBMIT, input=asked))["submitWork"]
    assert answer["userErrors"] == []
    return answer["submission"]["id"]  # type: ignore[no-any-return]


async def test_a_record_says_all_there_is_to_it(desk: Desk) -> None:
    inside, outside = await recorded(desk, record("tickets", "120"), record("tickets", "6000"))
    assert inside == {
        "id": inside["id"],
        "status": "RECORDED",
        "quantity": "120",
        "inScope": True,
        "outOfScopeReason": None,
        "performedFrom": "2026-02-03",
        "performedTo": "2026-02-28",
        "performedBy": "LLS-0142",
        "description": "Work",
        "acceptedQuantity": None,
        "standardCost": {"amount": "492.00", "currencyCode": "USD"},
        "disclosure": "FULL",
        "line": {"key": "tickets", "title": "Tickets"},
        "evidence": [],
        "decision": None,
        "submission": None,
        "recordedBy": {"name": "Lee", "organizationName": "VENDOR Inc"},
        "voidedAt": None,
        "voidReason": None,
    }
    assert (outside["inScope"], outside["outOfScopeReason"][:33]) == (False, "6000 more makes 6120 of 6000 cont")


async def test_from_submission_to_decision_and_back(desk: Desk) -> None:
    guild = desk.guild
    admin, tickets = await recorded(desk, record("admin", "10"), record("tickets", "120"))
    submission = await submitted(desk, tickets["id"], admin["id"])
    inbox = await desk.ask(guild.acceptor, INBOX, filter={"status": ["SUBMITTED"], "contract": desk.contract})
    lines = [{"line": {"key": "tickets"}}, {"line": {"key": "admin"}}]
    waiting = {"id": submission, "contract": {"id": desk.contract}, "workRecords": lines}
    assert inbox == {"submissions": {"totalCount": 1, "nodes": [waiting]}}
    short = {"reasonCode": "DUPLICATE", "disposition": "REJECTED", "reason": "Reopened"}
    decisions = [
        {"workRecordId": admin["id"], "acceptedQuantity": "10"},
        {"workRecordId": tickets["id"], "acceptedQuantity": "100", **short},
    ]
    asked = {"submissionId": submission, "decisions": decisions}
    review = (await desk.ask(guild.acceptor, REVIEW, input=asked))["reviewSubmission"]
    assert review["userErrors"] == []
    assert (review["submission"]["status"], review["submission"]["deemed"]) == ("REVIEWED", False)
    first, second = review["submission"]["workRecords"]
    assert first == {
        "id": tickets["id"],
        "status": "PARTIALLY_ACCEPTED",
        "acceptedQuantity": "100",
        "standardCost": None,
        "disclosure": "WITHHELD_FROM_ROLE",
        "decision": {
            "id": first["decision"]["id"],
            **short,
            "deemed": False,
            "billed": False,
            "acceptedQuantity": "100",
            "shortfallQuantity": "20",
            "decidedBy": {"name": "Ada", "organizationName": "ASSOCIATION Inc"},
        },
    }
    assert (second["status"], second["decision"]["reasonCode"]) == ("ACCEPTED", None)
    again = (await desk.ask(guild.acceptor, REVIEW, input=asked))["reviewSubmission"]
    assert again == {"submission": None, "userErrors": [{"field": "submissionId", "code": "ALREADY_REVIEWED"}]}
    for named in ({"workRecordId": admin["id"]}, {"decisionId": first["decision"]["id"]}):
        back = (await desk.ask(guild.acceptor, REVERSE, input={**named, "reason": "By mistake"}))["reverseAcceptance"]
        assert back == {
            "workRecord": {"status": "RETURNED", "acceptedQuantity": None, "decision": None},
            "userErrors": [],
        }
    assert (await guild.line("admin"), await guild.line("tickets")) == ((10, 0, 0), (120, 0, 0))


async def test_withdrawing_and_voiding(desk: Desk) -> None:
    guild = desk.guild
    (tickets,) = await recorded(desk, record("tickets", "120"))
    submission = await submitted(desk, tickets["id"])
    back = (await desk.ask(guild.lead, WITHDRAW, input={"submissionId": submission}))["withdrawSubmission"]
    assert back == {
        "submission": {"status": "WITHDRAWN", "workRecords": [{"status": "RECORDED", "submission": None}]},
        "userErrors": [],
    }
    void = {"workRecordId": tickets["id"], "reason": "Counted twice"}
    assert (await desk.ask(guild.lead, VOID, input=void))["voidWorkRecord"] == {
        "workRecord": {"status": "VOIDED", "voidReason": "Counted twice"},
        "userErrors": [],
    }
    wrong = {"workRecordId": submission, "reason": "Counted twice"}
    assert (await desk.ask(guild.lead, VOID, input=wrong))["voidWorkRecord"] == {
        "workRecord": None,
        "userErrors": [{"field": "workRecordId", "code": "INVALID_ID"}],
    }


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ({}, ["third", "second", "first"]),
        ({"lineKey": ["tickets"]}, ["third", "second"]),
        ({"inScope": False}, ["third"]),
        ({"status": ["SUBMITTED"]}, ["first"]),
        ({"status": ["SUBMITTED", "RECORDED"], "lineKey": ["tickets", "admin"]}, ["third", "second", "first"]),
        ({"performedFrom": "2026-03-02"}, ["second"]),
        ({"performedUntil": "2026-02-02"}, ["first"]),
    ],
)
async def test_a_contracts_work_can_be_found(desk: Desk, filter_: dict[str, object], found: list[str]) -> None:
    first = await recorded(desk, record("admin", "1", "first", performedFrom="2026-02-01"))
    await recorded(desk, record("tickets", "1", "second", performedTo="2026-03-02"))
    await recorded(desk, record("tickets", "6000", "third"))
    submission = await submitted(desk, first[0]["id"])
    answer = await desk.ask(desk.guild.acceptor, CONTRACT, id=desk.contract, filter=filter_)
    page = answer["contract"]["workRecords"]
    assert ([node["description"] for node in page["nodes"]], page["totalCount"]) == (found, len(found))
    assert answer["contract"]["submissions"] == {"totalCount": 1, "nodes": [{"id": submission}]}


async def test_a_stranger_and_nobody_find_nothing(desk: Desk) -> None:
    (tickets,) = await recorded(desk, record("tickets", "1"))
    submission = await submitted(desk, tickets["id"])
    named = {"record": tickets["id"], "submission": submission}
    for reader in (desk.guild.stranger, ANONYMOUS):
        assert await desk.ask(reader, ONE, **named) == {"workRecord": None, "submission": None, "node": None}
        assert await desk.ask(reader, INBOX) == {"submissions": {"totalCount": 0, "nodes": []}}
    for reader in (desk.guild.worker, desk.guild.vendor_owner, desk.guild.acceptor):
        mine = await desk.ask(reader, ONE, **named)
        assert mine == {
            "workRecord": {"id": tickets["id"]},
            "submission": {"id": submission},
            "node": mine["workRecord"],
        }
    missing = {"record": encode("wrk", desk.guild.contract_id, new_id()), "submission": submission}
    assert (await desk.ask(desk.guild.lead, ONE, **missing))["workRecord"] is None


async def test_the_same_key_records_once(desk: Desk) -> None:
    asked = {"query": RECORD, "variables": {"input": {"contractId": desk.contract, "records": [record("admin", "1")]}}}
    headers = await desk.headers(desk.guild.lead) | {"idempotency-key": "payroll-2026-02"}
    answers = [(await desk.client.post("/graphql", json=asked, headers=headers)).json() for _ in range(2)]
    # what is left of a budget differs from one answer to the next
    assert answers[0]["data"] == answers[1]["data"]
    assert answers[0]["data"]["recordWork"]["userErrors"] == []
    assert await desk.guild.line("admin") == (1, 0, 0)
