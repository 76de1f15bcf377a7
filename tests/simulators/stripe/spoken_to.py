"""The double, served in this event loop and spoken to by the unmodified SDK."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import stripe

from simulators.stripe.serving import serving
from simulators.stripe.world import SECRET_KEY, Stripe

PAID: dict[str, Any] = {"amount": 517_000, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True}
AVAILABLE = PAID | {"payment_method": "pm_card_bypassPending"}
BY_BANK: dict[str, Any] = PAID | {
    "payment_method": "pm_usBankAccount_success",
    "mandate_data": {
        "customer_acceptance": {"type": "online", "online": {"ip_address": "127.0.0.1", "user_agent": "a test"}}
    },
}


@dataclass
class Spoken:
    """The double, where it is, and what the SDK speaks through."""

    double: Stripe
    url: str
    http: stripe.HTTPXClient

    @property
    def v1(self) -> Any:  # noqa: ANN401 - the SDK's answers are looked at as they are
        return self.holding(SECRET_KEY)

    def holding(self, key: str) -> Any:  # noqa: ANN401 - as above
        """The API as the holder of a key sees it, who tries once only."""
        addresses: Any = {"api": self.url}
        return stripe.StripeClient(key, base_addresses=addresses, http_client=self.http, max_network_retries=0).v1

    def kinds(self) -> list[str]:
        """The types of all events so far, the oldest first."""
        return [one["type"] for one in self.double.objects.values() if one["object"] == "event"]

    async def paid(self, by: str = "pm_card_visa", **asked: object) -> Any:  # noqa: ANN401 - as above
        """A payment of 5,170.00 dollars."""
        return await self.v1.payment_intents.create_async(PAID | {"payment_method": by} | asked)

    async def movements(self, account: str | None = None) -> list[tuple[str, int, int]]:
        """Balance transactions, the oldest first: type, amount, processing cost."""
        of = {"stripe_account": account} if account else {}
        listed = await self.v1.balance_transactions.list_async({"limit": 100}, of)
        return [(one.type, one.amount, one.fee) for one in reversed(listed.data)]


@asynccontextmanager
async def spoken_to() -> AsyncIterator[Spoken]:
    """A fresh account, around the block."""
    double, http = Stripe(), stripe.HTTPXClient(_lib=httpx2)
    async with serving(double) as url:
        try:
            yield Spoken(double, url, http)
        finally:
            await http.close_async()  # type: ignore[no-untyped-call]


async def refused(call: Any) -> Any:  # noqa: ANN401 - a call of the SDK, and its refusal
    """The refusal that a call meets."""
    try:
        answer = await call
    except stripe.StripeError as refusal:
        return refusal
    raise AssertionError(answer)
