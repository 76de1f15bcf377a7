from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.db import Database
from tests.billing.market import Market
from tests.databases import OneDatabase


@pytest.fixture
async def market(database: OneDatabase) -> AsyncIterator[Market]:
    """Three organizations that may bill each other."""
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url)
    try:
        yield await Market(rows, app).settle()
    finally:
        await app.close()
        await rows.close()
