from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from core.actor import Actor
from core.db import Database
from core.settings import Settings
from services.delivery.blobs import LocalFolder
from services.lms_admin.adapters.port import EnrolmentState, FoundEnrolment, FoundUser
from services.lms_admin.drift.requesting import read_drift
from tests.delivery.guild import LONG_AGO, Guild, insert
from tests.lms_admin.memory import MemoryLms
from tests.lms_admin.places import KEYS, connect, key_of
from worker import lms_drift, lms_readings
from worker.means import About, Means

FINDINGS = """select kind, member_number, course_key, desired, actual, resolution from lms_drift_finding
    where contract_id = $1 and site_id = $2 order by kind, member_number, course_key"""


def user(number: str, **others: Any) -> FoundUser:  # noqa: ANN401  (any field of it)
    """An account as the roster has everybody."""
    sound = {"username": f"u{number}", "email": f"{number}@x.example", "given_name": "Ann", "family_name": "Lee"}
    return FoundUser(number, **sound | others)


def enrolment(number: str, course: str = "ethics", **others: Any) -> FoundEnrolment:  # noqa: ANN401
    """A part in a course as the roster has everybody."""
    return FoundEnrolment(number, course, **others)


class Campus:
    """A guild's site with a roster, and an LMS in memory that may differ from it."""

    def __init__(self, guild: Guild, site: UUID, lms: MemoryLms, means: Means) -> None:
        self.guild = guild
        self.site = site
        self.lms = lms
        self.means = means

    async def desire(self, *numbers: str, courses: tuple[str, ...] = ("ethics",), suspended: bool = False) -> None:
        """Put people on the roster, each in every course."""
        key = {**key_of(self.guild), "site_id": self.site, "changed_at": LONG_AGO}
        for number in numbers:
            who = user(number)
            await insert(
                self.guild.rows, "lms_roster_member", **key, member_number=number, username=who.username,
                email=who.email, given_name=who.given_name, family_name=who.family_name, suspended=suspended,
            )  # fmt: skip
            for course in courses:
                await self.desire_enrolment(number, course)

    async def desire_enrolment(self, number: str, course: str, **others: Any) -> None:  # noqa: ANN401
        """Put somebody into a course of the roster."""
        key = {**key_of(self.guild), "site_id": self.site, "changed_at": LONG_AGO}
        sound = {"role": "student", "state": "ACTIVE"}
        await insert(
            self.guild.rows, "lms_roster_enrolment", **key, member_number=number, course_key=course, **sound | others
        )

    async def ask(self, by: Actor | None = None) -> UUID:
        """Ask for a comparison, as the delivery lead."""
        key = await self.guild.write(by or self.guild.lead, read_drift, datetime.now(UTC), site_id=self.site)
        return UUID(str(key.id))

    async def run(self, reading: UUID) -> bool:
        """Run the errand."""
        return await lms_drift.read_drift(self.means, About(self.guild.contract_id, reading))

    async def compare(self) -> dict[str, Any]:
        """Compare the site with its roster."""
        reading = await self.ask()
        assert await self.run(reading)
        return await self.guild.one("select * from lms_drift_reading where id = $1", reading)

    async def findings(self) -> list[tuple[Any, ...]]:
        """Every finding, open or not."""
        return [tuple(row) for row in await self.guild.rows.fetch(FINDINGS, self.guild.contract_id, self.site)]

    async def finding(self, kind: str) -> dict[str, Any]:
        """The only finding of a kind."""
        return await self.guild.one("select * from lms_drift_finding where site_id = $1 and kind = $2", self.site, kind)


@pytest.fixture
async def campus(guild: Guild, batch: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Campus:
    """A site whose roster and LMS are empty."""
    lms = MemoryLms()
    monkeypatch.setattr(lms_readings, "opened", lms.opened)
    site = await connect(guild)
    return Campus(guild, site, lms, Means(batch, LocalFolder(settings.evidence_dir), settings, KEYS))


SUSPENDED = EnrolmentState.SUSPENDED
