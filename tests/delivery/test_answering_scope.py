"""Work out of scope waits for a yes or a no; either is said once, by whoever may spend the association's money."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from uuid import UUID

from core.actor import ANONYMOUS, Actor
from core.ids import encode, new_id
from services.delivery.answering import Answer, WorkInScope, answer_scope
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild, accepted, refusals, work

ANSWER = """mutation($input: AnswerScopeInput!) { answerScope(input: $input) {
  workRecord { status inScope outOfScopeReason voidReason
    scopeAnswers { answer quantity outOfScopeReason reason answeredBy { name } }
    line { scopeBurn { contracted extended remaining extendedValue { amount } remainingValue { amount } } } }
  userErrors { field code } } }"""


def buyer(guild: Guild, *roles: str) -> Actor:
    return Actor(
        "ASSOCIATION",
        guild.association,
        new_id(),
        new_id(),
        "Bo",
        "bo@guild.example",
        "Guild",
        frozenset(roles or {"PROCUREMENT"}),
    )


async def answered(guild: Guild, record: UUID, answer: Answer, by: Actor | None = None) -> None:
    await guild.write(by or buyer(guild), answer_scope, work_record_id=record, answer=answer, reason="We need them")


async def beyond(guild: Guild) -> UUID:
    """5,990 of 6,000 tickets, and then 50 more."""
    await guild.record(work("tickets", "5990"))
    (record,) = await guild.record(work("tickets", "50"))
    assert (await guild.one("select in_scope from work_record where id = $1", record)) == {"in_scope": False}
    return record


async def extended(guild: Guild, key: str = "tickets") -> tuple[object, ...]:
    sql = "select extended_quantity, extended_minor from contract_line where contract_id = $1 and key = $2"
    return tuple((await guild.one(sql, guild.contract_id, key)).values())


async def test_a_yes_brings_it_into_scope_and_it_is_accepted_like_any_other(guild: Guild) -> None:
    record = await beyond(guild)
    await answered(guild, record, Answer.APPROVED)
    assert await extended(guild) == (50, 0)
    submission = await guild.submit(record)
    await guild.review(submission, accepted(record, "50"))
    assert await guild.status(record) == "ACCEPTED"
    (more,) = await guild.record(work("tickets", "11"))
    reason = await guild.rows.fetchval("select out_of_scope_reason from work_record where id = $1", more)
    assert reason.startswith("11 more makes 6051 of 6050 contracted;")


async def test_where_an_amount_binds_it_is_extended_by_the_value(guild: Guild) -> None:
    await guild.record(work("admin", "480"))
    (record,) = await guild.record(work("admin", "0.001"))
    await answered(guild, record, Answer.APPROVED)
    # 0.001 hours at 52.00 are 5.2 cents, and take six
    assert await extended(guild, "admin") == (0, 6)
    submission = await guild.submit(record)
    await guild.review(submission, accepted(record, Decimal("0.001")))


async def test_a_no_voids_it_and_frees_its_place(guild: Guild) -> None:
    record = await beyond(guild)
    await answered(guild, record, Answer.DECLINED)
    assert await guild.one("select status, void_reason, in_scope from work_record where id = $1", record) == {
        "status": "VOIDED",
        "void_reason": "We need them",
        "in_scope": False,
    }
    assert (await guild.line("tickets"), await extended(guild)) == ((5990, 0, 0), (0, 0))


async def test_ten_answers_at_once_are_one(guild: Guild) -> None:
    record = await beyond(guild)

    async def one(answer: Answer) -> object:
        try:
            await answered(guild, record, answer)
        except WorkInScope as refused:
            return refused.code()
        return answer

    said = await asyncio.gather(*(one(answer) for answer in [Answer.APPROVED, Answer.DECLINED] * 5))
    assert said.count("WORK_IN_SCOPE") == 9, said
    sql = "select count(*) from scope_answer where contract_id = $1"
    assert await guild.rows.fetchval(sql, guild.contract_id) == 1


async def test_it_is_said_by_whoever_may_spend_the_associations_money(guild: Guild) -> None:
    record = await beyond(guild)
    for actor, code in [
        (guild.lead, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.stranger, "NOT_FOUND"),
        (ANONYMOUS, "UNAUTHENTICATED"),
    ]:
        refused = await refusals(guild, answered(guild, record, Answer.APPROVED, by=actor))
        assert [found for found, _ in refused] == [code]


async def test_what_waits_for_no_answer_takes_none(guild: Guild) -> None:
    (inside,) = await guild.record(work("tickets", "1"))
    assert await refusals(guild, answered(guild, inside, Answer.APPROVED)) == [("WORK_IN_SCOPE", "workRecordId")]
    assert await refusals(guild, answered(guild, new_id(), Answer.APPROVED)) == [("NOT_FOUND", "workRecordId")]
    record = await beyond(guild)
    await guild.void(record)
    assert await refusals(guild, answered(guild, record, Answer.DECLINED)) == [("WORK_IN_SCOPE", "workRecordId")]


async def test_the_database_refuses_what_nobody_said_yes_to(guild: Guild) -> None:
    record = await beyond(guild)
    assert await refusals(guild, guild.submit(record)) != []


async def test_over_http(desk: Desk) -> None:
    record = await beyond(desk.guild)
    asked = {"workRecordId": encode("wrk", desk.guild.contract_id, record), "answer": "APPROVED", "reason": "Go on"}
    answer = (await desk.ask(buyer(desk.guild), ANSWER, input=asked))["answerScope"]
    assert answer == {
        "workRecord": {
            "status": "RECORDED",
            "inScope": True,
            "outOfScopeReason": None,
            "voidReason": None,
            "scopeAnswers": [
                {
                    "answer": "APPROVED",
                    "quantity": "50",
                    "outOfScopeReason": "50 more makes 6040 of 6000 contracted; what is recorded counts until it is "
                    "rejected or voided",
                    "reason": "Go on",
                    "answeredBy": {"name": "Bo"},
                }
            ],
            "line": {
                "scopeBurn": {
                    "contracted": "6000",
                    "extended": "50",
                    "remaining": "6050",
                    "extendedValue": {"amount": "0.00"},
                    "remainingValue": {"amount": "0.00"},
                }
            },
        },
        "userErrors": [],
    }
