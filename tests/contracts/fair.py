"""A fair: a vendor with an offering, associations that may contract it, the operator, and all their people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from core.actor import ANONYMOUS, Actor
from core.db import Database, Transaction
from core.errors import DomainError, Refusals
from core.ids import RowKey, new_id
from services.contracts.granting import Grantee, grant_contract_access, revoke_contract_access
from services.contracts.lines import Amount, LineDraft
from services.contracts.proposing import propose_contract
from services.contracts.signing import sign_contract
from services.contracts.terms import MarginBand, Terms

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
TODAY = date(2026, 1, 10)

TERMS = Terms(
    title="LMS administration",
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    currency_code="USD",
    purchase_order_number="PO-2207",
    payment_terms_days=30,
    acceptance_period_days=10,
    disclosure_tier="OPEN_BOOK",
    margin_band=MarginBand(Decimal("10.00"), Decimal("35.00")),
)
ADMIN = LineDraft(
    key="admin",
    title="LMS administration",
    kind="TIME_AND_MATERIALS",
    rate_card_key="administrator",
    quantity=Decimal(480),
    quantity_basis="ESTIMATE",
    not_to_exceed=Amount(Decimal("24960.00"), "USD"),
)
TICKETS = LineDraft(
    key="tickets",
    title="Member help desk",
    kind="UNIT",
    rate_card_key="ticket",
    quantity=Decimal(6000),
    quantity_basis="MAXIMUM",
)
CUTOVER = LineDraft(
    key="cutover",
    title="Platform migration cut-over",
    kind="MILESTONE",
    rate_card_key="cutover",
    due_on=date(2026, 3, 31),
    acceptance_criteria=["Every active member signs in on the new platform"],
)
HOSTING = LineDraft(
    key="hosting", title="Hosting", kind="RECURRING", rate_card_key="month", recurrence="MONTHLY", quantity=Decimal(2)
)
ROSTER = LineDraft(
    key="roster",
    title="Membership roster",
    kind="OBLIGATION",
    obliged_party="ASSOCIATION",
    recurrence="MONTHLY",
    due_day_of_month=5,
)
LINES = (ADMIN, TICKETS, CUTOVER, HOSTING, ROSTER)

RATES = {
    "administrator": ("HOUR", "52", "38", "USD"),
    "ticket": ("TICKET", "6.50", "4.10", "USD"),
    "cutover": ("LUMP_SUM", "4000", "2900", "USD"),
    "month": ("MONTH", "300", "210", "USD"),
    "euro": ("HOUR", "45", "30", "EUR"),
}
"""Unit, price, cost and currency by key."""

WRITTEN = (
    "contract",
    "contract_revision",
    "contract_line",
    "contract_line_cost",
    "contract_signature",
    "contract_grant",
    "obligation_occurrence",
    "audit_event",
)

Result = TypeVar("Result")


@dataclass
class Fair:
    """Whoever meets here, and what they do; `rows` sees everything."""

    rows: asyncpg.Connection[Any]
    database: Database
    people: dict[str, Actor] = field(default_factory=dict)
    offering_id: UUID = field(default_factory=new_id)
    version_id: UUID = field(default_factory=new_id)

    def __getitem__(self, seat: str) -> Actor:
        """Who sits there, such as `vendor.owner`."""
        return self.people[seat]

    async def open(self) -> Fair:
        """Write the organizations, members and the offering down, as other services leave them."""
        async with self.rows.transaction():
            for kind, name in (
                ("ASSOCIATION", "association"),
                ("VENDOR", "vendor"),
                ("ASSOCIATION", "other"),
                ("VENDOR", "rival"),
            ):
                await self._organization(kind, name)
            await self._operator()
            await self._offering()
        return self

    async def write(
        self,
        seat: str,
        function: Callable[..., Awaitable[Result]],
        *,
        now: datetime = NOW,
        **arguments: Any,  # noqa: ANN401  (whatever the function takes)
    ) -> Result:
        """Call a service function as whoever sits there, in a transaction of its own."""
        actor = self.people[seat]

        async def run(tx: Transaction) -> Result:
            return await function(tx, actor=actor, now=now, **arguments)

        return await self.database.write(actor, run, now=now, request_id="test")

    async def propose(
        self,
        *lines: LineDraft,
        seat: str = "association.buyer",
        now: datetime = NOW,
        **terms: Any,  # noqa: ANN401
    ) -> UUID:
        """Propose a contract with the usual terms but for what is said otherwise."""
        return await self.write(
            seat,
            propose_contract,
            now=now,
            offering_id=self.offering_id,
            terms=replace(TERMS, **terms),
            lines=lines or LINES,
        )

    async def sign(self, contract_id: UUID, seat: str, *, content_hash: str | None = None, now: datetime = NOW) -> UUID:
        """Sign what the contract says now."""
        known = content_hash or await self.value("select content_hash from contract where id = $1", contract_id)
        return await self.write(seat, sign_contract, contract_id=contract_id, content_hash=known, now=now)

    async def activate(self, *lines: LineDraft, now: datetime = NOW, **terms: Any) -> UUID:  # noqa: ANN401
        """A contract that both parties have signed."""
        contract_id = await self.propose(*lines, now=now, **terms)
        await self.sign(contract_id, "vendor.owner", now=now)
        await self.sign(contract_id, "association.owner", now=now)
        return contract_id

    async def grant(
        self,
        contract_id: UUID,
        *,
        to: str = "vendor.delivery",
        role: str = "DELIVERY_LEAD",
        seat: str = "association.owner",
        starts_on: date | None = None,
        ends_on: date | None = None,
        now: datetime = NOW,
    ) -> RowKey:
        """Grant somebody access."""
        return await self.write(
            seat,
            grant_contract_access,
            now=now,
            contract_id=contract_id,
            grantee=Grantee(member_id=self.people[to].member_id),
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )

    async def revoke(self, grant: RowKey, *, seat: str = "association.owner", now: datetime = NOW) -> RowKey:
        """Take access away."""
        return await self.write(
            seat, revoke_contract_access, now=now, contract_id=grant.contract_id, grant_id=grant.id, reason=None
        )

    async def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401  (a column's type is the statement's)
        """The first column of the first row, whoever may see it."""
        return await self.rows.fetchval(sql, *values)

    async def row(self, sql: str, *values: object) -> dict[str, Any]:
        """The only row, whoever may see it."""
        found = await self.rows.fetch(sql, *values)
        assert len(found) == 1, found
        return dict(found[0])

    async def sees(self, seat: str, contract_id: UUID) -> bool:
        """Whether row-level security shows somebody a contract, on a connection of their own."""
        async with self.database.reading(self.people[seat]) as connection:
            return await connection.fetchval("select id from contract where id = $1", contract_id) is not None

    async def state(self) -> list[object]:
        """Everything that contracts write, to compare what was with what is."""
        return [
            await self.rows.fetchval(f"select coalesce(jsonb_agg(t order by t::text), '[]') from {table} t")  # noqa: S608
            for table in WRITTEN
        ]

    async def refused(self, asked: Awaitable[object]) -> list[tuple[str, str | None]]:
        """The codes and fields with which something is refused; nothing may have changed."""
        before = await self.state()
        try:
            await asked
        except Refusals as refused:
            told = [(error.code(), error.field) for error in refused.errors]
        except DomainError as refused:
            told = [(refused.code(), refused.field)]
        else:
            told = []
        assert await self.state() == before, "a refusal changes nothing"
        return told

    async def _organization(self, kind: str, name: str) -> None:
        organization_id = new_id()
        await self._insert(
            "organization",
            id=organization_id,
            kind=kind,
            name=name.title(),
            country_code="US",
            time_zone="America/Chicago",
            created_at=LONG_AGO,
        )
        seats = {
            "owner": ("OWNER", "SIGNATORY"),
            "plain": ("OWNER",),
            "buyer": ("PROCUREMENT",),
            "acceptor": ("ACCEPTOR",),
            "finance": ("FINANCE",),
            "delivery": ("DELIVERY",),
            "second": ("DELIVERY",),
        }
        for seat, roles in seats.items():
            await self._person(f"{name}.{seat}", kind, organization_id, name.title(), *roles)

    async def _operator(self) -> None:
        """One per database, which the tests of one file share."""
        operator = await self.rows.fetchval("select id from organization where kind = 'OPERATOR'")
        if operator is None:
            operator = new_id()
            await self._insert(
                "organization",
                id=operator,
                kind="OPERATOR",
                name="Operator",
                country_code="US",
                time_zone="UTC",
                platform_fee_percent=Decimal("3.00"),
                created_at=LONG_AGO,
            )
        await self._person("operator.billing", "OPERATOR", operator, "Operator", "BILLING_ADMIN")
        self.people["nobody"] = ANONYMOUS

    async def _person(self, seat: str, kind: str, organization_id: UUID, organization: str, *roles: str) -> None:
        member_id = new_id()
        email = f"{seat}.{member_id.hex[-6:]}@fair.example"
        self.people[seat] = Actor(
            kind, organization_id, member_id, member_id, seat, email, organization, frozenset(roles)
        )
        await self._insert(
            "member",
            id=member_id,
            organization_id=organization_id,
            person_id=member_id,
            kind="PERSON",
            name=seat,
            email=email,
            roles=list(roles),
            created_at=LONG_AGO,
        )
        await self._insert("subject", issuer="self", subject=email, person_id=member_id, bound_at=LONG_AGO)

    async def _offering(self) -> None:
        vendor = self.people["vendor.owner"].organization_id
        await self._insert("offering", id=self.offering_id, vendor_id=vendor, status="DRAFT", created_at=LONG_AGO)
        await self._insert(
            "offering_version",
            id=self.version_id,
            offering_id=self.offering_id,
            vendor_id=vendor,
            number=1,
            title="Managed LMS administration",
            summary="Day-to-day administration",
            category="LMS_ADMINISTRATION",
            delivery_countries=["MX", "US"],
            languages=["en"],
            office_types=["BACK_OFFICE"],
            deepest_disclosure_tier="OPEN_BOOK",
            deliverables=["Roster kept in step"],
            exclusions=["Course authoring"],
            assumptions=[],
            buyer_inputs=[],
            created_at=LONG_AGO,
        )
        for position, key in enumerate(RATES):
            await self._rate(key, position)
        await self.rows.execute(
            "update offering_version set published_at = $2 where id = $1", self.version_id, LONG_AGO
        )
        await self.rows.execute(
            "update offering set status = 'PUBLISHED', published_at = $3, current_version_id = $2 where id = $1",
            self.offering_id,
            self.version_id,
            LONG_AGO,
        )

    async def _rate(self, key: str, position: int) -> None:
        unit, price, cost, currency = RATES[key]
        shared = {
            "version_id": self.version_id,
            "vendor_id": self.people["vendor.owner"].organization_id,
            "key": key,
            "currency_code": currency,
        }
        await self._insert(
            "rate_card_entry",
            **shared,
            position=position,
            title=key.title(),
            office_type="BACK_OFFICE",
            unit=unit,
            unit_price=Decimal(price),
            published=True,
        )
        await self._insert("rate_card_cost", **shared, unit_cost=Decimal(cost))

    async def _insert(self, table: str, **columns: object) -> None:
        places = ", ".join(f"${at}" for at in range(1, len(columns) + 1))
        await self.rows.execute(
            f"insert into {table} ({', '.join(columns)}) values ({places})",  # noqa: S608  (our own words)
            *columns.values(),
        )
