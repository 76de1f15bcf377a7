from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import httpx2
import pytest

from core.db import Database
from core.settings import Settings
from tests.billing.desk import Desk
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


@pytest.fixture
async def desk(market: Market, client: httpx2.AsyncClient, settings: Settings) -> Desk:
    """The app over HTTP, for the members of the market."""
    return Desk(client, market, settings)
