"""Jobs as clients ask for them: ordered, steered, read, traced to the invoice and back, erased."""

from __future__ import annotations

import asyncio
import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, SYSTEM, Actor
from core.ids import decode, encode, new_id
from services.billing.invoices.invoicing import issue_invoice
from services.lms_admin.acts.verifying import verify_acts
from tests.delivery.desk import Desk
from tests.delivery.guild import LONG_AGO, NOW, accepted, insert
from tests.lms_admin.jobs.stage import HASH, Planned, Stage, account, part, person
from tests.lms_admin.places import grant, join
from worker.means import About
from worker.metering_jobs import meter_job

EXECUTE = """mutation($input: ExecuteLmsPlanInput!) { executeLmsPlan(input: $input) {
    job { id status totalCount percentDone plan { status } orderedBy { name } } userErrors { code field } } }"""
STEER = """mutation($input: {kind}Input!) {{ {name}(input: $input) {{
    job {{ status waitCode }} userErrors {{ code field }} }} }}"""
JOB = """query($id: ID!) { lmsJob(id: $id) { status percentDone appliedCount alreadySoCount metering
    workRecords { quantity inScope }
    items(first: 10) { nodes { position status verification planRow { memberNumber } acts { outcome } } }
    acts(first: 10) { totalCount nodes { sequence subject { memberNumber after } } } } }"""
TRACE = """query($id: ID!, $member: String!) { lmsTrace(contractId: $id, memberNumber: $member) { nodes {
    action outcome onBehalfOf subject { memberNumber courseKey } job { id plan { planHash } }
    workRecord { quantity decision { acceptedQuantity }
        invoiceLines { amount { amount } invoice { number status } } } } } }"""
BACK = """query($id: ID!) { invoice(id: $id) { lines { quantity
    lmsActs(first: 10) { totalCount nodes { sequence subject { memberNumber } job { id } } } } } }"""
ERASE = """mutation($input: EraseLmsLearnerInput!) { eraseLmsLearner(input: $input) {
    contract { id } userErrors { code field } } }"""


def executing(plan: UUID, stage: Stage, **others: object) -> dict[str, object]:
    """What executing a plan takes."""
    return {"planId": encode("pln", stage.guild.contract_id, plan), "planHash": HASH, **others}


async def execute(desk: Desk, stage: Stage, by: Actor, plan: UUID, **others: object) -> Any:  # noqa: ANN401
    return (await desk.ask(by, EXECUTE, input=executing(plan, stage, **others)))["executeLmsPlan"]


async def steer(desk: Desk, by: Actor, what: str, job: str) -> Any:  # noqa: ANN401
    name = f"{what}LmsJob"
    mutation = STEER.format(kind=name[0].upper() + name[1:], name=name)
    return (await desk.ask(by, mutation, input={"jobId": job, "reason": "So that it is right"}))[name]


def now_there(stage: Stage) -> None:
    """Plans that are good until later than the clock of the application."""
    stage.now = datetime.now(UTC)


async def test_a_plan_is_executed_once_by_whoever_may(desk: Desk, stage: Stage) -> None:
    now_there(stage)
    plan = await stage.plan(account(1))
    strangers = (ANONYMOUS, stage.guild.stranger, stage.guild.worker, stage.guild.acceptor)
    codes = [(await execute(desk, stage, by, plan))["userErrors"] for by in strangers]
    assert [each[0]["code"] for each in codes] == ["UNAUTHENTICATED", "NOT_FOUND", "FORBIDDEN", "FORBIDDEN"]
    wrong = await execute(desk, stage, stage.administrator, plan, planHash="b" * 64)
    assert wrong["userErrors"] == [{"code": "PLAN_CHANGED", "field": "planHash"}]
    answers = await asyncio.gather(*(execute(desk, stage, stage.administrator, plan) for _ in range(2)))
    (done,) = [answer["job"] for answer in answers if answer["job"]]
    assert done == {
        "id": done["id"], "status": "QUEUED", "totalCount": 1, "percentDone": "0.00", "plan": {"status": "EXECUTING"},
        "orderedBy": {"name": "Lina"},
    }  # fmt: skip
    assert [answer["userErrors"] for answer in answers if not answer["job"]] == [
        [{"code": "PLAN_EXECUTED", "field": "planId"}]
    ]
    queued = await stage.guild.rows.fetch("select payload from pgqueuer where entrypoint = 'LMS_JOB_ORDERED'")
    _, job = decode("job", done["id"], parts=2)
    assert sum(str(job) in row["payload"].decode() for row in queued) == 1


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"status": "PREVIEWING"}, "LMS_PLAN_NOT_READY"),
        ({"expires_at": datetime(2026, 1, 1, tzinfo=UTC)}, "LMS_PLAN_EXPIRED"),
        ({"needs_second_person": True}, "SECOND_PERSON_REQUIRED"),
        ({"status": "DONE"}, "PLAN_EXECUTED"),
    ],
)
async def test_only_a_plan_that_stands_is_executed(
    desk: Desk, stage: Stage, columns: dict[str, Any], code: str
) -> None:
    now_there(stage)
    answer = await execute(desk, stage, stage.administrator, await stage.plan(account(1), **columns))
    assert (answer["job"], answer["userErrors"][0]["code"]) == (None, code)


