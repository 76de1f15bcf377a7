from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.db import Database
from tests.billing.collecting.sweeping import Sweep
from tests.billing.settings import nothing_is_set
from tests.databases import OneDatabase

__all__ = ["nothing_is_set"]


@pytest.fixture
async def sweep(database: OneDatabase) -> AsyncIterator[Sweep]:
    """The worker's sweep, as the batch role."""
    batch = Database(database.batch_url)
    try:
        yield Sweep(batch)
    finally:
        await batch.close()
