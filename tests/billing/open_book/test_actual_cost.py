"""Actual cost from the vendor's entry to the association's decision: exact amounts, and who may do what."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, FEBRUARY, TICKETS, Agreement, Market
from tests.billing.open_book.costs import act, cost_of, enter

OF_CONTRACT = """query($id: ID!) { contract(id: $id) { actualCosts(first: 10) { edges { node {
    status amount { amount } questions { status } } } } } }"""


@pytest.fixture
async def agreement(market: Market) -> Agreement:
    return await market.agree(ADMIN, TICKETS)


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currencyCode": "USD"}


async def rows(agreement: Agreement) -> list[tuple[Any, ...]]:
    """Everything that was written about costs."""
    found = await agreement.market.all(
        "select status, cost_minor, questioned_minor, disallowed_minor, allowed_minor from actual_cost "
        "where contract_id = $1 order by id",
        agreement.id,
    )
    return [tuple(row.values()) for row in found]


async def test_the_vendor_enters_a_cost_with_its_evidence(market: Market, desk: Desk, agreement: Agreement) -> None:
    cost = await enter(desk, agreement, "admin", "3612.40", quantity="95.5")
    assert cost.pop("id").startswith("acc_")
    assert cost == {
        "status": "ENTERED", "category": "DIRECT", "amount": usd("3612.40"), "questioned": {"amount": "0.00"},
        "disallowed": {"amount": "0.00"}, "allowed": {"amount": "3612.40"}, "allowable": True, "allowableReason": None,
        "quantity": "95.5", "description": "Wages", "reason": "Payroll of the month",
        "period": {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}, "supersedes": None,
        "evidence": [{"name": "february.csv"}], "questions": [],
    }  # fmt: skip
    events = await market.all(
        "select type, before, after, reason from audit_event where contract_id = $1", agreement.id
    )
    assert [event["type"] for event in events] == ["ACTUAL_COST_ENTERED"]
    assert "3612" not in str(events)
    assert "361240" not in str(events)


async def test_each_reads_a_cost_who_reads_cost(market: Market, desk: Desk, agreement: Agreement) -> None:
    await enter(desk, agreement, "admin", "10.00")
    shown = {}
    for name in ("finance", "acceptor", "vendor_owner", "billing_admin", "stranger"):
        contract = (await desk.ask(getattr(market, name), OF_CONTRACT, id=encode("con", agreement.id)))["contract"]
        shown[name] = contract and len(contract["actualCosts"]["edges"])
    assert shown == {"finance": 1, "acceptor": 0, "vendor_owner": 1, "billing_admin": 1, "stranger": None}


@pytest.mark.parametrize("tier", ["BAND", "CLOSED"])
async def test_a_tier_that_closes_cost_closes_its_evidence_and_its_questions(
    market: Market, desk: Desk, tier: str
) -> None:
    agreement = await market.agree(ADMIN, disclosure_tier=tier)
    cost = await enter(desk, agreement, "admin", "10.00")
    evidence = await market.one("select id from evidence where shows_cost and contract_id = $1", agreement.id)
    node = "query($id: ID!) { node(id: $id) { id } }"
    for public_id in (cost["id"], encode("evd", agreement.id, evidence["id"])):
        assert (await desk.ask(market.finance, node, id=public_id))["node"] is None
        assert (await desk.ask(market.vendor_owner, node, id=public_id))["node"] == {"id": public_id}
    refused = await act(desk, market.finance, "questionActualCost", actualCostId=cost["id"], question="Why?")
    assert refused == {"refused": [("NOT_FOUND", "actualCostId")]}


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        ("stranger", "NOT_FOUND"),
        ("finance", "FORBIDDEN"),
        ("billing_admin", "FORBIDDEN"),
        ("nobody", "UNAUTHENTICATED"),
    ],
)
async def test_only_the_vendor_enters_a_cost(
    market: Market, desk: Desk, agreement: Agreement, actor: str, code: str
) -> None:
    asking = ANONYMOUS if actor == "nobody" else getattr(market, actor)
    refused = await act(desk, asking, "enterActualCost", **cost_of(agreement, "admin", "10.00"))
    assert [error[0] for error in refused["refused"]] == [code]
    assert await rows(agreement) == []


TOMORROW = datetime.now(UTC).date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("others", "refused"),
    [
        ({"evidence": []}, ("EVIDENCE_MISSING", "evidence")),
        ({"amount": usd("1.001")}, ("INVALID_AMOUNT", "amount.amount")),
        ({"amount": usd("-1")}, ("INVALID_AMOUNT", "amount.amount")),
        ({"amount": {"amount": "1", "currencyCode": "EUR"}}, ("INVALID_INPUT", "amount.currencyCode")),
        ({"quantity": "0"}, ("INVALID_AMOUNT", "quantity")),
        ({"allowable": False}, ("INVALID_INPUT", "allowableReason")),
        ({"reason": " "}, ("TEXT_BLANK", "reason")),
        ({"description": "x" * 501}, ("TEXT_TOO_LONG", "description")),
        ({"period": {"startsOn": "2025-12-31", "endsOn": "2026-01-31"}}, ("COST_OUTSIDE_TERM", "period")),
        ({"period": {"startsOn": "2026-02-28", "endsOn": "2026-02-01"}}, ("INVALID_INPUT", "period")),
        ({"period": {"startsOn": "2026-02-01", "endsOn": str(TOMORROW)}}, ("PERIOD_NOT_OVER", "period.endsOn")),
    ],
)
async def test_what_is_wrong_with_a_cost_is_named(
    market: Market, desk: Desk, others: dict[str, Any], refused: tuple[str, str]
) -> None:
    agreement = await market.agree(ADMIN, ends_on=date(2028, 12, 31))
    assert await enter(desk, agreement, "admin", "10.00", FEBRUARY, **others) == {"refused": [refused]}
    assert await rows(agreement) == []


async def test_a_cost_entered_twice_at_once_stands_once(market: Market, desk: Desk, agreement: Agreement) -> None:
    await desk.ask(market.vendor_owner, "{ __typename }")
    first, second = await asyncio.gather(*(enter(desk, agreement, "admin", "10.00") for _ in range(2)))
    refused = [answer["refused"] for answer in (first, second) if "refused" in answer]
    assert refused == [[("COST_ENTERED_ALREADY", "period")]]
    assert await rows(agreement) == [("ENTERED", 1000, 0, 0, 1000)]


async def test_a_line_keeps_one_calendar_of_its_costs(desk: Desk, agreement: Agreement) -> None:
    await enter(desk, agreement, "admin", "10.00")
    await enter(desk, agreement, "admin", "4.00", category="INDIRECT")
    quarter = (date(2026, 1, 1), date(2026, 3, 31))
    refused = await enter(desk, agreement, "admin", "4.00", quarter, category="PASS_THROUGH")
    assert refused == {"refused": [("COST_PERIODS_OVERLAP", "period")]}
    assert "id" in await enter(desk, agreement, "tickets", "4.00", quarter)


async def test_a_correction_supersedes_and_both_stay(desk: Desk, agreement: Agreement) -> None:
    first = await enter(desk, agreement, "admin", "10.00")
    second = await enter(desk, agreement, "admin", "12.50", supersedes=first["id"], reason="Overtime was missing")
    assert (second["supersedes"], second["status"]) == ({"id": first["id"]}, "ENTERED")
    assert await rows(agreement) == [("SUPERSEDED", 1000, 0, 0, 0), ("ENTERED", 1250, 0, 0, 1250)]
    again = await enter(desk, agreement, "admin", "13.00", supersedes=first["id"])
    assert again == {"refused": [("COST_ENDED", "supersedes")]}


async def test_what_is_not_allowable_is_shown_and_not_allowed(desk: Desk, agreement: Agreement) -> None:
    cost = await enter(desk, agreement, "admin", "99.00", allowable=False, allowableReason="Entertainment")
    assert (cost["amount"]["amount"], cost["allowed"]["amount"]) == ("99.00", "0.00")
    assert await rows(agreement) == [("ENTERED", 9900, 0, 0, 0)]


async def test_a_question_holds_its_amount_until_it_is_dropped(
    market: Market, desk: Desk, agreement: Agreement
) -> None:
    cost = await enter(desk, agreement, "admin", "100.00")
    asked = await act(
        desk, market.finance, "questionActualCost", actualCostId=cost["id"], amount=usd("30.00"), question="Overtime?"
    )
    assert (asked["status"], asked["actualCost"]["status"]) == ("OPEN", "QUESTIONED")
    assert asked["actualCost"]["questioned"] == {"amount": "30.00"}
    answered = await act(
        desk, market.vendor_owner, "answerCostQuestion", costQuestionId=asked["id"], answer="A release weekend"
    )
    assert answered["status"] == "ANSWERED"
    dropped = await act(
        desk, market.finance, "withdrawCostQuestion", costQuestionId=asked["id"], reason="The release explains it"
    )
    assert dropped["actualCost"]["questions"] == [
        {"status": "WITHDRAWN", "questioned": {"amount": "30.00"}, "question": "Overtime?",
         "answer": "A release weekend", "disallowed": {"amount": "0.00"}, "outcome": "The release explains it"}
    ]  # fmt: skip
    assert await rows(agreement) == [("ENTERED", 10000, 0, 0, 10000)]


async def test_conceded_disallowed_and_corrected_costs_add_up(market: Market, desk: Desk, agreement: Agreement) -> None:
    cost = await enter(desk, agreement, "admin", "100.00")
    named = {"actualCostId": cost["id"]}
    asked = await act(desk, market.finance, "questionActualCost", **named, amount=usd("30.00"), question="Why?")
    conceded = await act(
        desk, market.vendor_owner, "concedeCostQuestion", costQuestionId=asked["id"], reason="An error"
    )
    assert conceded["actualCost"]["status"] == "PARTLY_DISALLOWED"
    assert await rows(agreement) == [("PARTLY_DISALLOWED", 10000, 0, 3000, 7000)]
    again = await act(desk, market.vendor_owner, "concedeCostQuestion", costQuestionId=asked["id"], reason="An error")
    assert again == {"refused": [("COST_QUESTION_CLOSED", "costQuestionId")]}
    too_much = await act(desk, market.finance, "disallowActualCost", **named, amount=usd("70.01"), reason="No")
    assert too_much == {"refused": [("NOTHING_LEFT_TO_DISALLOW", "amount")]}
    cut = await act(desk, market.finance, "disallowActualCost", **named, amount=usd("20.00"), reason="No receipt")
    assert [question["status"] for question in cut["questions"]] == ["CONCEDED", "DISALLOWED"]
    assert await rows(agreement) == [("PARTLY_DISALLOWED", 10000, 0, 5000, 5000)]
    corrected = await enter(desk, agreement, "admin", "40.00", supersedes=cost["id"])
    assert (corrected["status"], corrected["disallowed"]) == ("DISALLOWED", {"amount": "40.00"})


async def test_a_question_is_decided_once(market: Market, desk: Desk, agreement: Agreement) -> None:
    cost = await enter(desk, agreement, "admin", "100.00")
    named = {"actualCostId": cost["id"]}
    await act(desk, market.finance, "questionActualCost", **named, amount=usd("30.00"), question="Why?")
    twice = await act(desk, market.finance, "questionActualCost", **named, question="Why?")
    assert twice == {"refused": [("COST_QUESTIONED_ALREADY", "actualCostId")]}
    answers = await asyncio.gather(
        act(desk, market.finance, "disallowActualCost", **named, amount=usd("30.00"), reason="No receipt"),
        act(desk, market.finance, "disallowActualCost", **named, amount=usd("100.00"), reason="No receipt"),
    )
    assert sum("refused" in answer for answer in answers) == 1
    assert await rows(agreement) == [("PARTLY_DISALLOWED", 10000, 0, 3000, 7000)]


async def test_a_withdrawn_cost_ends_its_question(market: Market, desk: Desk, agreement: Agreement) -> None:
    cost = await enter(desk, agreement, "admin", "100.00")
    named = {"actualCostId": cost["id"]}
    await act(desk, market.finance, "questionActualCost", **named, question="Why?")
    back = await act(desk, market.vendor_owner, "withdrawActualCost", **named, reason="Another client's")
    assert (back["status"], back["questions"][0]["status"]) == ("WITHDRAWN", "OVERTAKEN")
    assert await rows(agreement) == [("WITHDRAWN", 10000, 0, 0, 0)]
    refused = await act(desk, market.finance, "disallowActualCost", **named, reason="Late")
    assert refused == {"refused": [("COST_ENDED", "actualCostId")]}


async def test_a_billed_cost_is_not_corrected_under_its_invoice(
    market: Market, desk: Desk, agreement: Agreement
) -> None:
    cost = await enter(desk, agreement, "admin", "100.00")
    await market.rows.execute("update actual_cost set billed = true where contract_id = $1", agreement.id)
    refused = await enter(desk, agreement, "admin", "90.00", supersedes=cost["id"])
    assert refused == {"refused": [("COST_BILLED", "supersedes")]}
    back = await act(desk, market.vendor_owner, "withdrawActualCost", actualCostId=cost["id"], reason="Late")
    assert back == {"refused": [("COST_BILLED", "actualCostId")]}


@pytest.mark.parametrize("mutation", ["questionActualCost", "disallowActualCost", "withdrawActualCost"])
@pytest.mark.parametrize("actor", ["stranger", "acceptor", "billing_admin", "nobody"])
async def test_outsiders_and_other_roles_change_no_cost(
    market: Market, desk: Desk, agreement: Agreement, mutation: str, actor: str
) -> None:
    cost = await enter(desk, agreement, "admin", "100.00")
    word = "question" if mutation == "questionActualCost" else "reason"
    asking = ANONYMOUS if actor == "nobody" else getattr(market, actor)
    refused = await act(desk, asking, mutation, actualCostId=cost["id"], **{word: "Why?"})
    expected = {"stranger": "NOT_FOUND", "nobody": "UNAUTHENTICATED"}.get(actor, "FORBIDDEN")
    assert [error[0] for error in refused["refused"]] == [expected]
    assert await rows(agreement) == [("ENTERED", 10000, 0, 0, 10000)]
