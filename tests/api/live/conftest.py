"""A marketplace served by a process of its own, on a real port: streams are not seen without one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest
import pytest_asyncio

from core.connecting import connected
from demo.seed import seed
from tests.databases import OneDatabase
from tests.guards.world import World
from tests.served import served


@dataclass(frozen=True)
class Town:
    """The world and where it is served."""

    url: str
    world: World


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(database: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    settings = database.settings(folder)
    await seed(settings)
    with served(database, folder, PUBLIC_URL=settings.public_url) as url:
        async with (
            httpx2.AsyncClient(base_url=url) as client,
            connected(database.batch_url, variable="BATCH_DATABASE_URL") as batch,
        ):
            world = World(client, settings)
            await world.build(batch)
            yield Town(url, world)
