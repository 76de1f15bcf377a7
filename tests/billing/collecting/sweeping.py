"""The worker's sweep of invoices, at any instant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.actor import SYSTEM
from core.db import Database, Transaction
from services.billing.collecting.dunning import dun, invoices_to_dun
from services.billing.collecting.falling_due import invoices_fallen_due, mark_overdue


class Sweep:
    """What the worker does when it looks around; of one contract, because others' rows are in the database too."""

    def __init__(self, batch: Database) -> None:
        self.batch = batch

    async def overdue(self, contract_id: UUID, now: datetime) -> int:
        """Mark what fell due; how many."""

        async def work(tx: Transaction) -> int:
            keys = [
                key for key in await invoices_fallen_due(tx, now=now, most=10_000) if key.contract_id == contract_id
            ]
            return sum(
                [await mark_overdue(tx, contract_id=key.contract_id, invoice_id=key.id, now=now) for key in keys]
            )

        return await self.batch.write(SYSTEM, work, now=now, request_id="test")

    async def dun(self, contract_id: UUID, now: datetime) -> int:
        """Give the notices that are due; how many."""

        async def work(tx: Transaction) -> int:
            keys = [key for key in await invoices_to_dun(tx, now=now, most=10_000) if key.contract_id == contract_id]
            return sum([await dun(tx, contract_id=key.contract_id, invoice_id=key.id, now=now) for key in keys])

        return await self.batch.write(SYSTEM, work, now=now, request_id="test")

    async def dun_one(self, contract_id: UUID, invoice_id: UUID, now: datetime) -> bool:
        """Try one invoice, found or not."""
        return await self.batch.write(
            SYSTEM,
            lambda tx: dun(tx, contract_id=contract_id, invoice_id=invoice_id, now=now),
            now=now,
            request_id="test",
        )
