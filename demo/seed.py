"""Everything the demo's database begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.connecting import connected
from demo.catalog import seed_catalog
from demo.organizations import seed_organizations

if TYPE_CHECKING:
    from core.settings import Settings


async def seed(settings: Settings) -> None:
    """Fill a migrated database with the demo's organizations and seats; twice is as good as once.

    Refused with Hindrance: a database that cannot be used, or that belongs to another operator.
    """
    async with connected(settings.batch_url, variable="BATCH_DATABASE_URL") as batch:
        await seed_organizations(batch)


async def seed_marketplace(settings: Settings) -> None:
    """Fill it as `seed` does, and with a public catalog to browse; twice is as good as once.

    Refused with Hindrance, as `seed` is.
    """
    await seed(settings)
    await seed_catalog(settings)
