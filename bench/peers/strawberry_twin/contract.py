"""A contract's page: its lines, what was done, what was billed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Self
from uuid import UUID

import strawberry
from sqlalchemy import Text, func, select
from sqlmodel import col
from strawberry import relay

from bench.peers.strawberry_twin.shared import Info, Money, Organization, connection, loaders, page_of, reading
from services.billing.invoices.models import Invoice as InvoiceRow
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost
from services.contracts.models import Contract as ContractRow
from services.contracts.models import ContractLine as LineRow
from services.delivery.models import Evidence as EvidenceRow
from services.delivery.models import WorkRecord as RecordRow


@strawberry.enum
class Order(Enum):
    """In which order."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"


@strawberry.type
class ScopeBurn:
    """How much of a line is used up."""

    contracted: Decimal
    submitted: Decimal
    accepted: Decimal
    billed: Decimal
    remaining: Decimal
    burn_percent: Decimal


@strawberry.type
class ContractLine:
    """One line of a contract."""

    key: str
    title: str
    kind: str
    unit: str | None
    row: strawberry.Private[LineRow]

    @strawberry.field
    def scope_burn(self) -> ScopeBurn | None:
        """How much of it is used up; null for an obligation."""
        row = self.row
        if row.quantity is None:
            return None
        used = row.billed_quantity if row.kind == "RECURRING" else row.accepted_quantity
        return ScopeBurn(
            contracted=row.quantity,
            submitted=row.submitted_quantity,
            accepted=row.accepted_quantity,
            billed=row.billed_quantity,
            remaining=row.quantity - used,
            burn_percent=(used * 100 / row.quantity).quantize(Decimal("0.01")),
        )


@strawberry.type
class Evidence(relay.Node):
    """A file that shows the work."""

    row_id: relay.NodeID[str]
    name: str

    @classmethod
    def of(cls, row: EvidenceRow) -> Self:
        """The file of a row."""
        return cls(row_id=_key(row), name=row.name)


@strawberry.type
class WorkRecord(relay.Node):
    """Work performed on a line."""

    row_id: relay.NodeID[str]
    status: str
    quantity: Decimal
    accepted_quantity: Decimal | None
    performed_from: date
    performed_to: date
    performed_by: str
    description: str
    row: strawberry.Private[RecordRow]

    @classmethod
    def of(cls, row: RecordRow) -> Self:
        """The record of a row."""
        return cls(
            row_id=_key(row),
            status=row.status,
            quantity=row.quantity,
            accepted_quantity=row.accepted_quantity,
            performed_from=row.performed_from,
            performed_to=row.performed_to,
            performed_by=row.performed_by,
            description=row.description,
            row=row,
        )

    @classmethod
    async def resolve_nodes(  # type: ignore[override]
        cls, *, info: Info, node_ids: Iterable[str], required: bool = False
    ) -> list[Self | None]:
        """Look records up by their ids."""
        assert not required, "an id may name nothing that the reader sees"
        found = await loaders(info).work_records.load_many([_row_key(it) for it in node_ids])
        return [None if row is None else cls.of(row) for row in found]

    @strawberry.field
    async def evidence(self, info: Info) -> list[Evidence]:
        """The files that show it, in the order they were given."""
        return [Evidence.of(file) for file in await loaders(info).evidence.load((self.row.contract_id, self.row.id))]


@strawberry.type
class OpenBook:
    """From price to vendor margin; what is not disclosed is null."""

    price: Money
    cost: Money | None = None
    gross_margin: Money | None = None
    platform_fee: Money | None = None
    vendor_margin: Money | None = None

    @classmethod
    def of(cls, lines: list[tuple[InvoiceLine, InvoiceLineCost | None]], currency: str, *, disclosed: bool) -> Self:
        """The sums of an invoice's lines."""
        price = sum(line.amount_minor for line, _ in lines)
        if not disclosed:
            return cls(price=Money.of_minor(price, currency))
        cost = sum(behind.cost_minor for _, behind in lines if behind)
        fee = sum(behind.platform_fee_minor for _, behind in lines if behind)
        return cls(
            price=Money.of_minor(price, currency),
            cost=Money.of_minor(cost, currency),
            gross_margin=Money.of_minor(price - cost, currency),
            platform_fee=Money.of_minor(fee, currency),
            vendor_margin=Money.of_minor(price - cost - fee, currency),
        )


