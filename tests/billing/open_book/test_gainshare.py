"""Gainshare over HTTP: who may agree and close it, what is shared to the cent, and by which notes it is settled."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor import ANONYMOUS
from core.ids import decode, encode
from core.money import extended_minor, from_minor
from services.billing.adjustments.splitting import CreditedLine
from services.billing.pricing.gainshare import GainshareTerms, share
from tests.billing.adjustments.adjusting import credit, disagreeing, uncredit
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, FEBRUARY, MARCH, TICKETS, Agreement, Line, Market
from tests.billing.open_book.sharing import agree, ask, closing, proposal, signatory, written
from tests.billing.pricing.terms import plus, spend

HOSTING = Line("hosting", "310", "120", unit="MONTH", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
SHARES = """query($id: ID!) { contract(id: $id) {
  gainshareAgreements(first: 9) { nodes { status } }
  gainshares(first: 9) { nodes { status targetCost { amount } } } } }"""


async def worked(market: Market, desk: Desk, *, spent: int) -> Agreement:
    """A hundred hours of February, billed at 52.00 and of a standard cost of 38.00: a target of 3,800.00."""
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "100", date(2026, 2, 3))
    await agreement.issue(FEBRUARY)
    await spend(agreement, "admin", 2, spent)
    await agree(desk, agreement)
    return agreement


async def last_event(agreement: Agreement) -> dict[str, Any]:
    rows = await agreement.market.all(
        "select type, reason, after::text from audit_event where contract_id = $1 order by id desc limit 1",
        agreement.id,
    )
    return rows[0]


async def test_a_gain_is_credited_and_a_second_closing_is_refused(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=330_000)
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    # 500.00 saved, 76.00 of it neutral; 60 % of 424.00
    assert (shared["targetCost"], shared["actualCost"], shared["variance"]) == (
        {"amount": "3800.00"}, {"amount": "3300.00"}, {"amount": "500.00"}
    )  # fmt: skip
    assert (shared["associationShare"], shared["vendorShare"]) == ({"amount": "254.40"}, {"amount": "245.60"})
    (note,) = shared["creditNotes"]
    assert (note["reasonCode"], note["subtotal"], shared["debitNote"]) == ("CONCESSION", {"amount": "254.40"}, None)
    # who sees the contract sees the event, so that it tells no cost
    event = await last_event(agreement)
    assert (event["type"], event["reason"]) == ("GAINSHARE_CLOSED", "Month end")
    assert note["number"] in event["after"]
    assert not any(figure in event["after"] for figure in ("3800", "3300", "380000", "330000", "500", "254", "245"))
    assert await disagreeing(agreement) == []
    before = await written(agreement)
    again = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert again["refused"] == [("PERIOD_SHARED", "period")]
    assert await written(agreement) == before


async def test_a_pain_is_debited(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=430_000)
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert (shared["variance"], shared["associationShare"], shared["vendorShare"]) == (
        {"amount": "-500.00"}, {"amount": "-169.60"}, {"amount": "-330.40"}
    )  # fmt: skip
    note = shared["debitNote"]
    assert (note["kind"], note["subtotal"], shared["creditNotes"]) == ("DEBIT_NOTE", {"amount": "169.60"}, [])
    assert note["lines"] == [{"description": "Share of the cost beyond target, 2026-02-01 to 2026-02-28"}]
    assert (await last_event(agreement))["type"] == "GAINSHARE_CLOSED"
    assert await disagreeing(agreement) == []


async def test_within_the_band_nothing_moves_and_the_period_is_closed(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=372_500)
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert (shared["associationShare"], shared["vendorShare"]) == ({"amount": "0.00"}, {"amount": "75.00"})
    assert (shared["creditNotes"], shared["debitNote"]) == ([], None)
    again = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert again["refused"] == [("PERIOD_SHARED", "period")]


async def test_only_the_billing_desk_closes_and_twice_at_once_it_shares_once(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=330_000)
    before = await written(agreement)
    signs = signatory(market, "ASSOCIATION")
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"), (market.stranger, "NOT_FOUND"), (market.finance, "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN"), (signs, "FORBIDDEN"),
    ):  # fmt: skip
        assert [code for code, _ in (await ask(desk, actor, "closeGainshare", **closing(agreement)))["refused"]] == [
            code
        ]
    assert await written(agreement) == before
    await desk.ask(market.billing_admin, "{ __typename }")
    told = await asyncio.gather(
        *(ask(desk, market.billing_admin, "closeGainshare", **closing(agreement)) for _ in range(2))
    )
    assert sorted("refused" in one for one in told) == [False, True]
    assert [row["status"] for row in await written(agreement) if row["what"] == "share"] == ["SHARED"]
    assert len([row for row in await written(agreement) if row["what"] == "note"]) == 1


async def test_only_a_signatory_of_a_party_proposes_and_only_the_other_answers(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    buys, sells = signatory(market, "ASSOCIATION"), signatory(market, "VENDOR")
    before = await written(agreement)
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"), (market.stranger, "NOT_FOUND"), (market.finance, "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN"), (market.billing_admin, "FORBIDDEN"),
    ):  # fmt: skip
        told = await ask(desk, actor, "proposeGainshare", **proposal(agreement))
        assert [code for code, _ in told["refused"]] == [code]
    assert await written(agreement) == before
    await desk.ask(buys, "{ __typename }")
    told_at_once = await asyncio.gather(*(ask(desk, buys, "proposeGainshare", **proposal(agreement)) for _ in range(2)))
    (proposed,) = (one for one in told_at_once if "refused" not in one)
    assert [one["refused"] for one in told_at_once if "refused" in one] == [[("GAINSHARE_PROPOSED", "contractId")]]
    assert proposed | {"id": ""} == {
        "id": "", "status": "PROPOSED", "associationGainPercent": "60.00", "associationPainPercent": "40.00",
        "neutralPercent": "2.00", "effectiveFrom": "2026-01-01", "reason": "Both save",
        "proposedBy": {"name": buys.name}, "answerReason": None, "answeredBy": None,
    }  # fmt: skip
    assert (await last_event(agreement))["type"] == "GAINSHARE_PROPOSED"
    before = await written(agreement)
    answer = {"gainshareAgreementId": proposed["id"], "answer": "ACCEPT", "reason": "Fair"}
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"), (market.stranger, "NOT_FOUND"), (market.vendor_owner, "FORBIDDEN"),
        (market.billing_admin, "FORBIDDEN"), (buys, "FORBIDDEN"),
    ):  # fmt: skip
        told = await ask(desk, actor, "answerGainshare", **answer)
        assert [code for code, _ in told["refused"]] == [code]
    assert await written(agreement) == before
    await desk.ask(sells, "{ __typename }")
    answers = await asyncio.gather(*(ask(desk, sells, "answerGainshare", **answer) for _ in range(2)))
    assert sorted(one.get("status", "refused") for one in answers) == ["AGREED", "refused"]
    assert [one["refused"] for one in answers if "refused" in one] == [
        [("GAINSHARE_ANSWERED", "gainshareAgreementId")]
    ]  # fmt: skip
    assert len(await written(agreement)) == len(before) + 1


async def test_what_is_agreed_later_holds_from_its_day(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=330_000)
    await agreement.accept("admin", "100", date(2026, 3, 3))
    await agreement.issue(MARCH)
    await spend(agreement, "admin", 3, 330_000)
    late = await agree(desk, agreement, associationGainPercent="100", neutralPercent="0", effectiveFrom="2026-03-01")
    march = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement, "2026-03-01", "2026-03-31"))
    assert (march["agreement"], march["associationShare"]) == ({"id": late}, {"amount": "500.00"})
    february = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert february["associationShare"] == {"amount": "254.40"}
    read = await desk.ask(market.finance, SHARES, id=encode("con", agreement.id))
    assert [node["status"] for node in read["contract"]["gainshareAgreements"]["nodes"]] == ["AGREED", "REPLACED"]
    assert [node["targetCost"] for node in read["contract"]["gainshares"]["nodes"]] == [{"amount": "3800.00"}] * 2
    read = await desk.ask(market.acceptor, SHARES, id=encode("con", agreement.id))
    assert read["contract"]["gainshares"]["nodes"] == []
    assert len(read["contract"]["gainshareAgreements"]["nodes"]) == 2


async def test_a_declined_proposal_leaves_what_was_agreed(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=330_000)
    proposed = await ask(desk, signatory(market, "ASSOCIATION"), "proposeGainshare", **proposal(agreement))
    answer = {"gainshareAgreementId": proposed["id"], "answer": "DECLINE", "reason": "No"}
    declined = await ask(desk, signatory(market, "VENDOR"), "answerGainshare", **answer)
    assert (declined["status"], declined["answerReason"]) == ("DECLINED", "No")
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert shared["agreement"]["id"] != proposed["id"]


@pytest.mark.parametrize(
    ("others", "refused"),
    [
        ({"associationGainPercent": "100.01"}, ("INVALID_SHARE", "associationGainPercent")),
        ({"associationPainPercent": "-1"}, ("INVALID_SHARE", "associationPainPercent")),
        ({"neutralPercent": "0.005"}, ("INVALID_SHARE", "neutralPercent")),
        ({"effectiveFrom": "2027-01-01"}, ("INVALID_INPUT", "effectiveFrom")),
        ({"reason": " "}, ("TEXT_BLANK", "reason")),
    ],
)
async def test_what_cannot_be_proposed(
    market: Market, desk: Desk, others: dict[str, str], refused: tuple[str, str]
) -> None:
    agreement = await market.agree(ADMIN)
    told = await ask(desk, signatory(market, "VENDOR"), "proposeGainshare", **proposal(agreement, **others))
    assert told["refused"] == [refused]
    assert await written(agreement) == []


async def test_a_closed_book_shares_nothing(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN, disclosure_tier="BAND")
    told = await ask(desk, signatory(market, "VENDOR"), "proposeGainshare", **proposal(agreement))
    assert told["refused"] == [("GAINSHARE_NEEDS_OPEN_BOOK", "contractId")]


async def test_a_period_is_whole_months_that_are_over(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=330_000)
    for days, refused in (
        (("2026-02-01", "2026-02-27"), ("NOT_WHOLE_MONTHS", "period")),
        (("2026-02-02", "2026-02-28"), ("NOT_WHOLE_MONTHS", "period")),
        (("2026-02-28", "2026-02-01"), ("INVALID_INPUT", "period.endsOn")),
        (("2198-02-01", "2198-02-28"), ("PERIOD_NOT_OVER", "period.endsOn")),
        (("2025-12-01", "2025-12-31"), ("NO_GAINSHARE_AGREED", "contractId")),
    ):
        told = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement, *days))
        assert told["refused"] == [refused]


async def test_questioned_and_missing_costs_are_told_by_their_lines(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN, TICKETS, HOSTING)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("tickets", "5", date(2026, 2, 3))
    await agreement.issue(FEBRUARY)
    await agree(desk, agreement)
    await spend(agreement, "admin", 2, 10_000, status="QUESTIONED", questioned_minor=1)
    told = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert told["refused"] == [("COST_IN_QUESTION", "period")]
    assert told["why"][0]["message"].endswith(": admin")
    await market.rows.execute(
        "update actual_cost set status = 'ENTERED', questioned_minor = 0 where contract_id = $1", agreement.id
    )
    # a cost of more days than the period's is no cost of the period
    await spend(agreement, "tickets", 2, 10_000, period_starts_on=date(2026, 1, 1))
    told = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert told["refused"] == [("ACTUAL_COST_MISSING", "period")]
    assert told["why"][0]["message"].endswith(": tickets, hosting")


async def test_lines_that_follow_cost_take_no_part(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN, HOSTING)
    await plus(agreement, "hosting", "COST_PLUS_FIXED_FEE", target_cost_minor=1_000_000, contract_fee_minor=80_000)
    await spend(agreement, "hosting", 2, 5_000)
    await spend(agreement, "admin", 2, 20_000)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.issue(FEBRUARY)
    await agree(desk, agreement, neutralPercent="0")
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert (shared["targetCost"], shared["actualCost"]) == ({"amount": "380.00"}, {"amount": "200.00"})


async def test_what_one_invoice_cannot_give_the_next_one_does(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agree(desk, agreement, associationGainPercent="100", neutralPercent="0")
    await agreement.accept("admin", "1", date(2026, 2, 3))
    first = await agreement.issue((date(2026, 2, 1), date(2026, 2, 10)))
    await agreement.accept("admin", "99", date(2026, 2, 20))
    await agreement.issue((date(2026, 2, 11), date(2026, 2, 28)))
    await spend(agreement, "admin", 2, 0)
    line = (await agreement.lines_of(first))[0]["id"]
    await credit(agreement, first, CreditedLine(line, amount=Decimal("2.00")))
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert [note["subtotal"]["amount"] for note in shared["creditNotes"]] == ["50.00", "3750.00"]
    assert await disagreeing(agreement) == []


async def test_what_cannot_be_credited_or_debited_is_refused(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agree(desk, agreement, associationGainPercent="100", neutralPercent="0")
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await spend(agreement, "admin", 2, 10_000)
    before = await written(agreement)
    told = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert told["refused"] == [("GAIN_NOT_CREDITABLE", "period")]
    await spend(agreement, "admin", 2, 90_000, category="INDIRECT")
    told = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert told["refused"] == [("NO_INVOICE_TO_DEBIT", "period")]
    assert len(await written(agreement)) == len(before) + 1


async def test_a_period_is_open_again_when_none_of_its_notes_stands(market: Market, desk: Desk) -> None:
    agreement = await worked(market, desk, spent=330_000)
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    (_, note_id) = decode("crn", shared["creditNotes"][0]["id"], parts=2)
    await uncredit(agreement, note_id)
    await spend(agreement, "admin", 2, 100_000, category="INDIRECT")
    again = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert again["associationShare"] == {"amount": "-169.60"}
    (_, invoice_id) = decode("inv", again["debitNote"]["id"], parts=2)
    await agreement.void(UUID(int=invoice_id.int))
    third = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    assert third["associationShare"] == again["associationShare"]
    statuses = [row["status"] for row in await written(agreement) if row["what"] == "share"]
    assert statuses == ["VOID", "VOID", "SHARED"]
    assert await disagreeing(agreement) == []


percents = st.decimals(0, 100, places=2)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    done=st.tuples(st.decimals("0.01", 200, places=2), st.decimals(1, 900, places=0)),
    spent=st.tuples(st.integers(0, 900_000), st.integers(0, 900_000)), terms=st.tuples(percents, percents, percents),
)  # fmt: skip
async def test_what_is_shared_is_the_formula_of_what_was_done_and_spent(
    market: Market,
    desk: Desk,
    done: tuple[Decimal, Decimal],
    spent: tuple[int, int],
    terms: tuple[Decimal, Decimal, Decimal],
) -> None:
    agreement = await market.agree(ADMIN, TICKETS)
    (hours, tickets), (gain, pain, neutral) = done, terms
    await agree(
        desk, agreement, associationGainPercent=str(gain), associationPainPercent=str(pain), neutralPercent=str(neutral)
    )
    await agreement.accept("admin", hours, date(2026, 2, 1))
    await agreement.accept("tickets", tickets, date(2026, 2, 28))
    await agreement.issue(FEBRUARY)
    await spend(agreement, "admin", 2, spent[0])
    await spend(agreement, "tickets", 2, spent[1])
    target = extended_minor(hours, Decimal(ADMIN.cost), "USD") + extended_minor(tickets, Decimal(TICKETS.cost), "USD")
    shares = share(
        GainshareTerms(association_gain_percent=gain, association_pain_percent=pain, neutral_percent=neutral),
        target_cost_minor=target,
        actual_cost_minor=sum(spent),
    )
    shared = await ask(desk, market.billing_admin, "closeGainshare", **closing(agreement))
    names = ("targetCost", "actualCost", "variance", "associationShare", "vendorShare")
    assert [shared[name]["amount"] for name in names] == [
        str(from_minor(minor, "USD"))
        for minor in (target, sum(spent), shares.variance_minor, shares.association_minor, shares.vendor_minor)
    ]
    credited = sum(Decimal(note["subtotal"]["amount"]) for note in shared["creditNotes"])
    debited = Decimal(shared["debitNote"]["subtotal"]["amount"]) if shared["debitNote"] else 0
    assert credited - debited == from_minor(shares.association_minor, "USD")
    assert await disagreeing(agreement) == []
