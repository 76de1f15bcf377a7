"""What happens at Stripe after a payment, by the real errands, SDK and webhook: the ledger is right to the cent.

Each story is told three ways: by the webhook, by Stripe's list of messages alone, and by no message at all. A minute's
round of asking follows, which every installation makes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.billing.payments.charging_back import answer_chargeback
from services.billing.payments.refunding import MoreThanReceived
from simulators.stripe import disputing
from simulators.stripe.cards import Behaviour
from simulators.stripe.methods import payouts
from simulators.stripe.world import PLATFORM
from tests.billing.market import NOW
from tests.billing.payments.shop import Shop, Told
from tests.billing.payments.till import Till

OWED = {"ASSOCIATION_RECEIVABLE": 52000, "PLATFORM_FEE_INCOME": -1560, "VENDOR_PAYABLE": -50440}
HELD = {"PLATFORM_FEE_INCOME": -1560, "VENDOR_PAYABLE": -50440}
CARD_COST, DEBIT_COST, DISPUTE_COST = 1538, 416, 1500
"""2.9 % and 0.30; 0.8 %; and what a dispute costs whoever wins it."""

pytestmark = pytest.mark.parametrize("told", Told)


def cost(*costs: int, received: int = 0) -> dict[str, int]:
    """What Stripe charged, and what the balance there is."""
    return {"PROCESSING_COST": sum(costs), "STRIPE_BALANCE": received - sum(costs)}


async def where(shop: Shop, table: str, **of: UUID) -> dict[str, Any]:
    """The only row of a table that is of something."""
    ((column, value),) = of.items()
    return await shop.market.one(f"select * from {table} where {column} = $1", value)  # noqa: S608  (our own words)


async def settled(shop: Shop, till: Till) -> dict[str, int]:
    """The ledger after the minute's round of asking, after which another one changes nothing."""
    await shop.cycle()
    ledger, before = await till.ledger(), await till.everything()
    await shop.cycle()
    assert await till.everything() == before
    over = "select count(*) from payment where refunded_minor > received_minor"
    assert await shop.market.rows.fetchval(over) == 0
    return ledger


async def test_a_debit_takes_days_and_succeeds(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till, card="pm_usBankAccount_success")
    await shop.hear()
    assert (await where(shop, "payment", id=payment_id))["status"] == "PROCESSING"
    assert (await till.invoice())[1:] == (0, 52000)
    await shop.hear(days=4)
    assert (await where(shop, "payment", id=payment_id))["status"] == "SUCCEEDED"
    assert await till.invoice() == ("PAID", 52000, 0)
    assert await settled(shop, till) == HELD | cost(DEBIT_COST, received=52000)


async def test_a_debit_takes_days_and_fails(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till, card="pm_usBankAccount_insufficientFunds")
    await shop.hear()
    await shop.hear(days=4)
    row = await where(shop, "payment", id=payment_id)
    assert (row["status"], row["failure_code"], row["received_minor"]) == ("FAILED", "insufficient_funds", 0)
    assert (await till.invoice())[1:] == (0, 52000)
    assert await settled(shop, till) == OWED


async def test_a_debit_that_is_returned_after_it_succeeded_is_owed_again(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till, card="pm_usBankAccount_dispute")
    await shop.hear()
    await shop.hear(days=4)
    row = await where(shop, "payment", id=payment_id)
    assert (row["status"], row["received_minor"], row["charged_back_minor"]) == ("SUCCEEDED", 52000, 52000)
    assert (await where(shop, "chargeback", payment_id=payment_id))["status"] == "LOST"
    assert (await till.invoice())[1:] == (0, 52000)
    # the balance at Stripe is below nothing: it is the operator who pays for the debit and its return
    assert await settled(shop, till) == OWED | cost(DEBIT_COST, DISPUTE_COST)
    assert shop.stripe.balances[PLATFORM, "usd"] == {"available": -1500 - 52000, "pending": 52000 - 416}


