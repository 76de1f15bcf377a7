"""Stripe: the one door to it. What is asked for has a key of our own row's, so that asking again changes nothing.

Charges and transfers are separate: the operator's account collects, on behalf of the vendor, and pays the vendor out of
what was received. The API's version is the one that this SDK was made for; another one is another release of ours.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import httpx2
import stripe
from stripe import StripeClient

from services.billing.payments import asking, looking
from services.billing.payments.saying_no import Declined, NotReachable, Refused
from services.billing.payments.seen import Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Mapping
    from datetime import datetime
    from uuid import UUID

    from core.settings import Settings
    from services.billing.payments import seen

Result = TypeVar("Result")

API_VERSION: Final = "2026-10-28.endive"
TIMEOUT: Final = httpx2.Timeout(30, connect=5)
RETRIES: Final = 2
"""Within one call, under the same key; beyond that the worker comes again."""
PAGE: Final = 100

# at its DEBUG level the SDK logs whole answers, secrets of payers among them
logging.getLogger("stripe").setLevel(logging.INFO)


class _Http(stripe.HTTPClient):
    """The SDK's requests, sent by the client that this project keeps."""

    name = "httpx2"

    def __init__(self) -> None:
        super().__init__()
        self.client = httpx2.AsyncClient(timeout=TIMEOUT)

    async def sleep_async(self, secs: float) -> None:
        """Wait between two attempts."""
        await asyncio.sleep(secs)

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: str | None = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Send one request."""
        try:
            answer = await self.client.request(method, url, headers=dict(headers), content=post_data)
        except httpx2.HTTPError as error:
            raise stripe.APIConnectionError(type(error).__name__, should_retry=True) from None  # type: ignore[no-untyped-call]
        return answer.content, answer.status_code, answer.headers

    async def close_async(self) -> None:
        """Close what is open."""
        await self.client.aclose()


class Gateway:
    """Stripe, for as long as it is open; each method is one request, or one list of them."""

    def __init__(self, client: StripeClient) -> None:
        self._v1 = client.v1

    async def customer(self, association_id: UUID, name: str) -> str:
        """Make the customer that an association pays as."""
        asked = self._v1.customers.create_async(
            {"name": name, "metadata": {"association_id": str(association_id)}}, asking.key("customer", association_id)
        )
        return (await _answer(asked)).id

    async def page(self, payment: Any, return_url: str) -> Page:  # noqa: ANN401  (a row of payments)
        """Make the page on which a payment is paid."""
        asked = asking.page_asked(payment, return_url)
        made = await _answer(self._v1.checkout.sessions.create_async(asked, asking.key("payment", payment.id)))
        return Page(looking.id_of(made.payment_intent), made.id, made.url, looking.at(made.expires_at))

    async def intent(self, payment: Any) -> Page:  # noqa: ANN401  (a row of payments)
        """Make a payment that the association's own page confirms."""
        asked = asking.intent_asked(payment)
        made = await _answer(self._v1.payment_intents.create_async(asked, asking.key("payment", payment.id)))
        return Page(made.id, None, None, None)

    async def cancel(self, payment: Any) -> None:  # noqa: ANN401  (a row of payments)
        """Give a payment up, and close its page; refused when somebody has paid, or a bank works on it."""
        intent_id = payment.stripe_payment_intent_id
        if page_id := payment.stripe_checkout_session_id:
            session = await _answer(self._v1.checkout.sessions.retrieve_async(page_id))
            if session.status == "open":
                await _answer(self._v1.checkout.sessions.expire_async(page_id))
                return
            intent_id = looking.id_of(session.payment_intent)
        if intent_id:
            why: Any = {"cancellation_reason": "requested_by_customer"}
            await _answer(self._v1.payment_intents.cancel_async(intent_id, why))

    async def client_secret(self, intent_id: str) -> str | None:
        """What lets a payer's browser confirm a payment; it is handed on and never kept."""
        return (await _answer(self._v1.payment_intents.retrieve_async(intent_id))).client_secret

    async def see_payment(self, intent_id: str, now: datetime) -> seen.PaymentSeen:
        """Look at a payment."""
        intent = await _answer(self._v1.payment_intents.retrieve_async(intent_id, {"expand": ["latest_charge"]}))
        return looking.payment_seen(intent, now)

    async def see_page(self, session_id: str, now: datetime) -> seen.PaymentSeen:
        """Look at a payment by its page, which has no payment behind it until somebody pays there."""
        session = await _answer(self._v1.checkout.sessions.retrieve_async(session_id))
        if intent_id := looking.id_of(session.payment_intent):
            found = await self.see_payment(intent_id, now)
            if found.status in {"SUCCEEDED", "PROCESSING"} or session.status != "expired":
                return found
        return looking.page_seen(session, now)

    async def intent_of(self, charge_id: str) -> str | None:
        """The payment that a charge belongs to."""
        return looking.id_of((await _answer(self._v1.charges.retrieve_async(charge_id))).payment_intent)

    async def refund(self, refund: Any) -> seen.RefundSeen:  # noqa: ANN401  (what `refund_asked` gives)
        """Give back a payment or a part of it; one that was given back already is found, however long ago."""
        made = await self._find(
            self._v1.refunds.list_async({"payment_intent": refund.stripe_payment_intent_id, "limit": PAGE}), refund.id
        )
        if made is None:
            made = await _answer(
                self._v1.refunds.create_async(
                    {
                        "payment_intent": refund.stripe_payment_intent_id,
                        "amount": refund.amount_minor,
                        "metadata": asking.ours(refund, "refund"),
                    },
                    asking.key("refund", refund.id),
                )
            )
        return looking.refund_seen(made)

    async def see_refund(self, refund_id: str) -> seen.RefundSeen:
        """Look at a refund."""
        return looking.refund_seen(await _answer(self._v1.refunds.retrieve_async(refund_id)))

    async def account(self, payee: Any) -> str:  # noqa: ANN401  (what `payee` gives)
        """Make the account that a vendor is paid on; Stripe asks the vendor what it must know."""
        asked = asking.account_asked(payee)
        return (await _answer(self._v1.accounts.create_async(asked, asking.key("account", payee.id)))).id

    async def onboarding_link(self, account_id: str, return_url: str) -> str:
        """Make a link to Stripe's questions; each is good once and for minutes, so it has no key."""
        made = await _answer(
            self._v1.account_links.create_async(
                {
                    "account": account_id,
                    "type": "account_onboarding",
                    "refresh_url": return_url,
                    "return_url": return_url,
                }
            )
        )
        return made.url

    async def see_account(self, account_id: str, now: datetime) -> seen.AccountSeen:
        """Look at a vendor's account."""
        account = await _answer(self._v1.accounts.retrieve_async(account_id))
        return looking.account_seen(account, now)

    async def transfer(self, settlement: Any, source: str | None) -> str:  # noqa: ANN401  (a row of settlements)
        """Pay a vendor out of a charge, or of what is available; a transfer that was made already is found."""
        group = str(settlement.invoice_id)
        made = await self._find(self._v1.transfers.list_async({"transfer_group": group, "limit": PAGE}), settlement.id)
        if made is None:
            asked = asking.transfer_asked(settlement, source)
            made = await _answer(self._v1.transfers.create_async(asked, asking.key("settlement", settlement.id)))
        return str(made.id)

    async def reverse_transfer(self, settlement: Any) -> str:  # noqa: ANN401  (a row of settlements)
        """Take a transfer back, whole."""
        listed = self._v1.transfers.reversals.list_async(settlement.stripe_transfer_id, {"limit": PAGE})
        made = await self._find(listed, settlement.id)
        if made is None:
            made = await _answer(
                self._v1.transfers.reversals.create_async(
                    settlement.stripe_transfer_id,
                    {"metadata": asking.ours(settlement, "settlement")},
                    # a refusal stands for a key for a day, and the vendor may have money again before
                    asking.key("reversal", f"{settlement.id}-{settlement.changed_at.timestamp():.6f}"),
                )
            )
        return str(made.id)

    async def see_dispute(self, dispute_id: str, now: datetime) -> seen.DisputeSeen | None:
        """Look at a dispute; None where it is an inquiry, which moves no money."""
        dispute = await _answer(self._v1.disputes.retrieve_async(dispute_id))
        return looking.dispute_seen(dispute, now)

    async def answer_dispute(self, dispute_id: str, answer: str, invoice_number: str) -> None:
        """Hand an answer to the payer's bank."""
        evidence: Any = {"uncategorized_text": f"Invoice {invoice_number}\n\n{answer}"[:20_000]}
        await _answer(
            self._v1.disputes.update_async(
                dispute_id, {"evidence": evidence, "submit": True}, {"idempotency_key": f"answer-{dispute_id}"}
            )
        )

    async def see_payout(self, payout_id: str, now: datetime) -> seen.PayoutSeen:
        """Look at a payout."""
        payout = await _answer(self._v1.payouts.retrieve_async(payout_id))
        return looking.payout_seen(payout, now)

    async def balance_transactions(
        self, *, since: datetime | None = None, payout_id: str | None = None
    ) -> AsyncIterator[seen.BalanceSeen]:
        """The changes of the balance since an instant, or those that a payout pays out; the newest first."""
        asked: dict[str, Any] = {"limit": PAGE}
        if since is not None:
            asked["created"] = {"gte": int(since.timestamp())}
        if payout_id is not None:
            asked["payout"] = payout_id
        async for change in self._all(self._v1.balance_transactions.list_async, asked):
            yield looking.change_seen(change)

    async def events(self, *, since: datetime | None = None) -> AsyncIterator[seen.EventSeen]:
        """The messages since an instant, the newest first; Stripe keeps them for thirty days."""
        asked: dict[str, Any] = {"limit": PAGE}
        if since is not None:
            asked["created"] = {"gte": int(since.timestamp())}
        async for event in self._all(self._v1.events.list_async, asked):
            yield looking.event_seen(event.to_dict())

    async def _all(self, lists: Any, asked: dict[str, Any]) -> AsyncIterator[Any]:  # noqa: ANN401  (the SDK's many types)
        page = await _answer(lists(asked))
        while True:
            for one in page.data:
                yield one
            if not page.has_more:
                return
            page = await _answer(lists(asked | {"starting_after": page.data[-1].id}))

    async def _find(self, listed: Awaitable[Any], row_id: UUID) -> Any:  # noqa: ANN401  (the SDK's many types)
        """What was made for a row of ours: a key is forgotten after a day, and stands for a failure for as long."""
        for one in (await _answer(listed)).data:
            if looking.is_of(one, row_id):
                return one
        return None


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Gateway]:
    """Open the door for a while; the settings have a key."""
    http = _Http()
    client = StripeClient(
        settings.stripe_secret_key.get_secret_value(),
        stripe_version=API_VERSION,
        base_addresses={"api": settings.stripe_api_base},
        max_network_retries=RETRIES,
        http_client=http,
    )
    try:
        yield Gateway(client)
    finally:
        await http.close_async()


async def _answer(asked: Awaitable[Result]) -> Result:
    try:
        return await asked
    except stripe.StripeError as error:
        _refuse(error)


def _refuse(error: stripe.StripeError) -> NoReturn:
    # what Stripe says for the log names no card and no key; its request's id is how its support finds it
    told = f"{error.user_message or type(error).__name__} (Stripe's request {error.request_id or 'unknown'})"
    match error:
        case stripe.CardError():
            why = error.error.decline_code if error.error else None
            raise Declined(error.user_message or "the payment was declined", why or error.code) from None
        case stripe.APIConnectionError() | stripe.RateLimitError():
            raise NotReachable(told) from None
        case stripe.IdempotencyError() if error.http_status == httpx2.codes.CONFLICT:
            raise NotReachable(told) from None
    if (error.http_status or 500) >= httpx2.codes.INTERNAL_SERVER_ERROR or error.http_status == httpx2.codes.CONFLICT:
        raise NotReachable(told) from None
    raise Refused(told, error.code) from None
