"""Billing runs: a chunk of contracts after the other, each in a transaction of its own."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from core.actor import SYSTEM
from core.errors import DomainError, Refusals
from services.billing.runs import chunks
from services.billing.runs.steering import RESUMED
from worker.means import NO_CONTRACT, About, Due, Means
from worker.running_jobs import utc_now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.db import Transaction

LOST_AFTER: Final = timedelta(minutes=2)
"""Longer than any chunk takes."""
NOT_BILLABLE: Final = "NOT_BILLABLE"
WHY: Final = "what its invoice would say is refused by the database: look at its lines, rates and costs"

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


async def run_billing(means: Means, about: About, *, clock: Callable[[], datetime] = utc_now) -> bool:
    """Go on with a run until it ends, is paused or stops; whether there was anything to do.

    A chunk that cannot be billed is taken again in halves, down to the one contract that is refused.
    """
    largest = size = means.settings.billing_chunk
    begun = False
    while True:
        try:
            going_on = await _write(means, clock, lambda tx: _bill(tx, about, size))  # noqa: B023  (awaited at once)
        except (DataError, IntegrityError, DomainError, Refusals) as refused:
            if size > 1:
                size = max(size // 2, 1)
                continue
            log.warning("a contract is not billed", run=str(about.object_id), error=type(refused).__name__)
            code, message = _said(refused)
            refuse = partial(chunks.refuse_next, run_id=about.object_id, code=code, message=message, now=clock())
            await _write(means, clock, refuse)
        else:
            if not going_on:
                return begun
            size = min(size * 2, largest)
        begun = True


def _said(refused: Exception) -> tuple[str, str]:
    """What the contract's item says: the services' own words where there are any."""
    if isinstance(refused, DomainError):
        return refused.code(), refused.message
    return NOT_BILLABLE, str(refused) if isinstance(refused, Refusals) else WHY


async def billing_runs_left(tx: Transaction) -> list[Due]:
    """Runs whose worker died."""
    return [Due(RESUMED, NO_CONTRACT, run_id) for run_id in await chunks.runs_left(tx, idle=LOST_AFTER)]


async def _bill(tx: Transaction, about: About, size: int) -> bool:
    return await chunks.bill_chunk(tx, run_id=about.object_id, most=size, now=tx.now)


async def _write(
    means: Means, clock: Callable[[], datetime], work: Callable[[Transaction], Awaitable[Result]]
) -> Result:
    return await means.database.write(SYSTEM, work, now=clock(), request_id="billing run")
