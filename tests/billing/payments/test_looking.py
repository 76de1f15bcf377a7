"""Asking Stripe for everything: nothing that cannot be looked at hinders the rest, and nothing is asked for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.actor import SYSTEM
from services.billing.payments import lost
from services.billing.payments.charging_back import answer_chargeback
from simulators.stripe.methods import payouts
from simulators.stripe.world import PLATFORM
from tests.billing.market import NOW
from tests.billing.payments.shop import Shop
from worker import stripe_asking
from worker.means import About


async def test_what_is_gone_at_stripe_hinders_nothing_else(shop: Shop) -> None:
    till = await shop.till()
    gone, paid = await shop.paid(till, "100"), await shop.paid(till, "420")
    del shop.stripe.objects[(await shop.payment(gone))["stripe_payment_intent_id"]]
    await shop.cycle()
    assert (await shop.payment(paid))["status"] == "SUCCEEDED"
    assert (await till.ledger())["PROCESSING_COST"] == 1248


async def test_each_that_is_open_is_asked_about_in_its_turn(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    till = await shop.till()
    refunded = await shop.paid(till, "20", card="pm_card_pendingRefund")
    await shop.cycle()
    refund_id = await till.refund(refunded, "20", reference=None)
    await shop.run_jobs()
    payment_id = await shop.paid(till, "500")
    for event in [one for one in shop.stripe.objects.values() if one["object"] == "event"]:
        del shop.stripe.objects[event["id"]]
    monkeypatch.setattr(lost, "AT_ONCE", 1)
    await shop.cycle()
    await shop.cycle()
    assert (await shop.payment(payment_id))["status"] == "SUCCEEDED"
    assert (await shop.market.one("select status from refund where id = $1", refund_id))["status"] == "PROCESSING"


async def test_an_answer_that_stripe_does_not_take_is_not_sent_for_ever(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.paid(till, card="pm_card_createDispute")
    await shop.cycle()
    chargeback = await shop.market.one("select * from chargeback where payment_id = $1", payment_id)
    await till.act(
        lambda tx, actor: answer_chargeback(
            tx, actor=actor, contract_id=till.agreement.id, chargeback_id=chargeback["id"], answer="Owed", now=NOW
        )
    )
    shop.stripe.objects[chargeback["stripe_dispute_id"]]["status"] = "lost"
    await shop.run_jobs()
    row = await shop.market.one("select * from chargeback where id = $1", chargeback["id"])
    assert (row["answer_sent_at"], "already closed" in row["failure_message"]) == (None, True)
    asked = len(shop.stripe.requests)
    assert not await stripe_asking.send_answer(shop.means, About(till.agreement.id, chargeback["id"]))
    assert len(shop.stripe.requests) == asked
    now = datetime.now(UTC)
    await shop.market.rows.execute("update chargeback set changed_at = changed_at - interval '1 hour'")
    left = await shop.means.database.write(SYSTEM, stripe_asking.asked_too_little, now=now, request_id="test")
    assert left == []


async def test_a_payout_by_hand_is_kept_and_belongs_to_no_contract(shop: Shop) -> None:
    till = await shop.till()
    await shop.paid(till)
    await shop.cycle()
    shop.stripe.advance(days=2)
    made = payouts.pay_out(shop.stripe, PLATFORM, 5000, "usd")
    shop.stripe.advance(days=2)
    before = await till.ledger()
    await shop.cycle()
    row = await shop.market.one("select * from payout where stripe_payout_id = $1", made["id"])
    assert (row["status"], row["by_hand"], row["amount_minor"]) == ("PAID", True, 5000)
    assert row["posted_at"] is not None
    assert await till.ledger() == before


async def test_a_payout_is_posted_once_stripe_can_tell_what_it_pays_out(shop: Shop) -> None:
    till = await shop.till()
    await shop.paid(till)
    await shop.cycle()
    shop.stripe.advance(days=2)
    (made,) = payouts.pay_out_automatically(shop.stripe)
    shop.stripe.advance(days=2)
    made["reconciliation_status"] = "in_progress"
    await shop.cycle()
    row = await shop.market.one("select * from payout where stripe_payout_id = $1", made["id"])
    assert (row["status"], row["posted_at"]) == ("PAID", None)
    assert "BANK" not in await till.ledger()
    made["reconciliation_status"] = "completed"
    await shop.cycle()
    assert (await till.ledger())["BANK"] == made["amount"]


async def test_what_the_balance_keeps_in_another_currency_is_posted_on_both_sides(shop: Shop) -> None:
    shop.stripe.rates["eur"] = ("usd", Decimal("1.10"))
    till = await shop.till(currency_code="EUR")
    payment_id = await shop.pay(till, currency="EUR")
    await shop.run_jobs()
    await shop.confirm(payment_id)
    await shop.cycle()
    # 2.9 % of 520.00 and 0.30 are 15.38, in dollars 16.92
    sums = (
        "select account, currency_code, sum(amount_minor)::bigint as minor from posting where contract_id = $1 "
        "group by 1, 2 having sum(amount_minor) <> 0 order by 1, 2"
    )
    owed = [("PLATFORM_FEE_INCOME", "EUR", -1560)]

    async def ledger() -> list[tuple[str, str, int]]:
        assert await shop.market.broken_link(till.agreement) is None
        rows = await shop.market.all(sums, till.agreement.id)
        return [(row["account"], row["currency_code"], row["minor"]) for row in rows]

    assert await ledger() == [
        ("CURRENCY_EXCHANGE", "EUR", 52000), ("CURRENCY_EXCHANGE", "USD", -57200), *owed,
        ("PROCESSING_COST", "USD", 1692), ("STRIPE_BALANCE", "USD", 57200 - 1692), ("VENDOR_PAYABLE", "EUR", -50440),
    ]  # fmt: skip
    row = await shop.market.one("select * from balance_transaction where payment_id = $1", payment_id)
    assert (row["exchange_rate"], row["presented_minor"], row["presented_currency_code"]) == (
        Decimal("1.1"),
        52000,
        "EUR",
    )
    assert (row["amount_minor"], row["currency_code"]) == (57200, "USD")

    # given back at another day's rate: the exchange has lost five dollars
    shop.stripe.rates["eur"] = ("usd", Decimal("1.15"))
    await till.refund(payment_id, "100", reference=None, currency="EUR")
    await shop.run_jobs()
    await shop.cycle()
    assert await ledger() == [
        ("ASSOCIATION_RECEIVABLE", "EUR", 10000), ("CURRENCY_EXCHANGE", "EUR", 42000),
        ("CURRENCY_EXCHANGE", "USD", -57200 + 11500), *owed, ("PROCESSING_COST", "USD", 1692),
        ("STRIPE_BALANCE", "USD", 57200 - 11500 - 1692), ("VENDOR_PAYABLE", "EUR", -50440),
    ]  # fmt: skip
    assert (await till.entries())[-2:] == ["REFUND_PAID", "EXCHANGED"]
    before = await till.everything()
    await shop.cycle()
    assert await till.everything() == before
