from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.db import Database
from tests.contracts.fair import Fair
from tests.databases import OneDatabase


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
