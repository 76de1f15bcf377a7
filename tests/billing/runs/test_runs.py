"""What a run bills, where it stops, and that another of the same period bills nothing twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Uuid, cast, literal, null, select

from core.actor import ANONYMOUS
from core.errors import Forbidden, Unauthenticated
from services.billing.invoices.drafts import NotDraft, discard_draft, issue_draft
from services.billing.runs import reads
from services.billing.runs.steering import (
    RunNotInState,
    cancel_billing_run,
    pause_billing_run,
    resume_billing_run,
)
from tests.billing.market import ADMIN, FEBRUARY, Market
from tests.billing.runs.running import Runs
from tests.billing.taxes.law import report_in

NOTHING = ("NOTHING_TO_BILL", None, None)
PENDING = ("PENDING", None, None)


def billed(hours: int) -> tuple[str, None, int]:
    return ("BILLED", None, hours * 5200)


async def test_a_run_issues_what_each_contract_has_to_bill_and_says_so(runs: Runs, market: Market) -> None:
    agreements = [await runs.agreed(hours) for hours in (1, 0, 3, 4, 0)]
    agreements.append(await market.agree(time_zone="Pacific/Honolulu"))
    unsigned = await market.agree(activated_at=None, status="PROPOSED")

    run = await runs.start()
    assert await runs.work_off(run)

    assert await runs.standing(run) == {
        "status": "DONE", "total": 6, "billed": 3, "nothing": 3, "refused": 0, "stop_code": None
    }  # fmt: skip
    assert await runs.items(run) == [billed(1), NOTHING, billed(3), billed(4), NOTHING, NOTHING]
    assert await runs.numbers() == ["2026-000001", "2026-000002", "2026-000003"]
    for agreement in agreements:
        assert await market.broken_link(agreement) is None
    assert await unsigned.billed() == ["counter"]
    events = await market.all("select type, reason from audit_event where vendor_id = $1 order by id", market.vendor)
    assert [tuple(event.values()) for event in events] == [("INVOICE_ISSUED", "The month is over")] * 3
    told = await market.all("select type, reason from audit_event where object_id = $1 order by id", run)
    assert [tuple(event.values()) for event in told] == [
        ("BILLING_RUN_STARTED", "The month is over"), ("BILLING_RUN_ENDED", None)
    ]  # fmt: skip
    assert not await runs.work_off(run)


async def test_a_run_writes_what_single_invoices_say(runs: Runs, market: Market) -> None:
    by_run, alone = await runs.agreed(7), await runs.agreed(7)
    single = await alone.issue()
    await runs.work_off(await runs.start())

    compared = """select i.status, period_starts_on, period_ends_on, issued_on, due_on, currency_code, seller_name,
        buyer_name, issuer_name, issued_by_member_id, issued_by_name, subtotal_minor, total_minor, amount_due_minor,
        (select json_agg(json_build_array(account, amount_minor) order by position) from posting p
            where p.contract_id = i.contract_id)::text as postings
        from invoice i where contract_id = $1"""
    assert await market.one(compared, by_run.id) == await market.one(compared, alone.id)
    (mine,), (others,) = [
        await agreement.lines_of(id_)
        for agreement, id_ in (
            (by_run, (await market.one("select id from invoice where contract_id = $1", by_run.id))["id"]),
            (alone, single),
        )
    ]
    own = {"contract_id", "id", "invoice_id", "contract_line_id"}
    assert {name: mine[name] for name in mine.keys() - own} == {name: others[name] for name in others.keys() - own}


async def test_the_preview_is_the_run_to_the_cent(runs: Runs, market: Market) -> None:
    for hours in (1, 0, 3):
        await runs.agreed(hours)
    asked = select(
        literal(FEBRUARY[0]).label("period_starts_on"), literal(FEBRUARY[1]).label("period_ends_on"),
        literal(market.vendor).label("vendor_id"), cast(null(), Uuid).label("association_id"),
    ).subquery("asked")  # fmt: skip
    items = reads.preview_items(asked.c)
    previewed = await market.read(market.billing_admin, items.order_by("contract_id"))

    run = await runs.start()
    await runs.work_off(run)

    found = await market.all(
        "select contract_id, currency_code, amount_minor as subtotal_minor from billing_run_item "
        "where run_id = $1 and status = 'BILLED' order by contract_id", run,
    )  # fmt: skip
    assert previewed == found
    assert await market.read(market.billing_admin, items) == []


async def test_a_second_run_of_the_period_bills_nothing_twice(runs: Runs) -> None:
    for hours in (1, 2):
        await runs.agreed(hours)
    first, second = await runs.start(), await runs.start()
    await asyncio.gather(runs.work_off(first), runs.work_off(second), runs.work_off(first))
    both = sorted(await runs.items(first) + await runs.items(second), key=str)
    assert both == sorted([billed(1), billed(2), NOTHING, NOTHING], key=str)
    assert await runs.numbers() == ["2026-000001", "2026-000002"]


async def test_a_run_can_be_of_one_vendor_or_association(runs: Runs, market: Market) -> None:
    await runs.agreed(1)
    stranger = market.stranger.organization_id
    for parties, total in (
        ({"vendor_id": market.vendor}, 1),
        ({"vendor_id": None, "association_id": market.association}, 1),
        ({"vendor_id": market.vendor, "association_id": stranger}, 0),
    ):
        assert (await runs.standing(await runs.start(**parties)))["total"] == total
    everything = await market.one("select count(*) from contract where activated_at is not null")
    assert (await runs.standing(await runs.start(vendor_id=None)))["total"] == everything["count"]


@pytest.mark.parametrize(
    ("limits", "code", "still"),
    [
        ({"most_invoices": 3}, "TOO_MANY_INVOICES", 3),
        ({"largest_total": Decimal(52 * 5)}, "TOTAL_TOO_LARGE", 2),
        ({"largest_total": Decimal(1)}, "TOTAL_TOO_LARGE", 0),
    ],
)
async def test_a_run_stops_before_it_goes_beyond_its_limits_and_goes_on_with_wider_ones(
    runs: Runs, limits: dict[str, Any], code: str, still: int
) -> None:
    hours = (2, 2, 2, 2)
    for each in hours:
        await runs.agreed(each)
    run = await runs.start(**limits)
    await runs.work_off(run)

    assert await runs.standing(run) == {
        "status": "STOPPED", "total": 4, "billed": still, "nothing": 0, "refused": 0, "stop_code": code
    }  # fmt: skip
    assert await runs.items(run) == [billed(2)] * still + [PENDING] * (4 - still)
    assert len(await runs.numbers()) == still
    wider: dict[str, Any] = {"most_invoices": 4, "largest_total": Decimal(52 * 8)}
    await runs.write(resume_billing_run, run_id=run, reason="It is right", **wider, now=datetime.now(UTC))
    await runs.work_off(run)
    assert await runs.items(run) == [billed(2)] * 4
    assert (await runs.standing(run))["status"] == "DONE"
    assert await runs.numbers() == [f"2026-00000{at}" for at in range(1, 5)]


async def test_a_contract_that_cannot_be_billed_is_refused_alone(runs: Runs, market: Market) -> None:
    agreements = [await runs.agreed(hours) for hours in (1, 2, 3)]
    await market.rows.execute("delete from contract_line_cost where contract_id = $1", agreements[1].id)
    run = await runs.start()
    await runs.work_off(run)
    assert await runs.items(run) == [billed(1), ("REFUSED", "NOT_BILLABLE", None), billed(3)]
    assert await runs.numbers() == ["2026-000001", "2026-000002"]
    assert (await runs.standing(run))["status"] == "DONE"


async def test_a_contract_without_a_rate_of_exchange_is_refused_alone_and_by_name(runs: Runs, market: Market) -> None:
    await report_in(market, "USD")
    await runs.agreed(1)
    foreign = await market.agree(ADMIN, currency_code="EUR")
    await foreign.accept("admin", "2", FEBRUARY[0])
    await runs.agreed(3)
    run = await runs.start()
    await runs.work_off(run)
    assert await runs.items(run) == [billed(1), ("REFUSED", "RATE_MISSING", None), billed(3)]
    told = await market.one("select message from billing_run_item where run_id = $1 and code is not null", run)
    assert "EUR into USD" in told["message"]
    assert await foreign.billed() == ["counter"]
    assert await runs.numbers() == ["2026-000001", "2026-000002"]


async def test_a_period_that_is_not_over_there_is_refused_there(runs: Runs, market: Market) -> None:
    await runs.agreed(1)
    await market.agree(time_zone="Pacific/Honolulu")
    run = await runs.start()
    await runs.work_off(run, now=datetime(2026, 2, 28, 6, tzinfo=UTC))
    assert await runs.items(run) == [billed(1), ("REFUSED", "PERIOD_NOT_OVER", None)]


async def test_drafts_are_numbered_when_they_are_issued_and_free_what_they_took_when_discarded(
    runs: Runs, market: Market
) -> None:
    kept, dropped = await runs.agreed(1), await runs.agreed(2)
    run = await runs.start(mode="DRAFT")
    await runs.work_off(run)
    drafts = await market.all("select * from invoice where vendor_id = $1 order by contract_id", market.vendor)
    assert [(row["status"], row["number"], row["amount_due_minor"]) for row in drafts] == [("DRAFT", None, 0)] * 2
    assert await runs.items(run) == [billed(1), billed(2)]
    assert await market.all("select from journal_entry where vendor_id = $1", market.vendor) == []
    assert await kept.preview() == []

    keep, drop = ({"contract_id": row["contract_id"], "invoice_id": row["id"]} for row in drafts)
    now = datetime(2026, 7, 1, tzinfo=UTC)
    outcomes = await asyncio.gather(
        *(runs.write(issue_draft, **keep, now=now) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotDraft", "RowKey"]
    await runs.write(discard_draft, **drop, reason="Wrong month", now=now)
    with pytest.raises(NotDraft):
        await runs.write(issue_draft, **drop, now=now)
    with pytest.raises(NotDraft):
        await runs.write(discard_draft, **keep, reason="Wrong month", now=now)

    issued = await market.one("select * from invoice where id = $1", keep["invoice_id"])
    assert (issued["status"], issued["number"], issued["amount_due_minor"]) == ("ISSUED", "2026-000001", 5200)
    assert (str(issued["issued_on"]), str(issued["due_on"])) == ("2026-07-01", "2026-07-31")
    assert await market.broken_link(kept) is None
    discarded = await market.one("select status, subtotal_minor from invoice where id = $1", drop["invoice_id"])
    assert tuple(discarded.values()) == ("DISCARDED", 10400)
    assert len(await dropped.lines_of(drop["invoice_id"])) == 1
    assert await market.all("select from journal_entry where contract_id = $1", dropped.id) == []
    again = await dropped.issue()
    assert (await market.one("select number from invoice where id = $1", again))["number"] == "2026-000002"


async def test_a_run_is_paused_resumed_and_cancelled_by_the_billing_desk_alone(runs: Runs, market: Market) -> None:
    await runs.agreed(1)
    now = datetime.now(UTC)
    owner = market.member("OPERATOR", market.operator, "OWNER")
    for actor, refusal in ((market.finance, Forbidden), (owner, Forbidden), (ANONYMOUS, Unauthenticated)):
        with pytest.raises(refusal):
            await runs.start(by=actor)
    run = await runs.start()
    for actor, refusal in ((market.vendor_owner, Forbidden), (ANONYMOUS, Unauthenticated)):
        with pytest.raises(refusal):
            await runs.write(pause_billing_run, actor, run_id=run, reason="Wait")
    twice = (runs.write(pause_billing_run, run_id=run, reason="Wait") for _ in range(2))
    outcomes = await asyncio.gather(*twice, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["RunNotInState", "UUID"]
    assert not await runs.work_off(run)
    assert await runs.items(run) == [PENDING]
    await runs.write(resume_billing_run, run_id=run, reason="Go on", now=now)
    await runs.write(cancel_billing_run, run_id=run, reason="Enough", now=now)
    assert not await runs.work_off(run)
    with pytest.raises(RunNotInState):
        await runs.write(resume_billing_run, run_id=run, reason="Go on", now=now)
    assert (await runs.standing(run))["status"] == "CANCELLED"
    assert await runs.items(run) == [PENDING]
