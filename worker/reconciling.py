"""Reconciling in the background: the lines of a bank statement one by one, then what they and their days bring up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from core.actor import NOBODY, SYSTEM
from services.billing.reconciliation.banking import lines_to_match, lines_unseen, match_line
from services.billing.reconciliation.running import lost_runs, match_days_of, run_match
from worker.means import About

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Final

    from core.db import Transaction
    from worker.means import Means

UNSEEN_AFTER: Final = timedelta(minutes=15)

Result = TypeVar("Result")


async def match_bank_statement(means: Means, about: About) -> bool:
    """Match each line of an imported statement in a transaction of its own, then its days; False when it was done."""
    lines = await _write(means, lambda tx: lines_to_match(tx, statement_id=about.object_id))
    changed = [await _write(means, lambda tx: match_line(tx, line_id=line_id, now=tx.now)) for line_id in lines]  # noqa: B023  (awaited before the next)
    await _write(means, lambda tx: match_days_of(tx, statement_id=about.object_id, now=tx.now))
    return any(changed)


def match(tx: Transaction, about: About) -> Awaitable[bool]:
    """Match the invoices and the money of some days."""
    return run_match(tx, run_id=about.object_id, now=tx.now)


def match_unseen(tx: Transaction, about: About) -> Awaitable[bool]:
    """Match a line that nobody looked at."""
    return match_line(tx, line_id=about.object_id, now=tx.now)


async def unmatched(tx: Transaction) -> list[About]:
    """Match runs that nobody ends."""
    return [About(NOBODY, run_id) for run_id in await lost_runs(tx, now=tx.now)]


async def unseen(tx: Transaction) -> list[About]:
    """Lines of bank statements that nobody looked at."""
    return [About(NOBODY, line_id) for line_id in await lines_unseen(tx, before=tx.now - UNSEEN_AFTER)]


async def _write(means: Means, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    return await means.database.write(SYSTEM, work, now=datetime.now(UTC), request_id="reconciliation")
