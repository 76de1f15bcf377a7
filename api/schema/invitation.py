"""Invitations: an offer of membership to whoever presents its code."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, func, or_

from api.reading import Id, Node, Payload, column, filters, inputs, node, one, payload, plain, result, where
from api.schema.member import Role
from services.identity import models as rows

if TYPE_CHECKING:
    from api.schema.member import Member
    from api.schema.organization import Organization


@node(rows.Invitation, prefix="ivt")
class Invitation(Node):
    """Somebody who was invited; seen by the organization's OWNERs, and by those of the operator."""

    name: str = column("Who is invited.")
    email: str = column("Where the invitation goes; whoever has the code may accept it with any account.")
    roles: list[Role] = column("What they will be.")
    invited_at: datetime = column("When.")
    expires_at: datetime = column("Until when the code can be used.")
    accepted_at: datetime | None = column("When it was accepted; null while it was not.")
    organization: Organization = one("To which organization.", lambda i, o: o.id == i.organization_id)


@filters
class InvitationFilter:
    """Which invitations."""

    open: bool | None = where(
        "True: those that can still be accepted. False: those accepted, withdrawn or expired.",
        lambda i, value: (
            and_(i.accepted_at.is_(None), i.expires_at > func.now())
            if value
            else or_(i.accepted_at.is_not(None), i.expires_at <= func.now())
        ),
    )


@inputs
class InviteMemberInput:
    """Somebody to invite."""

    organization_id: Id[Organization] | None = strawberry.field(
        default=None,
        description="Your own organization unless given; an OWNER of the operator names one that has no member yet.",
    )
    name: str = strawberry.field(description="Their name, 1 to 200 characters on one line.")
    email: str = strawberry.field(description="Their e-mail address; nothing is sent there.")
    roles: list[Role] = strawberry.field(description="What they will be; at least one role.")


@payload
class InviteMemberPayload(Payload):
    """What came of inviting somebody."""

    invitation: Invitation | None = result("The invitation; null when refused.")
    code: str | None = plain("The code that accepts it. It is shown this once: hand it over yourself.")


@inputs
class WithdrawInvitationInput:
    """An invitation to take back."""

    invitation_id: Id[Invitation] = strawberry.field(description="The invitation.")


@payload
class WithdrawInvitationPayload(Payload):
    """What came of withdrawing an invitation."""

    invitation: Invitation | None = result("The invitation, ended; null when refused.")


@inputs
class AcceptInvitationInput:
    """An invitation to accept, as the person of the bearer token."""

    code: str = strawberry.field(description="The code that you were given.")


@payload
class AcceptInvitationPayload(Payload):
    """What came of accepting an invitation."""

    member: Member | None = result("You, as a member of the organization; null when refused.")
