"""Events on their way: signed as Stripe signs them, tried again as Stripe does, and late, twice or lost on demand."""

from __future__ import annotations

import asyncio
import hmac
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import httpx2
import orjson

from simulators.stripe.shapes import Obj

if TYPE_CHECKING:
    from simulators.stripe.world import Stripe

HOUR: Final = 3600
TRIES: Final = 16
"""With a pause that doubles up to twelve hours, about three days."""


class Mishap(StrEnum):
    """What happens to a delivery on demand."""

    LOSE = "LOSE"
    """It is never sent, and not tried again either."""
    DUPLICATE = "DUPLICATE"
    """It is sent twice."""
    HOLD = "HOLD"
    """It waits until it is let go, in whatever order."""


@dataclass
class Trouble:
    """A mishap for `times` deliveries of events of `type` (None: of any), after `skip` that go well."""

    mishap: Mishap
    type: str | None = None
    skip: int = 0
    times: int = 1


@dataclass(frozen=True)
class Delivery:
    """An event for an endpoint."""

    url: str
    secret: str
    event_id: str
    body: bytes


@dataclass
class Deliveries:
    """What is sent to whom."""

    trouble: list[Trouble] = field(default_factory=list)
    held: list[Delivery] = field(default_factory=list)
    lost: list[Delivery] = field(default_factory=list)
    sent: list[tuple[str, int]] = field(default_factory=list)
    """Each attempt: the event's id, and the status of the answer; 0 when there was none."""
    running: set[asyncio.Task[None]] = field(default_factory=set)

    def order(self, mishap: Mishap, type: str | None = None, *, skip: int = 0, times: int = 1) -> None:  # noqa: A002 - Stripe's word
        """Order a mishap."""
        self.trouble.append(Trouble(mishap, type, skip, times))

    def post(self, stripe: Stripe, endpoint: Obj, event: Obj) -> None:
        """Send an event to an endpoint, or do with it what was ordered."""
        delivery = Delivery(
            endpoint["url"],
            stripe.hidden[endpoint["id"]]["secret"],
            event["id"],
            orjson.dumps(event | {"pending_webhooks": 1}),
        )
        match self._met_by(event["type"]):
            case Mishap.LOSE:
                self.lost.append(delivery)
            case Mishap.HOLD:
                self.held.append(delivery)
            case Mishap.DUPLICATE:
                self._send(stripe, delivery)
                self._send(stripe, delivery)
            case _:
                self._send(stripe, delivery)

    def release(self, stripe: Stripe, *, order: str = "as_made", seed: int = 0) -> int:
        """Let go what was held: `as_made`, `reversed` or `shuffled`; how many there were."""
        waiting, self.held = self.held, []
        if order == "reversed":
            waiting.reverse()
        elif order == "shuffled":
            random.Random(seed).shuffle(waiting)  # noqa: S311 - an order, not a secret
        for delivery in waiting:
            self._send(stripe, delivery)
        return len(waiting)

    async def settled(self) -> None:
        """Wait until everything that was sent has been answered."""
        while self.running:
            await asyncio.gather(*self.running)

    def _met_by(self, kind: str) -> Mishap | None:
        for one in self.trouble:
            if one.type in {None, kind}:
                if one.skip:
                    one.skip -= 1
                    continue
                one.times -= 1
                if not one.times:
                    self.trouble.remove(one)
                return one.mishap
        return None

    def _send(self, stripe: Stripe, delivery: Delivery, tried: int = 0) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(stripe, delivery, tried))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def _deliver(self, stripe: Stripe, delivery: Delivery, tried: int) -> None:
        headers = {"Stripe-Signature": signature(delivery.body, delivery.secret, stripe.now)}
        headers |= {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0 (+a double)"}
        try:
            async with httpx2.AsyncClient(timeout=20) as client:
                status = (await client.post(delivery.url, content=delivery.body, headers=headers)).status_code
        except httpx2.HTTPError:
            status = 0
        self.sent.append((delivery.event_id, status))
        if 200 <= status < 300:  # noqa: PLR2004 - what Stripe takes for an answer
            event = stripe.objects[delivery.event_id]
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
        elif tried + 1 < TRIES:
            pause = min(HOUR * 2**tried, 12 * HOUR)
            stripe.later(pause, lambda: self._send(stripe, delivery, tried + 1))


def signature(body: bytes, secret: str, at: int) -> str:
    """Stripe's signature of a body, as its header says it."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={signed}"


def delivered_to(endpoint: Obj, event: Obj, hidden: Mapping[str, Obj]) -> bool:
    """Whether an endpoint listens to an event: its type, and whether it is for events of connected accounts."""
    kinds = endpoint["enabled_events"]
    connect = hidden[endpoint["id"]]["connect"]
    return (
        endpoint["status"] == "enabled" and ("*" in kinds or event["type"] in kinds) and connect == ("account" in event)
    )
