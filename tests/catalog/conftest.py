from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.db import Database
from tests.catalog.shop import Shop, open_shop
from tests.databases import OneDatabase


@pytest.fixture
async def shop(fresh_database: OneDatabase) -> AsyncIterator[Shop]:
    """Two vendors and two associations in a database of this test's own."""
    rows = await asyncpg.connect(fresh_database.superuser_url)
    app = Database(fresh_database.app_url)
    try:
        yield await open_shop(rows, app)
    finally:
        await app.close()
        await rows.close()
