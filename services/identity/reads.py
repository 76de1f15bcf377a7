"""What others may read of identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlmodel import col

from services.identity.models import Member, Organization

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def viewer(reader: Reader) -> Select[Member]:
    """Select who reads; nobody has no row."""
    return select(Member).where(
        col(Member.id) == reader.member_id, col(Member.organization_id) == reader.organization_id
    )


def organization(reader: Reader, organization_id: UUID) -> Select[Organization]:
    """Select an organization: vendors and the operator are public, an association is its counterparts' to see."""
    wanted = select(Organization).where(col(Organization.id) == organization_id)
    if reader.kind in ("VENDOR", "OPERATOR"):
        # Which associations a vendor has contracts with is for the policy to say.
        return wanted
    return wanted.where(or_(col(Organization.kind) != "ASSOCIATION", col(Organization.id) == reader.organization_id))
