"""Billing runs over HTTP: started, paused, resumed and cancelled by everybody who might, wrongly, and at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.actor import ANONYMOUS
from core.ids import decode, encode, new_id
from services.billing.runs.steering import pause_billing_run
from tests.billing.trying import LONG, NOBODY, SILENT, Refused, Try, misnamed, unseen

if TYPE_CHECKING:
    from tests.billing.desk import Desk
    from tests.billing.market import Market
    from tests.billing.runs.running import Runs
    from tests.billing.trying import Wrong

TAKES = "to preview, issue and void invoices takes one of: operator BILLING_ADMIN"
FORBIDDEN = Refused("FORBIDDEN", None, TAKES)
RUN = """mode status servicePeriod { startsOn endsOn } vendor { name } association { name } mostInvoices largestTotal
  reason stopCode stopMessage totalCount billedCount nothingCount refusedCount totals { subtotal { amount } }
  startedBy { name } progressedAt items(first: 5) { totalCount nodes { status } }"""
PERIOD = {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}
WHY = {"reason": "The month is over"}
LIMITS: list[Wrong] = [
    ({"mostInvoices": 0}, Refused("INVALID_INPUT", "mostInvoices", "0 invoices are none: at least 1")),
    ({"largestTotal": "0"}, Refused("INVALID_INPUT", "largestTotal", "a total of 0 bills nothing: more than 0")),
]


def told(**changed: object) -> dict[str, Any]:
    """What a run of the two contracts of the vendor says of itself before anything is billed."""
    return {
        "mode": "DRAFT", "status": "QUEUED", "servicePeriod": PERIOD, "vendor": {"name": "Lakeside Learning Services"},
        "association": None, "mostInvoices": 1000, "largestTotal": "1000000", "reason": "The month is over",
        "stopCode": None, "stopMessage": None, "totalCount": 2, "billedCount": 0, "nothingCount": 0, "refusedCount": 0,
        "totals": [], "startedBy": {"name": "Kim"}, "progressedAt": None,
        "items": {"totalCount": 2, "nodes": [{"status": "PENDING"}] * 2},
    } | changed  # fmt: skip


def starts(runs: Runs) -> Try:
    """One of the vendor; asked twice without a key there are two, of which each bills what is left to bill."""
    vendor, backwards = encode("org", runs.market.vendor), {"startsOn": "2026-02-28", "endsOn": "2026-02-01"}
    given = {"mode": "DRAFT", "period": PERIOD, "vendorId": vendor, "mostInvoices": 1000, "largestTotal": "1000000"}
    ends = Refused("INVALID_INPUT", "period.endsOn", "the period ends on 2026-02-01, before it starts on 2026-02-28")
    return Try(
        "startBillingRun", "run", "BillingRun", RUN, given | WHY, runs.market.billing_admin, TAKES, FORBIDDEN, told(),
        None, [SILENT, LONG, *LIMITS, ({"period": backwards}, ends), misnamed("vendorId", "vendor", "org")],
    )  # fmt: skip


async def steers(runs: Runs, name: str, status: str, to: str, states: str, **given: object) -> Try:
    """A step of a run that was just started, and is paused first if it has to be."""
    run = await runs.start(mode="DRAFT")
    if status == "PAUSED":
        await runs.write(pause_billing_run, run_id=run, reason="Wait")
    shown = {name: value for name, value in given.items() if name != "reason"}
    wrong = [
        SILENT,
        LONG,
        misnamed("runId", "run", "run"),
        ({"runId": encode("run", new_id())}, unseen("runId", "run")),
    ]
    again = Refused("RUN_NOT_IN_STATE", "runId", f"it is {to}: it would have to be {states}")
    return Try(
        name, "run", "BillingRun", RUN, {"runId": encode("run", run), "reason": "They asked"} | given,
        runs.market.billing_admin, TAKES, FORBIDDEN, told(status=to, **shown), again,
        wrong + (LIMITS if given else []),
    )  # fmt: skip


async def attempt(runs: Runs, name: str) -> Try:
    """The mutation of this name, with what it needs."""
    if name == "startBillingRun":
        return starts(runs)
    if name == "pauseBillingRun":
        return await steers(runs, name, "QUEUED", "PAUSED", "QUEUED or RUNNING")
    if name == "resumeBillingRun":
        wider = {"mostInvoices": 2000, "largestTotal": "2000000.5"}
        return await steers(runs, name, "PAUSED", "QUEUED", "PAUSED or STOPPED", **wider)
    return await steers(runs, name, "QUEUED", "CANCELLED", "QUEUED or RUNNING or PAUSED or STOPPED")


@pytest.mark.parametrize("name", ["startBillingRun", "pauseBillingRun", "resumeBillingRun", "cancelBillingRun"])
async def test_a_run_by_everybody_wrongly_and_at_once(runs: Runs, market: Market, desk: Desk, name: str) -> None:
    for hours in (10, 3):
        await runs.agreed(hours)
    auditor, owner = (market.member("OPERATOR", market.operator, role) for role in ("AUDITOR", "OWNER"))
    step = await attempt(runs, name)
    await step.is_refused(desk, market, market.finance, market.vendor_owner, auditor, owner)
    await step.is_done_once(desk, market)
    await (await attempt(runs, name)).is_answered_the_same(desk, market)
    assert await runs.numbers() == []


async def test_limits_are_no_business_of_who_may_not_resume(runs: Runs, market: Market, desk: Desk) -> None:
    step = await attempt(runs, "resumeBillingRun")
    for change, _ in LIMITS:
        for actor, refused in ((ANONYMOUS, NOBODY), (market.stranger, FORBIDDEN), (market.finance, FORBIDDEN)):
            payload = (await desk.ask(actor, step.request, input=step.given | change))[step.name]
            assert payload == {"run": None, "userErrors": refused.told}


async def test_of_two_runs_of_the_same_the_second_finds_nothing(runs: Runs, market: Market, desk: Desk) -> None:
    for hours in (10, 3):
        await runs.agreed(hours)
    step = starts(runs)
    ids = [(await desk.ask(step.right, step.request, input=step.given))[step.name]["run"]["id"] for _ in range(2)]
    for id_ in ids:
        while await runs.work_off(*decode("run", id_)):
            pass
    shown = """query($id: ID!) { billingRun(id: $id) {
      status billedCount nothingCount totals { invoiceCount subtotal { amount } } } }"""
    first, second = [(await desk.ask(step.right, shown, id=id_))["billingRun"] for id_ in ids]
    assert first == {
        "status": "DONE", "billedCount": 2, "nothingCount": 0,
        "totals": [{"invoiceCount": 2, "subtotal": {"amount": "676.00"}}],
    }  # fmt: skip
    assert second == {"status": "DONE", "billedCount": 0, "nothingCount": 2, "totals": []}
    drafts = await market.all(
        "select subtotal_minor, status from invoice where vendor_id = $1 order by 1", market.vendor
    )
    assert [tuple(row.values()) for row in drafts] == [(15_600, "DRAFT"), (52_000, "DRAFT")]
