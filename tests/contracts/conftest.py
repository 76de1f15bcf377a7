from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.db import Database
from core.settings import Settings
from tests.contracts.client import Client
from tests.contracts.fair import Fair
from tests.databases import OneDatabase
from tests.serving import serving


@pytest.fixture
async def fair(database: OneDatabase) -> AsyncIterator[Fair]:
    """Organizations that buy and sell, and an offering to contract."""
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url, write_pool_size=20)
    await app.open()
    try:
        yield await Fair(rows, app).open()
    finally:
        await app.close()
        await rows.close()


@pytest.fixture
async def api(settings: Settings, fair: Fair) -> AsyncIterator[Client]:
    async with serving(settings) as http:
        yield Client(http, settings, fair)
