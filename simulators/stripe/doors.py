"""The control door: orders faults and mishaps, puts the clock ahead; bound to a path of the starter's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from simulators.stripe import disputing
from simulators.stripe.faults import Fault
from simulators.stripe.methods.payouts import pay_out_automatically
from simulators.stripe.webhooks import Mishap, Trouble
from simulators.stripe.world import Stripe


def door(path: str, stripe: Stripe) -> Mount:
    """The routes behind `path`: endpoints, faults, mishaps, release, clock, disputes, payouts, seen."""

    async def endpoints(request: Request) -> JSONResponse:
        """POST {"url", "secret", "connect"}: tell a URL of every event."""
        order = await request.json()
        return JSONResponse(
            stripe.listen(order["url"], connect=order.get("connect", False), secret=order.get("secret"))
        )

    async def faults(request: Request) -> JSONResponse:
        """POST a list of faults, as `faults.Fault` has them, in place of those ordered before."""
        stripe.faults.ordered[:] = [Fault.ordered(order) for order in await request.json()]
        return JSONResponse({"ordered": len(stripe.faults.ordered)})

    async def mishaps(request: Request) -> JSONResponse:
        """POST a list of mishaps of deliveries, as `webhooks.Trouble` has them, in place of those ordered before."""
        orders = await request.json()
        stripe.deliveries.trouble[:] = [Trouble(**order | {"mishap": Mishap(order["mishap"])}) for order in orders]
        return JSONResponse({"ordered": len(stripe.deliveries.trouble)})

    async def release(request: Request) -> JSONResponse:
        """POST {"order", "seed"}: let go the deliveries that were held."""
        order = await request.json()
        return JSONResponse({"released": stripe.deliveries.release(stripe, **order)})

    async def clock(request: Request) -> JSONResponse:
        """POST {"days", "seconds"}: put the clock ahead, doing on the way what comes due."""
        stripe.advance(**await request.json())
        return JSONResponse({"now": stripe.now})

    async def disputes(request: Request) -> JSONResponse:
        """POST {"id", "won"}: decide a dispute."""
        order = await request.json()
        kept = stripe.objects[order["id"]]
        disputing.decide(stripe, kept, won=order["won"])
        return JSONResponse(kept)

    async def payouts(_request: Request) -> JSONResponse:
        """POST: pay out what is available to every account that is not paid out by hand."""
        return JSONResponse(pay_out_automatically(stripe))

    async def seen(_request: Request) -> JSONResponse:
        """GET: what was asked, how many events there are, and what became of their deliveries."""
        await stripe.deliveries.settled()
        events = sum(one["object"] == "event" for one in stripe.objects.values())
        told = {
            "sent": stripe.deliveries.sent,
            "lost": len(stripe.deliveries.lost),
            "held": len(stripe.deliveries.held),
        }
        return JSONResponse({"requests": stripe.requests, "events": events} | told)

    return Mount(
        path,
        routes=[
            Route("/endpoints", endpoints, methods=["POST"]),
            Route("/faults", faults, methods=["POST"]),
            Route("/mishaps", mishaps, methods=["POST"]),
            Route("/release", release, methods=["POST"]),
            Route("/clock", clock, methods=["POST"]),
            Route("/disputes", disputes, methods=["POST"]),
            Route("/payouts", payouts, methods=["POST"]),
            Route("/seen", seen, methods=["GET"]),
        ],
    )
