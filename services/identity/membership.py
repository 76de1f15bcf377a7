"""Members of an organization: what they may do there, and when they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import any_, exists, literal, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from services.identity.fitting_roles import check_roles, in_order
from services.identity.models import ApiKey, Member, Organization
from services.identity.naming import refuse
from services.identity.roles import Act, Role, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class LastOwner(DomainError):
    """The organization would be left without an OWNER who could manage it."""


class MembershipEnded(DomainError):
    """The member has left the organization already."""


async def change_member_roles(tx: Transaction, *, actor: Actor, member_id: UUID, roles: Sequence[str]) -> UUID:
    """Give a member these roles instead of their own; they hold from the member's next request on.

    Refuses with Forbidden, NotFound, MembershipEnded, NoRole, RoleNotForOrganization and LastOwner.
    """
    member = await _managed(tx, actor=actor, member_id=member_id)
    refuse(check_roles(roles, kind=actor.kind, machine=member.kind == "SERVICE"))
    fit = in_order(roles)
    if Role.OWNER not in fit:
        await _keep_an_owner(tx, member)
    await tx.execute(update(Member).where(col(Member.id) == member_id).values(roles=fit))
    tx.emit(Event("MEMBER_ROLES_CHANGED", member_id, before={"roles": member.roles}, after={"roles": fit}))
    return member_id


async def end_membership(tx: Transaction, *, actor: Actor, member_id: UUID, now: datetime) -> UUID:
    """Let a member go: their tokens and API keys open nothing from the next request on.

    Refuses with Forbidden, NotFound, MembershipEnded and LastOwner.
    """
    member = await _managed(tx, actor=actor, member_id=member_id)
    await _keep_an_owner(tx, member)
    await tx.execute(update(Member).where(col(Member.id) == member_id).values(ended_at=now))
    keys = (col(ApiKey.member_id) == member_id, col(ApiKey.revoked_at).is_(None))
    await tx.execute(update(ApiKey).where(*keys).values(revoked_at=now))
    tx.emit(Event("MEMBERSHIP_ENDED", member_id, before={"name": member.name, "roles": member.roles}))
    return member_id


async def _managed(tx: Transaction, *, actor: Actor, member_id: UUID) -> Row[tuple[Member]]:
    require(actor, Act.MANAGE_MEMBERS)
    # Whoever changes members waits for whoever already does: else two owners could remove each other.
    mine = select(col(Organization.id)).where(col(Organization.id) == actor.organization_id)
    await tx.one(mine.with_for_update(key_share=True))
    columns = Member.__table__.c  # type: ignore[attr-defined]
    wanted = (col(Member.id) == member_id, col(Member.organization_id) == actor.organization_id)
    member: Row[tuple[Member]] | None = await tx.one_or_none(select(*columns).where(*wanted))
    if member is None:
        raise NotFound("there is no such member", field="memberId")
    if member.ended_at is not None:
        raise MembershipEnded("the member has left already", field="memberId")
    return member


async def _keep_an_owner(tx: Transaction, member: Row[tuple[Member]]) -> None:
    if Role.OWNER not in member.roles:
        return
    others = (
        col(Member.organization_id) == member.organization_id,
        col(Member.id) != member.id,
        col(Member.ended_at).is_(None),
        literal(Role.OWNER.value) == any_(col(Member.roles)),
    )
    if not await tx.scalar(select(exists().where(*others))):
        raise LastOwner("make somebody else OWNER first", field="memberId")
