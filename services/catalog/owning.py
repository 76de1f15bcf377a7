"""An offering in the hands of its own vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.catalog.models import Offering
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class OfferingRetired(DomainError):
    """The offering is retired: it is neither edited, published nor contracted any more."""


async def own_offering(tx: Transaction, *, actor: Actor, offering_id: UUID) -> Row[tuple[Offering]]:
    """Return the actor's own offering, its row locked, unless it is retired.

    Refuses with Unauthenticated, Forbidden (the role does not edit offerings), NotFound (there is none, or it is
    another vendor's: the same answer) or OfferingRetired.
    """
    require(actor, Act.EDIT_OFFERING)
    own = select(*Offering.__table__.c).where(  # type: ignore[attr-defined]
        col(Offering.id) == offering_id, col(Offering.vendor_id) == actor.organization_id
    )
    offering = await tx.one_or_none(own.with_for_update())
    if offering is None:
        raise NotFound("you have no such offering", field="offeringId")
    if offering.status == "RETIRED":
        raise OfferingRetired("this offering is retired; create a new one", field="offeringId")
    return offering
