"""A market that pays through Stripe's double: mutations begin, errands call, and what was seen is written down."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import httpx2
import orjson
import stripe as sdk

from core.actor import NOBODY
from services.billing import stripe_gateway
from services.billing.payments.onboarding import set_up_payee
from services.billing.payments.paying import Method, Wish, pay_invoice
from simulators.stripe.world import SECRET_KEY, Stripe
from tests.billing.market import Market
from tests.billing.payments.till import Till, till_of
from worker import stripe_asking, stripe_looking
from worker.means import About, Means
from worker.table import ERRANDS

WEBHOOK_SECRET = "whsec_tests"
NOTHING = About(NOBODY, NOBODY)
TABLES = ("payment", "refund", "chargeback", "payout", "payee_account")
MANDATE = {"customer_acceptance": {"type": "online", "online": {"ip_address": "127.0.0.1", "user_agent": "a test"}}}


class Told(StrEnum):
    """How we come to know of what happened at Stripe."""

    BY_WEBHOOK = "BY_WEBHOOK"
    BY_ITS_LIST = "BY_ITS_LIST"
    """The webhook is lost; Stripe's list of messages still has it."""
    NOT_AT_ALL = "NOT_AT_ALL"
    """The list is lost, too: only what is open and what moved in the balance can be asked for."""


class Shop:
    """Who pays, the double, and what the worker works with."""

    def __init__(self, market: Market, stripe: Stripe, means: Means, webhook: str = "") -> None:
        self.market = market
        self.stripe = stripe
        self.means = means
        self._webhook = webhook
        self._told = Told.BY_ITS_LIST

    def is_told(self, told: Told) -> Shop:
        """Say how we come to know of what happens."""
        self._told = told
        if told == Told.BY_WEBHOOK:
            for connect in (False, True):
                self.stripe.listen(self._webhook, connect=connect, secret=WEBHOOK_SECRET)
        return self

    async def hear(self, *, days: float = 0) -> None:
        """Let time pass at Stripe, and come to know of what happened."""
        self.stripe.advance(days=days)
        await self.stripe.deliveries.settled()
        if self._told == Told.BY_WEBHOOK:
            answers = {status for _, status in self.stripe.deliveries.sent}
            assert answers == {200}, answers
            await self.run_jobs()
            return
        if self._told == Told.NOT_AT_ALL:
            for event in [one for one in self.stripe.objects.values() if one["object"] == "event"]:
                del self.stripe.objects[event["id"]]
        await self.cycle()

    async def run_jobs(self) -> list[str]:
        """Run the errands that are queued, as the worker does, and those that they queue in turn."""
        done: list[str] = []
        while jobs := await self.market.all("delete from pgqueuer returning entrypoint, payload"):
            for job in jobs:
                payload = orjson.loads(job["payload"])
                about = About(UUID(payload.get("contract_id", NOBODY.hex)), UUID(payload["object_id"]))
                if errand := ERRANDS.get(job["entrypoint"]):
                    await errand(self.means, about)
                done.append(job["entrypoint"])
        return done

    async def take_in(self, account_number: str = "000123456789") -> None:
        """Have the vendor answer Stripe's questions, so that it can be paid."""
        owner, now = self.market.vendor_owner, datetime.now(UTC)
        await self.market.database.write(
            owner, lambda tx: set_up_payee(tx, actor=owner, reason="To be paid", now=now), now=now, request_id="test"
        )
        await self.run_jobs()
        asked = await self.market.one("select * from payee_account where vendor_id = $1", self.market.vendor)
        async with httpx2.AsyncClient() as browser:
            await browser.post(asked["onboarding_url"], data={"account_number": account_number})
        await self.hear()

    async def release(self, till: Till, amount: str | None = None) -> UUID:
        """Pay the vendor through Stripe."""
        settlement_id = await till.release(amount, reference=None)
        assert "SETTLEMENT_RELEASED" in await self.run_jobs()
        return settlement_id

    async def till(self, **terms: Any) -> Till:  # noqa: ANN401  (the columns of a contract)
        """A contract with an invoice of 520.00."""
        return await till_of(self.market, **terms)

    async def pay(
        self,
        till: Till,
        amount: str | None = None,
        *,
        method: Method = Method.CARD,
        by_page: bool = False,
        currency: str = "USD",
    ) -> UUID:
        """Begin to pay, as the association, with a form of its own."""
        wish = Wish(method, Decimal(amount) if amount else None, currency, by_page=by_page)
        now = datetime.now(UTC)
        key = await till.act(
            lambda tx, actor: pay_invoice(
                tx, actor=actor, contract_id=till.agreement.id, invoice_id=till.invoice_id, wish=wish,
                reason="Due", now=now,
            ),
            self.market.finance,
            now,
        )  # fmt: skip
        return key.id

    async def ask(self, till: Till, payment_id: UUID) -> bool:
        """Run the errand of a payment."""
        return await stripe_asking.ask_payment(self.means, About(till.agreement.id, payment_id))

    async def confirm(self, payment_id: UUID, card: str = "pm_card_visa") -> dict[str, Any]:
        """Pay, as the payer's browser does; the double's intent afterwards."""
        row = await self.payment(payment_id)
        http = stripe_gateway._Http()  # noqa: SLF001  (the client that the gateway gives to the SDK)
        client = sdk.StripeClient(SECRET_KEY, base_addresses={"api": self.stripe.base_url}, http_client=http)
        confirmed: dict[str, Any] = {"payment_method": card, "return_url": "https://pay.example"}
        if card.startswith("pm_usBankAccount"):
            confirmed["mandate_data"] = MANDATE
        with suppress(sdk.CardError):
            await client.v1.payment_intents.confirm_async(row["stripe_payment_intent_id"], confirmed)  # type: ignore[arg-type]
        await http.close_async()
        return self.stripe.objects[row["stripe_payment_intent_id"]]

    async def paid(self, till: Till, amount: str | None = None, card: str = "pm_card_visa") -> UUID:
        """Begin, ask, and confirm: Stripe knows that it was paid, and we do not yet."""
        debit = card.startswith("pm_usBankAccount")
        payment_id = await self.pay(till, amount, method=Method.ACH_DEBIT if debit else Method.CARD)
        assert await self.ask(till, payment_id)
        await self.confirm(payment_id, card)
        return payment_id

    async def cycle(self) -> bool:
        """One cycle of asking Stripe for everything, whenever it was asked last."""
        for table in TABLES:
            await self.market.rows.execute(
                f"update {table} set asked_at = asked_at - interval '1 hour'"  # noqa: S608  (our own words)
            )
        return await stripe_looking.ask_stripe(self.means, NOTHING)

    async def payment(self, payment_id: UUID) -> dict[str, Any]:
        """A payment's row."""
        return await self.market.one("select * from payment where id = $1", payment_id)
