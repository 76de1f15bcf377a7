"""Continuing education as clients ask for it: approved, awarded, taken back, awarded anew, added up, forgotten."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import encode
from tests.delivery.desk import Desk
from tests.lms_admin.credits.faculty import COMPLETED, Faculty

APPROVE = """mutation($input: ApproveCreditActivityInput!) { approveCreditActivity(input: $input) {
  creditActivity { id title accreditor providerNumber approvalNumber site { name } courseKey creditTypeCode
    creditTypeName unit quantity approvedFrom approvedTo jurisdictions approvedBy { name organizationName }
    withdrawnFrom rules(first: 1) { totalCount } }
  userErrors { field code } } }"""
WITHDRAW = """mutation($input: WithdrawCreditActivityInput!) { withdrawCreditActivity(input: $input) {
  creditActivity { withdrawnFrom withdrawReason } userErrors { field code } } }"""
RULE = """mutation($input: ApproveCreditRuleInput!) { approveCreditRule(input: $input) {
  creditRule { id activity { title } needsCompletion minimumScorePercent needsAttestation periodsBeginOn periodMonths
    retentionYears withdrawnAt }
  userErrors { field code } } }"""
WITHDRAW_RULE = """mutation($input: WithdrawCreditRuleInput!) { withdrawCreditRule(input: $input) {
  creditRule { withdrawReason } userErrors { field code } } }"""
AWARD = """mutation($input: AwardCreditsInput!) { awardCredits(input: $input) {
  creditEntries { id sequence kind unit quantity creditTypeCode earnedOn periodStartsOn periodEndsOn onBehalfOf
    recordedBy { name } previousHash evidence { name } activity { title } rule { retentionYears }
    certificate { id status number memberNumber learnerName licenceNumber licenceJurisdiction scorePercent attestation
      keepUntil pdfPath verificationPath } }
  userErrors { field code } } }"""
REVOKE = """mutation($input: RevokeCreditInput!) { revokeCredit(input: $input) {
  creditEntry { kind quantity certificate { status revokeReason } } userErrors { field code } } }"""
REISSUE = """mutation($input: ReissueCreditInput!) { reissueCredit(input: $input) {
  creditEntry { kind replaces { status replacedBy { learnerName } }
    certificate { id status learnerName reissueReason } }
  userErrors { field code } } }"""
ERASE = """mutation($input: EraseLearnerInput!) { eraseLearner(input: $input) {
  certificates { status number memberNumber learnerName pdfPath verificationPath activity { title } entry { kind } }
  userErrors { field code } } }"""
TRANSCRIPT = """query($id: ID!, $filter: CreditEntryFilter, $order: CreditEntryOrder) { contract(id: $id) {
  creditEntries(first: 10, filter: $filter, orderBy: $order) {
    totalCount nodes { sequence kind certificate { learnerName } } } } }"""
BALANCES = """query($id: ID!, $member: String!, $period: PeriodInput) {
  creditBalances(contractId: $id, memberNumber: $member, period: $period) {
    creditTypeCode creditTypeName unit quantity ceus periodStartsOn periodEndsOn } }"""
ACTIVITIES = """query($id: ID!, $filter: CreditActivityFilter, $order: CreditActivityOrder) { contract(id: $id) {
  creditActivities(first: 10, filter: $filter, orderBy: $order) { nodes { title } } } }"""
ONE = """query($certificate: ID!) { certificate(id: $certificate) { learnerName } node(id: $certificate) { id } }"""


def activity(desk: Desk, **others: object) -> dict[str, object]:
    return {
        "contractId": desk.contract,
        "title": "Ethics in Credentialing",
        "accreditor": "IACET",
        "providerNumber": "105873",
        "approvalNumber": "ETH-2026-014",
        "creditTypeCode": "CE",
        "creditTypeName": "Continuing Education",
        "unit": "CEU",
        "quantity": "0.15",
        "approvedFrom": "2026-01-01",
        "approvedTo": "2026-12-31",
        **others,
    }


async def ask(desk: Desk, actor: Actor, request: str, **given: object) -> Any:  # noqa: ANN401  (any JSON)
    """The payload of a mutation."""
    (payload,) = (await desk.ask(actor, request, input=given)).values()
    return payload


async def done(desk: Desk, actor: Actor, request: str, **given: object) -> Any:  # noqa: ANN401
    """What a mutation that must not be refused answers with."""
    payload = await ask(desk, actor, request, **given)
    assert payload.pop("userErrors") == []
    (answer,) = payload.values()
    return answer


async def ruled(desk: Desk, faculty: Faculty, **others: object) -> str:
    approved = await done(desk, faculty.owner, APPROVE, **activity(desk, **others))
    rule = {
        "creditActivityId": approved["id"],
        "needsCompletion": False,
        "needsAttestation": True,
        "periodsBeginOn": "2025-07-01",
        "periodMonths": 24,
        "retentionYears": 7,
    }
    return (await done(desk, faculty.owner, RULE, **rule))["id"]  # type: ignore[no-any-return]


def award(faculty: Faculty, **others: object) -> dict[str, object]:
    return {
        "memberNumber": "104233",
        "learnerName": "Ana Soto",
        "earnedOn": "2026-03-03",
        "attestation": "Present throughout; R. Vale",
        "evidenceId": encode("evd", faculty.guild.contract_id, faculty.evidence),
        **others,
    }


async def test_from_an_approval_to_a_certificate(desk: Desk, faculty: Faculty) -> None:
    approved = await done(
        desk,
        faculty.owner,
        APPROVE,
        **activity(
            desk, siteId=encode("sit", faculty.guild.contract_id, faculty.site), courseKey="ethics",
            jurisdictions=["US-CA"],
        ),
    )  # fmt: skip
    assert approved == {
        "id": approved["id"],
        "title": "Ethics in Credentialing",
        "accreditor": "IACET",
        "providerNumber": "105873",
        "approvalNumber": "ETH-2026-014",
        "site": {"name": "Academy"},
        "courseKey": "ethics",
        "creditTypeCode": "CE",
        "creditTypeName": "Continuing Education",
        "unit": "CEU",
        "quantity": "0.15",
        "approvedFrom": "2026-01-01",
        "approvedTo": "2026-12-31",
        "jurisdictions": ["US-CA"],
        "approvedBy": {"name": "Odile", "organizationName": "ASSOCIATION Inc"},
        "withdrawnFrom": None,
        "rules": {"totalCount": 0},
    }
    rule = {
        "creditActivityId": approved["id"],
        "needsCompletion": True,
        "minimumScorePercent": "80",
        "needsAttestation": False,
        "periodsBeginOn": "2025-07-01",
        "periodMonths": 24,
        "retentionYears": 7,
    }
    kept = await done(desk, faculty.owner, RULE, **rule)
    assert kept == {
        "id": kept["id"],
        "activity": {"title": "Ethics in Credentialing"},
        "needsCompletion": True,
        "minimumScorePercent": "80.00",
        "needsAttestation": False,
        "periodsBeginOn": "2025-07-01",
        "periodMonths": 24,
        "retentionYears": 7,
        "withdrawnAt": None,
    }
    await faculty.completion(score_percent=91)
    learner = {
        "memberNumber": "104233",
        "learnerName": "Ana Soto",
        "licenceNumber": "RN-883112",
        "licenceJurisdiction": "US-CA",
    }
    (entry,) = await done(desk, faculty.administrator, AWARD, creditRuleId=kept["id"], awards=[learner])
    number = entry["certificate"]["number"]
    assert entry == {
        "id": entry["id"],
        "sequence": 1,
        "kind": "AWARDED",
        "unit": "CEU",
        "quantity": "0.15",
        "creditTypeCode": "CE",
        "earnedOn": "2026-03-03",
        "periodStartsOn": "2025-07-01",
        "periodEndsOn": "2027-06-30",
        "onBehalfOf": "ASSOCIATION Inc",
        "recordedBy": {"name": "Lina"},
        "previousHash": "0" * 64,
        "evidence": None,
        "activity": {"title": "Ethics in Credentialing"},
        "rule": {"retentionYears": 7},
        "certificate": {
            "id": entry["certificate"]["id"],
            "status": "VALID",
            "number": number,
            **learner,
            "scorePercent": "91.00",
            "attestation": None,
            "keepUntil": "2033-03-03",
            "pdfPath": f"/certificates/{number}.pdf",
            "verificationPath": f"/verify/{number}",
        },
    }
    assert (len(number), number.count("-")) == (34, 6)


async def test_revoked_reissued_and_added_up(desk: Desk, faculty: Faculty) -> None:
    rule = await ruled(desk, faculty)
    hours = await ruled(desk, faculty, approvalNumber="ETH-2", unit="CONTACT_HOUR", quantity="2")
    credits_ = await ruled(desk, faculty, approvalNumber="ETH-3", unit="CREDIT", quantity="3")
    awards = [award(faculty)]
    for each in (rule, hours):
        await done(desk, faculty.administrator, AWARD, creditRuleId=each, awards=awards)
    entries = await done(desk, faculty.administrator, AWARD, creditRuleId=credits_, awards=awards)
    of_credits = entries[0]["certificate"]["id"]
    revoked = await done(desk, faculty.owner, REVOKE, certificateId=of_credits, reason="Was not there")
    certificate = {"status": "REVOKED", "revokeReason": "Was not there"}
    assert revoked == {"kind": "REVOKED", "quantity": "3", "certificate": certificate}

    async def balances(actor: Actor, **others: object) -> list[tuple[str, ...]]:
        answer = await desk.ask(actor, BALANCES, id=desk.contract, member="104233", **others)
        return [(each["unit"], each["quantity"], each["ceus"]) for each in answer["creditBalances"]]

    assert await balances(faculty.owner) == [("CONTACT_HOUR", "3.5", "0.35"), ("CREDIT", "0", None)]
    again = await done(
        desk, faculty.administrator, REISSUE, certificateId=of_credits, reason="Was there", learnerName="Anna Soto"
    )
    assert again == {
        "kind": "REISSUED",
        "replaces": {"status": "REPLACED", "replacedBy": {"learnerName": "Anna Soto"}},
        "certificate": {
            "id": again["certificate"]["id"],
            "status": "VALID",
            "learnerName": "Anna Soto",
            "reissueReason": "Was there",
        },
    }
    whole = [("CONTACT_HOUR", "3.5", "0.35"), ("CREDIT", "3", None)]
    for actor in (faculty.owner, faculty.administrator, faculty.guild.vendor_owner, faculty.guild.acceptor):
        assert await balances(actor) == whole
    for actor in (faculty.guild.worker, faculty.guild.stranger, ANONYMOUS):
        assert await balances(actor) == []
    inside = {"startsOn": "2027-06-30", "endsOn": "2027-12-31"}
    assert await balances(faculty.owner, period=inside) == whole
    assert await balances(faculty.owner, period={"startsOn": "2027-07-01", "endsOn": "2027-12-31"}) == []


async def test_a_transcript_is_what_the_ledger_says_of_one_learner(desk: Desk, faculty: Faculty) -> None:
    rule = await ruled(desk, faculty)
    both = [award(faculty), award(faculty, memberNumber="7", learnerName="Bo Lind", earnedOn="2026-05-05")]
    _, other = await done(desk, faculty.administrator, AWARD, creditRuleId=rule, awards=both)
    await done(desk, faculty.owner, REVOKE, certificateId=other["certificate"]["id"], reason="Was not there")

    async def transcript(actor: Actor, order: str = "NEWEST", **wanted: object) -> list[tuple[int, str, object]]:
        answer = await desk.ask(actor, TRANSCRIPT, id=desk.contract, filter=wanted, order=order)
        page = answer["contract"]["creditEntries"]
        assert page["totalCount"] == len(page["nodes"])
        return [(node["sequence"], node["kind"], node["certificate"]) for node in page["nodes"]]

    bo, ana = {"learnerName": "Bo Lind"}, {"learnerName": "Ana Soto"}
    assert await transcript(faculty.owner, memberNumber="7") == [(3, "REVOKED", bo), (2, "AWARDED", bo)]
    assert await transcript(faculty.owner, "OLDEST") == [(1, "AWARDED", ana), (2, "AWARDED", bo), (3, "REVOKED", bo)]
    assert [at for at, _, _ in await transcript(faculty.owner, kind=["AWARDED", "REISSUED"])] == [2, 1]
    assert [at for at, _, _ in await transcript(faculty.owner, earnedFrom="2026-05-05", creditTypeCode="CE")] == [3, 2]
    assert [at for at, _, _ in await transcript(faculty.owner, earnedUntil="2026-05-04")] == [1]
    approved = await faculty.activity()
    of_another = encode("cra", faculty.guild.contract_id, approved)
    assert await transcript(faculty.owner, activity=of_another) == []
    # who sees the contract and no learners sees a ledger that names nobody, and finds nobody in it
    assert await transcript(faculty.guild.worker) == [(3, "REVOKED", None), (2, "AWARDED", None), (1, "AWARDED", None)]
    assert await transcript(faculty.guild.worker, memberNumber="7") == []


async def test_activities_are_found_by_day_type_and_course(desk: Desk, faculty: Faculty) -> None:
    await faculty.course(title="First", approved_to=date(2026, 6, 30))
    second = await faculty.activity(title="Second", credit_type_code="CPE")
    await faculty.withdraw_activity(second)

    async def titles(order: str = "NEWEST", **wanted: object) -> list[str]:
        answer = await desk.ask(faculty.owner, ACTIVITIES, id=desk.contract, filter=wanted, order=order)
        return [node["title"] for node in answer["contract"]["creditActivities"]["nodes"]]

    assert await titles() == ["Second", "First"]
    assert await titles("ENDS_FIRST") == ["First", "Second"]
    assert await titles(approvedOn="2026-06-14") == ["Second", "First"]
    assert await titles(approvedOn="2026-06-15") == ["First"]
    assert await titles(creditTypeCode="CPE") == ["Second"]
    assert await titles(courseKey="ethics") == ["First"]
    assert await titles(site=encode("sit", faculty.guild.contract_id, faculty.site)) == ["First"]


async def test_a_refusal_names_the_learner_s_place_and_not_the_learner(desk: Desk, faculty: Faculty) -> None:
    rule = await ruled(desk, faculty)
    awards = [award(faculty), award(faculty, memberNumber="7", earnedOn="2025-12-31")]
    answer = await ask(desk, faculty.administrator, AWARD, creditRuleId=rule, awards=awards)
    assert answer == {
        "creditEntries": None,
        "userErrors": [{"field": "awards.1.earnedOn", "code": "EARNED_OUTSIDE_APPROVAL"}],
    }


async def test_what_was_withdrawn_says_so(desk: Desk, faculty: Faculty) -> None:
    approved = await faculty.activity()
    named = encode("crr", faculty.guild.contract_id, await faculty.rule(approved))
    taken = await done(desk, faculty.owner, WITHDRAW_RULE, creditRuleId=named, reason="Too lax")
    assert taken == {"withdrawReason": "Too lax"}
    asked = {"creditActivityId": encode("cra", faculty.guild.contract_id, approved), "withdrawnFrom": "2199-01-01"}
    gone = await done(desk, faculty.owner, WITHDRAW, **asked, reason="Lapses")
    assert gone == {"withdrawnFrom": "2199-01-01", "withdrawReason": "Lapses"}


async def test_a_learner_is_forgotten_and_the_ledger_is_not(desk: Desk, faculty: Faculty) -> None:
    rule = await ruled(desk, faculty)
    (entry,) = await done(desk, faculty.administrator, AWARD, creditRuleId=rule, awards=[award(faculty)])
    asked = {"contractId": desk.contract, "memberNumber": "104233"}
    refused = await ask(desk, faculty.owner, ERASE, **asked)
    assert refused == {
        "certificates": None, "userErrors": [{"field": "earlyReason", "code": "RETENTION_NOT_OVER"}]
    }  # fmt: skip
    erased = await done(desk, faculty.owner, ERASE, **asked, earlyReason="They asked")
    nothing = dict.fromkeys(("number", "memberNumber", "learnerName", "pdfPath", "verificationPath"))
    ethics = {"activity": {"title": "Ethics in Credentialing"}, "entry": {"kind": "AWARDED"}}
    assert erased == [{"status": "VALID", **nothing, **ethics}]
    named = {"certificate": entry["certificate"]["id"]}
    assert await desk.ask(faculty.owner, ONE, **named) == {
        "certificate": {"learnerName": None}, "node": {"id": named["certificate"]}
    }  # fmt: skip
    answer = await desk.ask(faculty.owner, BALANCES, id=desk.contract, member="104233")
    assert answer == {"creditBalances": []}


async def test_each_act_is_tried_by_everybody(desk: Desk, faculty: Faculty) -> None:
    guild = faculty.guild
    rule = await ruled(desk, faculty)
    (entry,) = await done(desk, faculty.administrator, AWARD, creditRuleId=rule, awards=[award(faculty)])
    certificate = {"certificateId": entry["certificate"]["id"]}
    activity_id = encode("cra", guild.contract_id, (await guild.one(
        "select id from credit_activity where contract_id = $1", guild.contract_id
    ))["id"])  # fmt: skip
    acts: list[tuple[str, dict[str, object], str]] = [
        (APPROVE, activity(desk, approvalNumber="2"), "owner"),
        (RULE, {"creditActivityId": activity_id, "needsCompletion": False, "needsAttestation": True,
                "periodsBeginOn": "2025-07-01", "periodMonths": 24, "retentionYears": 7}, "owner"),
        (AWARD, {"creditRuleId": rule, "awards": [award(faculty, memberNumber="2")]}, "administrator"),
        (REVOKE, {**certificate, "reason": "-"}, "owner"),
        (REISSUE, {**certificate, "reason": "-"}, "administrator"),
        (WITHDRAW_RULE, {"creditRuleId": rule, "reason": "-"}, "owner"),
        (WITHDRAW, {"creditActivityId": activity_id, "reason": "-"}, "owner"),
        (ERASE, {"contractId": desk.contract, "memberNumber": "104233", "earlyReason": "-"}, "owner"),
    ]  # fmt: skip
    for request, given, right in acts:
        before = await faculty.state()
        for actor, code in (
            (ANONYMOUS, "UNAUTHENTICATED"),
            (guild.stranger, "NOT_FOUND"),
            (guild.acceptor, "FORBIDDEN"),
            (guild.vendor_owner, "FORBIDDEN"),
            (faculty.administrator if right == "owner" else faculty.owner, "FORBIDDEN"),
        ):
            answer = await ask(desk, actor, request, **given)
            assert [error["code"] for error in answer["userErrors"]] == [code], request
        assert await faculty.state() == before
        answers = await asyncio.gather(*(ask(desk, getattr(faculty, right), request, **given) for _ in range(2)))
        codes = sorted(error["code"] for answer in answers for error in answer["userErrors"])
        assert len(codes) == (2 if request == RULE else 1), (request, codes)


async def test_the_same_key_awards_once(desk: Desk, faculty: Faculty) -> None:
    rule = await ruled(desk, faculty)
    asked = {"query": AWARD, "variables": {"input": {"creditRuleId": rule, "awards": [award(faculty)]}}}
    headers = await desk.headers(faculty.administrator) | {"idempotency-key": "ethics-2026"}
    answers = [(await desk.client.post("/graphql", json=asked, headers=headers)).json()["data"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["awardCredits"]["userErrors"] == []


@pytest.mark.parametrize("completion", [{"overridden": True}, {"state": "INCOMPLETE", "completed_at": None}])
async def test_what_the_lms_does_not_bear_out_is_never_awarded(
    desk: Desk, faculty: Faculty, completion: dict[str, Any]
) -> None:
    rule = await faculty.rule(await faculty.course(), **COMPLETED)
    await faculty.completion(**completion)
    named = encode("crr", faculty.guild.contract_id, rule)
    learner = {"memberNumber": "104233", "learnerName": "Ana Soto"}
    answer = await ask(desk, faculty.administrator, AWARD, creditRuleId=named, awards=[learner])
    code = "COMPLETION_OVERRIDDEN" if "overridden" in completion else "NOT_COMPLETED"
    assert answer["userErrors"] == [{"field": "awards.0.memberNumber", "code": code}]