@pytest.mark.parametrize("won", [True, False])
async def test_a_chargeback_is_answered_and_decided(shop: Shop, told: Told, *, won: bool) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till, card="pm_card_createDispute")
    await shop.hear()
    chargeback = await where(shop, "chargeback", payment_id=payment_id)
    assert (chargeback["status"], chargeback["network_reason"]) == ("NEEDS_RESPONSE", "fraudulent")
    taken = cost(CARD_COST, DISPUTE_COST) | {"CHARGEBACK_RECEIVABLE": 52000}
    assert await settled(shop, till) == HELD | taken
    assert (await till.invoice())[1:] == (52000, 0)

    await till.act(
        lambda tx, actor: answer_chargeback(
            tx, actor=actor, contract_id=till.agreement.id, chargeback_id=chargeback["id"],
            answer="Ten hours, accepted", now=NOW,
        )
    )  # fmt: skip
    assert "CHARGEBACK_ANSWERED" in await shop.run_jobs()
    at_stripe = shop.stripe.objects[chargeback["stripe_dispute_id"]]
    number = (await where(shop, "invoice", id=till.invoice_id))["number"]
    assert at_stripe["evidence"]["uncategorized_text"] == f"Invoice {number}\n\nTen hours, accepted"
    assert at_stripe["evidence_details"]["submission_count"] == 1
    await shop.hear()
    assert (await where(shop, "chargeback", id=chargeback["id"]))["status"] == "UNDER_REVIEW"

    disputing.decide(shop.stripe, at_stripe, won=won)
    await shop.hear()
    assert (await where(shop, "chargeback", id=chargeback["id"]))["status"] == ("WON" if won else "LOST")
    assert (await till.invoice())[1:] == ((52000, 0) if won else (0, 52000))
    left = HELD | cost(CARD_COST, DISPUTE_COST, received=52000) if won else OWED | cost(CARD_COST, DISPUTE_COST)
    assert await settled(shop, till) == left


async def test_a_payment_is_given_back_in_parts_and_no_more(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till)
    await shop.hear()
    for amount, left in (("100", 42000), ("419.99", 1)):
        await till.refund(payment_id, amount, reference=None)
        assert "REFUND_ORDERED" in await shop.run_jobs()
        assert (await till.invoice())[1:] == (left, 52000 - left)
    with pytest.raises(MoreThanReceived):
        await till.refund(payment_id, "0.02", reference=None)
    await till.refund(payment_id, "0.01", reference=None)
    await shop.run_jobs()
    refunds = await shop.market.all("select status, amount_minor from refund where payment_id = $1", payment_id)
    assert sorted((row["status"], row["amount_minor"]) for row in refunds) == [
        ("SUCCEEDED", 1), ("SUCCEEDED", 10000), ("SUCCEEDED", 41999)
    ]  # fmt: skip
    assert await settled(shop, till) == OWED | cost(CARD_COST)


async def test_a_refund_of_a_debit_takes_days(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till, card="pm_usBankAccount_success")
    await shop.hear()
    await shop.hear(days=4)
    refund_id = await till.refund(payment_id, "20", reference=None)
    await shop.run_jobs()
    assert (await where(shop, "refund", id=refund_id))["status"] == "PROCESSING"
    await shop.hear(days=3)
    assert (await where(shop, "refund", id=refund_id))["status"] == "SUCCEEDED"
    assert await settled(shop, till) == HELD | cost(DEBIT_COST, received=50000) | {"ASSOCIATION_RECEIVABLE": 2000}


async def test_a_refund_that_succeeded_and_came_back_is_held_again(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till, card="pm_card_refundFail")
    await shop.hear()
    refund_id = await till.refund(payment_id, "520", reference=None)
    await shop.run_jobs()
    assert (await where(shop, "refund", id=refund_id))["status"] == "SUCCEEDED"
    assert (await till.invoice())[1:] == (0, 52000)
    await shop.hear(days=3)
    refund = await where(shop, "refund", id=refund_id)
    assert (refund["status"], refund["failure_code"]) == ("FAILED", "expired_or_canceled_card")
    assert (await where(shop, "payment", id=payment_id))["refunded_minor"] == 0
    assert await till.invoice() == ("PAID", 52000, 0)
    assert await settled(shop, till) == HELD | cost(CARD_COST, received=52000)


