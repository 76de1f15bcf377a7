"""A match as the worker runs one, and what it wrote down."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actor import SYSTEM
from core.db import Database
from core.ids import new_id
from services.billing.reconciliation.running import run_match
from tests.billing.market import NOW, Market
from tests.databases import OneDatabase

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
PARTS = "unaccepted out_of_scope period quantity rate rounding".split()


async def match(
    market: Market, database: OneDatabase, days: tuple[date, date] = YEAR
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Run a match of these days; its counts, and its variances in the order of the lines: what is not zero of them."""
    batch, run_id = Database(database.batch_url), new_id()
    await market.insert(
        "match_run", id=run_id, issued_from=days[0], issued_until=days[1], status="RUNNING", requested_at=NOW
    )
    try:
        await batch.write(SYSTEM, lambda tx: run_match(tx, run_id=run_id, now=NOW), now=NOW, request_id="test")
    finally:
        await batch.close()
    run = await market.one("select line_count, variance_count, unmatched_count from match_run where id = $1", run_id)
    rows = await market.all(
        "select * from match_variance where run_id = $1 and invoice_line_id is not null order by invoice_line_id",
        run_id,
    )
    named = {"expected": "expected_minor", "billed": "billed_minor", "adjusted": "adjusted_minor"}
    named |= {part: f"{part}_minor" for part in PARTS}
    told = [{name: row[column] for name, column in named.items() if row[column]} for row in rows]
    return run, told
