"""Members: people, and systems, of an organization and what they are to it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Text, func

from api.reading import Id, Node, Payload, column, expression, filters, inputs, node, one, payload, result, where
from services.identity import models as rows

if TYPE_CHECKING:
    from api.schema.organization import Organization


@strawberry.enum(description="What a member is to their organization; the roles say what they may do.")
class Role(Enum):
    """The roles there are, in organizations of whatever kind."""

    OWNER = strawberry.enum_value("OWNER", description="Owns the account: members, invitations, keys, grants.")
    SIGNATORY = strawberry.enum_value("SIGNATORY", description="Signs and terminates contracts for a party.")
    PROCUREMENT = strawberry.enum_value("PROCUREMENT", description="Proposes contracts for an association.")
    ACCEPTOR = strawberry.enum_value("ACCEPTOR", description="Says whether work was good, for an association.")
    FINANCE = strawberry.enum_value("FINANCE", description="Reads cost and invoices of a party.")
    CATALOG_MANAGER = strawberry.enum_value("CATALOG_MANAGER", description="Writes a vendor's offerings.")
    DELIVERY = strawberry.enum_value("DELIVERY", description="Works for a vendor, on the contracts it is granted.")
    LMS_ADMINISTRATOR = strawberry.enum_value(
        "LMS_ADMINISTRATOR", description="Administers an LMS for a party, on the contracts it is granted."
    )
    BILLING_ADMIN = strawberry.enum_value("BILLING_ADMIN", description="Issues and voids invoices, for the operator.")
    AUDITOR = strawberry.enum_value("AUDITOR", description="Reads, and changes nothing.")


@strawberry.enum(description="Who a member is.")
class MemberKind(Enum):
    """Somebody or something."""

    PERSON = strawberry.enum_value("PERSON", description="A person.")
    SERVICE = strawberry.enum_value("SERVICE", description="A system of the organization's own, with an API key.")


@node(rows.Member, prefix="mem")
class Member(Node):
    """A person or a system in one organization; seen by that organization's members only."""

    kind: MemberKind = column("Whether it is a person or a system.")
    name: str = column("The name.")
    email: str | None = expression(
        "The e-mail address; null for a system.", lambda m: func.nullif(m.email, "", type_=Text())
    )
    roles: list[Role] = column("What they may do here.")
    created_at: datetime = column("Since when they are a member.")
    ended_at: datetime | None = column("When they left; null while they are a member.")
    organization: Organization = one("Where they are a member.", lambda m, o: o.id == m.organization_id)


@filters
class MemberFilter:
    """Which members."""

    kind: MemberKind | None = where("Of this kind.", lambda m, value: m.kind == value)
    in_force: bool | None = where(
        "True: those who are members now. False: those who have left.",
        lambda m, value: m.ended_at.is_(None) if value else m.ended_at.is_not(None),
    )


@inputs
class ChangeMemberRolesInput:
    """New roles for a member of your organization."""

    member_id: Id[Member] = strawberry.field(description="The member.")
    roles: list[Role] = strawberry.field(description="All their roles from now on; at least one.")


@payload
class ChangeMemberRolesPayload(Payload):
    """What came of changing a member's roles."""

    member: Member | None = result("The member; null when refused.")


@inputs
class EndMembershipInput:
    """A member of your organization who leaves."""

    member_id: Id[Member] = strawberry.field(description="The member.")


@payload
class EndMembershipPayload(Payload):
    """What came of ending a membership."""

    member: Member | None = result("The member, with the time they left; null when refused.")
