"""Drift as clients ask for it: compared in the background, found by kind, age and owner, given away and accepted."""

from __future__ import annotations

from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import decode, encode
from tests.delivery.desk import Desk
from tests.lms_admin.drift.conftest import Campus, enrolment, user
from tests.lms_admin.places import grant_administration

READ = """mutation($input: ReadDriftInput!) { readDrift(input: $input) {
  reading { id status requestedBy { name } } userErrors { field code } } }"""
READING = """query($id: ID!) { lmsSite(id: $id) { driftReadings(first: 3) { nodes {
  status desiredUserCount actualUserCount openedCount openCount goneCount failureCode } } } }"""
FINDINGS = """query($id: ID!, $filter: LmsDriftFindingFilter, $order: LmsDriftFindingOrder) { lmsSite(id: $id) {
  driftFindings(filter: $filter, orderBy: $order, first: 10) { totalCount nodes {
    id kind memberNumber courseKey desired actual message ageDays resolution owner { name } } } } }"""
ASSIGN = """mutation($input: AssignDriftFindingInput!) { assignDriftFinding(input: $input) {
  finding { owner { name email organizationName } } userErrors { field code } } }"""
RESOLVE = """mutation($input: ResolveDriftFindingInput!) { resolveDriftFinding(input: $input) {
  finding { resolution resolutionReason resolvedBy { name } } userErrors { field code } } }"""


def site(campus: Campus) -> str:
    return encode("sit", campus.guild.contract_id, campus.site)


async def differ(campus: Campus, desk: Desk) -> list[dict[str, Any]]:
    """A missing account, an extra, and a course that cannot be read, the last of them first found a day later."""
    await campus.desire("1", "2", courses=("ethics", "law"))
    campus.lms.users = [user("2")]
    campus.lms.enrolments = [enrolment("2"), enrolment("2", "law"), enrolment("9")]
    await campus.compare()
    await campus.guild.rows.execute(
        "update lms_drift_finding set opened_at = opened_at - interval '49 hours' where site_id = $1", campus.site
    )
    campus.lms.unreadable = {"law"}
    await campus.compare()
    answer = await desk.ask(campus.guild.lead, FINDINGS, id=site(campus))
    return list(answer["lmsSite"]["driftFindings"]["nodes"])


async def test_from_asking_to_a_finding(campus: Campus, desk: Desk) -> None:
    asked = {"siteId": site(campus)}
    refused = (await desk.ask(campus.guild.lead, READ, input=asked))["readDrift"]
    assert refused == {"reading": None, "userErrors": [{"field": "siteId", "code": "NO_ROSTER"}]}
    await campus.desire("1")
    begun = (await desk.ask(campus.guild.lead, READ, input=asked))["readDrift"]
    assert begun["userErrors"] == []
    assert (begun["reading"]["status"], begun["reading"]["requestedBy"]) == ("READING", {"name": "Lee"})
    await campus.run(decode("drr", begun["reading"]["id"], parts=2)[1])
    answer = await desk.ask(campus.guild.acceptor, READING, id=site(campus))
    assert answer["lmsSite"]["driftReadings"]["nodes"] == [
        {
            "status": "DONE",
            "desiredUserCount": 1,
            "actualUserCount": 0,
            "openedCount": 1,
            "openCount": 1,
            "goneCount": 0,
            "failureCode": None,
        }
    ]
    (finding,) = (await desk.ask(campus.guild.acceptor, FINDINGS, id=site(campus)))["lmsSite"]["driftFindings"]["nodes"]
    assert finding == {
        "id": finding["id"],
        "kind": "MISSING_USER",
        "memberNumber": "1",
        "courseKey": None,
        "desired": {"username": "u1", "email": "1@x.example", "givenName": "Ann", "familyName": "Lee"},
        "actual": None,
        "message": None,
        "ageDays": 0,
        "resolution": None,
        "owner": None,
    }


