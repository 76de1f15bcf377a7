"""Contracts and their invoices, written by the services as their users would have them written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlmodel import col

from bench.building.actors import actor
from demo.organizations import member_id, organization_id
from demo.seats import LAKESIDE, SEATS
from services.billing.invoices.invoicing import issue_invoice
from services.catalog.models import OfferingVersion
from services.contracts.granting import Grantee, grant_contract_access
from services.contracts.lines import Amount, LineDraft, LineKind
from services.contracts.models import Contract
from services.contracts.proposing import propose_contract
from services.contracts.signing import sign_contract
from services.contracts.terms import Terms

if TYPE_CHECKING:
    from uuid import UUID

    from core.db import Database, Transaction

TITLE: Final = "Member help desk around the clock"
"""The offering of the demo's vendor that is contracted."""
LEAD: Final = "vendor.delivery"

LINES: Final = (
    LineDraft(key="tickets", title="Tickets by e-mail and chat", kind=LineKind.UNIT, rate_card_key="ticket",
              quantity=Decimal(2_000_000), quantity_basis="ESTIMATE"),
    LineDraft(key="telephone", title="Tickets by telephone", kind=LineKind.UNIT, rate_card_key="telephone",
              quantity=Decimal(1_500_000), quantity_basis="ESTIMATE"),
    LineDraft(key="weekends", title="Tickets at weekends", kind=LineKind.UNIT, rate_card_key="ticket",
              quantity=Decimal(1_200_000), quantity_basis="ESTIMATE", unit_price=Amount(Decimal("7.10"), "USD")),
    LineDraft(key="articles", title="Articles for the knowledge base", kind=LineKind.TIME_AND_MATERIALS,
              rate_card_key="knowledge-base", quantity=Decimal(1_100_000), quantity_basis="ESTIMATE"),
    LineDraft(key="translations", title="Translated articles", kind=LineKind.TIME_AND_MATERIALS,
              rate_card_key="knowledge-base", quantity=Decimal(1_100_000), quantity_basis="ESTIMATE"),
    LineDraft(key="lead", title="Help desk lead", kind=LineKind.RECURRING, rate_card_key="lead",
              quantity=Decimal(1), recurrence="MONTHLY"),
    LineDraft(key="roster", title="Member roster", kind=LineKind.OBLIGATION, recurrence="MONTHLY", due_day_of_month=5,
              obliged_party="ASSOCIATION"),
)  # fmt: skip


async def contract(database: Database, number: int, *, first_day: date, now: datetime) -> UUID:
    """Propose and sign a contract that began on `first_day`, and grant its delivery lead access from today on."""
    then = datetime.combine(first_day, time(12), tzinfo=UTC)
    terms = Terms(
        title=f"Help desk, programme {number}",
        starts_on=first_day,
        ends_on=first_day.replace(year=first_day.year + 6) - timedelta(days=1),
        currency_code="USD",
        payment_terms_days=30,
        disclosure_tier="OPEN_BOOK",
        purchase_order_number=f"PO-{4000 + number}",
    )

    async def propose(tx: Transaction) -> UUID:
        offering = select(col(OfferingVersion.offering_id)).where(
            col(OfferingVersion.title) == TITLE, col(OfferingVersion.vendor_id) == organization_id(LAKESIDE)
        )
        return await propose_contract(
            tx, actor=tx.actor, offering_id=await tx.scalar(offering), terms=terms, lines=LINES, now=tx.now
        )

    async def sign(tx: Transaction) -> UUID:
        content_hash = await tx.scalar(select(col(Contract.content_hash)).where(col(Contract.id) == contract_id))
        return await sign_contract(tx, actor=tx.actor, contract_id=contract_id, content_hash=content_hash, now=tx.now)

    async def grant(tx: Transaction) -> None:
        await grant_contract_access(
            tx,
            actor=tx.actor,
            contract_id=contract_id,
            grantee=Grantee(member_id=member_id(SEATS[LEAD])),
            role="DELIVERY_LEAD",
            starts_on=None,
            ends_on=None,
            now=tx.now,
        )

    contract_id = await database.write(actor("association.buyer"), propose, now=then, request_id="bench")
    for signatory in ("vendor.owner", "association.owner"):
        await database.write(actor(signatory), sign, now=then, request_id="bench")
    await database.write(actor("association.owner"), grant, now=now, request_id="bench")
    return contract_id


async def bill(database: Database, contract_id: UUID, *, first_day: date, now: datetime) -> None:
    """Issue the invoices of all months that are over, each some days after its month."""
    begins = first_day
    while (ends := _last_day_of_month(begins)) < now.date() - timedelta(days=3):

        async def issue(tx: Transaction, begins: date = begins, ends: date = ends) -> None:
            await issue_invoice(tx, actor=tx.actor, contract_id=contract_id, starts_on=begins, ends_on=ends, now=tx.now)

        then = datetime.combine(ends + timedelta(days=3), time(9), tzinfo=UTC)
        await database.write(actor("operator.billing"), issue, now=then, request_id="bench")
        begins = ends + timedelta(days=1)


def first_day_of(now: datetime, *, months: int) -> date:
    """The first day of a term of which so many months are over and can be billed."""
    month = now.year * 12 + now.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def _last_day_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)