async def test_a_refund_of_what_is_charged_back_is_refused_by_stripe_and_put_back(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    payment_id = await shop.paid(till)
    await shop.hear()
    charge = shop.stripe.objects[(await where(shop, "payment", id=payment_id))["stripe_charge_id"]]
    refund_id = await till.refund(payment_id, "100", reference=None)
    # the bank is quicker than the worker
    disputing.dispute(shop.stripe, charge, Behaviour(dispute="fraudulent"))
    await shop.run_jobs()
    refund = await where(shop, "refund", id=refund_id)
    assert (refund["status"], refund["failure_code"]) == ("FAILED", "charge_disputed")
    assert (await where(shop, "payment", id=payment_id))["refunded_minor"] == 0
    await shop.hear()
    assert (await till.invoice())[1:] == (52000, 0)
    taken = cost(CARD_COST, DISPUTE_COST) | {"CHARGEBACK_RECEIVABLE": 52000}
    assert await settled(shop, till) == HELD | taken


async def test_a_settlement_is_taken_back_after_a_chargeback_is_lost(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    await shop.take_in()
    payment_id = await shop.paid(till)
    await shop.hear()
    settlement_id = await shop.release(till)
    settlement = await where(shop, "settlement", id=settlement_id)
    assert (settlement["status"], settlement["amount_minor"]) == ("PAID", 50440)
    charge = shop.stripe.objects[(await where(shop, "payment", id=payment_id))["stripe_charge_id"]]
    assert shop.stripe.objects[settlement["stripe_transfer_id"]]["source_transaction"] == charge["id"]
    disputing.dispute(shop.stripe, charge, Behaviour(dispute="fraudulent"))
    await shop.hear()
    (dispute,) = [one for one in shop.stripe.objects.values() if one["object"] == "dispute"]
    disputing.decide(shop.stripe, dispute, won=False)
    await shop.hear()
    fee = {"PLATFORM_FEE_INCOME": -1560, "ASSOCIATION_RECEIVABLE": 52000}
    assert await settled(shop, till) == fee | cost(CARD_COST, DISPUTE_COST, received=-50440)

    await till.unrelease(settlement_id)
    assert "SETTLEMENT_REVERSING" in await shop.run_jobs()
    assert (await where(shop, "settlement", id=settlement_id))["status"] == "REVERSED"
    assert await settled(shop, till) == OWED | cost(CARD_COST, DISPUTE_COST)


async def test_a_vendor_that_has_nothing_keeps_its_settlement_until_it_has(shop: Shop, told: Told) -> None:
    till = await shop.is_told(told).till()
    await shop.take_in()
    await shop.paid(till)
    await shop.hear()
    settlement_id = await shop.release(till)
    vendor = shop.stripe.objects[(await where(shop, "settlement", id=settlement_id))["stripe_account_id"]]["id"]
    spent, shop.stripe.balances[vendor, "usd"] = shop.stripe.balances[vendor, "usd"], {"available": 0, "pending": 0}
    before = await settled(shop, till)
    await till.unrelease(settlement_id)
    await shop.run_jobs()
    kept = await where(shop, "settlement", id=settlement_id)
    assert (kept["status"], kept["failure_code"]) == ("PAID", "balance_insufficient")
    assert await settled(shop, till) == before
    # the refusal stands at Stripe for a day under its key
    shop.stripe.balances[vendor, "usd"] = spent
    await till.unrelease(settlement_id, now=NOW + timedelta(hours=1))
    await shop.run_jobs()
    assert (await where(shop, "settlement", id=settlement_id))["status"] == "REVERSED"
    assert await settled(shop, till) == HELD | cost(CARD_COST, received=52000)


async def test_a_payout_arrives_comes_back_and_is_paid_again(shop: Shop, told: Told) -> None:
    first, second = await shop.is_told(told).till(), await shop.till()
    await shop.paid(first)
    await shop.paid(second, "100")
    await shop.hear()
    await shop.hear(days=2)
    (payout,) = payouts.pay_out_automatically(shop.stripe)
    assert payout["amount"] == 52000 - CARD_COST + 10000 - 320
    await shop.hear()
    row = await shop.market.one("select * from payout where stripe_payout_id = $1", payout["id"])
    assert (row["status"], row["amount_minor"], row["posted_at"]) == ("PENDING", payout["amount"], None)
    await shop.hear(days=2)
    paid = {"BANK": 52000 - CARD_COST, "PROCESSING_COST": CARD_COST}
    assert await settled(shop, first) == HELD | paid
    assert await settled(shop, second) == OWED | {
        "BANK": 9680, "PROCESSING_COST": 320, "ASSOCIATION_RECEIVABLE": 42000
    }  # fmt: skip
    changes = await shop.market.all(
        "select b.type, b.contract_id is null as nobodys from balance_transaction b "
        "join payout p on p.id = b.payout_id order by b.type"
    )
    assert [(row["type"], row["nobodys"]) for row in changes] == [
        ("charge", False), ("charge", False), ("payout", True)
    ]  # fmt: skip

    payouts.come_back(shop.stripe, payout, "account_closed")
    await shop.hear()
    row = await where(shop, "payout", id=row["id"])
    assert (row["status"], row["failure_code"]) == ("FAILED", "account_closed")
    assert await settled(shop, first) == HELD | cost(CARD_COST, received=52000)
    assert (await first.entries())[-2:] == ["PAYOUT_ARRIVED", "PAYOUT_FAILED"]

    (again,) = payouts.pay_out_automatically(shop.stripe)
    assert again["amount"] == payout["amount"]
    await shop.hear(days=2)
    assert await settled(shop, first) == HELD | paid
    assert (await first.entries())[-1] == "PAYOUT_ARRIVED"
