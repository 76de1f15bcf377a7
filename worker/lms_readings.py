"""What both errands that read a site have in common: one worker at a time, rights looked up again, failures told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from core.actor import SYSTEM
from core.errors import DomainError
from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.sites.connections import connection_of
from services.lms_admin.sites.readings import Superseded, fail, lost, require_still, take
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from sqlalchemy import Row, Table

    from core.db import Transaction
    from services.lms_admin.adapters.opening import Connection
    from services.lms_admin.adapters.port import Capability, LmsAdapter
    from services.lms_admin.sites.operations import Operation

Result = TypeVar("Result")


async def run_reading(
    means: Means,
    about: About,
    table: Table,
    read: Callable[[Means, Row[Any], LmsAdapter], Awaitable[None]],
    *,
    operation: Operation,
    takes: Capability,
    failed: str,
) -> bool:
    """Go on with a reading, unless it has ended or another worker is at it; `failed` is the event of one in vain."""

    async def begin(tx: Transaction) -> Row[Any] | None:
        return await take(tx, table, contract_id=about.contract_id, reading_id=about.object_id, now=tx.now)

    reading = await write(means, begin)
    if reading is None:
        return False
    try:
        async with opened(await _connection(means, reading, operation)) as adapter:
            _require(takes, adapter)
            await read(means, reading, adapter)
    except Superseded:
        return False
    except (DomainError, LmsUnavailable) as error:
        code = error.code() if isinstance(error, DomainError) else str(error.condition)
        message = error.message

        async def end(tx: Transaction) -> None:
            await fail(tx, table, reading, event=failed, code=code, message=message, now=tx.now)

        try:
            await write(means, end)
        except Superseded:
            return False
    return True


async def write(means: Means, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    """Do some work in a transaction of its own, at the present time."""
    return await means.database.write(SYSTEM, work, now=datetime.now(UTC), request_id="lms reading")


async def lost_readings(tx: Transaction, table: Table, event: str) -> list[Due]:
    """Readings that are to be begun again."""
    return [Due(event, reading.key, reading.id) for reading in await lost(tx, table, now=tx.now)]


def _require(capability: Capability, adapter: LmsAdapter) -> None:
    if capability not in adapter.capabilities:
        raise LmsUnavailable(Condition.MISCONFIGURED, f"this system has no way to {capability}")


async def _connection(means: Means, reading: Row[Any], operation: Operation) -> Connection:
    async def look_up(tx: Transaction) -> Connection:
        await require_still(tx, reading, operation=operation, now=tx.now)
        return await connection_of(
            tx,
            reading.contract_id,
            reading.site_id,
            means.keys,
            allow_loopback=means.settings.allow_loopback_lms,
        )

    return await write(means, look_up)
