"""Vendors taken in on a page, sent money and paid out; payers who pay on a page."""

from __future__ import annotations

import httpx2
import pytest

from simulators.stripe.methods.payouts import pay_out_automatically
from tests.simulators.stripe.spoken_to import Spoken, refused, spoken_to

CAPABILITIES = {"card_payments": {"requested": True}, "transfers": {"requested": True}}


async def taken_in(spoken: Spoken, number: str = "000123456789", interval: str = "daily") -> str:
    """A vendor's account, through its page."""
    made = await spoken.v1.accounts.create_async(
        {
            "type": "express",
            "email": "vendor@example.org",
            "capabilities": CAPABILITIES,
            "settings": {"payouts": {"schedule": {"interval": interval}}},
        }
    )
    link = await spoken.v1.account_links.create_async(
        {
            "account": made.id,
            "type": "account_onboarding",
            "return_url": "http://127.0.0.1/done",
            "refresh_url": "http://127.0.0.1/again",
        }
    )
    async with httpx2.AsyncClient() as browser:
        assert (await browser.get(link.url)).status_code == 200
        for leads_to in ("http://127.0.0.1/done", "http://127.0.0.1/again"):
            answer = await browser.post(link.url, data={"account_number": number})
            assert answer.headers["location"] == leads_to
    return str(made.id)


async def test_a_vendor_can_do_nothing_before_they_are_taken_in() -> None:
    async with spoken_to() as spoken:
        made = await spoken.v1.accounts.create_async({"type": "express", "capabilities": CAPABILITIES})
        assert (made.charges_enabled, made.payouts_enabled, made.details_submitted) == (False, False, False)
        transfer = {"amount": 100, "currency": "usd", "destination": made.id}
        refusal = await refused(spoken.v1.transfers.create_async(transfer))
        assert refusal.code == "insufficient_capabilities_for_transfer"
        assert (await refused(spoken.paid(on_behalf_of=made.id))).param == "on_behalf_of"
        account = await spoken.v1.accounts.retrieve_async(await taken_in(spoken))
        assert (account.charges_enabled, account.payouts_enabled, account.details_submitted) == (True, True, True)
        assert account.capabilities.to_dict() == {"card_payments": "active", "transfers": "active"}
        assert account.requirements.currently_due == []
        (event,) = (await spoken.v1.events.list_async({}, {"stripe_account": account.id})).data
        assert (event.type, event.account) == ("account.updated", account.id)


async def test_money_is_sent_on_once_it_is_there_or_from_where_it_came() -> None:
    async with spoken_to() as spoken:
        vendor = await taken_in(spoken)
        paid = await spoken.paid(on_behalf_of=vendor, transfer_group="inv_1")
        send = spoken.v1.transfers.create_async
        transfer = {"amount": 501_490, "currency": "usd", "destination": vendor}
        assert (await refused(send(transfer))).code == "balance_insufficient"
        sent = await send(transfer | {"source_transaction": paid.latest_charge})
        assert (sent.amount, sent.transfer_group) == (501_490, "inv_1")
        again = await refused(send(transfer | {"source_transaction": paid.latest_charge}))
        assert "must not exceed the source amount of $5,170.00" in str(again)
        of_vendor = {"stripe_account": vendor}
        balance = await spoken.v1.balance.retrieve_async({}, of_vendor)
        assert (balance.pending[0].amount, balance.available[0].amount) == (501_490, 0)
        spoken.double.advance(days=3)
        balance = await spoken.v1.balance.retrieve_async({}, of_vendor)
        assert (balance.pending[0].amount, balance.available[0].amount) == (0, 501_490)
        refusal = await refused(spoken.v1.transfers.retrieve_async(sent.id, {}, of_vendor))
        assert refusal.code == "resource_missing"
        back = await spoken.v1.transfers.reversals.create_async(sent.id, {"amount": 1_490})
        assert (back.amount, (await spoken.v1.transfers.retrieve_async(sent.id)).amount_reversed) == (1_490, 1_490)
        refusal = await refused(spoken.v1.transfers.reversals.create_async(sent.id, {"amount": 500_001}))
        assert refusal.param == "amount"
        assert await spoken.movements() == [
            ("charge", 517_000, 15_023),
            ("transfer", -501_490, 0),
            ("transfer_refund", 1_490, 0),
        ]
        assert await spoken.movements(vendor) == [("payment", 501_490, 0), ("payment_refund", -1_490, 0)]


