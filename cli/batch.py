"""One piece of work as the batch role, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from cli.migrating import behind
from core.actor import SYSTEM
from core.connecting import DatabaseUnusableError
from core.db import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.db import Transaction
    from core.settings import Settings

Result = TypeVar("Result")
UNLIMITED = 0


async def as_batch(
    settings: Settings, work: Callable[[Transaction], Awaitable[Result]], *, now: datetime, name: str
) -> Result:
    """Do `work` in one transaction that sees every row; `name` is its request id in the audit trail.

    Refused with DatabaseUnusableError, one line that says why.
    """
    if missing := await behind(settings.batch_url, variable="BATCH_DATABASE_URL"):
        raise DatabaseUnusableError(missing)
    database = Database(settings.batch_url, write_pool_size=1, statement_timeout_ms=UNLIMITED)
    try:
        return await database.write(SYSTEM, work, now=now, request_id=name)
    finally:
        await database.close()