async def test_findings_have_an_age_an_owner_and_an_end(campus: Campus, desk: Desk) -> None:
    found = await differ(campus, desk)
    assert [(each["kind"], each["ageDays"], each["message"]) for each in found[2:]] == [
        ("UNREADABLE", 0, "it does not answer")
    ]
    assert {(each["kind"], each["ageDays"]) for each in found[:2]} == {("MISSING_USER", 2), ("EXTRA_ENROLMENT", 2)}
    extra = next(each["id"] for each in found if each["kind"] == "EXTRA_ENROLMENT")
    await grant_administration(campus.guild)
    given = {"findingId": extra, "assignee": {"email": "lina@somewhere.example"}}
    assert (await desk.ask(campus.guild.lead, ASSIGN, input=given))["assignDriftFinding"] == {
        "finding": {"owner": {"name": "Lina", "email": "lina@somewhere.example", "organizationName": "VENDOR Inc"}},
        "userErrors": [],
    }
    resolved = {"findingId": extra, "reason": "The examiner"}
    for actor, code in ((campus.guild.acceptor, "FORBIDDEN"), (campus.guild.stranger, "NOT_FOUND")):
        answer = (await desk.ask(actor, RESOLVE, input=resolved))["resolveDriftFinding"]
        assert (answer["finding"], [error["code"] for error in answer["userErrors"]]) == (None, [code])
    assert (await desk.ask(campus.guild.lead, RESOLVE, input=resolved))["resolveDriftFinding"] == {
        "finding": {"resolution": "ACCEPTED", "resolutionReason": "The examiner", "resolvedBy": {"name": "Lee"}},
        "userErrors": [],
    }
    again = (await desk.ask(campus.guild.lead, RESOLVE, input=resolved))["resolveDriftFinding"]
    assert again == {"finding": None, "userErrors": [{"field": "findingId", "code": "FINDING_CLOSED"}]}


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ({"kind": ["MISSING_USER"]}, {"MISSING_USER"}),
        ({"kind": ["MISSING_USER", "UNREADABLE"]}, {"MISSING_USER", "UNREADABLE"}),
        ({"open": False}, {"EXTRA_ENROLMENT"}),
        ({"open": True, "owned": False}, {"MISSING_USER", "UNREADABLE"}),
        ({"owned": True}, {"EXTRA_ENROLMENT"}),
        ({"owner": "lina"}, {"EXTRA_ENROLMENT"}),
        ({"memberNumber": "1"}, {"MISSING_USER"}),
        ({"courseKey": "law"}, {"UNREADABLE"}),
    ],
)
async def test_findings_can_be_found(campus: Campus, desk: Desk, filter_: dict[str, Any], found: set[str]) -> None:
    extra = next(each["id"] for each in await differ(campus, desk) if each["kind"] == "EXTRA_ENROLMENT")
    lina = await grant_administration(campus.guild)
    given = {"findingId": extra, "assignee": {"email": lina.email}}
    await desk.ask(campus.guild.lead, ASSIGN, input=given)
    await desk.ask(lina, RESOLVE, input={"findingId": extra, "reason": "The examiner"})
    filter_ = filter_ | ({"owner": encode("mem", lina.member_id)} if "owner" in filter_ else {})
    answer = await desk.ask(campus.guild.lead, FINDINGS, id=site(campus), filter=filter_, order="NEWEST")
    page = answer["lmsSite"]["driftFindings"]
    assert ({each["kind"] for each in page["nodes"]}, page["totalCount"]) == (found, len(found))


async def test_those_who_may_not_see_learners_see_no_findings(campus: Campus, desk: Desk) -> None:
    await differ(campus, desk)
    nothing = {"lmsSite": {"driftFindings": {"totalCount": 0, "nodes": []}}}
    assert await desk.ask(campus.guild.worker, FINDINGS, id=site(campus)) == nothing
    for actor in (campus.guild.stranger, ANONYMOUS):
        assert await desk.ask(actor, FINDINGS, id=site(campus)) == {"lmsSite": None}
