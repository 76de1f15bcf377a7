from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from core.connecting import connected
from tests.databases import OneDatabase
from tests.guards.world import World
from tests.worlds import marketplace


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(database: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A marketplace that the tests of one file share."""
    async with marketplace(database, tmp_path_factory.mktemp("world"), added=False) as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def superuser(database: OneDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """Whoever sees every row."""
    async with connected(database.superuser_url, variable="the superuser") as connection:
        yield connection
