"""Three organizations, contracts in force and accepted work: rows as the other services leave them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Select, select

from core.actor import Actor
from core.db import Database
from core.ids import RowKey, new_id
from services.billing.books.verifying import BrokenLink, verify
from services.billing.invoices.billable import billable_lines, one_contract
from services.billing.invoices.invoicing import issue_invoice
from services.billing.invoices.voiding import void_invoice

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@dataclass(frozen=True)
class Line:
    """A line as it is contracted; RECURRING when it has a recurrence."""

    key: str
    price: str
    cost: str
    unit: str = "HOUR"
    kind: str = "TIME_AND_MATERIALS"
    recurrence: str | None = None
    units_per_period: str | None = None


ADMIN = Line("admin", "52", "38")
TICKETS = Line("tickets", "6.50", "4.10", unit="TICKET", kind="UNIT")
CUTOVER = Line("cutover", "4000", "2900", unit="LUMP_SUM", kind="MILESTONE")


@dataclass
class Agreement:
    """A contract, and what tests do under it."""

    market: Market
    id: UUID
    lines: dict[str, UUID] = field(default_factory=dict)
    prices: dict[str, Decimal] = field(default_factory=dict)

    async def accept(
        self,
        key: str,
        quantity: str | Decimal,
        on: date,
        *,
        submitted: str | Decimal | None = None,
        rate_version: int = 1,
        price: str | None = None,
    ) -> UUID:
        """Record, submit and accept work on a line; returns the decision's id."""
        accepted = Decimal(quantity)
        handed_over = Decimal(submitted) if submitted is not None else accepted
        submission, record, decision = new_id(), new_id(), new_id()
        row = {**self.market.key(self.id)}
        by = {"member_id": new_id(), "name": "Lee", "email": "lee@vendor.example", "organization_name": "Lakeside"}
        shortfall = handed_over - accepted
        async with self.market.rows.transaction():
            await self.market.insert(
                "submission", **row, id=submission, status="REVIEWED", submitted_at=LONG_AGO, reviewed_at=LONG_AGO,
                submitted_by_person_id=new_id(), **{f"submitted_by_{name}": value for name, value in by.items()},
            )  # fmt: skip
            await self.market.insert(
                "work_record", **row, id=record, line_id=self.lines[key], in_scope=True, recorded_at=LONG_AGO,
                status="PARTIALLY_ACCEPTED" if shortfall else "ACCEPTED", quantity=handed_over,
                performed_from=on, performed_to=on, performed_by="LLS-0142", description=f"{key} on {on}",
                accepted_quantity=accepted, submission_id=submission,
            )  # fmt: skip
            await self.market.insert(
                "decision", **row, id=decision, submission_id=submission, work_record_id=record,
                line_id=self.lines[key], accepted_quantity=accepted, shortfall_quantity=shortfall,
                reason_code="DUPLICATE" if shortfall else None, disposition="REJECTED" if shortfall else None,
                performed_to=on, unit_price=Decimal(price) if price else self.prices[key], rate_card_key=key,
                rate_version=rate_version, deemed=False, decided_at=LONG_AGO,
                **{f"decided_by_{name}": value for name, value in by.items()},
            )  # fmt: skip
            await self.market.rows.execute(
                "update contract_line set recorded_quantity = recorded_quantity + $3, accepted_quantity = "
                "accepted_quantity + $2, submitted_quantity = submitted_quantity + $3 where id = $1",
                self.lines[key], accepted, handed_over,
            )  # fmt: skip
        return decision

    async def issue(
        self, period: tuple[date, date] = FEBRUARY, *, now: datetime = NOW, by: Actor | None = None
    ) -> UUID:
        """Issue an invoice as the operator's billing desk; returns its id."""
        actor = by or self.market.billing_admin
        key: RowKey = await self.market.database.write(
            actor,
            lambda tx: issue_invoice(
                tx, actor=actor, contract_id=self.id, starts_on=period[0], ends_on=period[1], now=now
            ),
            now=now,
            request_id="test",
        )
        # the driver hands out UUIDs of a class of its own
        return UUID(int=key.id.int)

    async def void(self, invoice_id: UUID, *, reason: str = "Wrong month", by: Actor | None = None) -> UUID:
        """Void an invoice as the operator's billing desk."""
        actor = by or self.market.billing_admin
        key: RowKey = await self.market.database.write(
            actor,
            lambda tx: void_invoice(
                tx, actor=actor, contract_id=self.id, invoice_id=invoice_id, reason=reason, now=NOW
            ),
            now=NOW,
            request_id="test",
        )
        return key.id

    async def preview(self, period: tuple[date, date] = FEBRUARY) -> list[dict[str, Any]]:
        """The lines that an invoice for this period would have."""
        lines = billable_lines(one_contract(self.id, *period)).subquery()
        return await self.market.read(self.market.billing_admin, select(lines).order_by(lines.c.position))

    async def billed(self) -> list[str]:
        """Whatever billing has written about this contract, or about its vendor's numbers."""
        found = await self.market.all(
            """select 'invoice' as what from invoice where contract_id = $1
            union all select 'line' from invoice_line where contract_id = $1
            union all select 'cost' from invoice_line_cost where contract_id = $1
            union all select 'source' from invoice_source where contract_id = $1
            union all select 'entry' from journal_entry where contract_id = $1
            union all select 'posting' from posting where contract_id = $1
            union all select 'event' from audit_event where contract_id = $1
            union all select 'decision' from decision where contract_id = $1 and billed
            union all select 'total' from contract_line
                where contract_id = $1 and (billed_quantity > 0 or billed_minor > 0)
            union all select 'counter' from invoice_counter where vendor_id = $2""",
            self.id,
            self.market.vendor,
        )
        return [row["what"] for row in found]

    async def lines_of(self, invoice_id: UUID) -> list[dict[str, Any]]:
        """An invoice's lines with their cost."""
        return await self.market.all(
            "select l.*, c.cost_minor, c.platform_fee_minor, c.cost_basis from invoice_line l "
            "join invoice_line_cost c on c.invoice_line_id = l.id where l.invoice_id = $1 order by l.position",
            invoice_id,
        )