async def test_a_job_is_paused_resumed_and_cancelled(desk: Desk, stage: Stage) -> None:
    now_there(stage)
    plan = await stage.plan(account(1), account(2))
    job = (await execute(desk, stage, stage.administrator, plan))["job"]["id"]
    _, job_id = decode("job", job, parts=2)
    for by in (ANONYMOUS, stage.guild.stranger, stage.guild.worker, stage.guild.acceptor):
        assert {(await steer(desk, by, what, job))["job"] is None for what in ("pause", "resume", "cancel")} == {True}
    refused = [{"code": "JOB_NOT_IN_STATE", "field": "jobId"}]
    assert (await steer(desk, stage.administrator, "resume", job))["userErrors"] == refused
    paused = await steer(desk, stage.administrator, "pause", job)
    assert paused["job"] == {"status": "PAUSED", "waitCode": "BY_A_PERSON"}
    assert not await stage.run(job_id)
    assert (await steer(desk, stage.administrator, "pause", job))["userErrors"] == refused
    assert (await steer(desk, stage.administrator, "resume", job))["job"] == {"status": "QUEUED", "waitCode": None}
    answers = await asyncio.gather(*(steer(desk, stage.administrator, "cancel", job) for _ in range(2)))
    assert sorted(answer["job"] is None for answer in answers) == [False, True]
    await stage.run(job_id)
    assert ((await stage.job(job_id))["status"], await stage.items(job_id)) == ("CANCELLED", ["SKIPPED"] * 2)
    assert stage.academy.calls == []


async def test_a_pause_in_the_middle_of_a_chunk_comes_after_it(desk: Desk, stage: Stage) -> None:
    now_there(stage)
    plan = await stage.plan(*(account(n) for n in range(6)))
    job = (await execute(desk, stage, stage.administrator, plan))["job"]["id"]
    _, job_id = decode("job", job, parts=2)
    upsert = stage.academy.upsert_users

    async def meanwhile(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        await steer(desk, stage.administrator, "pause", job)
        return await upsert(*given, **named)

    stage.academy.upsert_users = meanwhile  # type: ignore[method-assign]
    await stage.run(job_id)
    row = await stage.job(job_id)
    assert (row["status"], row["lease_token"], row["applied_count"]) == ("PAUSED", None, 3)
    stage.academy.upsert_users = upsert  # type: ignore[method-assign]
    await steer(desk, stage.administrator, "resume", job)
    await stage.run(job_id)
    assert await stage.counts(job_id) == {"APPLIED": 6}


async def test_a_job_is_read_by_its_parties_and_its_learners_by_fewer(desk: Desk, stage: Stage) -> None:
    stage.academy.have(person(1))
    job = (await stage.execute(account(1), part(2)))["id"]
    await meter_job(stage.means, About(stage.guild.contract_id, job), clock=lambda: stage.now)
    asked = {"id": encode("job", stage.guild.contract_id, job)}
    buyer = await join(stage.guild, f"Bo{job.hex[-4:]}", "ASSOCIATION", stage.guild.association, "PROCUREMENT")
    told = (await desk.ask(stage.guild.acceptor, JOB, **asked))["lmsJob"]
    assert (told["status"], told["percentDone"], told["metering"]) == ("DONE", "100.00", "METERED")
    assert told["workRecords"] == [{"quantity": "1", "inScope": True}]
    assert [item["planRow"]["memberNumber"] for item in told["items"]["nodes"]] == ["M-1", "M-2"]
    assert [item["acts"][0]["outcome"] for item in told["items"]["nodes"]] == ["ALREADY_SO", "APPLIED"]
    less = (await desk.ask(buyer, JOB, **asked))["lmsJob"]
    assert less == told | {
        "items": {"nodes": []},
        "acts": {"totalCount": 2, "nodes": [{**act, "subject": None} for act in told["acts"]["nodes"]]},
    }
    for nobody in (ANONYMOUS, stage.guild.stranger):
        assert (await desk.ask(nobody, JOB, **asked))["lmsJob"] is None


async def billed(stage: Stage) -> tuple[UUID, UUID]:
    """A job of two items about one learner; its work is accepted, and on an invoice."""
    number = new_id().hex[-8:]
    job = (await stage.execute(account(number), part(number)))["id"]
    await meter_job(stage.means, About(stage.guild.contract_id, job), clock=lambda: stage.now)
    metered = "select work_record_id from lms_metered_item where job_id = $1 limit 1"
    record = await stage.guild.rows.fetchval(metered, job)
    submission = await stage.guild.submit(record)
    await stage.guild.review(submission, accepted(record, "2"))
    roles = frozenset({"BILLING_ADMIN"})
    operator = Actor("OPERATOR", new_id(), new_id(), new_id(), "Op", "op@op.example", "Op", roles)
    await insert(
        stage.guild.rows, "organization", id=operator.organization_id, kind="OPERATOR", name="Op", country_code="US",
        time_zone="UTC", platform_fee_percent=3, created_at=LONG_AGO,
    )  # fmt: skip
    june = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30)}
    key = await stage.guild.write(operator, issue_invoice, datetime(2026, 7, 2, tzinfo=UTC), **june)
    return job, key.id


