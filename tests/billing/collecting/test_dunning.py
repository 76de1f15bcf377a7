"""What falls due in which time zone, and the notices that follow: once for each level, never of what is disputed."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import encode
from tests.billing.collecting.sweeping import Sweep
from tests.billing.desk import Desk
from tests.billing.market import Agreement, Line, Market

SET = """mutation($input: SetDunningScheduleInput!) { setDunningSchedule(input: $input) {
  levelCount userErrors { field code } } }"""
PAUSE = """mutation($input: PauseDunningInput!) { pauseDunning(input: $input) {
  invoice { id dunningPause { reason } } userErrors { field code } } }"""
RESUME = """mutation($input: ResumeDunningInput!) { resumeDunning(input: $input) {
  invoice { id dunningPause { reason } } userErrors { field code } } }"""
LEVELS = [
    {"daysAfterDue": 3, "kind": "REMINDER"},
    {"daysAfterDue": 14, "kind": "NOTICE", "lateChargePercent": "1.25"},
    {"daysAfterDue": 30, "kind": "FINAL", "lateChargePercent": "2"},
]


async def owed(market: Market, *, price: str = "52", **terms: Any) -> tuple[Agreement, dict[str, Any]]:  # noqa: ANN401
    """A contract with an invoice of ten hours, issued at NOW and due thirty days later."""
    agreement = await market.agree(Line("admin", price, "0"), **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement, await market.one("select * from invoice where id = $1", await agreement.issue())


async def schedule(desk: Desk, market: Market, levels: list[dict[str, Any]] | None = None) -> None:
    given = {"levels": LEVELS if levels is None else levels, "reason": "House rules"}
    assert (await desk.ask(market.billing_admin, SET, input=given))["setDunningSchedule"]["userErrors"] == []


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time_zone", "last_instant"),
    [
        ("UTC", datetime(2026, 7, 15, 23, 59, 59, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 7, 16, 9, 59, 59, tzinfo=UTC)),  # UTC+14: issued on the 16th there
        ("Pacific/Pago_Pago", datetime(2026, 7, 16, 10, 59, 59, tzinfo=UTC)),  # UTC-11
        ("America/New_York", datetime(2026, 7, 16, 3, 59, 59, tzinfo=UTC)),
    ],
)
async def test_an_invoice_is_overdue_when_its_due_day_is_over_there(
    market: Market, sweep: Sweep, time_zone: str, last_instant: datetime
) -> None:
    agreement, invoice = await owed(market, time_zone=time_zone)
    assert invoice["due_on"] == date(2026, 7, 16 if "Kiri" in time_zone else 15)
    assert await sweep.overdue(agreement.id, last_instant) == 0
    assert await sweep.overdue(agreement.id, last_instant + timedelta(seconds=1)) == 1
    after = await market.one("select * from invoice where id = $1", invoice["id"])
    assert after == invoice | {"status": "OVERDUE"}
    assert await sweep.overdue(agreement.id, last_instant + timedelta(days=9)) == 0
    events = await market.all(
        "select type, reason from audit_event where object_id = $1 and type = 'INVOICE_OVERDUE'", invoice["id"]
    )
    assert events == [{"type": "INVOICE_OVERDUE", "reason": "its due day is over"}]


async def test_what_is_paid_void_or_due_on_the_last_of_february_is_not_overdue(market: Market, sweep: Sweep) -> None:
    agreement, _ = await owed(market)
    issued_at = datetime(2028, 1, 30, 12, tzinfo=UTC)
    await agreement.accept("admin", "1", date(2026, 3, 1))
    february = await agreement.issue((date(2026, 3, 1), date(2026, 3, 31)), now=issued_at)
    row = await market.one("select due_on from invoice where id = $1", february)
    assert row["due_on"] == date(2028, 2, 29)
    await market.rows.execute(
        "update invoice set status = 'PAID', paid_minor = total_minor, amount_due_minor = 0 "
        "where contract_id = $1 and id <> $2", agreement.id, february,
    )  # fmt: skip
    assert await sweep.overdue(agreement.id, noon(date(2028, 2, 29))) == 0
    await agreement.void(february)
    assert await sweep.overdue(agreement.id, noon(date(2028, 3, 1))) == 0


async def test_each_level_is_given_once_and_a_missed_one_is_passed_over(
    market: Market, desk: Desk, sweep: Sweep
) -> None:
    await schedule(desk, market)
    agreement, invoice = await owed(market)
    due = invoice["due_on"]
    assert await sweep.dun(agreement.id, noon(due + timedelta(days=40))) == 0, "it is not overdue before it is marked"
    await sweep.overdue(agreement.id, noon(due + timedelta(days=1)))
    looked = (2, 3, 4, 13, 31, 32, 400)
    given = [(days, await sweep.dun(agreement.id, noon(due + timedelta(days=days)))) for days in looked]
    assert given == [(2, 0), (3, 1), (4, 0), (13, 0), (31, 1), (32, 0), (400, 0)]
    request = """query($id: ID!) { invoice(id: $id) { dunningNotices {
      level kind dueOn noticedOn overdue { amount } disputed { amount } lateChargePercent lateCharge { amount } } } }"""
    shown = (await desk.ask(market.finance, request, id=encode("inv", agreement.id, invoice["id"])))["invoice"]
    common = {"dueOn": "2026-07-15", "overdue": {"amount": "520.00"}, "disputed": {"amount": "0.00"}}
    assert shown["dunningNotices"] == [
        {**common, "level": 1, "kind": "REMINDER", "noticedOn": "2026-07-18", "lateChargePercent": None,
         "lateCharge": {"amount": "0.00"}},
        {**common, "level": 3, "kind": "FINAL", "noticedOn": "2026-08-15", "lateChargePercent": "2.00",
         "lateCharge": {"amount": "10.40"}},
    ]  # fmt: skip
    listed = "{ dunningNotices(first: 5, filter: {kind: [FINAL]}) { nodes { invoice { number } } } }"
    for reader in (market.finance, market.vendor_owner):
        seen = (await desk.ask(reader, listed))["dunningNotices"]["nodes"]
        assert seen == [{"invoice": {"number": invoice["number"]}}]
    for reader in (market.stranger, ANONYMOUS):
        assert (await desk.ask(reader, listed))["dunningNotices"]["nodes"] == []


@pytest.mark.parametrize("case", [("JPY", "100", 12), ("KWD", "0.100", 12), ("USD", "10", 125)])
async def test_a_late_charge_is_rounded_half_even(
    market: Market, desk: Desk, sweep: Sweep, case: tuple[str, str, int]
) -> None:
    currency, price, charge = case
    await schedule(desk, market, [{"daysAfterDue": 1, "kind": "NOTICE", "lateChargePercent": "1.25"}])
    agreement, invoice = await owed(market, price=price, currency_code=currency)
    late = noon(invoice["due_on"] + timedelta(days=1))
    await sweep.overdue(agreement.id, late)
    assert await sweep.dun(agreement.id, late) == 1
    notice = await market.one("select late_charge_minor from dunning_notice where invoice_id = $1", invoice["id"])
    assert notice["late_charge_minor"] == charge


async def test_what_is_disputed_is_left_out_and_a_pause_holds_all(market: Market, desk: Desk, sweep: Sweep) -> None:
    await schedule(desk, market)
    agreement, invoice = await owed(market)
    late = noon(invoice["due_on"] + timedelta(days=5))
    await sweep.overdue(agreement.id, late)
    await market.rows.execute("update invoice set disputed_minor = 52000 where id = $1", invoice["id"])
    assert await sweep.dun(agreement.id, late) == 0
    await market.rows.execute("update invoice set disputed_minor = 12000 where id = $1", invoice["id"])
    given = {"invoiceId": encode("inv", agreement.id, invoice["id"]), "reason": "They have asked for time"}
    answer = (await desk.ask(market.billing_admin, PAUSE, input=given))["pauseDunning"]
    assert answer["invoice"]["dunningPause"] == {"reason": "They have asked for time"}
    again = (await desk.ask(market.billing_admin, PAUSE, input=given))["pauseDunning"]
    assert again == {"invoice": None, "userErrors": [{"field": "invoiceId", "code": "DUNNING_PAUSED"}]}
    assert await sweep.dun(agreement.id, late) == 0
    answer = (await desk.ask(market.billing_admin, RESUME, input=given))["resumeDunning"]
    assert answer["invoice"] == {"id": given["invoiceId"], "dunningPause": None}
    again = (await desk.ask(market.billing_admin, RESUME, input=given))["resumeDunning"]
    assert again["userErrors"] == [{"field": "invoiceId", "code": "DUNNING_NOT_PAUSED"}]
    assert await sweep.dun(agreement.id, late) == 1
    notice = await market.one("select * from dunning_notice where invoice_id = $1", invoice["id"])
    assert (notice["overdue_minor"], notice["disputed_minor"], notice["level"]) == (40000, 12000, 1)


async def test_two_workers_give_one_notice(market: Market, desk: Desk, sweep: Sweep) -> None:
    await schedule(desk, market)
    agreement, invoice = await owed(market)
    late = noon(invoice["due_on"] + timedelta(days=5))
    await sweep.overdue(agreement.id, late)
    won = await asyncio.gather(*(sweep.dun_one(agreement.id, invoice["id"], late) for _ in range(5)))
    assert sorted(won) == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("levels", "code", "field"),
    [
        ([LEVELS[1], LEVELS[0]], "SCHEDULE_NOT_IN_ORDER", "levels.1.daysAfterDue"),
        ([{"daysAfterDue": 366, "kind": "FINAL"}], "INVALID_INPUT", "levels.0.daysAfterDue"),
        ([{**LEVELS[0], "lateChargePercent": "0"}], "INVALID_INPUT", "levels.0.lateChargePercent"),
        ([{"daysAfterDue": day, "kind": "FINAL"} for day in range(1, 11)], "LIST_TOO_LONG", "levels"),
    ],
)
async def test_a_schedule_goes_forward(
    market: Market, desk: Desk, levels: list[dict[str, Any]], code: str, field: str
) -> None:
    await schedule(desk, market)
    answer = await desk.ask(market.billing_admin, SET, input={"levels": levels, "reason": "New"})
    assert answer["setDunningSchedule"] == {"levelCount": None, "userErrors": [{"field": field, "code": code}]}
    request = "{ dunningSchedule { level daysAfterDue kind lateChargePercent } }"
    told = (await desk.ask(market.billing_admin, request))["dunningSchedule"]
    assert [(level["level"], level["daysAfterDue"]) for level in told] == [(1, 3), (2, 14), (3, 30)]
    assert (await desk.ask(market.finance, request))["dunningSchedule"] == []


async def test_only_the_operators_billing_desk_sets_and_pauses(market: Market, desk: Desk) -> None:
    agreement, invoice = await owed(market)
    pause = {"invoiceId": encode("inv", agreement.id, invoice["id"]), "reason": "Mercy"}
    for actor, code, hidden in (
        (ANONYMOUS, "UNAUTHENTICATED", "UNAUTHENTICATED"), (market.finance, "FORBIDDEN", "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN", "FORBIDDEN"), (market.stranger, "FORBIDDEN", "NOT_FOUND"),
    ):  # fmt: skip
        answer = await desk.ask(actor, SET, input={"levels": LEVELS, "reason": "New"})
        assert [error["code"] for error in answer["setDunningSchedule"]["userErrors"]] == [code]
        for request in (PAUSE, RESUME):
            (payload,) = (await desk.ask(actor, request, input=pause)).values()
            assert [error["code"] for error in payload["userErrors"]] == [hidden]
    assert await market.all("select 1 from dunning_pause where invoice_id = $1", invoice["id"]) == []
