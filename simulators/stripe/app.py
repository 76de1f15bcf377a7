"""The double as an ASGI application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import simulators.stripe.methods  # noqa: F401 - says what the methods are
from simulators.stripe.answering import answer, unrecognized
from simulators.stripe.calling import METHODS, Method
from simulators.stripe.doors import door
from simulators.stripe.pages import pages
from simulators.stripe.world import Stripe


def create_app(stripe: Stripe, *, door_path: str | None = None) -> Starlette:
    """Make the application of an account; the control door is bound to `door_path`, and without one not at all."""

    async def unknown(request: Request) -> Response:
        return unrecognized(request)

    routes: list[BaseRoute] = [Route(one.path, _answering(stripe, one), methods=[one.verb]) for one in METHODS.values()]
    routes += pages(stripe)
    if door_path is not None:
        routes.append(door(door_path, stripe))
    routes.append(Route("/v1/{path:path}", unknown, methods=["GET", "POST", "DELETE"]))
    return Starlette(routes=routes)


def _answering(stripe: Stripe, method: Method) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        return await answer(request, stripe, method)

    return answered
