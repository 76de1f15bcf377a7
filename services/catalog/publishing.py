"""Publishing a draft, which freezes it as a version that contracts can be made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select, update
from sqlmodel import col

from core.errors import DomainError, Refusals
from core.events import Event
from services.catalog.models import Offering, OfferingVersion, RateCardEntry
from services.catalog.owning import own_offering

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import RowMapping

    from core.actor import Actor
    from core.db import Transaction

NEEDED = {
    "title": ("title", "a title"),
    "summary": ("summary", "a summary"),
    "category": ("category", "a category"),
    "delivery_countries": ("deliveryCountries", "at least one country it is delivered from"),
    "languages": ("languages", "at least one language"),
    "deliverables": ("scope.deliverables", "at least one deliverable"),
    "has_rates": ("rateCard", "at least one rate"),
}
"""What an offering of any category says, no more: the field that is named when it does not, and what to write there."""


class MissingForPublication(DomainError):
    """The draft does not say something that every published offering says; `field` names what is missing."""


class NothingToPublish(DomainError):
    """The offering has no draft: everything it says is published already."""


async def publish_offering(tx: Transaction, *, actor: Actor, offering_id: UUID, now: datetime) -> UUID:
    """Freeze the draft as the offering's current version, and list it in the public catalog.

    Contracts keep the version they were made from. Refuses with Unauthenticated, Forbidden, NotFound,
    OfferingRetired, NothingToPublish, or one MissingForPublication for each thing that is missing.
    """
    offering = await own_offering(tx, actor=actor, offering_id=offering_id)
    if offering.draft_version_id is None:
        raise NothingToPublish("everything this offering says is published already", field="offeringId")
    draft = await _draft(tx, offering.draft_version_id)
    missing = [
        MissingForPublication(f"a published offering has {what}", field=field)
        for part, (field, what) in NEEDED.items()
        if not draft[part]
    ]
    if missing:
        raise Refusals(missing)
    await tx.execute(update(OfferingVersion).where(col(OfferingVersion.id) == draft["id"]).values(published_at=now))
    published = {
        "status": "PUBLISHED",
        "current_version_id": draft["id"],
        "draft_version_id": None,
        "published_at": offering.published_at or now,
    }
    await tx.execute(update(Offering).where(col(Offering.id) == offering_id).values(**published))
    await tx.execute(select(func.app.list_offering(offering_id)))
    tx.emit(
        Event(
            "OFFERING_PUBLISHED",
            offering_id,
            before={"status": offering.status},
            after={"status": "PUBLISHED", "version": draft["number"]},
        )
    )
    return offering_id


async def _draft(tx: Transaction, draft_id: UUID) -> RowMapping:
    has_rates = exists().where(col(RateCardEntry.version_id) == draft_id)
    columns = OfferingVersion.__table__.c  # type: ignore[attr-defined]
    draft = await tx.one(select(*columns, has_rates.label("has_rates")).where(columns.id == draft_id))
    return draft._mapping  # noqa: SLF001  (a row's public names are its columns)
