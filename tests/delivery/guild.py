"""An association and a vendor with a contract in force, their people, and what they do with it."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from core.actor import Actor
from core.db import Database
from core.errors import DomainError, Refusals
from core.ids import RowKey, new_id
from services.delivery.blobs import LocalFolder
from services.delivery.deciding import Verdict
from services.delivery.recording import Work, record_work
from services.delivery.reversing import reverse_acceptance
from services.delivery.reviewing import review_submission
from services.delivery.submitting import submit_work, withdraw_submission
from services.delivery.voiding import void_work_record

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
FEBRUARY_3 = date(2026, 2, 3)
ADMIN = {"kind": "TIME_AND_MATERIALS", "quantity": 480, "basis": "ESTIMATE", "price": "52", "nte": 24_960_00}
TICKETS = {"kind": "UNIT", "quantity": 6000, "basis": "MAXIMUM", "price": "6.50"}
CUTOVER = {"kind": "MILESTONE", "quantity": 1, "price": "4000"}
HOSTING = {"kind": "RECURRING", "quantity": 12, "price": "300"}
ROSTER = {"kind": "OBLIGATION"}
LINES: dict[str, dict[str, Any]] = {
    "admin": ADMIN,
    "tickets": TICKETS,
    "cutover": CUTOVER,
    "hosting": HOSTING,
    "roster": ROSTER,
}


def work(line: str = "tickets", quantity: str | Decimal = "1", **others: Any) -> Work:  # noqa: ANN401  (any field of it)
    """A record that is in order, but for what `others` says."""
    sound = Work(
        Decimal(quantity), FEBRUARY_3, FEBRUARY_3, performed_by="LLS-0142", description="Help desk", line_key=line
    )
    return replace(sound, **others)


def accepted(record: UUID, quantity: str | Decimal = "1", **others: Any) -> Verdict:  # noqa: ANN401
    """A verdict on a record."""
    return Verdict(record, Decimal(quantity), **others)


@dataclass
class Guild:
    """A contract and the people who deliver and review under it."""

    rows: asyncpg.Connection[Any]
    database: Database
    blobs: LocalFolder
    contract_id: UUID
    association: UUID
    vendor: UUID
    lead: Actor
    worker: Actor
    acceptor: Actor
    vendor_owner: Actor
    stranger: Actor

    async def write(self, actor: Actor, function: Any, now: datetime = NOW, **arguments: Any) -> Any:  # noqa: ANN401
        """Call a service function in a transaction of its own."""

        async def run(tx: Any) -> Any:  # noqa: ANN401
            return await function(tx, actor=actor, contract_id=self.contract_id, now=now, **arguments)

        return await self.database.write(actor, run, now=now, request_id="test")

    async def record(self, *records: Work, by: Actor | None = None, now: datetime = NOW) -> list[UUID]:
        """Record work as the delivery lead."""
        keys: list[RowKey] = await self.write(by or self.lead, record_work, now, records=records, blobs=self.blobs)
        return [key.id for key in keys]

    async def submit(self, *records: UUID, by: Actor | None = None, now: datetime = NOW) -> UUID:
        """Submit records as the delivery lead."""
        key: RowKey = await self.write(by or self.lead, submit_work, now, work_record_ids=records)
        return key.id

    async def withdraw(self, submission: UUID, by: Actor | None = None, reason: str | None = None) -> None:
        """Withdraw a submission as the delivery lead."""
        await self.write(by or self.lead, withdraw_submission, submission_id=submission, reason=reason)

    async def review(self, submission: UUID, *verdicts: Verdict, by: Actor | None = None) -> None:
        """Review a submission as the acceptor."""
        await self.write(by or self.acceptor, review_submission, submission_id=submission, verdicts=verdicts)

    async def void(self, record: UUID, reason: str = "Counted twice", by: Actor | None = None) -> None:
        """Void a record as the delivery lead."""
        await self.write(by or self.lead, void_work_record, work_record_id=record, reason=reason)

    async def reverse(self, record: UUID | None = None, by: Actor | None = None, **others: Any) -> None:  # noqa: ANN401
        """Take an acceptance back as the acceptor."""
        actor = by or self.acceptor
        key = RowKey(self.contract_id, record) if record else None
        arguments = {"work_record": key, "reason": "Accepted by mistake", **others}
        await self.database.write(
            actor, lambda tx: reverse_acceptance(tx, actor=actor, now=NOW, **arguments), now=NOW, request_id="test"
        )

    async def line(self, key: str) -> tuple[object, ...]:
        """What is recorded, submitted and accepted on a line."""
        row = await self.one(
            "select recorded_quantity, submitted_quantity, accepted_quantity from contract_line "
            "where contract_id = $1 and key = $2",
            self.contract_id,
            key,
        )
        return tuple(row.values())

    async def one(self, sql: str, *values: Any) -> dict[str, Any]:  # noqa: ANN401
        """The only row of a SELECT."""
        rows = await self.rows.fetch(sql, *values)
        assert len(rows) == 1, rows
        return dict(rows[0])

    async def status(self, record: UUID) -> str:
        """Where a record stands."""
        return str(await self.rows.fetchval("select status from work_record where id = $1", record))

    async def state(self) -> list[object]:
        """Everything that delivery writes, to compare what was with what is."""
        tables = (
            "work_record",
            "submission",
            "submission_record",
            "decision",
            "evidence",
            "contract_line",
            "audit_event",
        )
        return [
            await self.rows.fetchval(
                f"select coalesce(jsonb_agg(t order by t::text), '[]') from {table} t"  # noqa: S608  (our own words)
            )
            for table in tables
        ]


async def found_guild(
    rows: asyncpg.Connection[Any],
    database: Database,
    folder: Path,
    lines: dict[str, dict[str, Any]] | None = None,
    **terms: Any,  # noqa: ANN401  (the columns of a contract)
) -> Guild:
    """Write down two organizations and their contract, as the services before this one leave them."""
    association, vendor, contract_id = new_id(), new_id(), new_id()

    def person(kind: str, organization: UUID, name: str, *roles: str) -> Actor:
        email = f"{name.lower()}@somewhere.example"
        return Actor(kind, organization, new_id(), new_id(), name, email, f"{kind} Inc", frozenset(roles))

    guild = Guild(
        rows,
        database,
        LocalFolder(folder),
        contract_id,
        association,
        vendor,
        lead=person("VENDOR", vendor, "Lee", "DELIVERY"),
        worker=person("VENDOR", vendor, "Wim", "DELIVERY"),
        acceptor=person("ASSOCIATION", association, "Ada", "ACCEPTOR"),
        vendor_owner=person("VENDOR", vendor, "Olga", "OWNER"),
        stranger=person("VENDOR", new_id(), "Stran", "OWNER"),
    )
    offering, version = new_id(), new_id()
    key = {"contract_id": contract_id, "association_id": association, "vendor_id": vendor}
    async with rows.transaction():
        for kind, id_ in (("ASSOCIATION", association), ("VENDOR", vendor)):
            await insert(
                rows, "organization", id=id_, kind=kind, name=f"{kind} Inc", country_code="US", time_zone="UTC",
                created_at=LONG_AGO,
            )  # fmt: skip
        await insert(rows, "offering", id=offering, vendor_id=vendor, status="DRAFT", created_at=LONG_AGO)
        await insert(
            rows, "offering_version", id=version, offering_id=offering, vendor_id=vendor, number=1, title="",
            summary="", delivery_countries=[], languages=[], office_types=[], deepest_disclosure_tier="OPEN_BOOK",
            deliverables=[], exclusions=[], assumptions=[], buyer_inputs=[], created_at=LONG_AGO,
        )  # fmt: skip
        contract = {
            "id": contract_id, "association_id": association, "vendor_id": vendor, "offering_id": offering,
            "offering_version_id": version, "revision": 1, "status": "ACTIVE", "title": "LMS administration",
            "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "time_zone": "America/Chicago",
            "currency_code": "USD", "payment_terms_days": 30, "acceptance_period_days": 10,
            "disclosure_tier": "OPEN_BOOK", "platform_fee_percent": Decimal(3), "total_value_minor": 0,
            "content_hash": "0" * 64, "offer_expires_on": date(2026, 1, 1), "proposed_at": LONG_AGO,
            "vendor_signed_at": LONG_AGO, "association_signed_at": LONG_AGO, "activated_at": LONG_AGO, **terms,
        }  # fmt: skip
        await insert(rows, "contract", **contract)
        await insert(
            rows, "contract_revision", **key, number=1, document="{}", content_hash="0" * 64, recorded_at=LONG_AGO,
            **guild.vendor_owner.signature,
        )  # fmt: skip
        for position, (line_key, line) in enumerate((lines or LINES).items()):
            await insert_line(rows, key, line_key, position, line)
        for member in (guild.lead, guild.worker, guild.acceptor, guild.vendor_owner):
            await insert(
                rows, "member", id=member.member_id, organization_id=member.organization_id, kind="PERSON",
                person_id=member.person_id, name=member.name, email=member.email, roles=sorted(member.roles),
                created_at=LONG_AGO,
            )  # fmt: skip
        for grantee, role in ((guild.lead, "DELIVERY_LEAD"), (guild.worker, "DELIVERY")):
            await insert(
                rows, "contract_grant", **key, id=new_id(), role=role, starts_on=date(2026, 1, 1),
                ends_on=date(2036, 12, 31), granted_at=LONG_AGO, **grantee.signature,
                effective=asyncpg.Range(LONG_AGO, LONG_AGO + timedelta(days=9000)),
                **guild.acceptor.signed("granted_by"),
            )  # fmt: skip
    return guild


async def insert_line(
    rows: asyncpg.Connection[Any], key: dict[str, UUID], line_key: str, position: int, line: dict[str, Any]
) -> None:
    """Write a contract line, with its cost where it has a price."""
    line_id = new_id()
    priced = line["kind"] != "OBLIGATION"
    await insert(
        rows, "contract_line", **key, id=line_id, revision=1, position=position, key=line_key, title=line_key.title(),
        kind=line["kind"], rate_card_key=line_key if priced else None, rate_version=1 if priced else None,
        unit="HOUR", currency_code="USD", quantity=Decimal(line["quantity"]) if priced else None,
        quantity_basis=line.get("basis"), unit_price=Decimal(line["price"]) if priced else None,
        not_to_exceed_minor=line.get("nte"), value_minor=0, acceptance_criteria=[],
        recurrence="MONTHLY" if line["kind"] == "RECURRING" else None,
        units_per_period=Decimal(1) if line["kind"] == "RECURRING" else None,
        obliged_party=None if priced else "ASSOCIATION",
    )  # fmt: skip
    if priced:
        await insert(
            rows, "contract_line_cost", **key, line_id=line_id, unit_cost=Decimal("4.10"), salt=b"salt", commitment="-"
        )


async def insert(rows: asyncpg.Connection[Any], table: str, **columns: Any) -> None:  # noqa: ANN401
    """Write a row."""
    places = ", ".join(f"${at}" for at in range(1, len(columns) + 1))
    sql = f"insert into {table} ({', '.join(columns)}) values ({places})"  # noqa: S608  (our own words)
    await rows.execute(sql, *columns.values())


async def refusals(guild: Guild, asked: Awaitable[object]) -> list[tuple[str, str | None]]:
    """The codes and fields with which something is refused; nothing may have changed."""
    before = await guild.state()
    try:
        await asked
    except Refusals as refused:
        told = [(error.code(), error.field) for error in refused.errors]
    except DomainError as refused:
        told = [(refused.code(), refused.field)]
    else:
        told = []
    assert await guild.state() == before
    return told