class Market:
    """Three organizations with their people, and a superuser's connection to put rows and look at them."""

    def __init__(self, rows: asyncpg.Connection[Any], database: Database) -> None:
        self.rows = rows
        self.database = database
        self.association, self.vendor, self.operator = new_id(), new_id(), new_id()
        self.offering, self.version = new_id(), new_id()
        self.billing_admin = self.member("OPERATOR", self.operator, "BILLING_ADMIN")
        self.finance = self.member("ASSOCIATION", self.association, "FINANCE")
        self.acceptor = self.member("ASSOCIATION", self.association, "ACCEPTOR")
        self.vendor_owner = self.member("VENDOR", self.vendor, "OWNER")
        self.stranger = self.member("ASSOCIATION", new_id(), "OWNER")

    def member(self, kind: str, organization_id: UUID, *roles: str) -> Actor:
        """Somebody with these roles; rows of billing need no member behind them."""
        id_ = new_id()
        return Actor(kind, organization_id, id_, new_id(), "Kim", f"{id_}@here.example", kind, frozenset(roles))

    async def settle(self) -> Market:
        """Write down the organizations and the offering that every contract is made from."""
        for kind, id_, name, country in (
            ("ASSOCIATION", self.association, "National Guild of Water Inspectors", "US"),
            ("VENDOR", self.vendor, "Lakeside Learning Services", "MX"),
            ("ASSOCIATION", self.stranger.organization_id, "Society of River Surveyors", "GB"),
        ):
            await self.insert(
                "organization", id=id_, kind=kind, name=name, country_code=country, time_zone="UTC", created_at=LONG_AGO
            )
        taken = await self.rows.fetchval("select id from organization where kind = 'OPERATOR'")
        if taken is None:
            await self.insert(
                "organization", id=self.operator, kind="OPERATOR", name="The Marketplace", country_code="US",
                time_zone="UTC", created_at=LONG_AGO, platform_fee_percent=Decimal(3),
            )  # fmt: skip
        else:
            self.operator = taken
            self.billing_admin = self.member("OPERATOR", taken, "BILLING_ADMIN")
        await self.insert("offering", id=self.offering, vendor_id=self.vendor, status="DRAFT", created_at=LONG_AGO)
        await self.insert(
            "offering_version", id=self.version, offering_id=self.offering, vendor_id=self.vendor, number=1, title="",
            summary="", delivery_countries=[], languages=[], office_types=[], deepest_disclosure_tier="OPEN_BOOK",
            deliverables=[], exclusions=[], assumptions=[], buyer_inputs=[], created_at=LONG_AGO,
        )  # fmt: skip
        return self

    async def agree(self, *lines: Line, **terms: Any) -> Agreement:  # noqa: ANN401  (the columns of a contract)
        """Put a contract in force, signed by both, with these lines; `terms` replaces columns of its row."""
        agreement = Agreement(self, new_id())
        contract = {
            "id": agreement.id, "association_id": self.association, "vendor_id": self.vendor,
            "offering_id": self.offering, "offering_version_id": self.version, "revision": 1, "status": "ACTIVE",
            "title": "LMS administration", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
            "time_zone": "UTC", "currency_code": "USD", "purchase_order_number": "PO-2207", "payment_terms_days": 30,
            "disclosure_tier": "OPEN_BOOK", "margin_floor_percent": Decimal(10), "margin_ceiling_percent": Decimal(35),
            "platform_fee_percent": Decimal(3), "total_value_minor": 0, "content_hash": "0" * 64,
            "offer_expires_on": date(2026, 1, 1), "proposed_at": LONG_AGO, "vendor_signed_at": LONG_AGO,
            "association_signed_at": LONG_AGO, "activated_at": LONG_AGO, **terms,
        }  # fmt: skip
        async with self.rows.transaction():
            await self.insert("contract", **contract)
            by = self.vendor_owner.signature
            await self.insert(
                "contract_revision", **self.key(agreement.id), number=1, document="{}", content_hash="0" * 64,
                recorded_at=LONG_AGO, **by,
            )  # fmt: skip
            for position, line in enumerate(lines, start=1):
                await self._contract_line(agreement, line, position, contract["currency_code"])
        return agreement

    async def _contract_line(self, agreement: Agreement, line: Line, position: int, currency_code: str) -> None:
        line_id = agreement.lines[line.key] = new_id()
        agreement.prices[line.key] = Decimal(line.price)
        await self.insert(
            "contract_line", **self.key(agreement.id), id=line_id, revision=1, position=position, key=line.key,
            title=line.key.title(), kind=line.kind, rate_card_key=line.key, rate_version=1, unit=line.unit,
            currency_code=currency_code, quantity=Decimal(100_000), quantity_basis="ESTIMATE",
            unit_price=Decimal(line.price), value_minor=0, acceptance_criteria=[], recurrence=line.recurrence,
            units_per_period=Decimal(line.units_per_period) if line.units_per_period else None,
        )  # fmt: skip
        await self.insert(
            "contract_line_cost", **self.key(agreement.id), line_id=line_id, unit_cost=Decimal(line.cost),
            salt=secrets.token_bytes(32), commitment="-",
        )  # fmt: skip

    def key(self, contract_id: UUID) -> dict[str, UUID]:
        """The three ids that every row of a contract carries."""
        return {"contract_id": contract_id, "association_id": self.association, "vendor_id": self.vendor}

    async def read(self, actor: Actor, rows: Select[Any]) -> list[dict[str, Any]]:
        """What a SELECT of the services shows to somebody."""
        async with self.database.transaction(actor, now=NOW, request_id="test") as tx:
            return [dict(row._mapping) for row in await tx.all(rows)]  # noqa: SLF001  (SQLAlchemy's public name)

    async def broken_link(self, agreement: Agreement) -> BrokenLink | None:
        """Walk a contract's journal."""
        async with self.database.transaction(self.billing_admin, now=NOW, request_id="test") as tx:
            return await verify(tx, agreement.id)

    async def insert(self, table: str, **columns: Any) -> None:  # noqa: ANN401  (a row's values are of any type)
        """Put a row."""
        places = ", ".join(f"${at}" for at in range(1, len(columns) + 1))
        await self.rows.execute(
            f"insert into {table} ({', '.join(columns)}) values ({places})",  # noqa: S608  (our own words)
            *columns.values(),
        )

    async def all(self, sql: str, *values: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Every row of a SELECT."""
        return [dict(row) for row in await self.rows.fetch(sql, *values)]

    async def one(self, sql: str, *values: Any) -> dict[str, Any]:  # noqa: ANN401
        """The only row of a SELECT."""
        rows: Sequence[dict[str, Any]] = await self.all(sql, *values)
        assert len(rows) == 1, rows
        return rows[0]
