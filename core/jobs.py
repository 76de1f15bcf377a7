"""Background work: a job is committed with the change that asks for it, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import orjson
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    import asyncpg

    from core.events import Event


async def enqueue(connection: asyncpg.Connection[Any], event: Event, *, due_at: datetime, now: datetime) -> None:
    """Queue the work that follows `event`, in the open transaction of `connection`, to begin at `due_at`.

    The job carries ids only: whoever works on it looks the facts, and the rights, up again.
    """
    wait = max(due_at - now, timedelta())
    await Queries(AsyncpgDriver(connection)).enqueue(event.type, _payload(event), execute_after=wait)


async def enqueue_once(connection: asyncpg.Connection[Any], event: Event) -> None:
    """Queue the work that follows `event` to begin at once, unless it was queued in this way and has not ended."""
    key = f"{event.type} {event.object_id}"
    await Queries(AsyncpgDriver(connection)).enqueue(event.type, _payload(event), dedupe_key=key, on_conflict="skip")


def _payload(event: Event) -> bytes:
    payload = {"object_id": event.object_id}
    if event.contract is not None:
        payload |= event.contract.columns
    # the driver hands out UUIDs of a class of its own
    return orjson.dumps(payload, default=str)
