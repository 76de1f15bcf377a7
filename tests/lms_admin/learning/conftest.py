from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from core.actor import Actor
from core.db import Database
from core.settings import Settings
from services.delivery.blobs import LocalFolder
from services.lms_admin.adapters.port import Completion
from services.lms_admin.learning.syncing import sync_completions
from tests.delivery.guild import NOW, Guild
from tests.lms_admin.memory import MemoryLms
from tests.lms_admin.places import KEYS, connect
from worker import lms_readings
from worker.lms_completions import read_completions
from worker.means import About, Means


class School:
    """A guild's site whose completions are read from memory."""

    def __init__(self, guild: Guild, site: UUID, lms: MemoryLms, means: Means) -> None:
        self.guild = guild
        self.site = site
        self.lms = lms
        self.means = means

    async def ask(self, *courses: str, by: Actor | None = None, now: datetime = NOW) -> UUID:
        """Ask for completions, as the delivery lead."""
        asked = {"site_id": self.site, "course_keys": courses}
        key = await self.guild.write(by or self.guild.lead, sync_completions, now, **asked)
        return UUID(str(key.id))

    async def run(self, reading: UUID) -> bool:
        """Run the errand."""
        return await read_completions(self.means, About(self.guild.contract_id, reading))

    async def sync(self, *completions: Completion) -> dict[str, object]:
        """Let the LMS hold these completions, and read all of them."""
        self.lms.completions = list(completions)
        reading = await self.ask(*sorted({completion.course_key for completion in completions}))
        assert await self.run(reading)
        return await self.guild.one("select * from lms_completion_reading where id = $1", reading)


@pytest.fixture
async def school(guild: Guild, batch: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> School:
    """A site without any completions yet."""
    lms = MemoryLms()
    monkeypatch.setattr(lms_readings, "opened", lms.opened)
    site = await connect(guild)
    return School(guild, site, lms, Means(batch, LocalFolder(settings.evidence_dir), settings, KEYS))
