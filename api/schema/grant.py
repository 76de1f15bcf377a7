"""Access to one contract for one member."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Boolean, and_, func

from api.reading import Node, column, expression, filters, node, one, order, orders, where
from api.schema.person import Person, person
from services.contracts import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract


@strawberry.enum(description="What a member may do on one contract.")
class GrantRole(Enum):
    """The role of a grant."""

    DELIVERY_LEAD = strawberry.enum_value(
        "DELIVERY_LEAD", description="A vendor's member who records and submits work, and reads its cost."
    )
    DELIVERY = strawberry.enum_value("DELIVERY", description="A vendor's member who records work.")
    LMS_ADMINISTRATOR = strawberry.enum_value(
        "LMS_ADMINISTRATOR", description="A vendor's member who administers the association's LMS and records work."
    )
    ACCEPTOR = strawberry.enum_value("ACCEPTOR", description="An association's member who accepts or returns work.")
    AUDITOR = strawberry.enum_value("AUDITOR", description="A member of either party who reads, and changes nothing.")


@node(rows.ContractGrant, prefix="grt")
class ContractGrant(Node):
    """A member's role on one contract, from a day to a day."""

    role: GrantRole = column("What the member may do.")
    starts_on: date = column("The first day.")
    ends_on: date = column("The last day; it ends earlier when revoked, and when the contract does.")
    in_force: bool = expression(
        "Whether it gives access now.",
        lambda grant: and_(grant.revoked_at.is_(None), grant.effective.op("@>", return_type=Boolean())(func.now())),
    )
    grantee: Person = one("The member, as they were when access was granted.", rows=person)
    granted_at: datetime = column("When it was granted.")
    granted_by: Person = one("Who granted it.", rows=lambda grant: person(grant, prefix="granted_by_"))
    revoked_at: datetime | None = column("When it was revoked; null unless it was.")
    revoke_reason: str | None = column("Why it was revoked, in the words of who did it.")
    contract: Contract | None = one(
        "The contract; null to a grantee whose grant is no longer in force.",
        lambda grant, contract: contract.id == grant.contract_id,
    )


@filters
class ContractGrantFilter:
    """Which grants."""

    in_force: bool | None = where(
        "Whether they give access now.",
        lambda grant, wanted: and_(
            grant.revoked_at.is_(None), grant.effective.op("@>", return_type=Boolean())(func.now())
        ).is_(wanted),
    )
    role: GrantRole | None = where("Of this role.", lambda grant, value: grant.role == value)


@orders
class ContractGrantOrder(Enum):
    """How grants are ordered."""

    NEWEST = order("The latest granted first.", lambda grant: [grant.granted_at.desc()])
    ENDS_FIRST = order("The soonest to end first.", lambda grant: [grant.ends_on])
