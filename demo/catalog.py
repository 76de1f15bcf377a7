"""The demo's public catalog, written as its vendors would write it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.actor import Actor
from core.db import Database
from demo.offerings import OFFERINGS
from demo.organizations import member_id, organization_id
from demo.seats import SEATS
from services.catalog.drafting import create_offering
from services.catalog.models import OfferingVersion
from services.catalog.publishing import publish_offering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from core.db import Transaction
    from core.settings import Settings
    from demo.seats import Seat
    from services.catalog.content import Content

AUTHORS: Final = (SEATS["vendor.catalog"], SEATS["stranger.vendor"])


async def seed_catalog(settings: Settings) -> None:
    """Publish what the demo's vendors offer; what a vendor offered before, whatever became of it, is left alone.

    The seats come first. Refused with the driver's own error: a database that cannot be used.
    """
    database = Database(settings.app_url, write_pool_size=1)
    try:
        for author in AUTHORS:
            await database.write(
                _actor(author),
                lambda tx: _publish(tx, OFFERINGS[author.organization]),  # noqa: B023  (awaited before the next)
                now=datetime.now(UTC),
                request_id="demo",
            )
    finally:
        await database.close()


async def _publish(tx: Transaction, offerings: Sequence[Content]) -> None:
    own = select(col(OfferingVersion.title)).where(col(OfferingVersion.vendor_id) == tx.actor.organization_id)
    there = {row.title for row in await tx.all(own)}
    for content in offerings:
        if content["title"] not in there:
            offering_id = await create_offering(tx, actor=tx.actor, content=content, now=tx.now)
            await publish_offering(tx, actor=tx.actor, offering_id=offering_id, now=tx.now)


def _actor(seat: Seat) -> Actor:
    return Actor(
        kind=seat.organization.kind,
        organization_id=organization_id(seat.organization),
        member_id=member_id(seat),
        person_id=member_id(seat),
        name=seat.person,
        email=seat.email,
        organization_name=seat.organization.name,
        roles=frozenset(seat.roles),
    )
