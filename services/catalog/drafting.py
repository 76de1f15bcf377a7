"""Writing an offering before it is published, and again after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, update
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import new_id
from services.catalog.checking import checked
from services.catalog.content import EMPTY, Content
from services.catalog.models import Offering, OfferingVersion
from services.catalog.owning import own_offering
from services.catalog.versions import LISTS, copy_version, delete_draft, write_draft
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class NothingToDiscard(DomainError):
    """The offering has no draft: everything it says is published."""


async def create_offering(tx: Transaction, *, actor: Actor, content: Content, now: datetime) -> UUID:
    """Begin an offering as a draft, which may say as little as nothing yet.

    Refuses with Unauthenticated, Forbidden, or Refusals of what cannot stand in a draft (`checking.checked`).
    """
    require(actor, Act.EDIT_OFFERING)
    content = checked({**EMPTY, **content})
    offering_id, draft_id, vendor_id = new_id(), new_id(), actor.organization_id
    offering = {"id": offering_id, "vendor_id": vendor_id, "status": "DRAFT", "draft_version_id": draft_id}
    version = {"id": draft_id, "offering_id": offering_id, "vendor_id": vendor_id, "number": 1, "office_types": []}
    said = {name: value for name, value in content.items() if name not in LISTS}
    await tx.execute(insert(Offering).values(**offering, created_at=now))
    await tx.execute(insert(OfferingVersion).values(**version, **said, created_at=now))
    await write_draft(tx, draft_id=draft_id, vendor_id=vendor_id, content=content)
    tx.emit(Event("OFFERING_CREATED", offering_id, after={"title": content["title"], "version": 1}))
    return offering_id


async def update_offering(tx: Transaction, *, actor: Actor, offering_id: UUID, content: Content, now: datetime) -> UUID:
    """Change the draft in what `content` gives; a published offering without a draft gets one, copied from its version.

    What is published stays as it is until the draft is published. Refuses with Unauthenticated, Forbidden, NotFound,
    OfferingRetired, or Refusals of what cannot stand in a draft.
    """
    offering = await own_offering(tx, actor=actor, offering_id=offering_id)
    content = checked(content)
    draft_id = offering.draft_version_id
    if draft_id is None:
        draft_id = await copy_version(tx, offering_id=offering_id, version_id=offering.current_version_id, now=now)
        await tx.execute(update(Offering).where(col(Offering.id) == offering_id).values(draft_version_id=draft_id))
    await write_draft(tx, draft_id=draft_id, vendor_id=offering.vendor_id, content=content)
    tx.emit(Event("OFFERING_UPDATED", offering_id, after={"changed": sorted(content)}))
    return offering_id


async def discard_draft(tx: Transaction, *, actor: Actor, offering_id: UUID) -> UUID | None:
    """Throw the draft away. An offering that was never published goes with it: then nothing is left, and None returned.

    Refuses with Unauthenticated, Forbidden, NotFound, OfferingRetired or NothingToDiscard.
    """
    offering = await own_offering(tx, actor=actor, offering_id=offering_id)
    if offering.draft_version_id is None:
        raise NothingToDiscard("this offering has no draft", field="offeringId")
    await tx.execute(update(Offering).where(col(Offering.id) == offering_id).values(draft_version_id=None))
    await delete_draft(tx, draft_id=offering.draft_version_id)
    tx.emit(Event("OFFERING_DRAFT_DISCARDED", offering_id))
    if offering.current_version_id is not None:
        return offering_id
    await tx.execute(delete(Offering).where(col(Offering.id) == offering_id))
    return None
