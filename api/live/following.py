"""A subscription is read like a query, first at once and then after every change, with the rights of that moment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from api.failures import Refusal
from api.limits import charge
from api.reading import subscribed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import Headers

    from api.live.changes import Changes
    from api.reading import Asked
    from api.view import GraphQLView

MOST_STREAMS: Final = 1000
"""In one process; each keeps a little memory and one connection of the server's."""

LEAST_SECONDS_BETWEEN: Final = 0.2
"""Changes that come faster are told together: nobody reads faster."""

LONGEST_SECONDS_BETWEEN: Final = 30.0
"""After so long it is read again although nobody told of a change: rights and tokens end without one."""


@dataclass(eq=False)
class Live:
    """The subscriptions of this process."""

    view: GraphQLView
    changes: Changes
    open: int = field(default=0)
    """How many are being followed."""

    async def follow(self, asked: Asked, headers: Headers, who: str) -> AsyncIterator[bytes]:
        """Yield the data of a subscription, whenever they differ from those before; ends when nothing is to be seen.

        `headers` name and prove who asks, and are looked at again for every answer. Refused with Refusal: 503 when too
        many follow something, and whatever refuses a request, then or later. What an answer costs is taken from the
        budget of `who`; when that is spent the next answer waits.
        """
        if self.open >= MOST_STREAMS:
            raise Refusal(503, "BUSY", "too many subscriptions are open; try again in a moment", {"Retry-After": "5"})
        self.open += 1
        try:
            with self.changes.watch(subscribed(asked)) as changed:
                told = None
                while not self.changes.ended.is_set():
                    changed.clear()
                    data = await self._read(asked, headers, who)
                    if data != told:
                        yield data
                        told = data
                    if not any(orjson.loads(data).values()):
                        return
                    await asyncio.sleep(LEAST_SECONDS_BETWEEN)
                    await _either(changed, LONGEST_SECONDS_BETWEEN)
        finally:
            self.open -= 1

    async def _read(self, asked: Asked, headers: Headers, who: str) -> bytes:
        cost = charge(asked.operation.cost, asked.values, self.view.limits)
        wait_seconds: float | None = 0.0
        while wait_seconds is not None:
            await asyncio.sleep(wait_seconds)
            wait_seconds = (await self.view.budgets.take(who, cost)).wait_seconds
        bearer = await self.view.authenticator.bearer(headers)
        return await self.view.read(asked, await self.view.actor(bearer, asked), bearer)


async def _either(changed: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await changed.wait()
    except TimeoutError:
        return
