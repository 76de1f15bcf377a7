"""Handing work over, taking it back, and striking it out."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.actor import ANONYMOUS
from core.ids import new_id
from tests.delivery.guild import Guild, accepted, refusals, work


async def test_work_is_submitted_in_the_order_of_the_request(guild: Guild) -> None:
    admin, tickets = await guild.record(work("admin", "10"), work("tickets", "120"))
    submission = await guild.submit(tickets, admin)
    row = await guild.one("select * from submission where id = $1", submission)
    assert (row["status"], row["submitted_by_name"]) == ("SUBMITTED", "Lee")
    assert row["deemed_acceptance_due_on"] == date(2026, 6, 25)
    places = await guild.rows.fetch(
        "select work_record_id from submission_record where submission_id = $1 order by position", submission
    )
    assert [place["work_record_id"] for place in places] == [tickets, admin]
    assert await guild.line("tickets") == (120, 120, 0)
    assert await guild.status(admin) == "SUBMITTED"


async def test_the_acceptance_period_is_counted_from_the_associations_day(guild: Guild) -> None:
    (record,) = await guild.record(work())
    in_chicago_still_the_14th = datetime(2026, 6, 15, 4, tzinfo=UTC)
    submission = await guild.submit(record, now=in_chicago_still_the_14th)
    row = await guild.one("select deemed_acceptance_due_on from submission where id = $1", submission)
    assert row["deemed_acceptance_due_on"] == date(2026, 6, 24)


async def test_without_an_acceptance_period_nothing_is_ever_deemed(guild: Guild) -> None:
    await guild.rows.execute("update contract set acceptance_period_days = null where id = $1", guild.contract_id)
    (record,) = await guild.record(work())
    submission = await guild.submit(record)
    row = await guild.one("select deemed_acceptance_due_on from submission where id = $1", submission)
    assert row["deemed_acceptance_due_on"] is None


async def test_submitting_takes_a_lead(guild: Guild) -> None:
    (record,) = await guild.record(work())
    for actor, code, field in (
        (guild.worker, "FORBIDDEN", None),
        (guild.acceptor, "FORBIDDEN", None),
        (guild.vendor_owner, "FORBIDDEN", None),
        (guild.stranger, "NOT_FOUND", "contractId"),
        (ANONYMOUS, "UNAUTHENTICATED", None),
    ):
        assert await refusals(guild, guild.submit(record, by=actor)) == [(code, field)]


async def test_each_record_that_cannot_be_submitted_is_named(guild: Guild) -> None:
    fine, void, outside, submitted = await guild.record(work(), work(), work("admin", "481"), work("tickets"))
    await guild.void(void)
    await guild.submit(submitted)
    assert await refusals(guild, guild.submit(fine, void, outside, submitted, new_id(), fine)) == [
        ("WORK_RECORD_NOT_OPEN", "workRecordIds.1"),
        ("OUT_OF_SCOPE", "workRecordIds.2"),
        ("WORK_RECORD_NOT_OPEN", "workRecordIds.3"),
        ("NOT_FOUND", "workRecordIds.4"),
        ("NAMED_TWICE", "workRecordIds.5"),
    ]
    assert await refusals(guild, guild.submit()) == [("INVALID_INPUT", "workRecordIds")]
    assert await refusals(guild, guild.submit(*[fine] * 101)) == [("LIST_TOO_LONG", "workRecordIds")]


async def test_a_submission_can_be_withdrawn_once_and_submitted_again(guild: Guild) -> None:
    (record,) = await guild.record(work("tickets", "120"))
    submission = await guild.submit(record)
    for actor, code in ((guild.worker, "FORBIDDEN"), (guild.acceptor, "FORBIDDEN"), (guild.stranger, "NOT_FOUND")):
        assert (await refusals(guild, guild.withdraw(submission, by=actor)))[0][0] == code
    assert await refusals(guild, guild.withdraw(submission, reason="x" * 2001)) == [("TEXT_TOO_LONG", "reason")]
    await guild.withdraw(submission, reason="One more to come")
    event = await guild.one("select reason from audit_event where type = 'SUBMISSION_WITHDRAWN'")
    assert event == {"reason": "One more to come"}
    assert await guild.line("tickets") == (120, 0, 0)
    assert await guild.status(record) == "RECORDED"
    assert await refusals(guild, guild.withdraw(submission)) == [("ALREADY_WITHDRAWN", "submissionId")]
    assert await refusals(guild, guild.review(submission, accepted(record, "120"))) == [
        ("ALREADY_WITHDRAWN", "submissionId")
    ]
    again = await guild.submit(record)
    await guild.review(again, accepted(record, "120"))
    assert await refusals(guild, guild.withdraw(again)) == [("ALREADY_REVIEWED", "submissionId")]
    assert await refusals(guild, guild.withdraw(new_id())) == [("NOT_FOUND", "submissionId")]


async def test_only_what_lies_with_the_vendor_can_be_voided(guild: Guild) -> None:
    record, other = await guild.record(work("tickets", "120"), work("tickets", "7"))
    for actor, code in ((guild.acceptor, "FORBIDDEN"), (guild.stranger, "NOT_FOUND")):
        assert (await refusals(guild, guild.void(record, by=actor)))[0][0] == code
    assert await refusals(guild, guild.void(record, reason=" ")) == [("TEXT_BLANK", "reason")]
    assert await refusals(guild, guild.void(record, reason="x" * 2001)) == [("TEXT_TOO_LONG", "reason")]
    assert await refusals(guild, guild.void(new_id())) == [("NOT_FOUND", "workRecordId")]
    await guild.void(other)
    assert await guild.line("tickets") == (120, 0, 0)
    row = await guild.one("select status, void_reason from work_record where id = $1", other)
    assert row == {"status": "VOIDED", "void_reason": "Counted twice"}
    assert await refusals(guild, guild.void(other)) == [("WORK_RECORD_NOT_OPEN", "workRecordId")]
    submission = await guild.submit(record)
    assert await refusals(guild, guild.void(record)) == [("WORK_RECORD_NOT_OPEN", "workRecordId")]
    await guild.review(submission, accepted(record, "120"))
    assert await refusals(guild, guild.void(record)) == [("WORK_RECORD_NOT_OPEN", "workRecordId")]
