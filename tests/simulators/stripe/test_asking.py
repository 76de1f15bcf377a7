"""Keys, idempotency, faults and pages."""

from __future__ import annotations

import asyncio
from typing import Any

import stripe

from simulators.stripe.faults import Kind
from simulators.stripe.world import API_VERSION
from tests.simulators.stripe.spoken_to import PAID, refused, spoken_to


async def test_the_sdk_speaks_the_version_that_the_double_answers_in() -> None:
    assert stripe.api_version == API_VERSION


async def test_a_key_gets_its_first_answer_again() -> None:
    async with spoken_to() as spoken:
        pay, key = spoken.v1.payment_intents.create_async, {"idempotency_key": "pay_1"}
        first, again = await pay(PAID, key), await pay(PAID, key)
        assert again.to_dict() == first.to_dict()
        assert "idempotent-replayed" not in first.last_response.headers
        assert again.last_response.headers["idempotent-replayed"] == "true"
        assert again.last_response.headers["original-request"] == first.last_response.request_id
        assert isinstance(await refused(pay(PAID | {"amount": 100}, key)), stripe.IdempotencyError)
        assert isinstance(await refused(spoken.v1.customers.create_async({}, key)), stripe.IdempotencyError)
        assert len((await spoken.v1.charges.list_async()).data) == 1
        spoken.double.advance(days=2)
        assert (await pay(PAID, key)).id != first.id


async def test_a_key_remembers_a_500_and_a_decline_but_no_malformed_request() -> None:
    async with spoken_to() as spoken:
        pay = spoken.v1.payment_intents.create_async
        spoken.double.faults.order(Kind.ERROR, "POST /v1/payment_intents")
        spoken.double.faults.order(Kind.ERROR, "POST /v1/payment_intents", skip=1, applied=False)
        for key, charges in (("after", 1), ("before", 1)):
            for _ in range(2):
                broken = await refused(pay(PAID, {"idempotency_key": key}))
                assert (broken.http_status, type(broken)) == (500, stripe.APIError)
            assert len((await spoken.v1.charges.list_async()).data) == charges
        declined = PAID | {"payment_method": "pm_card_chargeDeclined"}
        for _ in range(2):
            assert isinstance(await refused(pay(declined, {"idempotency_key": "declined"})), stripe.CardError)
        assert len((await spoken.v1.charges.list_async()).data) == 2
        await refused(pay({"currency": "usd"}, {"idempotency_key": "malformed"}))
        assert (await pay(PAID, {"idempotency_key": "malformed"})).status == "succeeded"


async def test_a_key_that_is_in_use_is_refused() -> None:
    async with spoken_to() as spoken:
        pay, key = spoken.v1.payment_intents.create_async, {"idempotency_key": "pay_1"}
        spoken.double.faults.order(Kind.DELAY, seconds=1)
        first = pay(PAID, key)
        answers: tuple[Any, ...] = await asyncio.gather(first, pay(PAID, key), return_exceptions=True)
        refusal, paid = sorted(answers, key=lambda one: isinstance(one, stripe.PaymentIntent))
        assert (refusal.http_status, refusal.error.code) == (409, "idempotency_key_in_use")
        assert paid.status == "succeeded"
        assert len((await spoken.v1.charges.list_async()).data) == 1


async def test_a_connection_that_breaks_off_leaves_what_was_done_for_the_key() -> None:
    async with spoken_to() as spoken:
        spoken.double.faults.order(Kind.BREAK, "POST /v1/refunds")
        spoken.double.faults.order(Kind.BREAK, "POST /v1/customers", applied=False)
        asked = ({"payment_intent": (await spoken.paid()).id}, {"idempotency_key": "rfd_1"})
        assert isinstance(await refused(spoken.v1.refunds.create_async(*asked)), stripe.APIConnectionError)
        assert (await spoken.v1.refunds.create_async(*asked)).amount == 517_000
        assert len((await spoken.v1.refunds.list_async()).data) == 1
        lost = await refused(spoken.v1.customers.create_async({}))
        assert isinstance(lost, stripe.APIConnectionError)
        assert (await spoken.v1.customers.list_async()).data == []
        spoken.double.faults.order(Kind.RATE_LIMIT)
        assert isinstance(await refused(spoken.v1.balance.retrieve_async()), stripe.RateLimitError)


async def test_keys_open_what_they_may_and_no_more() -> None:
    async with spoken_to() as spoken:
        spoken.double.keys["rk_test_reads"] = frozenset({"rak_payment_intent_read", "rak_refund_write"})
        unknown = await refused(spoken.holding("sk_test_somebody_else").balance.retrieve_async())
        assert isinstance(unknown, stripe.AuthenticationError)
        assert "somebody" not in str(unknown)
        reader = spoken.holding("rk_test_reads")
        assert (await reader.payment_intents.list_async()).data == []
        assert (await reader.refunds.list_async()).data == []
        refusal = await refused(reader.payment_intents.create_async(PAID))
        assert isinstance(refusal, stripe.PermissionError)
        assert "rak_payment_intent_write" in str(refusal)
        stranger = await refused(spoken.v1.balance.retrieve_async({}, {"stripe_account": "acct_nobody"}))
        assert (stranger.http_status, stranger.error.code) == (403, "account_invalid")


async def test_a_list_is_paged_both_ways() -> None:
    async with spoken_to() as spoken:
        made = [(await spoken.v1.customers.create_async({"name": str(at)})).id for at in range(7)]
        ids, page = made[::-1], spoken.v1.customers.list_async
        first = await page({"limit": 3})
        assert ([one.id for one in first.data], first.has_more) == (ids[:3], True)
        last = await page({"limit": 4, "starting_after": ids[2]})
        assert ([one.id for one in last.data], last.has_more) == (ids[3:], False)
        back = await page({"limit": 2, "ending_before": ids[4]})
        assert ([one.id for one in back.data], back.has_more) == (ids[2:4], True)
        assert [one.id async for one in (await page({"limit": 2})).auto_paging_iter()] == ids
        assert (await refused(page({"limit": 101}))).code == "parameter_invalid_integer"
        assert (await refused(page({"starting_after": "cus_nobody"}))).code == "resource_missing"


async def test_what_the_api_has_not_is_not_found() -> None:
    async with spoken_to() as spoken:
        refusal = await refused(spoken.v1.products.list_async())
        assert refusal.http_status == 404
        assert "Unrecognized request URL (GET: /v1/products)" in str(refusal)
        refusal = await refused(spoken.v1.customers.retrieve_async("cus_1"))
        assert (refusal.http_status, refusal.code) == (404, "resource_missing")
        await spoken.v1.customers.create_async({"name": "Ann Lee"})
        refusal = await refused(spoken.v1.customers.list_async({"expand": ["data.name"]}))
        assert "cannot be expanded (data.name)" in str(refusal)
