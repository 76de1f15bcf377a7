from __future__ import annotations

import pytest

from core.db import Database
from core.settings import Settings
from tests.delivery.guild import Guild
from tests.lms_admin.jobs.stage import Stage, build_stage


@pytest.fixture
async def stage(guild: Guild, batch: Database, settings: Settings) -> Stage:
    """A site of a guild's contract, a small LMS behind it, and the worker's runner."""
    return await build_stage(guild, batch, settings)
