from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.db import Database
from core.sealing import master_keys
from services.delivery.blobs import LocalFolder
from tests.billing.market import Market
from tests.billing.runs.running import Runs
from tests.databases import OneDatabase
from worker.means import Means


@pytest.fixture
async def runs(market: Market, database: OneDatabase, tmp_path: Path) -> AsyncIterator[Runs]:
    """Billing runs of the market, worked off two contracts at a time."""
    settings = database.settings(tmp_path, batch_database_url=database.batch_url, billing_chunk=2)
    batch = Database(database.batch_url)
    try:
        yield Runs(market, Means(batch, LocalFolder(tmp_path), settings, master_keys(settings)))
    finally:
        await batch.close()
