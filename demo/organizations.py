"""The demo's organizations and members in the database, the same rows on every machine."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from core.hindrance import Hindrance
from demo.seats import OPERATOR, ORGANIZATIONS, SEATS

if TYPE_CHECKING:
    from typing import Any, Final

    import asyncpg

    from demo.seats import DemoOrganization, Seat

DEMO: Final = UUID("c4a97e40-5eed-5eed-9eed-c4a97e405eed")
PLATFORM_FEE_PERCENT: Final = Decimal("3.00")

INSERT_ORGANIZATION: Final = """
    insert into organization (id, kind, name, country_code, time_zone, platform_fee_percent, created_at)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing"""
INSERT_MEMBER: Final = """
    insert into member (id, organization_id, person_id, kind, name, email, roles, created_at)
    values ($1, $2, $1, 'PERSON', $3, $4, $5, $6) on conflict do nothing"""
BIND_SUBJECT: Final = """
    insert into subject (issuer, subject, person_id, bound_at) values ('self', $1, $2, $3) on conflict do nothing"""


def organization_id(organization: DemoOrganization) -> UUID:
    """Say which row an organization of the demo is."""
    return uuid5(DEMO, f"organization {organization.key}")


def member_id(seat: Seat) -> UUID:
    """Say which member a seat is; the person has the same id."""
    return uuid5(DEMO, f"member {seat.name}")


async def seed_organizations(batch: asyncpg.Connection[Any]) -> None:
    """Put organizations, members and the subjects of the seats' tokens in; what is there already stays as it is.

    `batch` is a connection as the role for set-based runs. Refused with Hindrance where another operator runs the
    marketplace: this database is no place for a demo.
    """
    now = datetime.now(UTC)
    async with batch.transaction():
        operator = await batch.fetchval("select id from organization where kind = 'OPERATOR'")
        if operator not in (None, organization_id(OPERATOR)):
            raise Hindrance(
                "this database has an operator of its own: give the demo another one, or none to use its own"
            )
        await batch.executemany(
            INSERT_ORGANIZATION,
            [
                (organization_id(it), it.kind, it.name, it.country_code, it.time_zone, _fee(it), now)
                for it in ORGANIZATIONS
            ],
        )
        await batch.executemany(
            INSERT_MEMBER,
            [
                (member_id(seat), organization_id(seat.organization), seat.person, seat.email, sorted(seat.roles), now)
                for seat in SEATS.values()
            ],
        )
        await batch.executemany(BIND_SUBJECT, [(seat.subject, member_id(seat), now) for seat in SEATS.values()])


def _fee(organization: DemoOrganization) -> Decimal | None:
    return PLATFORM_FEE_PERCENT if organization is OPERATOR else None
