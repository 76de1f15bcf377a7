"""Events and their deliveries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import stripe
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulators.serving import beside
from simulators.stripe.webhooks import Mishap
from tests.simulators.stripe.spoken_to import PAID, spoken_to

SECRET = "whsec_1"


@asynccontextmanager
async def listening(got: list[Any], answers: list[int]) -> AsyncIterator[str]:
    """An endpoint that checks signatures with the SDK, and answers with the statuses in turn, the last for ever."""

    async def told(request: Request) -> Response:
        signed = request.headers["stripe-signature"]
        got.append(stripe.Webhook.construct_event(await request.body(), signed, SECRET))
        return Response(status_code=answers.pop(0) if len(answers) > 1 else answers[0])

    async with beside(Starlette(routes=[Route("/hook", told, methods=["POST"])])) as url:
        yield f"{url}/hook"


async def test_events_are_told_signed_twice_late_in_disorder_or_never() -> None:
    got: list[Any] = []
    async with listening(got, [200]) as url, spoken_to() as spoken:
        deliveries = spoken.double.deliveries
        spoken.double.listen(url, secret=SECRET)
        deliveries.order(Mishap.LOSE, "payment_intent.created")
        deliveries.order(Mishap.DUPLICATE, "payment_intent.succeeded")
        deliveries.order(Mishap.HOLD, "charge.succeeded")
        deliveries.order(Mishap.HOLD, "charge.updated")
        paid = await spoken.v1.payment_intents.create_async(PAID, {"idempotency_key": "pay_1"})
        await deliveries.settled()
        assert [event.type for event in got] == ["payment_intent.succeeded"] * 2
        assert len({event.id for event in got}) == 1
        assert (got[0].data.object["id"], got[0].request.idempotency_key) == (paid.id, "pay_1")
        assert deliveries.release(spoken.double, order="reversed") == 2
        await deliveries.settled()
        assert {event.type for event in got[2:]} == {"charge.updated", "charge.succeeded"}
        missed = await spoken.v1.events.list_async({"delivery_success": False})
        assert [event.type for event in missed.data] == ["payment_intent.created"]


async def test_an_event_that_is_not_taken_is_told_again() -> None:
    got: list[Any] = []
    async with listening(got, [500, 200]) as url, spoken_to() as spoken:
        spoken.double.listen(url, secret=SECRET, events=["customer.created"])
        await spoken.v1.customers.create_async({})
        await spoken.double.deliveries.settled()
        assert [status for _, status in spoken.double.deliveries.sent] == [500]
        spoken.double.advance(seconds=3_700)
        await spoken.double.deliveries.settled()
        assert [status for _, status in spoken.double.deliveries.sent] == [500, 200]
        assert got[0].id == got[1].id


async def test_an_endpoint_is_made_and_switched_off_through_the_api() -> None:
    async with spoken_to() as spoken:
        made = await spoken.v1.webhook_endpoints.create_async(
            {"url": "http://127.0.0.1:9/hook", "enabled_events": ["charge.succeeded"]}
        )
        assert made.secret.startswith("whsec_")
        assert "secret" not in await spoken.v1.webhook_endpoints.retrieve_async(made.id)
        off = await spoken.v1.webhook_endpoints.update_async(made.id, {"disabled": True})
        assert off.status == "disabled"
        await spoken.paid()
        assert spoken.double.deliveries.sent == []
