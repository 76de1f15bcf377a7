"""How much everybody may ask for: a bucket each, emptied by what is asked and filled again as time goes by."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import AddressValueError, IPv6Address, IPv6Network
from time import monotonic_ns
from typing import Final, NamedTuple, Protocol

import asyncpg
from starlette.types import Scope

from api.limits.limits import Limits

SECOND: Final = 1_000_000_000
MOST_BUCKETS: Final = 100_000

TAKE = "select remaining, wait_seconds from app.take_from_budget($1, $2, $3, $4)"


class Taken(NamedTuple):
    """What became of a request's cost."""

    remaining: int
    """What is left in the bucket, in objects."""
    wait_seconds: float | None = None
    """None when the cost was taken; otherwise nothing was, and it will be there after so long."""


class Budgets(Protocol):
    """The buckets of all who ask."""

    async def take(self, who: str, cost: int) -> Taken:
        """Take a cost, at most the whole capacity, out of somebody's bucket, if it is in there."""
        ...


class MemoryBudgets:
    """Buckets of this process alone: with several processes everybody has as much from each of them.

    A bucket is one number, the moment when it will be full again; full ones are forgotten, two at most for each that
    is new. Time is counted in nanoseconds times the objects that a second restores, so that no number is ever rounded.
    """

    def __init__(
        self,
        capacity: int,
        restore_per_second: int,
        *,
        clock: Callable[[], int] = monotonic_ns,
        most: int = MOST_BUCKETS,
    ) -> None:
        """Begin with full buckets; `clock` tells nanoseconds, `most` is how many buckets are kept."""
        self._whole = capacity * SECOND
        self._restore = restore_per_second
        self._clock = clock
        self._most = most
        self._full_at: OrderedDict[str, int] = OrderedDict()

    def __len__(self) -> int:
        """How many buckets are remembered."""
        return len(self._full_at)

    async def take(self, who: str, cost: int) -> Taken:
        """Take a cost, at most the whole capacity, out of somebody's bucket, if it is in there."""
        now = self._clock() * self._restore
        known = self._full_at.get(who)
        missing = 0 if known is None or known < now else known - now
        after = missing + cost * SECOND
        if after > self._whole:
            return Taken((self._whole - missing) // SECOND, (after - self._whole) / (self._restore * SECOND))
        self._full_at[who] = now + after
        if known is None:
            self._forget(now)
        else:
            self._full_at.move_to_end(who)
        return Taken((self._whole - after) // SECOND)

    def _forget(self, now: int) -> None:
        for _ in range(2):
            who, full_at = next(iter(self._full_at.items()))
            if full_at <= now or len(self._full_at) > self._most:
                del self._full_at[who]
            else:
                # not full: it is looked at again when all others have been
                self._full_at.move_to_end(who)


class PostgresBudgets:
    """Buckets that all processes share, one round trip each time; a crash of the server fills them all.

    They need connections of their own: those that read cannot write. Those that are full again are
    deleted by the worker.
    """

    def __init__(self, url: str, capacity: int, restore_per_second: int, *, connections: int = 4) -> None:
        """Take from the buckets of this database, as the role that serves."""
        self._url = url
        self._capacity = capacity
        self._restore = restore_per_second
        self._connections = connections
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Connect; raises the driver's own error when the database cannot be reached."""
        self._pool = await asyncpg.create_pool(
            self._url,
            min_size=1,
            max_size=self._connections,
            reset=_keep,
            server_settings={"application_name": "chapterhouse budgets", "statement_timeout": "5000"},
        )

    async def close(self) -> None:
        """Give the connections back."""
        if self._pool is not None:
            await self._pool.close()

    async def take(self, who: str, cost: int) -> Taken:
        """Take a cost, at most the whole capacity, out of somebody's bucket, if it is in there."""
        assert self._pool is not None, "open() comes first"
        row = await self._pool.fetchrow(TAKE, who, cost, self._capacity, self._restore)
        assert row is not None, "the function always answers"
        return Taken(row["remaining"], row["wait_seconds"])


async def _keep(_connection: object) -> None:
    """Leave a returned connection as it is: nothing is ever set on it."""


def owner_of(scope: Scope, subject: tuple[str, str] | None) -> str:
    """Whose budget a request is on: the token's subject's, or, without a token, the address's."""
    if subject is not None:
        return " ".join(subject)
    client = scope.get("client")
    return address_of(client[0]) if client else ""


def address_of(host: str) -> str:
    """What stands for a client without a token: its IPv4 address, or all of its IPv6 network, which is one's own.

    An IPv4 address that is written as an IPv6 one is the same client.
    """
    if ":" not in host:
        return host
    try:
        address = IPv6Address(host.partition("%")[0])
    except AddressValueError:
        return host
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


def told(cost: int, taken: Taken, limits: Limits) -> bytes:
    """What `extensions.cost` of an answer says, as JSON, in objects."""
    return b'{"requested":%d,"limit":%d,"remaining":%d,"capacity":%d,"restorePerSecond":%d}' % (
        cost,
        limits.largest_cost,
        taken.remaining,
        limits.capacity,
        limits.restore_per_second,
    )
