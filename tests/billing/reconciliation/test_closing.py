"""Months of the books: closed they lock, exceptions hold them open, and a second person answers for what is left."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.actor import ANONYMOUS, Actor
from core.errors import DomainError
from core.ids import encode, new_id
from services.billing.invoices.invoicing import issue_invoice
from services.billing.ledger.journal import PeriodClosed
from services.billing.reconciliation.closing import AlreadyClosed, close_period
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, NOW, Agreement, Market

MAY = date(2026, 5, 1)
IN_MAY, IN_JUNE = datetime(2026, 5, 31, 23, 59, 59, 999999, UTC), datetime(2026, 6, 1, tzinfo=UTC)
PERIOD = "period { id startsOn endsOn status closeReason openExceptionCount overrideReason reopenReason }"
CLOSE = (
    f"mutation($input: ClosePeriodInput!) {{ closePeriod(input: $input) {{ {PERIOD} userErrors {{ field code }} }} }}"
)
REQUEST = f"""mutation($input: RequestPeriodOverrideInput!) {{
  requestPeriodOverride(input: $input) {{ {PERIOD} userErrors {{ field code message }} }} }}"""
CONFIRM = f"""mutation($input: ConfirmPeriodOverrideInput!) {{
  confirmPeriodOverride(input: $input) {{ {PERIOD} userErrors {{ field code }} }} }}"""
REOPEN = (
    f"mutation($input: ReopenPeriodInput!) {{ reopenPeriod(input: $input) {{ {PERIOD} userErrors {{ field code }} }} }}"
)
WAITING = "select count(*) from pg_locks where not granted and relation = 'journal_entry'::regclass"
LIST = "{ accountingPeriods(first: 9) { nodes { id status } } }"


async def worked(market: Market) -> Agreement:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement


async def an_exception(market: Market, on: date = date(2026, 5, 31)) -> UUID:
    id_ = new_id()
    await market.insert(
        "billing_exception", id=id_, kind="UNKNOWN_BANK_LINE", severity="MEDIUM", subject="BANK_LINE",
        subject_id=new_id(), happened_on=on, currency_code="USD", amount_minor=100, message="nobody knows it",
        opened_at=NOW, last_seen_at=NOW,
    )  # fmt: skip
    return id_


async def close(market: Market, by: Actor | None = None) -> UUID:
    actor = by or market.billing_admin
    return await market.database.write(
        actor,
        lambda tx: close_period(tx, actor=actor, starts_on=MAY, reason="Month end", now=NOW),
        now=NOW,
        request_id="test",
    )


async def test_in_a_closed_month_nothing_takes_effect(market: Market) -> None:
    agreement = await worked(market)
    await close(market)
    with pytest.raises(PeriodClosed, match="the books of 2026-05 are closed"):
        await agreement.issue(now=IN_MAY)
    assert await market.all("select * from journal_entry") == []
    assert await market.all("select * from invoice") == []
    await agreement.issue(now=IN_JUNE)
    assert len(await market.all("select * from journal_entry")) == 1


async def test_no_way_into_the_journal_goes_past_it(market: Market) -> None:
    agreement = await worked(market)
    await agreement.issue(now=IN_JUNE)
    await close(market)
    statement = """insert into journal_entry select contract_id, uuidv7(), association_id, vendor_id, sequence + 1,
        'INVOICE_VOIDED', invoice_id, id, $1, recorded_at, salt, digest, hash, hash, null from journal_entry"""
    with pytest.raises(asyncpg.CheckViolationError, match="closed"):
        await market.rows.execute(statement, IN_MAY)


async def test_over_http_a_month_is_closed_once_and_opened_again_by_somebody_else(market: Market, desk: Desk) -> None:
    other = market.member("OPERATOR", market.operator, "BILLING_ADMIN")
    given = {"startsOn": "2026-05-01", "reason": " Month end "}
    closed = (await desk.ask(market.billing_admin, CLOSE, input=given))["closePeriod"]
    id_ = closed["period"]["id"]
    assert closed == {
        "period": {"id": id_, "startsOn": "2026-05-01", "endsOn": "2026-05-31", "status": "CLOSED",
                   "closeReason": "Month end", "openExceptionCount": 0, "overrideReason": None, "reopenReason": None},
        "userErrors": [],
    }  # fmt: skip
    again = (await desk.ask(other, CLOSE, input=given))["closePeriod"]
    assert again == {"period": None, "userErrors": [{"field": "startsOn", "code": "ALREADY_CLOSED"}]}
    reopen = {"periodId": id_, "reason": "A bill came late"}
    alone = (await desk.ask(market.billing_admin, REOPEN, input=reopen))["reopenPeriod"]
    assert alone == {"period": None, "userErrors": [{"field": "periodId", "code": "SECOND_PERSON_NEEDED"}]}
    opened = (await desk.ask(other, REOPEN, input=reopen))["reopenPeriod"]
    assert (opened["period"]["status"], opened["period"]["reopenReason"]) == ("OPEN", "A bill came late")
    twice = (await desk.ask(other, REOPEN, input=reopen))["reopenPeriod"]
    assert twice["userErrors"] == [{"field": "periodId", "code": "NOT_CLOSED"}]
    events = await market.all("select type, reason from audit_event order by id")
    assert [tuple(event.values()) for event in events] == [
        ("PERIOD_CLOSED", "Month end"),
        ("PERIOD_REOPENED", "A bill came late"),
    ]


async def test_open_exceptions_hold_a_month_open_until_two_persons_agree(market: Market, desk: Desk) -> None:
    other = market.member("OPERATOR", market.operator, "BILLING_ADMIN")
    given = {"startsOn": "2026-05-01", "reason": "Month end"}
    nothing = (await desk.ask(market.billing_admin, REQUEST, input=given))["requestPeriodOverride"]
    assert [error["code"] for error in nothing["userErrors"]] == ["NOTHING_TO_OVERRIDE"]
    await an_exception(market)
    await an_exception(market)
    await an_exception(market, on=date(2026, 6, 1))
    refused = (await desk.ask(market.billing_admin, CLOSE, input=given))["closePeriod"]
    assert refused == {"period": None, "userErrors": [{"field": "startsOn", "code": "EXCEPTIONS_OPEN"}]}

    asked = await desk.ask(market.billing_admin, REQUEST, input=given | {"reason": "Bank is slow"})
    period = asked["requestPeriodOverride"]["period"]
    assert (period["status"], period["overrideReason"]) == ("OPEN", "Bank is slow")
    again = (await desk.ask(other, REQUEST, input=given))["requestPeriodOverride"]
    assert [error["code"] for error in again["userErrors"]] == ["OVERRIDE_REQUESTED"]
    confirm = {"periodId": period["id"], "reason": "Agreed"}
    alone = (await desk.ask(market.billing_admin, CONFIRM, input=confirm))["confirmPeriodOverride"]
    assert alone["userErrors"] == [{"field": "periodId", "code": "SECOND_PERSON_NEEDED"}]
    closed = (await desk.ask(other, CONFIRM, input=confirm))["confirmPeriodOverride"]["period"]
    assert (closed["status"], closed["openExceptionCount"], closed["closeReason"]) == ("CLOSED", 2, "Agreed")
    late = (await desk.ask(other, CONFIRM, input=confirm))["confirmPeriodOverride"]
    assert late["userErrors"] == [{"field": "periodId", "code": "ALREADY_CLOSED"}]


async def test_what_was_asked_for_falls_away_when_the_exceptions_do(market: Market, desk: Desk) -> None:
    given = {"startsOn": "2026-05-01", "reason": "Month end"}
    id_ = await an_exception(market)
    await desk.ask(market.billing_admin, REQUEST, input=given)
    await market.rows.execute(
        "update billing_exception set resolution = 'GONE', resolved_at = now() where id = $1", id_
    )
    closed = (await desk.ask(market.billing_admin, CLOSE, input=given))["closePeriod"]["period"]
    assert (closed["status"], closed["overrideReason"]) == ("CLOSED", None)


async def test_every_refusal_has_its_code(market: Market, desk: Desk) -> None:
    today = datetime.now(UTC).date().replace(day=1)
    given: dict[str, Any] = {"startsOn": "2026-05-01", "reason": "Month end"}
    other = {"periodId": encode("apd", new_id()), "reason": "Why not"}
    staff = market.member("OPERATOR", market.operator, "OWNER", "AUDITOR")
    cases: list[tuple[Any, str, dict[str, Any], str, str | None]] = [
        *((who, ask, given, code, None) for who, code in (
            (ANONYMOUS, "UNAUTHENTICATED"), (staff, "FORBIDDEN"), (market.finance, "FORBIDDEN"),
            (market.stranger, "FORBIDDEN")) for ask in (CLOSE, REQUEST)),
        *((who, ask, other, code, None) for who, code in (
            (ANONYMOUS, "UNAUTHENTICATED"), (staff, "FORBIDDEN"), (market.vendor_owner, "FORBIDDEN"))
          for ask in (CONFIRM, REOPEN)),
        (market.billing_admin, CLOSE, given | {"startsOn": "2026-05-02"}, "INVALID_INPUT", "startsOn"),
        (market.billing_admin, CLOSE, given | {"startsOn": str(today)}, "PERIOD_STILL_RUNS", "startsOn"),
        (market.billing_admin, CLOSE, given | {"reason": " "}, "TEXT_BLANK", "reason"),
        (market.billing_admin, CLOSE, given | {"reason": "x" * 2001}, "TEXT_TOO_LONG", "reason"),
        (market.billing_admin, CONFIRM, other, "NOT_FOUND", "periodId"),
        (market.billing_admin, REOPEN, other, "NOT_FOUND", "periodId"),
    ]  # fmt: skip
    for actor, request, input_, code, field in cases:
        (payload,) = (await desk.ask(actor, request, input=input_)).values()
        errors = [{"field": error["field"], "code": error["code"]} for error in payload["userErrors"]]
        assert (payload["period"], errors) == (None, [{"field": field, "code": code}]), (code, input_)
    assert await market.all("select * from accounting_period") == []
    assert await market.all("select * from audit_event") == []


async def test_months_are_shown_to_the_operators_staff(market: Market, desk: Desk) -> None:
    id_ = encode("apd", await close(market))
    auditor, plain = (market.member("OPERATOR", market.operator, *roles) for roles in (("AUDITOR",), ()))
    assert await desk.ask(auditor, LIST) == {"accountingPeriods": {"nodes": [{"id": id_, "status": "CLOSED"}]}}
    for reader in (plain, market.finance, market.vendor_owner, ANONYMOUS):
        assert await desk.ask(reader, LIST) == {"accountingPeriods": {"nodes": []}}


async def test_of_two_who_close_at_once_one_does(market: Market) -> None:
    answers = await asyncio.gather(*(close(market) for _ in range(5)), return_exceptions=True)
    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [AlreadyClosed] * 4
    assert len(await market.all("select * from audit_event where type = 'PERIOD_CLOSED'")) == 1


@pytest.mark.parametrize("_", range(3))
async def test_who_posts_while_it_is_closed_is_in_before_or_refused(market: Market, _: int) -> None:
    agreements = [await worked(market) for _ in range(6)]
    before, after = agreements[:3], agreements[3:]

    async def issue(agreement: Agreement) -> DomainError | None:
        try:
            await agreement.issue(now=IN_MAY)
        except PeriodClosed as refused:
            return refused
        return None

    answers = await asyncio.gather(*map(issue, before), close(market), *map(issue, after))
    period = await market.one("select * from accounting_period")
    entries = await market.all("select * from journal_entry")
    assert period["status"] == "CLOSED"
    assert len(entries) == sum(answer is None for answer in answers)
    assert len(await market.all("select * from invoice")) == len(entries), "who was refused has left nothing"
    with pytest.raises(PeriodClosed):
        await (await worked(market)).issue(now=IN_MAY)


async def test_a_month_that_closes_waits_for_who_is_posting(market: Market) -> None:
    """A writer that has posted and not committed is in: the closing waits, so that no entry slips in behind it."""
    agreement = await worked(market)
    posted, go_on = asyncio.Event(), asyncio.Event()

    async def post_slowly() -> None:
        actor = market.billing_admin
        async with market.database.transaction(actor, now=IN_MAY, request_id="test") as tx:
            days = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}
            await issue_invoice(tx, actor=actor, contract_id=agreement.id, **days, now=IN_MAY)
            posted.set()
            await go_on.wait()

    writing = asyncio.create_task(post_slowly())
    await posted.wait()
    closing = asyncio.create_task(close(market))
    try:
        while not await market.rows.fetchval(WAITING):
            assert not closing.done()
    finally:
        go_on.set()
    await asyncio.gather(writing, closing)
    assert len(await market.all("select * from journal_entry")) == 1
