"""Who I am here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func

from api.reading import column, connection, one, value
from api.schema.member import Role

if TYPE_CHECKING:
    from api.reading import Connection
    from api.schema.grant import ContractGrant
    from api.schema.member import Member
    from api.schema.organization import Organization


@value
class Viewer:
    """The member that the bearer token acts as."""

    member: Member = one("You, in the organization you act for.", lambda v, m: m.id == v.id)
    organization: Organization = one("The organization you act for.", lambda v, o: o.id == v.organization_id)
    roles: list[Role] = column("What you may do for it.")
    grants: Connection[ContractGrant] = connection(
        "Your roles on single contracts that are in force now, the latest first.",
        lambda v, g: and_(g.member_id == v.id, g.revoked_at.is_(None), g.effective.op("@>")(func.now())),
        order=lambda g: [g.granted_at.desc()],
    )
