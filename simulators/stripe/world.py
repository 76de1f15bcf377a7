"""What the double remembers: the objects of the platform and of its connected accounts, events, and what is to come."""

from __future__ import annotations

import copy
import heapq
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any, Final

from simulators.stripe.costs import Costs
from simulators.stripe.faults import Faults
from simulators.stripe.refusals import no_such
from simulators.stripe.shapes import Obj, shaped
from simulators.stripe.webhooks import Deliveries, delivered_to

API_VERSION: Final = "2026-10-28.endive"
SECRET_KEY: Final = "sk_test_double"  # noqa: S105 - opens the double alone
PLATFORM: Final = "acct_platform"
DAY: Final = 86_400
NOBODY_ASKS: Final[Obj] = {"id": None, "idempotency_key": None}


@dataclass(order=True)
class Due:
    """Something that Stripe does later, of itself."""

    at: float
    number: int
    do: Callable[[], None] = field(compare=False)


@dataclass
class Kept:
    """The first answer to an idempotency key."""

    asked: tuple[str, str, bytes]
    at: int
    request_id: str
    status: int = 0
    body: bytes = b""
    """Empty while the first request is still running."""


@dataclass
class Stripe:
    """A Stripe account with its connected accounts; whoever holds it can look at everything in it."""

    clock: Callable[[], float] = time.time
    keys: dict[str, frozenset[str] | None] = field(default_factory=lambda: {SECRET_KEY: None})
    """Secret keys, and what each may: None for everything, or such as `rak_refund_write`."""
    costs: Costs = field(default_factory=Costs)
    rates: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    """By currency: which one the platform's balance is kept in instead, and what a unit of the first is worth in it."""
    faults: Faults = field(default_factory=Faults)
    deliveries: Deliveries = field(default_factory=Deliveries)
    objects: dict[str, Obj] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """Whose an object is: the account's id."""
    hidden: dict[str, Obj] = field(default_factory=dict)
    """What Stripe knows of an object and does not show, by the object's id."""
    balances: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    """By account and currency: what is available, and what is pending."""
    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    """By account and idempotency key."""
    requests: list[str] = field(default_factory=list)
    """What was asked, in order, such as `POST /v1/refunds`."""
    asking: Obj = field(default_factory=lambda: dict(NOBODY_ASKS))
    """The request that is being answered; events say which one caused them."""
    ahead_seconds: float = 0
    base_url: str = "http://127.0.0.1"
    """Where the double is reached: its pages are linked from there."""
    due: list[Due] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        platform = {"charges_enabled": True, "payouts_enabled": True, "details_submitted": True}
        self.add(PLATFORM, shaped("account", PLATFORM, self.now, **platform))

    @property
    def now(self) -> int:
        """Seconds since 1970, as Stripe keeps every instant."""
        return int(self.clock() + self.ahead_seconds)

    def fresh_id(self, prefix: str) -> str:
        """An id that nothing has."""
        return f"{prefix}_{secrets.token_hex(12)}"

    def add(self, account: str, made: Obj) -> Obj:
        """Remember an object as an account's."""
        self.objects[made["id"]] = made
        self.owners[made["id"]] = account
        return made

    def make(self, account: str, kind: str, prefix: str, **fields: Any) -> Obj:  # noqa: ANN401 - as objects are
        """Make an object of an account."""
        return self.add(account, shaped(kind, self.fresh_id(prefix), self.now, **fields))

    def all(self, account: str, kind: str) -> Iterator[Obj]:
        """An account's objects of a kind, the newest first."""
        found = [one for one in self.objects.values() if one["object"] == kind and self.owners[one["id"]] == account]
        return reversed(found)

    def find(self, account: str, kind: str, object_id: str, *, param: str = "id", status: int = 404) -> Obj:
        """An account's object; refused: one that is not there, or another account's."""
        found = self.objects.get(object_id)
        if found is None or found["object"] != kind or self.owners[object_id] != account:
            raise no_such(kind, object_id, param, status=status)
        return found

    def named(self, account: str, kind: str, object_id: str, param: str) -> Obj:
        """An object that a parameter names."""
        return self.find(account, kind, object_id, param=param, status=400)

    def listen(
        self, url: str, *, events: Sequence[str] = ("*",), connect: bool = False, secret: str | None = None
    ) -> Obj:
        """Tell `url` of events, of connected accounts' if `connect`; the endpoint, with the secret that signs them."""
        kinds = list(events)
        made = self.make(
            PLATFORM, "webhook_endpoint", "we", url=url, enabled_events=kinds, status="enabled", description=None
        )
        self.hidden[made["id"]] = {"secret": secret or self.fresh_id("whsec"), "connect": connect}
        return made | {"secret": self.hidden[made["id"]]["secret"]}

    def emit(self, kind: str, about: Obj, previous: Obj | None = None) -> Obj:
        """Record an event about an object, as it is at this moment, and send it to whoever listens."""
        account = self.owners.get(about["id"], PLATFORM)
        data: Obj = {"object": copy.deepcopy(about)} | ({"previous_attributes": previous} if previous else {})
        event = self.make(account, "event", "evt", type=kind, data=data, api_version=API_VERSION)
        event["request"] = dict(self.asking)
        if account != PLATFORM:
            event["account"] = account
        listening = [one for one in self.all(PLATFORM, "webhook_endpoint") if delivered_to(one, event, self.hidden)]
        event["pending_webhooks"] = len(listening)
        for endpoint in listening:
            self.deliveries.post(self, endpoint, event)
        return event

    def change(self, about: Obj, event: str | None = None, **fields: Any) -> Obj:  # noqa: ANN401 - as objects are
        """Change an object's fields, and record an event that says what they were before."""
        previous = {name: about[name] for name, value in fields.items() if about[name] != value}
        about |= fields
        if event is not None:
            self.emit(event, about, previous if event.endswith("updated") else None)
        return about

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Have something done once its time has come: at the first request after it, or when the clock is put ahead."""
        heapq.heappush(self.due, Due(self.clock() + self.ahead_seconds + seconds, next(self.numbers), do))

    def catch_up(self) -> None:
        """Do what has come due."""
        while self.due and self.due[0].at <= self.clock() + self.ahead_seconds:
            heapq.heappop(self.due).do()

    def advance(self, *, days: float = 0, seconds: float = 0) -> None:
        """Put the clock ahead, doing on the way what comes due."""
        until = self.clock() + self.ahead_seconds + days * DAY + seconds
        while self.due and self.due[0].at <= until:
            self.ahead_seconds = max(self.ahead_seconds, self.due[0].at - self.clock())
            heapq.heappop(self.due).do()
        self.ahead_seconds = max(self.ahead_seconds, until - self.clock())
