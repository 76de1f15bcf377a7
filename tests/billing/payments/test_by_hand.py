"""Payments that a person saw: they pay the invoice, the rest is credit, and they can be taken back and given back."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.errors import DomainError, Forbidden, NotFound, Refusals
from core.money import InvalidAmount
from services.billing.invoices.settling import InvoiceNotOwed
from services.billing.payments.amounts import OtherCurrency
from services.billing.payments.holding import SettledAlready
from services.billing.payments.recording import AlreadyRecorded, AlreadyReversed, PaidInTheFuture, PartlyGivenBack
from services.billing.payments.refunding import MoreThanReceived
from tests.billing.market import Market
from tests.billing.payments.till import ARRIVED, Till, till_of

OWED = {"ASSOCIATION_RECEIVABLE": 52000, "PLATFORM_FEE_INCOME": -1560, "VENDOR_PAYABLE": -50440}
PAID = {"BANK": 52000, "PLATFORM_FEE_INCOME": -1560, "VENDOR_PAYABLE": -50440}


async def test_a_transfer_pays_the_invoice_and_the_rest_is_credit(market: Market) -> None:
    till = await till_of(market)
    await till.record("500")
    assert await till.invoice() == ("PARTLY_PAID", 50000, 2000)
    payment_id = await till.record("30.50", reference="TRX-2")
    assert await till.invoice() == ("PAID", 52000, 0)
    assert await till.ledger() == PAID | {"BANK": 53050, "ASSOCIATION_CREDIT": -1050}
    row = await market.one("select * from payment where id = $1", payment_id)
    assert (row["status"], row["received_minor"], row["applied_minor"]) == ("SUCCEEDED", 3050, 2000)
    assert (row["received_on"], row["reference"], row["reason"]) == (ARRIVED, "TRX-2", "Seen on the account")
    entry = await market.one("select * from journal_entry where subject_id = $1", payment_id)
    assert entry["effective_at"].date() == ARRIVED
    event = await market.one("select * from audit_event where object_id = $1", payment_id)
    assert (event["type"], event["reason"]) == ("PAYMENT_RECORDED", "Seen on the account")


async def test_a_payment_recorded_by_mistake_is_taken_back_whole(market: Market) -> None:
    till = await till_of(market)
    payment_id = await till.record("600")
    await till.reverse(payment_id)
    assert await till.invoice() == ("ISSUED", 0, 52000)
    assert await till.ledger() == OWED
    assert await till.entries() == ["INVOICE_ISSUED", "PAYMENT_RECEIVED", "PAYMENT_REVERSED"]
    with pytest.raises(AlreadyReversed):
        await till.reverse(payment_id)
    # the same transfer can be recorded again, where it belongs
    await till.record("600")
    assert await till.invoice() == ("PAID", 52000, 0)


async def test_a_refund_takes_the_credit_first_and_then_the_invoice_is_due_again(market: Market) -> None:
    till = await till_of(market)
    payment_id = await till.record("530")
    await till.refund(payment_id, "7")
    assert await till.invoice() == ("PAID", 52000, 0)
    assert await till.ledger() == PAID | {"BANK": 52300, "ASSOCIATION_CREDIT": -300}
    refund_id = await till.refund(payment_id, "5")
    assert await till.invoice() == ("PARTLY_PAID", 51800, 200)
    refund = await market.one("select * from refund where id = $1", refund_id)
    assert (refund["status"], refund["amount_minor"], refund["credit_minor"]) == ("SUCCEEDED", 500, 300)
    assert await till.ledger() == PAID | {"BANK": 51800, "ASSOCIATION_RECEIVABLE": 200}
    with pytest.raises(MoreThanReceived):
        await till.refund(payment_id, "518.01")
    with pytest.raises(PartlyGivenBack):
        await till.reverse(payment_id)
    await till.refund(payment_id, "518")
    assert await till.ledger() == OWED


async def test_twenty_refunds_at_once_give_back_no_more_than_was_received(market: Market) -> None:
    till = await till_of(market)
    payment_id = await till.record("100")
    outcomes = await asyncio.gather(*(till.refund(payment_id, "20") for _ in range(20)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 5, MoreThanReceived: 15}
    assert await till.invoice() == ("ISSUED", 0, 52000)
    assert await till.ledger() == OWED


async def test_the_same_transfer_is_recorded_once_however_often_at_once(market: Market) -> None:
    till = await till_of(market)
    outcomes = await asyncio.gather(*(till.record("520") for _ in range(10)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, AlreadyRecorded: 9}
    assert await till.ledger() == PAID


async def test_what_the_vendor_was_paid_from_is_not_given_back(market: Market) -> None:
    till = await till_of(market)
    payment_id = await till.record("520")
    settlement_id = await till.release()
    before = await till.everything()
    with pytest.raises(SettledAlready):
        await till.refund(payment_id, "0.01")
    with pytest.raises(SettledAlready):
        await till.reverse(payment_id)
    assert await till.everything() == before
    await till.unrelease(settlement_id)
    await till.refund(payment_id, "520")
    assert await till.ledger() == OWED


@pytest.mark.parametrize(
    ("amount", "seen", "refusal"),
    [
        ("0", {}, InvalidAmount),
        ("0.001", {}, InvalidAmount),
        ("1", {"currency": "EUR"}, OtherCurrency),
        ("1", {"on": date(2026, 6, 16)}, PaidInTheFuture),
        ("1", {"reference": " "}, Refusals),
        ("1", {"reason": ""}, Refusals),
        ("1", {"invoice": uuid4()}, NotFound),
    ],
)
async def test_what_is_no_payment_is_refused_and_nothing_changes(
    market: Market, amount: str, seen: dict[str, Any], refusal: type[Exception]
) -> None:
    till = await till_of(market)
    before = await till.everything()
    with pytest.raises(refusal):
        await till.record(amount, **seen)
    assert await till.everything() == before


async def test_nothing_is_paid_of_a_void_invoice(market: Market) -> None:
    till = await till_of(market)
    await till.agreement.void(till.invoice_id)
    with pytest.raises(InvoiceNotOwed):
        await till.record("1")


async def test_who_may_not(market: Market) -> None:
    till = await till_of(market)
    payment_id = await till.record("520")
    settlement_id = await till.release("1")
    acts: list[Callable[[Any], Awaitable[UUID]]] = [
        lambda by: till.record("1", reference="TRX-9", by=by),
        lambda by: till.reverse(payment_id, by=by),
        lambda by: till.refund(payment_id, "1", by=by),
        lambda by: till.release("1", by=by),
        lambda by: till.unrelease(settlement_id, by=by),
    ]
    operator_owner = market.member("OPERATOR", market.operator, "OWNER")
    refusals: list[tuple[Any, type[DomainError]]] = [
        (market.finance, Forbidden), (market.vendor_owner, Forbidden), (operator_owner, Forbidden),
        (market.stranger, NotFound),
    ]  # fmt: skip
    before = await till.everything()
    for act in acts:
        for by, refusal in refusals:
            with pytest.raises(refusal):
                await act(by)
    assert await till.everything() == before


async def test_another_contracts_payment_is_not_found(market: Market) -> None:
    mine, other = await till_of(market), await till_of(market)
    payment_id = await mine.record("1")
    stolen = Till(other.agreement, other.invoice_id)
    with pytest.raises(NotFound):
        await stolen.reverse(payment_id)
    with pytest.raises(NotFound):
        await stolen.refund(payment_id, "1")
