"""Small differences are written off by one person within the tolerance, by two above it, and taken back whole."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import encode, new_id
from services.billing.adjustments.crediting import PartWrittenOff, issue_credit_note
from services.billing.adjustments.reasons import Why
from services.billing.invoices.voiding import InvoiceInUse
from services.billing.payments.recording import Means, Seen, record_payment
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, LONG_AGO, NOW, Agreement, Market

OFF = "writeOff { id kind status amount { amount } tolerance { amount } confirmReason reverseReason }"
REQUESTS = {
    name: f"mutation($input: {name[0].upper()}{name[1:]}Input!) "
    f"{{ {name}(input: $input) {{ {OFF} userErrors {{ field code }} }} }}"
    for name in ("writeOffDifference", "confirmWriteOff", "reverseWriteOff")
}
TOLD = """select i.status, i.amount_due_minor, i.written_off_minor,
    (select coalesce(sum(p.amount_minor), 0)::int from posting p where p.account = 'RECONCILIATION_DIFFERENCE') as loss,
    (select coalesce(-sum(p.amount_minor), 0)::int from posting p where p.account = 'ASSOCIATION_CREDIT') as credit,
    (select count(*)::int from journal_entry) as entries from invoice i"""


async def paid(market: Market, amount: str, *, tolerance: int | None = 500) -> tuple[Agreement, UUID]:
    """An invoice of 520.00 of which so much is paid, with a tolerance of so many cents and one percent."""
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice, actor = await agreement.issue(), market.billing_admin
    seen = Seen(Decimal(amount), "USD", Means.BANK_TRANSFER, date(2026, 3, 1), "W-1")
    await market.database.write(
        actor,
        lambda tx: record_payment(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice, seen=seen, reason="Seen", now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    if tolerance is not None:
        await market.insert(
            "match_tolerance", id=new_id(), currency_code="USD", amount_minor=tolerance, percent=Decimal(1),
            configured_at=LONG_AGO, reason="-",
            **{f"configured_by_{name}": "-" for name in ("name", "email", "organization_name")},
        )  # fmt: skip
    return agreement, invoice


async def ask(desk: Desk, actor: Actor, name: str, **given: object) -> Any:  # noqa: ANN401  (any JSON)
    payload = (await desk.ask(actor, REQUESTS[name], input={"reason": "Not worth it", **given}))[name]
    if payload["writeOff"] is None:
        return [(error["field"], error["code"]) for error in payload["userErrors"]]
    assert payload["userErrors"] == []
    return payload["writeOff"]


async def test_within_the_tolerance_one_person_writes_off_and_only_once(market: Market, desk: Desk) -> None:
    agreement, invoice = await paid(market, "515.00")
    exception = new_id()
    await market.insert(
        "billing_exception", id=exception, kind="SHORT_PAYMENT", severity="MEDIUM", subject="INVOICE",
        subject_id=invoice, happened_on=date(2026, 3, 1), currency_code="USD", amount_minor=-500, message="-",
        opened_at=NOW, last_seen_at=NOW, contract_id=agreement.id, invoice_id=invoice,
    )  # fmt: skip
    given = {
        "invoiceId": encode("inv", agreement.id, invoice), "kind": "REMAINDER",
        "exceptionId": encode("bex", exception),
    }  # fmt: skip
    before = await market.all(TOLD)
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"), (market.stranger, "NOT_FOUND"), (market.finance, "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN"), (market.member("OPERATOR", market.operator, "OWNER"), "FORBIDDEN"),
    ):  # fmt: skip
        assert [got for _, got in await ask(desk, actor, "writeOffDifference", **given)] == [code]
    assert await ask(desk, market.billing_admin, "writeOffDifference", **given | {"reason": " "}) == [
        ("reason", "TEXT_BLANK")
    ]
    assert await ask(desk, market.billing_admin, "writeOffDifference", **given | {"kind": "OVERPAYMENT"}) == [
        ("invoiceId", "NOTHING_TO_WRITE_OFF")
    ]
    assert (await market.all(TOLD), await market.all("select * from write_off")) == (before, [])

    both = await asyncio.gather(*(ask(desk, market.billing_admin, "writeOffDifference", **given) for _ in range(2)))
    assert [("invoiceId", "NOTHING_TO_WRITE_OFF")] in both
    (off,) = (answer for answer in both if isinstance(answer, dict))
    assert off == {
        "id": off["id"], "kind": "REMAINDER", "status": "POSTED", "amount": {"amount": "5.00"},
        "tolerance": {"amount": "5.00"}, "confirmReason": None, "reverseReason": None,
    }  # fmt: skip
    told = await market.one(TOLD)
    assert told == {
        "status": "PAID", "amount_due_minor": 0, "written_off_minor": 500, "loss": 500, "credit": 0, "entries": 3,
    }  # fmt: skip
    (ended,) = await market.all("select resolution, resolution_reason from billing_exception")
    assert ended == {"resolution": "WRITTEN_OFF", "resolution_reason": "Not worth it"}
    (event,) = await market.all("select reason from audit_event where type = 'DIFFERENCE_WRITTEN_OFF'")
    assert event == {"reason": "Not worth it"}
    assert await market.broken_link(agreement) is None

    with pytest.raises(InvoiceInUse):
        await agreement.void(invoice)
    with pytest.raises(PartWrittenOff):
        await credited(agreement, invoice)
    back = await ask(desk, market.billing_admin, "reverseWriteOff", writeOffId=off["id"], reason="They paid")
    assert (back["status"], back["reverseReason"]) == ("REVERSED", "They paid")
    told = await market.one(TOLD)
    assert (told["status"], told["amount_due_minor"], told["written_off_minor"], told["loss"]) == ("OVERDUE", 500, 0, 0)
    again = await ask(desk, market.billing_admin, "reverseWriteOff", writeOffId=off["id"])
    assert again == [("writeOffId", "WRITE_OFF_ENDED")]
    await credited(agreement, invoice)
    told = await market.one(TOLD)
    assert (told["amount_due_minor"], told["credit"]) == (0, 51_500)


async def credited(agreement: Agreement, invoice: UUID) -> None:
    actor = agreement.market.billing_admin
    await agreement.market.database.write(
        actor,
        lambda tx: issue_credit_note(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice, lines=None,
            why=Why("BILLED_IN_ERROR", "Wrong"), now=NOW,
        ),
        now=NOW,
        request_id="test",
    )  # fmt: skip


@pytest.mark.parametrize("tolerance", [499, None])
async def test_above_the_tolerance_a_second_person_confirms(market: Market, desk: Desk, tolerance: int | None) -> None:
    agreement, invoice = await paid(market, "515.00", tolerance=tolerance)
    other = market.member("OPERATOR", market.operator, "BILLING_ADMIN")
    given = {"invoiceId": encode("inv", agreement.id, invoice), "kind": "REMAINDER"}
    before = await market.one(TOLD)
    off = await ask(desk, market.billing_admin, "writeOffDifference", **given)
    assert (off["status"], await market.one(TOLD)) == ("REQUESTED", before)
    assert await ask(desk, other, "writeOffDifference", **given) == [("invoiceId", "WRITE_OFF_REQUESTED")]
    confirm = {"writeOffId": off["id"], "reason": "Agreed"}
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"), (market.stranger, "NOT_FOUND"), (market.finance, "FORBIDDEN"),
        (market.billing_admin, "SECOND_PERSON_NEEDED"),
    ):  # fmt: skip
        assert [got for _, got in await ask(desk, actor, "confirmWriteOff", **confirm)] == [code]
        assert await market.one(TOLD) == before
    await desk.ask(other, "{ __typename }")
    both = await asyncio.gather(*(ask(desk, other, "confirmWriteOff", **confirm) for _ in range(2)))
    assert [("writeOffId", "WRITE_OFF_ENDED")] in both
    (done,) = (answer for answer in both if isinstance(answer, dict))
    assert (done["status"], done["confirmReason"]) == ("POSTED", "Agreed")
    told = await market.one(TOLD)
    assert (told["status"], told["written_off_minor"], told["loss"]) == ("PAID", 500, 500)
    events = await market.all("select type from audit_event where type like '%WR%' order by id")
    assert [event["type"] for event in events] == ["WRITE_OFF_REQUESTED", "DIFFERENCE_WRITTEN_OFF"]


async def test_what_was_asked_for_is_withdrawn_and_what_was_paid_meanwhile_is_not_written_off(
    market: Market, desk: Desk
) -> None:
    agreement, invoice = await paid(market, "500.00")
    other = market.member("OPERATOR", market.operator, "BILLING_ADMIN")
    given = {"invoiceId": encode("inv", agreement.id, invoice), "kind": "REMAINDER"}
    off = await ask(desk, market.billing_admin, "writeOffDifference", **given)
    actor, seen = market.billing_admin, Seen(Decimal(10), "USD", Means.BANK_TRANSFER, date(2026, 3, 2), "W-2")
    await market.database.write(
        actor,
        lambda tx: record_payment(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice, seen=seen, reason="Seen", now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    before = await market.one(TOLD)
    assert await ask(desk, other, "confirmWriteOff", writeOffId=off["id"]) == [("invoiceId", "MORE_THAN_DUE")]
    gone = await ask(desk, market.billing_admin, "reverseWriteOff", writeOffId=off["id"], reason="They paid")
    assert (gone["status"], await market.one(TOLD)) == ("WITHDRAWN", before)
    assert await ask(desk, other, "confirmWriteOff", writeOffId=off["id"]) == [("writeOffId", "WRITE_OFF_ENDED")]


async def test_what_was_paid_too_much_is_written_off_and_is_credit_again_when_that_is_taken_back(
    market: Market, desk: Desk
) -> None:
    agreement, invoice = await paid(market, "520.03")
    given = {"invoiceId": encode("inv", agreement.id, invoice), "kind": "OVERPAYMENT"}
    remainder = await ask(desk, market.billing_admin, "writeOffDifference", **given | {"kind": "REMAINDER"})
    assert remainder == [("invoiceId", "NOTHING_TO_WRITE_OFF")]
    off = await ask(desk, market.billing_admin, "writeOffDifference", **given)
    assert (off["status"], off["amount"]) == ("POSTED", {"amount": "0.03"})
    told = await market.one(TOLD)
    assert (told["status"], told["written_off_minor"], told["loss"], told["credit"]) == ("PAID", 0, -3, 0)
    await ask(desk, market.billing_admin, "reverseWriteOff", writeOffId=off["id"])
    told = await market.one(TOLD)
    assert (told["loss"], told["credit"]) == (0, 3)
    assert await market.broken_link(agreement) is None
