from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

import worker.previewing
from core.db import Database
from core.settings import Settings
from tests.databases import OneDatabase
from tests.delivery.guild import Guild, found_guild
from tests.lms_admin.plans.academy import Academy, PlanDesk, any_connection, open_desk, reached


@pytest.fixture
async def guild(database: OneDatabase, settings: Settings) -> AsyncIterator[Guild]:
    """An association and a vendor with a contract in force."""
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url)
    try:
        yield await found_guild(rows, app, settings.evidence_dir)
    finally:
        await app.close()
        await rows.close()


@pytest.fixture
async def desk(
    guild: Guild, database: OneDatabase, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[PlanDesk]:
    """A site of the contract, empty, whose plans a worker previews."""
    academy, batch = Academy(), Database(database.batch_url)
    monkeypatch.setattr(worker.previewing, "connection_of", any_connection)
    monkeypatch.setattr(worker.previewing, "opened", reached(academy))
    try:
        yield await open_desk(guild, batch, settings, academy)
    finally:
        await batch.close()