@pytest.mark.parametrize(
    ("number", "status", "left"), [("000123456789", "paid", 400_000), ("000111111116", "failed", 500_000)]
)
async def test_a_payout_by_hand_arrives_or_comes_back(number: str, status: str, left: int) -> None:
    async with spoken_to() as spoken:
        vendor = await taken_in(spoken, number, "manual")
        await spoken.paid("pm_card_bypassPending")
        await spoken.v1.transfers.create_async({"amount": 500_000, "currency": "usd", "destination": vendor})
        of_vendor = {"stripe_account": vendor}
        pay_out_automatically(spoken.double)
        made = await spoken.v1.payouts.create_async({"amount": 100_000, "currency": "usd"}, of_vendor)
        assert (made.status, made.automatic) == ("pending", False)
        beyond = await refused(spoken.v1.payouts.create_async({"amount": 400_001, "currency": "usd"}, of_vendor))
        assert beyond.code == "balance_insufficient"
        spoken.double.advance(days=3)
        assert (await spoken.v1.payouts.retrieve_async(made.id, {}, of_vendor)).status == status
        assert (await spoken.v1.balance.retrieve_async({}, of_vendor)).available[0].amount == left


async def test_an_automatic_payout_says_what_it_pays_out() -> None:
    async with spoken_to() as spoken:
        vendor = await taken_in(spoken)
        await spoken.paid("pm_card_bypassPending")
        for amount in (300_000, 100_000):
            await spoken.v1.transfers.create_async({"amount": amount, "currency": "usd", "destination": vendor})
        (made,) = [one for one in pay_out_automatically(spoken.double) if spoken.double.owners[one["id"]] == vendor]
        assert (made["amount"], made["automatic"]) == (400_000, True)
        of_vendor = {"stripe_account": vendor}
        listed = await spoken.v1.balance_transactions.list_async({"payout": made["id"]}, of_vendor)
        assert [(one.type, one.amount) for one in listed.data] == [
            ("payout", -400_000),
            ("payment", 100_000),
            ("payment", 300_000),
        ]


@pytest.mark.parametrize(
    ("by", "at_once", "in_the_end"),
    [
        ("pm_card_visa", "paid", "checkout.session.completed"),
        ("pm_usBankAccount_success", "unpaid", "checkout.session.async_payment_succeeded"),
        ("pm_usBankAccount_noAccount", "unpaid", "checkout.session.async_payment_failed"),
    ],
)
async def test_a_payer_pays_on_a_page(by: str, at_once: str, in_the_end: str) -> None:
    async with spoken_to() as spoken, httpx2.AsyncClient() as browser:
        priced = {"currency": "usd", "unit_amount": 517_000, "product_data": {"name": "Invoice 2026-1"}}
        made = await spoken.v1.checkout.sessions.create_async(
            {
                "mode": "payment",
                "line_items": [{"quantity": 1, "price_data": priced}],
                "success_url": "http://127.0.0.1/paid?session={CHECKOUT_SESSION_ID}",
                "payment_intent_data": {"transfer_group": "inv_1", "metadata": {"payment": "pay_1"}},
            }
        )
        assert (made.status, made.payment_status, made.amount_total) == ("open", "unpaid", 517_000)
        assert "Invoice 2026-1" in (await browser.get(made.url)).text
        declined = await browser.post(made.url, data={"payment_method": "pm_card_chargeDeclined"})
        assert (declined.status_code, "declined" in declined.text) == (402, True)
        answer = await browser.post(made.url, data={"payment_method": by})
        assert answer.headers["location"] == f"http://127.0.0.1/paid?session={made.id}"
        session = await spoken.v1.checkout.sessions.retrieve_async(made.id, {"expand": ["payment_intent"]})
        assert (session.status, session.payment_status) == ("complete", at_once)
        assert session.payment_intent.metadata.to_dict() == {"payment": "pay_1"}
        assert session.payment_intent.transfer_group == "inv_1"
        spoken.double.advance(days=5)
        assert [kind for kind in spoken.kinds() if kind.startswith("checkout")][-1] == in_the_end
        assert (await browser.get(made.url)).status_code == 404


async def test_a_page_for_paying_is_closed_or_closes() -> None:
    async with spoken_to() as spoken:
        priced = {"currency": "usd", "unit_amount": 100, "product_data": {"name": "Invoice"}}
        asked = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": priced}],
            "success_url": "http://127.0.0.1/paid",
        }
        first = await spoken.v1.checkout.sessions.create_async(asked)
        second = await spoken.v1.checkout.sessions.create_async(asked)
        assert (await spoken.v1.checkout.sessions.expire_async(first.id)).status == "expired"
        spoken.double.advance(days=2)
        assert (await spoken.v1.checkout.sessions.retrieve_async(second.id)).status == "expired"
        assert spoken.kinds() == ["checkout.session.expired"] * 2
