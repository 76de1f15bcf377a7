"""Payments by test cards and bank accounts."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
import stripe

from tests.simulators.stripe.spoken_to import BY_BANK, refused, spoken_to


async def test_a_card_pays_and_its_processing_cost_is_taken_off() -> None:
    async with spoken_to() as spoken:
        customer = await spoken.v1.customers.create_async({"name": "Ann Lee", "metadata": {"party": "org_1"}})
        paid = await spoken.paid(customer=customer.id, transfer_group="inv_1", metadata={"payment": "pay_1"})
        assert (paid.status, paid.amount_received, paid.customer) == ("succeeded", 517_000, customer.id)
        charge = await spoken.v1.charges.retrieve_async(paid.latest_charge, {"expand": ["balance_transaction"]})
        assert (charge.paid, charge.captured, charge.transfer_group) == (True, True, "inv_1")
        assert charge.metadata.to_dict() == {"payment": "pay_1"}
        # 2.9 % of 5,170.00 is 149.93, and 30 cents.
        movement = charge.balance_transaction
        assert (movement.amount, movement.fee, movement.net, movement.status) == (517_000, 15_023, 501_977, "pending")
        assert spoken.kinds() == [
            "customer.created",
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "charge.updated",
        ]


async def test_a_payments_cost_is_not_known_in_the_moment_in_which_it_succeeds() -> None:
    async with spoken_to() as spoken:
        paid = await spoken.paid(expand=["latest_charge"])
        assert paid.latest_charge.balance_transaction is None
        at_once = await spoken.paid(capture_method="automatic", expand=["latest_charge.balance_transaction"])
        assert at_once.latest_charge.balance_transaction.fee == 15_023


@pytest.mark.parametrize(
    ("token", "code", "decline_code"),
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    ],
)
async def test_a_declined_card_leaves_an_intent_that_waits_for_another(
    token: str, code: str, decline_code: str
) -> None:
    async with spoken_to() as spoken:
        refusal = await refused(spoken.paid(token))
        error = refusal.error
        assert isinstance(refusal, stripe.CardError)
        assert (refusal.http_status, refusal.code, error.decline_code) == (402, code, decline_code)
        waiting = await spoken.v1.payment_intents.retrieve_async(error.payment_intent.id)
        assert (waiting.status, waiting.last_payment_error.code) == ("requires_payment_method", code)
        assert (await spoken.v1.charges.retrieve_async(waiting.latest_charge)).status == "failed"
        again = await spoken.v1.payment_intents.confirm_async(waiting.id, {"payment_method": "pm_card_visa"})
        assert (again.status, again.last_payment_error) == ("succeeded", None)
        assert await spoken.movements() == [("charge", 517_000, 15_023)]


async def test_a_payer_who_has_to_show_who_they_are_does_so_on_a_page() -> None:
    async with spoken_to() as spoken, httpx2.AsyncClient() as browser:
        back = "http://127.0.0.1/back"
        for passes, status in (("true", "succeeded"), ("false", "requires_payment_method")):
            waiting = await spoken.paid("pm_card_authenticationRequired", return_url=back)
            assert waiting.status == "requires_action"
            page = waiting.next_action.redirect_to_url.url
            assert (await browser.get(page)).status_code == 200
            answer = await browser.post(page, data={"passes": passes})
            assert answer.headers["location"] == f"{back}?payment_intent={waiting.id}"
            assert (await spoken.v1.payment_intents.retrieve_async(waiting.id)).status == status
            assert (await browser.get(page)).status_code == 404
        refusal = await refused(spoken.paid("pm_card_authenticationRequired", off_session=True))
        assert refusal.code == "authentication_required"


async def test_an_intent_that_is_confirmed_by_hand_is_confirmed_twice() -> None:
    async with spoken_to() as spoken, httpx2.AsyncClient() as browser:
        waiting = await spoken.paid("pm_card_authenticationRequired", confirmation_method="manual")
        await browser.post(waiting.next_action.use_stripe_sdk.stripe_js, data={"passes": "true"})
        assert (await spoken.v1.payment_intents.retrieve_async(waiting.id)).status == "requires_confirmation"
        assert (await spoken.v1.payment_intents.confirm_async(waiting.id)).status == "succeeded"
        refusal = await refused(spoken.v1.payment_intents.confirm_async(waiting.id))
        assert refusal.code == "payment_intent_unexpected_state"


async def test_a_bank_debit_is_known_days_later() -> None:
    async with spoken_to() as spoken:
        paid = await spoken.v1.payment_intents.create_async(BY_BANK)
        failing = await spoken.v1.payment_intents.create_async(
            BY_BANK | {"payment_method": "pm_usBankAccount_insufficientFunds"}
        )
        assert (paid.status, failing.status) == ("processing", "processing")
        assert await spoken.movements() == []
        spoken.double.advance(days=5)
        assert (await spoken.v1.payment_intents.retrieve_async(paid.id)).status == "succeeded"
        failed = await spoken.v1.payment_intents.retrieve_async(failing.id)
        assert failed.status == "requires_payment_method"
        assert failed.last_payment_error.decline_code == "insufficient_funds"
        # 0.8 %, at most 5.00.
        assert await spoken.movements() == [("payment", 517_000, 500)]


async def test_a_bank_debit_needs_a_mandate() -> None:
    async with spoken_to() as spoken:
        refusal = await refused(spoken.paid("pm_usBankAccount_success"))
        assert refusal.code == "payment_intent_mandate_invalid"


async def test_what_is_authorized_is_captured_in_part_or_given_up() -> None:
    async with spoken_to() as spoken:
        held = await spoken.paid(capture_method="manual")
        assert (held.status, held.amount_capturable) == ("requires_capture", 517_000)
        taken = await spoken.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 100_000})
        assert (taken.status, taken.amount_received) == ("succeeded", 100_000)
        refusal = await refused(spoken.v1.payment_intents.cancel_async(held.id))
        assert refusal.code == "payment_intent_unexpected_state"
        other = await spoken.v1.payment_intents.create_async({"amount": 100, "currency": "usd"})
        given_up = await spoken.v1.payment_intents.cancel_async(other.id, {"cancellation_reason": "abandoned"})
        assert (given_up.status, given_up.cancellation_reason) == ("canceled", "abandoned")


async def test_a_kept_payment_method_pays_again_and_a_spent_one_does_not() -> None:
    async with spoken_to() as spoken:
        customer = (await spoken.v1.customers.create_async({"email": "ann@example.org"})).id
        attach = spoken.v1.payment_methods.attach_async
        kept = await attach("pm_card_visa", {"customer": customer})
        for _ in range(2):
            assert (await spoken.paid(kept.id, customer=customer)).status == "succeeded"
        assert [one.id for one in (await spoken.v1.customers.payment_methods.list_async(customer)).data] == [kept.id]
        once = await spoken.paid()
        assert "may not be used again" in str(await refused(spoken.paid(once.payment_method)))
        assert isinstance(await refused(attach("pm_card_chargeDeclined", {"customer": customer})), stripe.CardError)
        doomed = await attach("pm_card_chargeCustomerFail", {"customer": customer})
        assert (await refused(spoken.paid(doomed.id, customer=customer))).code == "card_declined"


@pytest.mark.parametrize(
    ("asked", "code", "param", "says"),
    [
        ({"amount": 49, "currency": "usd"}, "amount_too_small", "amount", "Amount must be at least $0.50 usd"),
        ({"currency": "usd"}, "parameter_missing", "amount", "Missing required param: amount."),
        ({"amount": "5.1", "currency": "usd"}, "parameter_invalid_integer", "amount", "Invalid integer: 5.1"),
        ({"amount": 100, "currency": "usd", "sum": 1}, "parameter_unknown", "sum", "Received unknown parameter: sum"),
        (
            # Its name since the API version that this SDK speaks is `allowed_payment_method_types`.
            {"amount": 100, "currency": "usd", "payment_method_types": ["card"]},
            "parameter_unknown",
            "payment_method_types[0]",
            "Received unknown parameter: payment_method_types",
        ),
        ({"amount": 1005, "currency": "kwd"}, None, "amount", "Amount must be a multiple of 10 in kwd."),
        ({"amount": 100, "currency": "usd", "customer": "cus_1"}, "resource_missing", "customer", "No such customer"),
        (
            {"amount": 100, "currency": "usd", "capture_method": "by_hand"},
            None,
            "capture_method",
            "Invalid capture_method: must be one of automatic, automatic_async or manual",
        ),
        ({"amount": 100, "currency": "usd", "metadata": {"a": "x" * 501}}, None, "metadata[a]", "up to 500 characters"),
    ],
)
async def test_what_stripe_would_refuse_is_refused(
    asked: dict[str, Any], code: str | None, param: str, says: str
) -> None:
    async with spoken_to() as spoken:
        refusal = await refused(spoken.v1.payment_intents.create_async(asked))
        assert isinstance(refusal, stripe.InvalidRequestError)
        assert (refusal.http_status, refusal.code) == (400, code)
        assert param.startswith(str(refusal.param))
        assert says in str(refusal)
        assert spoken.kinds() == []


async def test_what_the_double_does_not_do_it_says() -> None:
    async with spoken_to() as spoken:
        refusal = await refused(spoken.paid(application_fee_amount=5))
        assert (refusal.http_status, refusal.error.code) == (501, "not_simulated")
