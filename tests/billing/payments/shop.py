"""A market that pays through Stripe's double: mutations begin, errands call, and what was seen is written down."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import stripe as sdk

from core.actor import NOBODY
from services.billing import stripe_gateway
from services.billing.payments.paying import Method, Wish, pay_invoice
from simulators.stripe.world import SECRET_KEY, Stripe
from tests.billing.market import Market
from tests.billing.payments.till import Till, till_of
from worker import stripe_asking, stripe_looking
from worker.means import About, Means

WEBHOOK_SECRET = "whsec_tests"
NOTHING = About(NOBODY, NOBODY)


class Shop:
    """Who pays, the double, and what the worker works with."""

    def __init__(self, market: Market, stripe: Stripe, means: Means) -> None:
        self.market = market
        self.stripe = stripe
        self.means = means

    async def till(self, **terms: Any) -> Till:  # noqa: ANN401  (the columns of a contract)
        """A contract with an invoice of 520.00."""
        return await till_of(self.market, **terms)

    async def pay(self, till: Till, amount: str | None = None, *, method: Method = Method.CARD) -> UUID:
        """Begin to pay, as the association, with a form of its own."""
        wish = Wish(method, Decimal(amount) if amount else None, "USD", by_page=False)
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
        confirmed = {"payment_method": card, "return_url": "https://pay.example"}
        with suppress(sdk.CardError):
            await client.v1.payment_intents.confirm_async(row["stripe_payment_intent_id"], confirmed)  # type: ignore[arg-type]
        await http.close_async()
        return self.stripe.objects[row["stripe_payment_intent_id"]]

    async def paid(self, till: Till, amount: str | None = None, card: str = "pm_card_visa") -> UUID:
        """Begin, ask, and confirm: Stripe knows that it was paid, and we do not yet."""
        payment_id = await self.pay(till, amount)
        assert await self.ask(till, payment_id)
        await self.confirm(payment_id, card)
        return payment_id

    async def cycle(self) -> bool:
        """One cycle of asking Stripe for everything, whenever it was asked last."""
        for table in ("payment", "refund", "chargeback", "payout", "payee_account"):
            await self.market.rows.execute(
                f"update {table} set asked_at = asked_at - interval '1 hour'"  # noqa: S608  (our own words)
            )
        return await stripe_looking.ask_stripe(self.means, NOTHING)

    async def payment(self, payment_id: UUID) -> dict[str, Any]:
        """A payment's row."""
        return await self.market.one("select * from payment where id = $1", payment_id)
