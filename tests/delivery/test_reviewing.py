"""Reviewing: every record once, by somebody else, and whoever is first."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from core.actor import ANONYMOUS
from core.db import Database
from core.errors import DomainError
from core.ids import RowKey, new_id
from services.delivery.deciding import Verdict
from tests.databases import OneDatabase
from tests.delivery.guild import Guild, accepted, refusals, work

SHORT = {"reason_code": "DUPLICATE", "disposition": "REJECTED", "reason": "Twenty were reopened duplicates"}
BACK = {"reason_code": "NO_EVIDENCE", "disposition": "RETURNED"}


async def submitted(guild: Guild) -> tuple[UUID, UUID, UUID, UUID]:
    """A submission of ten hours, 120 tickets and the milestone."""
    records = await guild.record(work("admin", "10"), work("tickets", "120"), work("cutover"))
    return await guild.submit(*records), *records  # type: ignore[return-value]  # three of them


async def test_what_is_short_is_rejected_and_frees_the_scope(guild: Guild) -> None:
    submission, admin, tickets, cutover = await submitted(guild)
    await guild.review(submission, accepted(cutover), accepted(tickets, "100", **SHORT), accepted(admin, "10"))
    assert [await guild.status(record) for record in (admin, tickets, cutover)] == [
        "ACCEPTED",
        "PARTIALLY_ACCEPTED",
        "ACCEPTED",
    ]
    assert await guild.line("tickets") == (100, 120, 100)
    assert await guild.line("cutover") == (1, 1, 1)
    decision = await guild.one("select * from decision where work_record_id = $1", tickets)
    assert (decision["shortfall_quantity"], decision["reason_code"]) == (20, "DUPLICATE")
    assert (decision["decided_by_name"], decision["deemed"], decision["billed"]) == ("Ada", False, False)
    assert (str(decision["unit_price"]), decision["rate_card_key"]) == ("6.500000", "tickets")


async def test_what_is_returned_whole_keeps_its_place_and_can_be_submitted_again(guild: Guild) -> None:
    submission, admin, tickets, cutover = await submitted(guild)
    await guild.review(
        submission, accepted(admin, "0", **SHORT), accepted(tickets, "0", **BACK), accepted(cutover, "0", **BACK)
    )
    assert [await guild.status(record) for record in (admin, tickets, cutover)] == ["REJECTED", "RETURNED", "RETURNED"]
    assert await guild.line("admin") == (0, 10, 0)
    assert await guild.line("tickets") == (120, 0, 0)
    again = await guild.submit(tickets, cutover)
    await guild.review(again, accepted(tickets, "120"), accepted(cutover))
    assert await guild.line("tickets") == (120, 120, 120)


async def test_a_submission_may_be_returned_as_a_whole(guild: Guild) -> None:
    (record,) = await guild.record(work("tickets", "120"))
    await guild.review(await guild.submit(record), accepted(record, "0", **BACK))
    row = await guild.one("select status, accepted_quantity from work_record where id = $1", record)
    assert row == {"status": "RETURNED", "accepted_quantity": None}


async def test_a_part_that_is_returned_is_recorded_anew(guild: Guild) -> None:
    (record,) = await guild.record(work("tickets", "6000"))
    await guild.review(await guild.submit(record), accepted(record, "5990", **BACK))
    assert await guild.line("tickets") == (5990, 5990, 5990)
    (rest,) = await guild.record(work("tickets", "10"))
    await guild.review(await guild.submit(rest), accepted(rest, "10"))
    assert await guild.line("tickets") == (6000, 6000, 6000)


@pytest.mark.parametrize(
    ("verdict", "code", "field"),
    [
        (accepted(new_id(), "121"), "ACCEPTED_MORE_THAN_SUBMITTED", "acceptedQuantity"),
        (accepted(new_id(), "-1"), "INVALID_QUANTITY", "acceptedQuantity"),
        (accepted(new_id(), "0.0000001"), "INVALID_QUANTITY", "acceptedQuantity"),
        (accepted(new_id(), "119"), "SHORTFALL_WITHOUT_REASON", "reasonCode"),
        (accepted(new_id(), "119", reason_code="OTHER"), "SHORTFALL_WITHOUT_REASON", "disposition"),
        (accepted(new_id(), "119", disposition="REJECTED"), "SHORTFALL_WITHOUT_REASON", "reasonCode"),
        (accepted(new_id(), "120", reason_code="OTHER"), "REASON_WITHOUT_SHORTFALL", "reasonCode"),
        (accepted(new_id(), "120", disposition="RETURNED"), "REASON_WITHOUT_SHORTFALL", "disposition"),
        (accepted(new_id(), "119", **SHORT | {"reason": " "}), "TEXT_BLANK", "reason"),
        (accepted(new_id(), "119", **SHORT | {"reason": "x" * 2001}), "TEXT_TOO_LONG", "reason"),
    ],
)
async def test_a_faulty_decision_is_refused(guild: Guild, verdict: Verdict, code: str, field: str) -> None:
    submission, admin, tickets, cutover = await submitted(guild)
    decisions = (accepted(admin, "10"), replace(verdict, work_record_id=tickets), accepted(cutover))
    assert await refusals(guild, guild.review(submission, *decisions)) == [(code, f"decisions.1.{field}")]


async def test_every_record_is_decided_once_and_no_other(guild: Guild) -> None:
    submission, admin, tickets, _ = await submitted(guild)
    (stranger,) = await guild.record(work())
    half = accepted(tickets, "120")
    assert await refusals(
        guild, guild.review(submission, accepted(admin, "10"), half, half, accepted(stranger), accepted(new_id()))
    ) == [
        ("NAMED_TWICE", "decisions.2.workRecordId"),
        ("NOT_IN_SUBMISSION", "decisions.3.workRecordId"),
        ("NOT_IN_SUBMISSION", "decisions.4.workRecordId"),
        ("DECISION_MISSING", "decisions"),
    ]
    assert await refusals(guild, guild.review(submission)) == [("DECISION_MISSING", "decisions")]


async def test_a_milestone_is_accepted_whole_or_not_at_all(guild: Guild) -> None:
    (record,) = await guild.record(work("cutover"))
    submission = await guild.submit(record)
    assert await refusals(guild, guild.review(submission, accepted(record, "0.5", **SHORT))) == [
        ("MILESTONE_IN_PART", "decisions.0.acceptedQuantity")
    ]


async def test_reviewing_takes_an_acceptor(guild: Guild) -> None:
    submission, *_ = await submitted(guild)
    for actor, code in (
        (guild.lead, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (replace(guild.acceptor, roles=frozenset({"FINANCE"})), "FORBIDDEN"),
        (guild.stranger, "NOT_FOUND"),
        (ANONYMOUS, "UNAUTHENTICATED"),
    ):
        assert (await refusals(guild, guild.review(submission, by=actor)))[0][0] == code
    assert await refusals(guild, guild.review(new_id())) == [("NOT_FOUND", "submissionId")]


async def test_who_submitted_does_not_accept_in_whichever_organization(guild: Guild) -> None:
    submission, admin, tickets, cutover = await submitted(guild)
    same_person = replace(guild.acceptor, person_id=guild.lead.person_id)
    decisions = (accepted(admin, "10"), accepted(tickets, "120"), accepted(cutover))
    assert await refusals(guild, guild.review(submission, *decisions, by=same_person)) == [
        ("FOUR_EYES", "submissionId")
    ]


async def test_of_50_reviews_at_once_one_wins(guild: Guild, database: OneDatabase) -> None:
    submission, admin, tickets, cutover = await submitted(guild)
    app = Database(database.app_url, write_pool_size=20)
    crowd = replace(guild, database=app)
    try:
        answers = await asyncio.gather(
            *(
                crowd.review(submission, accepted(admin, "10"), accepted(tickets, "100", **SHORT), accepted(cutover))
                for _ in range(50)
            ),
            return_exceptions=True,
        )
    finally:
        await app.close()
    codes = [answer.code() if isinstance(answer, DomainError) else answer for answer in answers]
    assert codes.count(None) == 1
    assert codes.count("ALREADY_REVIEWED") == 49
    assert await guild.line("tickets") == (100, 120, 100)
    assert await guild.rows.fetchval("select count(*) from decision where submission_id = $1", submission) == 3


async def test_an_acceptance_can_be_taken_back_until_it_is_billed(guild: Guild) -> None:
    submission, admin, tickets, cutover = await submitted(guild)
    await guild.review(submission, accepted(admin, "10"), accepted(tickets, "100", **SHORT), accepted(cutover))
    for actor, code in ((guild.lead, "FORBIDDEN"), (guild.stranger, "NOT_FOUND"), (ANONYMOUS, "UNAUTHENTICATED")):
        assert (await refusals(guild, guild.reverse(tickets, by=actor)))[0][0] == code
    assert await refusals(guild, guild.reverse()) == [("INVALID_INPUT", "workRecordId")]
    assert await refusals(guild, guild.reverse(tickets, reason="")) == [("TEXT_BLANK", "reason")]
    assert await refusals(guild, guild.reverse(new_id())) == [("NOT_FOUND", "workRecordId")]
    await guild.reverse(tickets)
    assert await guild.status(tickets) == "RETURNED"
    assert await guild.line("tickets") == (120, 0, 0)
    assert await refusals(guild, guild.reverse(tickets)) == [("NOT_ACCEPTED", None)]
    await guild.review(await guild.submit(tickets), accepted(tickets, "120"))
    await guild.rows.execute(
        "update decision set billed = true where work_record_id = $1 and reversed_at is null", admin
    )
    assert await refusals(guild, guild.reverse(admin)) == [("ALREADY_BILLED", None)]
    decision = await guild.one("select id from decision where work_record_id = $1", cutover)
    await guild.reverse(decision=RowKey(guild.contract_id, decision["id"]))
    assert await guild.status(cutover) == "RETURNED"
    missing = RowKey(guild.contract_id, new_id())
    assert await refusals(guild, guild.reverse(decision=missing)) == [("NOT_FOUND", "decisionId")]


async def test_a_reversal_takes_no_room_that_others_have_taken_since(guild: Guild) -> None:
    (record,) = await guild.record(work("tickets", "6000"))
    await guild.review(await guild.submit(record), accepted(record, "5000", **SHORT))
    (later,) = await guild.record(work("tickets", "600"))
    await guild.reverse(record)
    row = await guild.one("select in_scope, status from work_record where id = $1", record)
    assert row == {"in_scope": False, "status": "RETURNED"}
    assert await refusals(guild, guild.submit(record, later)) == [("OUT_OF_SCOPE", "workRecordIds.0")]
    await guild.submit(later)
    assert await guild.line("tickets") == (6600, 600, 0)
