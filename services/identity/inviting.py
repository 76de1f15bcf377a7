"""Invitations: an OWNER offers membership; whoever presents the code, signed in, becomes the member."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, insert, select, update
from sqlmodel import col

from core.errors import DomainError, Forbidden, NotFound, Unauthenticated
from core.events import Event
from core.ids import new_id
from services.identity.acting import actor_of
from services.identity.fitting_roles import check_roles, in_order
from services.identity.models import Invitation, Member, Organization
from services.identity.naming import check_email, check_name, refuse
from services.identity.roles import Act, OrganizationKind, Role, require
from services.identity.secret_codes import SecretCode, digest_of, new_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.actor import Actor
    from core.db import Transaction

OPEN_FOR: Final = timedelta(days=14)


class InvitationNotOpen(DomainError):
    """The code belongs to no open invitation: it is mistyped, was accepted or withdrawn, or has expired."""


class AlreadyMember(DomainError):
    """The person is a member of this organization already, or another member has this e-mail address."""


class FirstOwnerOnly(DomainError):
    """The operator invites an organization's first OWNER and nobody else; its own OWNER invites the others."""


async def invite_member(
    tx: Transaction,
    *,
    actor: Actor,
    organization_id: UUID | None,
    name: str,
    email: str,
    roles: Sequence[str],
    now: datetime,
) -> tuple[UUID, SecretCode]:
    """Invite somebody for 14 days; returns the invitation's id, and the code that is shown this once.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, NameNotPrintable, NotAnEmailAddress, NoRole,
    RoleNotForOrganization, AlreadyMember and FirstOwnerOnly.
    """
    require(actor, Act.MANAGE_MEMBERS)
    of = organization_id or actor.organization_id
    kind = await tx.scalar(select(col(Organization.kind)).where(col(Organization.id) == of))
    if kind is None:
        raise NotFound("there is no such organization", field="organizationId")
    if of != actor.organization_id:
        await _first_owner(tx, actor=actor, organization_id=of, roles=roles, now=now)
    name, email = name.strip(), email.strip()
    refuse([*check_name(name), *check_email(email), *check_roles(roles, kind=kind)])
    await _check_not_there(tx, organization_id=of, email=email)
    invitation_id, code = await open_invitation(
        tx, organization_id=of, by=actor.member_id, name=name, email=email, roles=roles, now=now
    )
    about = {"name": name, "email": email, "roles": in_order(roles), "organization_id": str(of)}
    tx.emit(Event("MEMBER_INVITED", invitation_id, after=about))
    return invitation_id, code


async def open_invitation(
    tx: Transaction, *, organization_id: UUID, by: UUID, name: str, email: str, roles: Sequence[str], now: datetime
) -> tuple[UUID, SecretCode]:
    """Write an invitation whose every part was checked, for the function that emits its event."""
    code = new_code("chi")
    invitation_id = new_id()
    await tx.execute(
        insert(Invitation).values(
            id=invitation_id,
            organization_id=organization_id,
            name=name,
            email=email,
            roles=in_order(roles),
            code_hash=code.digest,
            invited_at=now,
            invited_by_member_id=by,
            expires_at=now + OPEN_FOR,
        )
    )
    return invitation_id, code


async def close_invitations(tx: Transaction, *, organization_id: UUID, now: datetime) -> None:
    """Let the codes of an organization's open invitations open nothing more."""
    of = col(Invitation.organization_id) == organization_id
    await tx.execute(update(Invitation).where(of, *_is_open(now)).values(expires_at=now))


async def withdraw_invitation(tx: Transaction, *, actor: Actor, invitation_id: UUID, now: datetime) -> UUID:
    """End an open invitation at once. Refuses with Forbidden, NotFound and InvitationNotOpen."""
    require(actor, Act.MANAGE_MEMBERS)
    mine = (col(Invitation.id) == invitation_id, col(Invitation.organization_id) == actor.organization_id)
    if await tx.one_or_none(select(col(Invitation.id)).where(*mine)) is None:
        raise NotFound("there is no such invitation", field="invitationId")
    ended = update(Invitation).where(*mine, *_is_open(now)).values(expires_at=now).returning(col(Invitation.email))
    invitation = await tx.one_or_none(ended)
    if invitation is None:
        raise InvitationNotOpen("the invitation was accepted, or has ended", field="invitationId")
    tx.emit(Event("INVITATION_WITHDRAWN", invitation_id, before={"email": invitation.email}))
    return invitation_id


async def accept_invitation(tx: Transaction, *, actor: Actor, code: str, now: datetime) -> UUID:
    """Make the bearer of the token a member, and let the rest of the transaction act as that member; returns its id.

    Refuses with Unauthenticated without a token, and with InvitationNotOpen and AlreadyMember.
    """
    if actor.subject is None:
        raise Unauthenticated("sign in first: send the bearer token of the person who is invited")
    member_id = new_id()
    taken = AlreadyMember("you are a member of this organization already, or somebody has your address there")
    accepted = (
        await tx.execute(
            select("*").select_from(
                func.app.accept_invitation(digest_of(code.strip()), *actor.subject, member_id, now)
            ),
            refusing={"member_person": taken, "member_email": taken},
        )
    ).one_or_none()
    if accepted is None:
        raise InvitationNotOpen("this is not the code of an open invitation: ask for a new one", field="code")
    await tx.act_as(actor_of(accepted, actor.subject))
    tx.emit(Event("INVITATION_ACCEPTED", accepted.invitation_id, after={"member_id": str(member_id)}))
    return member_id


async def _first_owner(
    tx: Transaction, *, actor: Actor, organization_id: UUID, roles: Sequence[str], now: datetime
) -> None:
    if actor.kind != OrganizationKind.OPERATOR:
        raise Forbidden("only an OWNER of that organization can invite its members")
    await tx.execute(
        select(col(Organization.id)).where(col(Organization.id) == organization_id).with_for_update(key_share=True)
    )
    if Role.OWNER not in roles or await tx.scalar(select(func.app.has_members(organization_id))):
        raise FirstOwnerOnly("the operator invites the first OWNER; an OWNER of that organization invites the others")
    # A second first owner, still open when there is a first one, would let the operator in by the back door.
    await close_invitations(tx, organization_id=organization_id, now=now)


async def _check_not_there(tx: Transaction, *, organization_id: UUID, email: str) -> None:
    there = exists().where(
        col(Member.organization_id) == organization_id,
        func.lower(col(Member.email)) == email.lower(),
        col(Member.ended_at).is_(None),
        col(Member.kind) == "PERSON",
    )
    if await tx.scalar(select(there)):
        raise AlreadyMember("a member here has this e-mail address", field="email")


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(Invitation.accepted_at).is_(None), col(Invitation.expires_at) > now)
