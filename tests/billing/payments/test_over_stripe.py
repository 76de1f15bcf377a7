"""Payments over the double of Stripe, with the unmodified SDK: begun, called for, and seen."""

from __future__ import annotations

import pytest

from services.billing.payments.paying import Method, MethodNotOffered, PaymentUnderWay
from simulators.stripe import disputing
from tests.billing.payments.shop import Shop
from worker import stripe_asking
from worker.means import About

PAID = {"STRIPE_BALANCE": 50462, "PROCESSING_COST": 1538, "PLATFORM_FEE_INCOME": -1560, "VENDOR_PAYABLE": -50440}


async def test_a_card_pays_the_invoice_and_its_cost_is_posted(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till)
    assert await shop.ask(till, payment_id)
    assert (await shop.payment(payment_id))["status"] == "REQUIRES_ACTION", (await shop.payment(payment_id))[
        "failure_message"
    ]
    assert not await shop.ask(till, payment_id)
    await shop.confirm(payment_id)

    assert await shop.cycle()

    row = await shop.payment(payment_id)
    assert (row["status"], row["received_minor"], row["applied_minor"]) == ("SUCCEEDED", 52000, 52000)
    assert await till.invoice() == ("PAID", 52000, 0)
    assert await till.ledger() == PAID
    before = await till.everything()
    await shop.cycle()
    assert await till.everything() == before


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("pm_card_chargeDeclined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
    ],
)
async def test_a_declined_card_fails_and_another_one_pays(shop: Shop, card: str, code: str) -> None:
    till = await shop.till()
    payment_id = await shop.paid(till, card=card)
    assert await shop.cycle()
    row = await shop.payment(payment_id)
    assert (row["status"], row["failure_code"], row["received_minor"]) == ("FAILED", code, 0)
    assert (await till.invoice())[1:] == (0, 52000)
    await shop.confirm(payment_id)
    await shop.cycle()
    row = await shop.payment(payment_id)
    assert (row["status"], row["failure_code"]) == ("SUCCEEDED", None)
    assert await till.ledger() == PAID


async def test_no_more_is_paid_at_a_time_than_is_due(shop: Shop) -> None:
    till = await shop.till()
    await shop.pay(till, "500")
    with pytest.raises(PaymentUnderWay):
        await shop.pay(till, "20.01")
    await shop.pay(till, "20")
    with pytest.raises(PaymentUnderWay):
        await shop.pay(till)
    euros = await shop.till(currency_code="EUR")
    with pytest.raises(MethodNotOffered):
        await shop.pay(euros, method=Method.ACH_DEBIT)


async def test_a_refund_goes_back_through_stripe_and_one_that_fails_is_put_back(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.paid(till)
    await shop.cycle()
    refund_id = await till.refund(payment_id, "100", reference=None)
    assert (await till.invoice())[1:] == (42000, 10000)
    about = About(till.agreement.id, refund_id)
    assert await stripe_asking.ask_refund(shop.means, about)
    assert not await stripe_asking.ask_refund(shop.means, about)
    refund = await till.market.one("select * from refund where id = $1", refund_id)
    assert (refund["status"], refund["amount_minor"]) == ("SUCCEEDED", 10000)
    assert await till.ledger() == PAID | {"STRIPE_BALANCE": 40462, "ASSOCIATION_RECEIVABLE": 10000}

    failing = await shop.till()
    payment_id = await shop.paid(failing, card="pm_card_refundFail")
    await shop.cycle()
    refund_id = await failing.refund(payment_id, "100", reference=None)
    assert await stripe_asking.ask_refund(shop.means, About(failing.agreement.id, refund_id))
    shop.stripe.advance(days=10)
    await shop.cycle()
    refund = await till.market.one("select * from refund where id = $1", refund_id)
    assert refund["status"] == "FAILED"
    assert await failing.invoice() == ("PAID", 52000, 0)
    assert await failing.ledger() == PAID


async def test_a_chargeback_takes_the_money_until_it_is_decided(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.paid(till, card="pm_card_createDispute")
    await shop.cycle()
    chargeback = await till.market.one("select * from chargeback where payment_id = $1", payment_id)
    assert (chargeback["status"], chargeback["amount_minor"]) == ("NEEDS_RESPONSE", 52000)
    ledger = await till.ledger()
    assert ledger["CHARGEBACK_RECEIVABLE"] == 52000
    disputing.decide(shop.stripe, shop.stripe.objects[chargeback["stripe_dispute_id"]], won=False)
    await shop.cycle()
    assert (await till.invoice())[1:] == (0, 52000)
    ledger = await till.ledger()
    assert ledger["ASSOCIATION_RECEIVABLE"] == 52000
    assert "CHARGEBACK_RECEIVABLE" not in ledger
