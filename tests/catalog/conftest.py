from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.db import Database
from tests.catalog.shop import Shop, open_shop
from tests.databases import OneDatabase

EMPTIED = """
set session_replication_role = replica;
truncate organization, catalog_listing, catalog_word, audit_event cascade;
set session_replication_role = origin
"""


@pytest.fixture
async def shop(database: OneDatabase) -> AsyncIterator[Shop]:
    """Two vendors and two associations, and nothing else; emptying the file's database is faster than another one."""
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url)
    try:
        await rows.execute(EMPTIED)
        yield await open_shop(rows, app)
    finally:
        await app.close()
        await rows.close()