async def test_the_trace_leads_from_a_learner_to_the_invoice_and_back(desk: Desk, stage: Stage) -> None:
    job, invoice = await billed(stage)
    member = await stage.guild.rows.fetchval(
        "select member_number from lms_plan_row r join lms_job j on j.plan_id = r.plan_id where j.id = $1 limit 1", job
    )
    number = await stage.guild.rows.fetchval("select number from invoice where id = $1", invoice)
    work = {
        "quantity": "2",
        "decision": {"acceptedQuantity": "2"},
        "invoiceLines": [{"amount": {"amount": "13.00"}, "invoice": {"number": number, "status": "ISSUED"}}],
    }
    named = encode("job", stage.guild.contract_id, job)
    asked = {"id": desk.contract, "member": member}
    assert (await desk.ask(stage.guild.acceptor, TRACE, **asked))["lmsTrace"]["nodes"] == [
        {
            "action": "CREATE",
            "outcome": "APPLIED",
            "onBehalfOf": "ASSOCIATION Inc",
            "subject": {"memberNumber": member, "courseKey": course},
            "job": {"id": named, "plan": {"planHash": HASH}},
            "workRecord": work,
        }
        for course in (None, "safety")
    ]
    for blind in (ANONYMOUS, stage.guild.stranger, stage.guild.worker):
        assert (await desk.ask(blind, TRACE, **asked))["lmsTrace"]["nodes"] == []
    back = await desk.ask(stage.guild.acceptor, BACK, id=encode("inv", stage.guild.contract_id, invoice))
    (line,) = [each for each in back["invoice"]["lines"] if each["lmsActs"]["totalCount"]]
    assert (line["quantity"], line["lmsActs"]["totalCount"]) == ("2", 2)
    assert [act["subject"]["memberNumber"] for act in line["lmsActs"]["nodes"]] == [member] * 2
    assert {act["job"]["id"] for act in line["lmsActs"]["nodes"]} == {named}


async def test_results_are_csv_for_whoever_may_see_learners(desk: Desk, stage: Stage) -> None:
    stage.academy.refused = {"M-=1+1"}
    job = (await stage.execute(account("=1+1"), account(2)))["id"]
    path = f"/lms/jobs/{encode('job', stage.guild.contract_id, job)}/results.csv"
    response = await desk.download(stage.administrator, path)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
    assert [(row["member_number"], row["outcome"], row["code"]) for row in rows] == [
        ("M-=1+1", "REJECTED", "EMAIL_TAKEN"),
        ("M-2", "APPLIED", ""),
    ]
    for other in (stage.guild.acceptor, stage.guild.vendor_owner):
        assert (await desk.download(other, path)).status_code == 200
    for nobody in (ANONYMOUS, stage.guild.stranger, stage.guild.worker):
        assert (await desk.download(nobody, path)).status_code == 404
    assert (await desk.download(stage.administrator, "/lms/jobs/job_x/results.csv")).status_code == 404


