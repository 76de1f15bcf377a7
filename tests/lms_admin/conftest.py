from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx2
import pytest

from core.db import Database
from core.settings import Settings
from tests.databases import OneDatabase
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild, found_guild
from tests.lms_admin.kolibri.running import Kolibri, running


@pytest.fixture(scope="session")
def kolibri_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kolibri]:
    """One Kolibri for all tests of a process, each of which brings its own people and classes."""
    with running(tmp_path_factory.mktemp("kolibri") / "home") as site:
        yield site


@pytest.fixture
async def guild(database: OneDatabase, tmp_path: Path) -> AsyncIterator[Guild]:
    """An association and a vendor with a contract in force."""
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url)
    try:
        yield await found_guild(rows, app, tmp_path / "evidence")
    finally:
        await app.close()
        await rows.close()


@pytest.fixture
async def batch(database: OneDatabase) -> AsyncIterator[Database]:
    """Transactions as the worker has them."""
    batch = Database(database.batch_url)
    try:
        yield batch
    finally:
        await batch.close()


@pytest.fixture
def desk(client: httpx2.AsyncClient, guild: Guild, settings: Settings) -> Desk:
    """The app over HTTP, for the guild's members."""
    return Desk(client, guild, settings)
