"""Serving the double of Stripe on loopback."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from simulators.serving import LOOPBACK, beside, until_stopped
from simulators.stripe.app import create_app
from simulators.stripe.world import Stripe


@contextlib.asynccontextmanager
async def serving(stripe: Stripe, *, door_path: str | None = None) -> AsyncIterator[str]:
    """Serve an account in this event loop, around the block; its base URL."""
    async with beside(create_app(stripe, door_path=door_path)) as url:
        stripe.base_url = url
        try:
            yield url
        finally:
            await stripe.deliveries.settled()


def serve(stripe: Stripe, *, port: int, door_path: str | None = None) -> None:
    """Serve an account on `port` of this machine alone, until SIGTERM or Ctrl-C."""
    stripe.base_url = f"http://{LOOPBACK}:{port}"
    until_stopped(create_app(stripe, door_path=door_path), port=port)
