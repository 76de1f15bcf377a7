"""Starting and working off billing runs of a market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.actor import Actor
from services.billing.runs.starting import start_billing_run
from tests.billing.market import ADMIN, FEBRUARY, NOW, Agreement, Line, Market
from worker.billing_runs import run_billing
from worker.means import About, Means


@dataclass(frozen=True)
class Runs:
    """A market, and what the worker works with."""

    market: Market
    means: Means

    async def agreed(self, hours: int, *lines: Line) -> Agreement:
        """A contract with so many accepted hours of February, at 52.00 each, and perhaps other lines."""
        agreement = await self.market.agree(ADMIN, *lines)
        if hours:
            await agreement.accept("admin", Decimal(hours), date(2026, 2, 3))
        return agreement

    async def start(self, *, by: Actor | None = None, mode: str = "ISSUE", **given: Any) -> UUID:  # noqa: ANN401  (what a run is asked)
        """Start a run of February over all of the vendor's contracts, with limits that no test meets by accident."""
        actor = by or self.market.billing_admin
        asked: dict[str, Any] = {
            "starts_on": FEBRUARY[0], "ends_on": FEBRUARY[1], "most_invoices": 1000,
            "largest_total": Decimal(1_000_000), "reason": "The month is over", "mode": mode,
            "vendor_id": self.market.vendor,
        } | given  # fmt: skip
        run_id: UUID = await self.write(start_billing_run, actor, now=NOW, **asked)
        return run_id

    async def write(self, work: Any, actor: Actor | None = None, **given: Any) -> Any:  # noqa: ANN401
        """Call a service function in a transaction of the app's role."""
        actor = actor or self.market.billing_admin
        database = self.market.database
        return await database.write(actor, lambda tx: work(tx, actor=actor, **given), now=NOW, request_id="test")

    async def work_off(self, run_id: UUID, *, now: datetime = NOW) -> bool:
        """Let the worker go on with a run."""
        return await run_billing(self.means, About(run_id, run_id), clock=lambda: now)

    async def standing(self, run_id: UUID) -> dict[str, Any]:
        """Where a run stands."""
        return await self.market.one(
            "select status, total_count as total, billed_count as billed, nothing_count as nothing, "
            "refused_count as refused, stop_code from billing_run where id = $1",
            run_id,
        )

    async def items(self, run_id: UUID) -> list[tuple[Any, ...]]:
        """What came of each contract, in the order of their ids."""
        rows = await self.market.all(
            "select status, code, amount_minor from billing_run_item where run_id = $1 order by contract_id", run_id
        )
        return [tuple(row.values()) for row in rows]

    async def numbers(self) -> list[str]:
        """The vendor's invoice numbers, in the order of contracts."""
        rows = await self.market.all(
            "select number from invoice where vendor_id = $1 and number is not null order by contract_id, year_number",
            self.market.vendor,
        )
        return [row["number"] for row in rows]
