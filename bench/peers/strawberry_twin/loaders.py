"""Data loaders: what many objects of a list need is read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import and_, select, tuple_
from sqlmodel import col
from strawberry.dataloader import DataLoader

from bench.peers.strawberry_twin.sessions import Reading
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost
from services.catalog.models import RateCardEntry, ServiceLevel
from services.delivery.models import Evidence, WorkRecord
from services.identity.models import Organization

Key = TypeVar("Key")
RowOfContract: TypeAlias = tuple[UUID, UUID]
"""The key of a contract's row: the contract's id and its own."""


class Loaders:
    """The loaders of one request."""

    def __init__(self, reading: Reading) -> None:
        """Load through the request's session."""
        self._reading = reading
        self.organizations = DataLoader[UUID, Organization | None](load_fn=self._organizations)
        self.rate_cards = DataLoader[UUID, list[RateCardEntry]](load_fn=self._rate_cards)
        self.service_levels = DataLoader[UUID, list[ServiceLevel]](load_fn=self._service_levels)
        self.work_records = DataLoader[RowOfContract, WorkRecord | None](load_fn=self._work_records)
        self.evidence = DataLoader[RowOfContract, list[Evidence]](load_fn=self._evidence)
        self.invoice_lines = DataLoader[RowOfContract, list[tuple[InvoiceLine, InvoiceLineCost | None]]](
            load_fn=self._invoice_lines
        )

    async def _organizations(self, ids: list[UUID]) -> list[Organization | None]:
        found = await self._reading.objects(select(Organization).where(col(Organization.id).in_(ids)))
        by_id = {organization.id: organization for organization in found}
        return [by_id.get(key) for key in ids]

    async def _rate_cards(self, versions: list[UUID]) -> list[list[RateCardEntry]]:
        found = await self._reading.objects(
            select(RateCardEntry)
            .where(col(RateCardEntry.version_id).in_(versions))
            .order_by(col(RateCardEntry.position))
        )
        return _grouped(versions, found, lambda entry: entry.version_id)

    async def _service_levels(self, versions: list[UUID]) -> list[list[ServiceLevel]]:
        found = await self._reading.objects(
            select(ServiceLevel).where(col(ServiceLevel.version_id).in_(versions)).order_by(col(ServiceLevel.position))
        )
        return _grouped(versions, found, lambda level: level.version_id)

    async def _work_records(self, keys: list[RowOfContract]) -> list[WorkRecord | None]:
        found = await self._reading.objects(
            select(WorkRecord).where(tuple_(col(WorkRecord.contract_id), col(WorkRecord.id)).in_(keys))
        )
        by_key = {(record.contract_id, record.id): record for record in found}
        return [by_key.get(key) for key in keys]

    async def _evidence(self, records: list[RowOfContract]) -> list[list[Evidence]]:
        found = await self._reading.objects(
            select(Evidence)
            .where(tuple_(col(Evidence.contract_id), col(Evidence.work_record_id)).in_(records))
            .order_by(col(Evidence.id))
        )
        return _grouped(records, found, lambda file: (file.contract_id, file.work_record_id))

    async def _invoice_lines(
        self, invoices: list[RowOfContract]
    ) -> list[list[tuple[InvoiceLine, InvoiceLineCost | None]]]:
        found = await self._reading.rows(
            select(InvoiceLine, InvoiceLineCost)
            .outerjoin(
                InvoiceLineCost,
                and_(
                    col(InvoiceLineCost.contract_id) == InvoiceLine.contract_id,
                    col(InvoiceLineCost.invoice_line_id) == InvoiceLine.id,
                ),
            )
            .where(tuple_(col(InvoiceLine.contract_id), col(InvoiceLine.invoice_id)).in_(invoices))
        )
        return _grouped(invoices, found, lambda row: (row[0].contract_id, row[0].invoice_id))


def _grouped(keys: list[Key], rows: Sequence[Any], key_of: Callable[[Any], Key]) -> list[list[Any]]:
    groups: defaultdict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key_of(row)].append(row)
    return [groups[key] for key in keys]