@strawberry.type
class Invoice(relay.Node):
    """A bill to an association."""

    row_id: relay.NodeID[str]
    number: str | None
    status: str
    total: Money
    row: strawberry.Private[InvoiceRow]
    disclosed: strawberry.Private[bool]

    @classmethod
    def of(cls, row: InvoiceRow, *, disclosed: bool) -> Self:
        """The invoice of a row; `disclosed` is whether the reader may see its cost."""
        total = Money.of_minor(row.subtotal_minor + row.tax_total_minor, row.currency_code)
        return cls(row_id=_key(row), number=row.number, status=row.status, total=total, row=row, disclosed=disclosed)

    @strawberry.field
    async def open_book(self, info: Info) -> OpenBook:
        """From price to vendor margin: the sums of its lines."""
        lines = await loaders(info).invoice_lines.load((self.row.contract_id, self.row.id))
        return OpenBook.of(lines, self.row.currency_code, disclosed=self.disclosed)


@strawberry.type
class Contract(relay.Node):
    """A contract between an association and a vendor."""

    row_id: relay.NodeID[str]
    title: str
    status: str
    starts_on: date
    ends_on: date
    row: strawberry.Private[ContractRow]
    disclosure: strawberry.Private[str]

    @strawberry.field
    async def vendor(self, info: Info) -> Organization | None:
        """The seller."""
        found = await loaders(info).organizations.load(self.row.vendor_id)
        return None if found is None else Organization.of(found)

    @strawberry.field
    async def association(self, info: Info) -> Organization | None:
        """The buyer."""
        found = await loaders(info).organizations.load(self.row.association_id)
        return None if found is None else Organization.of(found)

    @strawberry.field
    async def lines(self, info: Info) -> list[ContractLine]:
        """The lines of the current revision, in the contract's order."""
        found = await reading(info).objects(
            select(LineRow)
            .where(col(LineRow.contract_id) == self.row.id, col(LineRow.revision) == self.row.revision)
            .order_by(col(LineRow.position))
        )
        return [ContractLine(key=row.key, title=row.title, kind=row.kind, unit=row.unit, row=row) for row in found]

    @strawberry.field
    async def work_records(
        self, info: Info, first: int, order_by: Order, after: str | None = None
    ) -> relay.Connection[WorkRecord]:
        """What was done."""
        records = (
            select(RecordRow)
            .where(col(RecordRow.contract_id) == self.row.id)
            .order_by(*_by(order_by, RecordRow.recorded_at, RecordRow.id))
        )
        found = await page_of(info, records, first=first, after=after)
        return relay.Connection(**connection([WorkRecord.of(row) for row in found], first=first, after=after))

    @strawberry.field
    async def invoices(
        self, info: Info, first: int, order_by: Order, after: str | None = None
    ) -> relay.Connection[Invoice]:
        """What was billed."""
        invoices = (
            select(InvoiceRow)
            .where(col(InvoiceRow.contract_id) == self.row.id)
            .order_by(*_by(order_by, InvoiceRow.issued_at, InvoiceRow.id))
        )
        found = await page_of(info, invoices, first=first, after=after)
        nodes = [Invoice.of(row, disclosed=self.disclosure == "FULL") for row in found]
        return relay.Connection(**connection(nodes, first=first, after=after))


@strawberry.type
class ContractQueries:
    """What is agreed."""

    @strawberry.field
    async def contract(self, info: Info, id: relay.GlobalID) -> Contract | None:  # noqa: A002
        """One contract; null when it does not exist or the reader may not see it."""
        of_row = (ContractRow.id, ContractRow.association_id, ContractRow.vendor_id)
        disclosure = func.app.disclosure(*of_row, type_=Text())
        found = await reading(info).rows(select(ContractRow, disclosure).where(col(ContractRow.id) == UUID(id.node_id)))
        for row, disclosed in found:
            return Contract(
                row_id=str(row.id),
                title=row.title,
                status=row.status,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                row=row,
                disclosure=disclosed,
            )
        return None


def _by(order: Order, *columns: Any) -> list[Any]:  # noqa: ANN401  (columns of any table)
    return [col(column) if order is Order.OLDEST else col(column).desc() for column in columns]


def _key(row: Any) -> str:  # noqa: ANN401  (a contract's row of any table)
    return f"{row.contract_id}/{row.id}"


def _row_key(key: str) -> tuple[UUID, UUID]:
    contract_id, _, row_id = key.partition("/")
    return UUID(contract_id), UUID(row_id)