async def test_a_cell_that_a_spreadsheet_would_run_is_text(desk: Desk, stage: Stage) -> None:
    numbers = ("=1+1", "@x", "a,b")
    rows = [replace(account(1), desired=account(1).desired | {"member_number": number}) for number in numbers]
    job = (await stage.execute(*rows))["id"]
    path = f"/lms/jobs/{encode('job', stage.guild.contract_id, job)}/results.csv"
    content = (await desk.download(stage.administrator, path)).content.decode("utf-8-sig")
    assert [row["member_number"] for row in csv.DictReader(content.splitlines())] == ["'=1+1", "'@x", "a,b"]


async def test_a_learner_is_erased_and_the_chain_still_verifies(desk: Desk, stage: Stage) -> None:
    owner = await join(stage.guild, f"Own{new_id().hex[-4:]}", "ASSOCIATION", stage.guild.association, "OWNER")
    number = new_id().hex[-8:]
    job = (await stage.execute(account(number), part(number), account("other")))["id"]
    asked = {"contractId": desk.contract, "memberNumber": f"M-{number}", "reason": "They asked for it"}

    async def erase(by: Actor, **others: object) -> Any:  # noqa: ANN401
        return (await desk.ask(by, ERASE, input=asked | others))["eraseLmsLearner"]

    for by, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (stage.guild.stranger, "NOT_FOUND"),
        (stage.administrator, "FORBIDDEN"),
        (stage.guild.acceptor, "FORBIDDEN"),
    ):
        assert (await erase(by))["userErrors"][0]["code"] == code
    open_plan = await stage.plan(account(number))
    assert (await erase(owner))["userErrors"] == [{"code": "LEARNER_IN_OPEN_PLAN", "field": "memberNumber"}]
    await stage.guild.rows.execute("update lms_plan set status = 'WITHDRAWN' where id = $1", open_plan)
    answers = await asyncio.gather(erase(owner), erase(owner))
    assert sorted(answer["contract"] is None for answer in answers) == [False, True]
    assert (await erase(owner))["userErrors"] == [{"code": "NOT_FOUND", "field": "memberNumber"}]
    left = await stage.guild.rows.fetchval(
        "select string_agg(t, '') from (select s::text as t from lms_act_subject s union all select r::text from "
        "lms_plan_row r union all select i::text from lms_job_item i union all select m::text from lms_roster_member m "
        "union all select e::text from lms_roster_enrolment e union all select a::text from audit_event a) everything"
    )
    assert number not in left
    assert "M-other" in left
    contract = stage.guild.contract_id
    assert await stage.batch.write(SYSTEM, lambda tx: verify_acts(tx, contract), now=NOW, request_id="test") is None
    assert await stage.counts(job) == {"APPLIED": 3}


VERIFY = """mutation($input: VerifyLmsItemInput!) { verifyLmsItem(input: $input) {
    item { status verification } userErrors { code field } } }"""


async def test_an_unknown_item_is_verified_by_whoever_administers_the_site(desk: Desk, stage: Stage) -> None:
    stage.academy.have(person(1))
    stage.academy.mishaps = ["LOST"]
    reset = Planned("ACCESS", {"member_number": "M-1"}, "UPDATE")
    job = (await stage.execute(reset, operation="RESET_ACCESS"))["id"]
    (item,) = await stage.items(job, "id")
    asked = {"itemId": encode("jit", stage.guild.contract_id, item), "outcome": "APPLIED", "note": "Seen there"}
    other = await grant(stage.guild, f"Del{item.hex[-4:]}", "DELIVERY", "VENDOR", stage.guild.vendor, "DELIVERY")
    for by, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (stage.guild.stranger, "NOT_FOUND"),
        (other, "FORBIDDEN"),
        (stage.guild.acceptor, "FORBIDDEN"),
    ):
        assert (await desk.ask(by, VERIFY, input=asked))["verifyLmsItem"]["userErrors"][0]["code"] == code
    await desk.headers(stage.administrator)
    answers = await asyncio.gather(*(desk.ask(stage.administrator, VERIFY, input=asked) for _ in range(2)))
    told = [answer["verifyLmsItem"] for answer in answers]
    assert [each["item"] for each in told if each["item"]] == [{"status": "APPLIED", "verification": "PERSON"}]
    assert [each["userErrors"] for each in told if not each["item"]] == [
        [{"code": "ITEM_NOT_UNKNOWN", "field": "itemId"}]
    ]
