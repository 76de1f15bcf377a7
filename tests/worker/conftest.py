from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from core.db import Database
from tests.databases import OneDatabase
from tests.delivery.guild import Guild, found_guild


@pytest.fixture
async def guild(fresh_database: OneDatabase, tmp_path: Path) -> AsyncIterator[Guild]:
    """An association and a vendor with a contract in force, in a database whose queue is empty."""
    rows = await asyncpg.connect(fresh_database.superuser_url)
    app = Database(fresh_database.app_url)
    try:
        yield await found_guild(rows, app, tmp_path / "evidence")
    finally:
        await app.close()
        await rows.close()
