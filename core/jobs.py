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
    payload = {"object_id": event.object_id}
    if event.contract is not None:
        payload |= event.contract.columns
    wait = max(due_at - now, timedelta())
    # the driver hands out UUIDs of a class of its own
    await Queries(AsyncpgDriver(connection)).enqueue(event.type, orjson.dumps(payload, default=str), execute_after=wait)
