"""Each mutation of reconciliation, tried by nobody, strangers, both parties, staff without the role, and twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any

from core.actor import ANONYMOUS
from core.ids import encode, new_id
from tests.billing.desk import Desk
from tests.billing.market import NOW, Market

RUN = "matchRun { status issuedFrom issuedUntil }"
TOLERANCE = "matchTolerance { amount { amount } percent reason }"
EXCEPTION = "exception { owner { name } resolution resolutionReason }"
ASKED = {
    "requestMatch": RUN,
    "configureMatchTolerance": TOLERANCE,
    "assignBillingException": EXCEPTION,
    "resolveBillingException": EXCEPTION,
}
TABLES = "match_run match_tolerance billing_exception audit_event".split()


def request(name: str) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($i: {kind}!) {{ {name}(input: $i) {{ {ASKED[name]} userErrors {{ field code }} }} }}"


async def everything(market: Market) -> list[Any]:
    return [await market.all(f"select * from {table} order by id") for table in TABLES]  # noqa: S608  (our own words)


async def an_exception(market: Market) -> str:
    id_ = new_id()
    await market.insert(
        "billing_exception", id=id_, kind="UNKNOWN_BANK_LINE", severity="MEDIUM", subject="BANK_LINE",
        subject_id=new_id(), happened_on=date(2026, 5, 31), currency_code="USD", amount_minor=100, message="-",
        opened_at=NOW, last_seen_at=NOW,
    )  # fmt: skip
    return encode("bex", id_)


async def test_who_may_not_changes_nothing_and_who_may_is_told_what_is_wrong(market: Market, desk: Desk) -> None:
    exception = await an_exception(market)
    right: dict[str, dict[str, Any]] = {
        "requestMatch": {"days": {"startsOn": "2026-05-01", "endsOn": "2026-05-31"}, "reason": "Month end"},
        "configureMatchTolerance": {"amount": {"amount": "5.00", "currencyCode": "USD"}, "percent": "1.00",
                                    "reason": "Pennies"},
        "assignBillingException": {"exceptionId": exception, "ownerId": None},
        "resolveBillingException": {"exceptionId": exception, "answer": "DISMISSED", "reason": "Not ours"},
    }  # fmt: skip
    nobody = {"exceptionId": encode("bex", new_id())}
    wrong: list[tuple[str, dict[str, Any], str | None, str]] = [
        ("requestMatch", {"reason": " "}, "reason", "TEXT_BLANK"),
        ("requestMatch", {"days": {"startsOn": "2025-01-01", "endsOn": "2026-05-31"}}, "days.endsOn", "INVALID_INPUT"),
        ("configureMatchTolerance", {"percent": "100.01"}, "percent", "INVALID_INPUT"),
        ("configureMatchTolerance", {"amount": {"amount": "0.001", "currencyCode": "USD"}}, "amount.amount",
         "INVALID_AMOUNT"),
        ("configureMatchTolerance", {"reason": "x" * 2001}, "reason", "TEXT_TOO_LONG"),
        ("assignBillingException", nobody, "exceptionId", "NOT_FOUND"),
        ("assignBillingException", {"ownerId": encode("mem", new_id())}, "ownerId", "OWNER_CANNOT_RESOLVE"),
        ("resolveBillingException", nobody, "exceptionId", "NOT_FOUND"),
        ("resolveBillingException", {"reason": ""}, "reason", "TEXT_BLANK"),
    ]  # fmt: skip
    staff = market.member("OPERATOR", market.operator, "OWNER", "AUDITOR")
    actors = [(ANONYMOUS, "UNAUTHENTICATED")]
    actors += [(who, "FORBIDDEN") for who in (market.stranger, market.finance, market.vendor_owner, staff)]
    before = await everything(market)
    for name, given in right.items():
        for actor, code in actors:
            payload = (await desk.ask(actor, request(name), i=given))[name]
            assert list(payload.values()) == [None, [{"field": None, "code": code}]], (name, actor.kind)
    for name, given, field, code in wrong:
        payload = (await desk.ask(market.billing_admin, request(name), i=right[name] | given))[name]
        assert list(payload.values()) == [None, [{"field": field, "code": code}]], name
    assert await everything(market) == before


async def test_twice_at_once_an_exception_is_resolved_once(market: Market, desk: Desk) -> None:
    given = {"exceptionId": await an_exception(market), "answer": "RESOLVED", "reason": "Mended"}
    await desk.ask(market.billing_admin, "{ __typename }")
    name = "resolveBillingException"
    both = await asyncio.gather(*(desk.ask(market.billing_admin, request(name), i=given) for _ in range(2)))
    answers = sorted((answer[name] for answer in both), key=lambda answer: len(answer["userErrors"]))
    assert answers == [
        {"exception": {"owner": None, "resolution": "RESOLVED", "resolutionReason": "Mended"}, "userErrors": []},
        {"exception": None, "userErrors": [{"field": "exceptionId", "code": "EXCEPTION_CLOSED"}]},
    ]
    events = await market.all("select type, reason from audit_event")
    assert events == [{"type": "BILLING_EXCEPTION_RESOLVED", "reason": "Mended"}]
    closed = (await desk.ask(market.billing_admin, request("assignBillingException"),
                             i={"exceptionId": given["exceptionId"]}))["assignBillingException"]  # fmt: skip
    assert closed["userErrors"] == [{"field": "exceptionId", "code": "EXCEPTION_CLOSED"}]


async def test_an_exception_is_given_to_a_billing_administrator_and_taken_away(market: Market, desk: Desk) -> None:
    exception, name = await an_exception(market), "assignBillingException"
    await desk.ask(market.billing_admin, "{ __typename }")
    given = {"exceptionId": exception, "ownerId": encode("mem", market.billing_admin.member_id)}
    both = await asyncio.gather(*(desk.ask(market.billing_admin, request(name), i=given) for _ in range(2)))
    owned = {"owner": {"name": "Kim"}, "resolution": None, "resolutionReason": None}
    assert [answer[name] for answer in both] == [{"exception": owned, "userErrors": []}] * 2
    back = (await desk.ask(market.billing_admin, request(name), i={"exceptionId": exception}))[name]
    assert back == {"exception": owned | {"owner": None}, "userErrors": []}


async def test_a_match_and_a_tolerance_are_written_down_as_asked(market: Market, desk: Desk) -> None:
    today = datetime.now(UTC).date()
    days = {"startsOn": str(today), "endsOn": str(today)}
    asked = await desk.ask(market.billing_admin, request("requestMatch"), i={"days": days, "reason": "Daily"})
    assert asked["requestMatch"] == {
        "matchRun": {"status": "RUNNING", "issuedFrom": str(today), "issuedUntil": str(today)}, "userErrors": [],
    }  # fmt: skip
    given = {"amount": {"amount": "5.00", "currencyCode": "USD"}, "percent": "1.50", "reason": "Pennies"}
    asked = await desk.ask(market.billing_admin, request("configureMatchTolerance"), i=given)
    assert asked["configureMatchTolerance"] == {
        "matchTolerance": {"amount": {"amount": "5.00"}, "percent": "1.50", "reason": "Pennies"}, "userErrors": [],
    }  # fmt: skip
    events = await market.all("select type, reason from audit_event order by id")
    assert [tuple(event.values()) for event in events] == [
        ("MATCH_REQUESTED", "Daily"), ("MATCH_TOLERANCE_CONFIGURED", "Pennies"),
    ]  # fmt: skip
