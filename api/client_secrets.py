"""`GET /payments/{id}/client-secret`: what a payer's own page confirms a payment with, by Stripe's elements.

Stripe's rule is that a client secret is not stored, logged, embedded in URLs, or shown to anybody but the customer
(https://docs.stripe.com/api/payment_intents/object#payment_intent_object-client_secret). So it is asked for when a page
wants it, handed to whoever may pay the invoice, and kept nowhere.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.failures import Refusal, failure
from core.errors import DomainError, Forbidden, NotFound, Unauthenticated
from core.ids import InvalidId, decode
from services.billing.payments.confirming import PaymentNotConfirmable, intent_to_confirm
from services.billing.stripe_gateway import opened

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from core.db import Database
    from core.settings import Settings

SECONDS: Final = 8.0
HANDED_OUT: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STATUS: Final = {Unauthenticated: 401, NotFound: 404, Forbidden: 403, PaymentNotConfirmable: 409}


def client_secret_routes(settings: Settings, database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The route of client secrets, for the application; it needs a key that may read PaymentIntents."""

    async def hand_out(request: Request) -> Response:
        try:
            actor = await authenticator.authenticate(request.headers)
            contract_id, payment_id = decode("pay", request.path_params["id"], parts=2)
            async with database.transaction(actor, now=datetime.now(UTC), request_id="") as tx:
                intent_id = await intent_to_confirm(tx, actor=actor, contract_id=contract_id, payment_id=payment_id)
        except AuthenticationError as error:
            return failure(error)
        except InvalidId:
            return failure(Refusal(404, "NOT_FOUND", "there is no such payment"))
        except tuple(STATUS) as refused:
            return failure(Refusal(STATUS[type(refused)], refused.code(), refused.message))
        secret = await _asked(settings, intent_id)
        if secret is None:
            again = {"Retry-After": "5"}
            return failure(Refusal(503, "STRIPE_NOT_REACHABLE", "Stripe does not answer; try again in a moment", again))
        return JSONResponse({"clientSecret": secret}, headers=HANDED_OUT)

    return [Route("/payments/{id}/client-secret", hand_out, methods=["GET"])]


async def _asked(settings: Settings, intent_id: str) -> str | None:
    if not settings.stripe_secret_key.get_secret_value():
        return None
    try:
        async with asyncio.timeout(SECONDS), opened(settings) as gateway:
            return await gateway.client_secret(intent_id)
    except (DomainError, TimeoutError):
        return None
