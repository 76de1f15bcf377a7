"""Who a verified subject acts as: the memberships in force decide, looked up for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.actor import ANONYMOUS, Actor
from services.identity.models import Member, Organization

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Final
    from uuid import UUID

    import asyncpg

    from core.db import Transaction

MEMBERSHIPS: Final = """
    select m.*, app.granted(m.member_id) as granted, app.standing($1, $2) as standing from app.memberships($1, $2) m"""
"""Every membership in force of an (issuer, subject), its grants, and all of that in one text; there is no actor yet."""


class OrganizationRequired(Exception):
    """The subject is a member of several organizations, and did not say for which one they act."""


def acting(subject: tuple[str, str], memberships: Sequence[asyncpg.Record], *, organization_id: UUID | None) -> Actor:
    """Return the member who acts: for `organization_id`, or for the only organization there is.

    Whoever is a member of none, or not of the one they name, is nobody but keeps the subject, so that an invitation
    can be accepted; the two look the same. Raises OrganizationRequired when there is a choice and none was made.
    """
    mine = [row for row in memberships if organization_id in (None, row["organization_id"])]
    if not mine:
        return Actor(kind=ANONYMOUS.kind, subject=subject)
    if len(mine) > 1:
        raise OrganizationRequired
    return actor_of(mine[0], subject)


def actor_of(row: Any, subject: tuple[str, str] | None) -> Actor:  # noqa: ANN401 - a record of either driver
    """Read one membership, as `app.memberships` and `app.accept_invitation` return it."""
    values = dict(getattr(row, "_mapping", row))
    values.pop("invitation_id", None)
    return Actor(**(values | {"roles": frozenset(values["roles"])}), subject=subject)


async def member_acting(tx: Transaction, member_id: UUID) -> Actor | None:
    """Return the member for whom background work goes on, as they are now; None once they are no longer a member.

    The transaction must see all members: it is the batch role's.
    """
    row = await tx.one_or_none(
        select(
            col(Organization.kind),
            col(Organization.id).label("organization_id"),
            col(Member.id).label("member_id"),
            col(Member.person_id),
            col(Member.name),
            col(Member.email),
            col(Organization.name).label("organization_name"),
            col(Member.roles),
        )
        .join(Organization, col(Organization.id) == Member.organization_id)
        .where(col(Member.id) == member_id, col(Member.ended_at).is_(None))
    )
    return actor_of(row, None) if row else None
