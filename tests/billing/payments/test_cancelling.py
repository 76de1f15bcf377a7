"""A payment that brought nothing is given up: at Stripe too, and who pays in that moment has paid."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import pytest

from core.actor import SYSTEM, Actor
from core.errors import Forbidden, NotFound, Refusals
from services.billing.payments.cancelling import PaymentNotCancellable, cancel_payment
from services.billing.payments.paying import PaymentUnderWay
from simulators.stripe.methods import checkouts
from tests.billing.payments.shop import Shop, Told
from tests.billing.payments.till import Till
from worker import stripe_asking
from worker.means import About


async def cancel(shop: Shop, till: Till, payment_id: UUID, *, by: Actor | None = None, reason: str = "Twice") -> UUID:
    """Ask for a payment to be given up, as the association."""
    now = datetime.now(UTC)
    key = await till.act(
        lambda tx, actor: cancel_payment(
            tx, actor=actor, contract_id=till.agreement.id, payment_id=payment_id, reason=reason, now=now
        ),
        by or shop.market.finance,
        now,
    )
    return key.id


async def events_of(shop: Shop, payment_id: UUID) -> list[str]:
    rows = await shop.market.all("select type from audit_event where object_id = $1 order by id", payment_id)
    return [row["type"] for row in rows]


async def test_one_that_stripe_was_not_asked_for_is_given_up_without_asking(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till)
    await cancel(shop, till, payment_id)
    # whichever of the two jobs is first
    assert await shop.run_jobs() == ["PAYMENT_STARTED", "PAYMENT_CANCELLING"]
    row = await shop.payment(payment_id)
    assert (row["status"], row["cancel_reason"], row["stripe_payment_intent_id"]) == ("CANCELLED", "Twice", None)
    assert shop.stripe.requests == []
    assert await events_of(shop, payment_id) == ["PAYMENT_STARTED", "PAYMENT_CANCELLING", "PAYMENT_CANCELLED"]
    await shop.pay(till, "520")


@pytest.mark.parametrize("by_page", [True, False])
async def test_one_that_waits_for_its_payer_is_given_up_at_stripe(shop: Shop, *, by_page: bool) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till, by_page=by_page)
    await shop.run_jobs()
    await cancel(shop, till, payment_id)
    assert (await shop.payment(payment_id))["status"] == "REQUIRES_ACTION"
    with pytest.raises(PaymentUnderWay):
        await shop.pay(till)
    assert await shop.run_jobs() == ["PAYMENT_CANCELLING"]
    row = await shop.payment(payment_id)
    assert (row["status"], row["cancel_failure"]) == ("CANCELLED", None)
    if by_page:
        assert shop.stripe.objects[row["stripe_checkout_session_id"]]["status"] == "expired"
    else:
        assert shop.stripe.objects[row["stripe_payment_intent_id"]]["status"] == "canceled"
    assert (await till.invoice())[1:] == (0, 52000)
    before = await till.everything()
    with pytest.raises(PaymentNotCancellable):
        await cancel(shop, till, payment_id)
    await stripe_asking.give_up_payment(shop.means, About(till.agreement.id, payment_id))
    assert await till.everything() == before


@pytest.mark.parametrize("by_page", [True, False])
async def test_who_pays_in_that_moment_has_paid(shop: Shop, *, by_page: bool) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till, by_page=by_page)
    await shop.run_jobs()
    await cancel(shop, till, payment_id)
    if by_page:
        row = await shop.payment(payment_id)
        checkouts.pay(shop.stripe, shop.stripe.objects[row["stripe_checkout_session_id"]], "pm_card_visa")
    else:
        await shop.confirm(payment_id)
    await shop.run_jobs()
    row = await shop.payment(payment_id)
    assert (row["status"], row["received_minor"], row["cancel_failure"]) == ("SUCCEEDED", 52000, None)
    assert await till.invoice() == ("PAID", 52000, 0)
    with pytest.raises(PaymentNotCancellable):
        await cancel(shop, till, payment_id)


async def test_a_debit_that_a_bank_works_on_goes_on_and_says_so(shop: Shop) -> None:
    till = await shop.is_told(Told.NOT_AT_ALL).till()
    payment_id = await shop.paid(till, card="pm_usBankAccount_success")
    await shop.hear()
    await shop.run_jobs()
    await cancel(shop, till, payment_id)
    await shop.run_jobs()
    row = await shop.payment(payment_id)
    assert (row["status"], row["cancel_asked_at"]) == ("PROCESSING", None)
    assert "status of processing" in row["cancel_failure"]
    assert (await events_of(shop, payment_id))[-2:] == ["PAYMENT_CANCELLING", "PAYMENT_NOT_CANCELLED"]
    await shop.hear(days=4)
    assert (await shop.payment(payment_id))["status"] == "SUCCEEDED"
    assert await till.invoice() == ("PAID", 52000, 0)


async def test_what_was_declined_is_given_up_before_another_card_is_tried(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.paid(till, card="pm_card_chargeDeclined")
    await shop.cycle()
    assert (await shop.payment(payment_id))["status"] == "FAILED"
    await cancel(shop, till, payment_id)
    await shop.run_jobs()
    assert (await shop.payment(payment_id))["status"] == "CANCELLED"


async def test_a_cancellation_whose_job_is_lost_is_found(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till)
    await shop.run_jobs()
    await cancel(shop, till, payment_id)
    await shop.market.rows.execute("delete from pgqueuer")
    await shop.market.rows.execute("update payment set changed_at = changed_at - interval '1 hour'")
    database = shop.means.database
    (due,) = await database.write(SYSTEM, stripe_asking.asked_too_little, now=datetime.now(UTC), request_id="test")
    assert (due.event, due.object_id) == ("PAYMENT_CANCELLING", payment_id)
    await stripe_asking.give_up_payment(shop.means, About(till.agreement.id, payment_id))
    assert (await shop.payment(payment_id))["status"] == "CANCELLED"
    assert await database.write(SYSTEM, stripe_asking.asked_too_little, now=datetime.now(UTC), request_id="test") == []


async def test_twenty_cancellations_at_once_ask_once(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till)
    outcomes = await asyncio.gather(*(cancel(shop, till, payment_id) for _ in range(20)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, PaymentNotCancellable: 19}


async def test_who_may_not_and_what_cannot_be_cancelled(shop: Shop) -> None:
    till, other = await shop.till(), await shop.till()
    payment_id, by_hand = await shop.pay(till, "1"), await till.record("1")
    before = await till.everything()
    market = shop.market
    for by, refusal in (
        (market.acceptor, Forbidden), (market.billing_admin, Forbidden), (market.vendor_owner, Forbidden),
        (market.stranger, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            await cancel(shop, till, payment_id, by=by)
    with pytest.raises(PaymentNotCancellable):
        await cancel(shop, till, by_hand)
    with pytest.raises(NotFound):
        await cancel(shop, other, payment_id)
    with pytest.raises(Refusals):
        await cancel(shop, till, payment_id, reason=" ")
    assert await till.everything() == before
