"""A whole marketplace over HTTP, for tests that need everybody and everything in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.connecting import connected
from demo.seed import seed
from tests.databases import OneDatabase
from tests.guards.world import World
from tests.serving import serving


@asynccontextmanager
async def marketplace(
    database: OneDatabase, folder: Path, *, added: bool = True, **others: object
) -> AsyncIterator[World]:
    """The demo's organizations after the journey, and what the guards add to it; its files are kept in `folder`.

    `others` are settings that the application is to have. Without `added` there are the journey's types alone.
    """
    settings = database.settings(folder, **others)
    await seed(settings)
    async with serving(settings) as client, connected(database.batch_url, variable="BATCH_DATABASE_URL") as batch:
        world = World(client, settings)
        await world.build(batch, added=added)
        yield world
