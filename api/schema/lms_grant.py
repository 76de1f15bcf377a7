"""Grants narrowed to sites and operations, and the review of who administers what."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import Id, Node, Payload, column, expression, inputs, node, one, payload, result, value
from api.schema.grant import ContractGrant, GrantRole
from api.schema.lms_operation import LmsOperation
from api.schema.person import Person, person
from services.lms_admin.sites import models as rows

if TYPE_CHECKING:
    from api.schema.lms_site import LmsSite


@node(rows.LmsGrant, prefix="ngr")
class LmsGrant(Node):
    """A grant narrowed to a site and to operations there; it reaches no site to which it is not narrowed."""

    grant: ContractGrant | None = one(
        "The grant; null to those who may not see it.",
        lambda narrowed, grant: and_(grant.contract_id == narrowed.contract_id, grant.id == narrowed.grant_id),
    )
    site: LmsSite = one(
        "The site.", lambda narrowed, site: and_(site.contract_id == narrowed.contract_id, site.id == narrowed.site_id)
    )
    operations: list[LmsOperation] = column("What the member may do there.")
    reason: str = column("Why, in the words of who narrowed it.")
    in_force: bool = expression("Whether it was not lifted.", lambda narrowed: narrowed.lifted_at.is_(None))
    narrowed_at: datetime = column("When it was narrowed.")
    narrowed_by: Person = one("Who narrowed it.", rows=lambda narrowed: person(narrowed, prefix="narrowed_by_"))
    lifted_at: datetime | None = column("When it was lifted; null unless it was.")


@value(key=("contract_id", "id"))
class LmsAccess:
    """What a member may do on a contract's sites now: by a grant, or by one of the sites that it is narrowed to."""

    member: Person = one("Who, as they were when access was granted.", rows=person)
    role: GrantRole = column("The role of their grant: a DELIVERY_LEAD's reaches everything.")
    site: LmsSite | None = one(
        "The site; null for every site, those to come included.",
        lambda access, site: and_(site.contract_id == access.contract_id, site.id == access.site_id),
    )
    operations: list[LmsOperation] = column("What they may do there.")
    reason: str | None = column("Why it was narrowed to this; null where it is not.")
    granted_at: datetime = column("When the grant was given.")
    granted_by: Person = one("Who gave it.", rows=lambda access: person(access, prefix="granted_by_"))
    ends_on: date = column("The last day of the grant, unless it is revoked before.")
    last_acted_at: datetime | None = column("When they last did something there; null if they never did.")
    grant: ContractGrant | None = one(
        "The grant; null to those who may not see it.",
        lambda access, grant: and_(grant.contract_id == access.contract_id, grant.id == access.grant_id),
    )
    narrowing: LmsGrant | None = one(
        "What narrows it to the site; null where nothing does.",
        lambda access, narrowed: and_(narrowed.contract_id == access.contract_id, narrowed.id == access.narrowing_id),
    )


@inputs
class NarrowGrantInput:
    """A grant to narrow."""

    grant_id: Id[ContractGrant] = strawberry.field(description="The grant: of role LMS_ADMINISTRATOR, and in force.")
    site_id: Id[LmsSite] = strawberry.field(description="The site, of the same contract; it must be CONNECTED.")
    operations: list[LmsOperation] = strawberry.field(description="What the member may do there; at least one.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class NarrowGrantPayload(Payload):
    """What the grant was narrowed to."""

    narrowing: LmsGrant | None = result("The narrowing; null when refused.")


@inputs
class LiftNarrowingInput:
    """A narrowing to lift."""

    narrowing_id: Id[LmsGrant] = strawberry.field(description="The narrowing.")


@payload
class LiftNarrowingPayload(Payload):
    """What was lifted."""

    narrowing: LmsGrant | None = result("The narrowing; null when refused.")
