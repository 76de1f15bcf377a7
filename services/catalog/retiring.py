"""Taking an offering off the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlmodel import col

from core.errors import DomainError, Refusals
from core.events import Event
from core.texts import check_text
from services.catalog.models import Offering
from services.catalog.owning import own_offering
from services.catalog.versions import delete_draft

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON = 1000


class OfferingNotPublished(DomainError):
    """The offering was never published, so there is nothing to retire."""


async def retire_offering(
    tx: Transaction, *, actor: Actor, offering_id: UUID, reason: str | None, now: datetime
) -> UUID:
    """Take the offering out of the public catalog, for good; contracts keep the version they were made from.

    A draft that was not published is thrown away. Refuses with Unauthenticated, Forbidden, NotFound, OfferingRetired,
    OfferingNotPublished, or TextTooLong for the reason.
    """
    offering = await own_offering(tx, actor=actor, offering_id=offering_id)
    if reason is not None and (faults := [*check_text(reason.strip(), longest=LONGEST_REASON, field="reason")]):
        raise Refusals(faults)
    if offering.status != "PUBLISHED":
        raise OfferingNotPublished("this offering was never published; discard its draft instead", field="offeringId")
    retired = {"status": "RETIRED", "retired_at": now, "draft_version_id": None}
    await tx.execute(update(Offering).where(col(Offering.id) == offering_id).values(**retired))
    if offering.draft_version_id is not None:
        await delete_draft(tx, draft_id=offering.draft_version_id)
    await tx.execute(select(func.app.list_offering(offering_id)))
    before, after = {"status": "PUBLISHED"}, {"status": "RETIRED"}
    tx.emit(Event("OFFERING_RETIRED", offering_id, before=before, after=after, reason=reason))
    return offering_id
