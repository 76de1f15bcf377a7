"""An LMS in memory that holds courses and packages, and a worker that previews plans, runs jobs and notices for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import worker.previewing
import worker.publishing_packages
from core.actor import Actor
from core.ids import RowKey, decode
from services.lms_admin.adapters.port import (
    Capability,
    Condition,
    FoundCourse,
    FoundPackage,
    LmsUnavailable,
    Outcome,
    PackageToPublish,
    Probe,
    Result,
)
from services.lms_admin.jobs.ordering import execute_lms_plan
from services.lms_admin.packages.publishing import preview_publishing
from tests.lms_admin.packages.shelf import Shelf
from tests.lms_admin.plans.academy import any_connection
from worker.means import About
from worker.previewing import preview
from worker.publishing_packages import notice_publishing
from worker.running_jobs import run_job


@dataclass
class Library:
    """An LMS whose courses take packages; `tells` are the digests that it shows of them."""

    courses: set[str] = field(default_factory=lambda: {"safety-1"})
    packages: dict[tuple[str, str], bytes] = field(default_factory=dict)
    tells: tuple[str, ...] = ("sha1",)
    is_up: bool = True
    capabilities: frozenset[Capability] = frozenset(Capability)
    batch_size: int = 10
    published: int = 0

    @asynccontextmanager
    async def opening(self, *_: object) -> Any:  # noqa: ANN401
        yield self

    async def probe(self) -> Probe:
        return Probe(Condition.UP, 1, "1.0")

    async def find_courses(self, course_keys: Sequence[str]) -> dict[str, FoundCourse]:
        return {key: FoundCourse(key, key) for key in course_keys if key in self.courses}

    async def find_package(self, course_key: str, title: str) -> FoundPackage | None:
        if not self.is_up:
            raise LmsUnavailable(Condition.DOWN, "it does not answer")
        content = self.packages.get((course_key, title))
        if content is None:
            return None
        return FoundPackage(course_key, title, **{name: hashlib.new(name, content).hexdigest() for name in self.tells})

    async def publish_package(self, package: PackageToPublish) -> Result[FoundPackage]:
        before = await self.find_package(package.course_key, package.title)
        content = Path(package.path).read_bytes()  # noqa: ASYNC240  (a test's own file)
        assert hashlib.sha256(content).hexdigest() == package.sha256
        self.packages[package.course_key, package.title] = content
        self.published += 1
        return Result(Outcome.APPLIED, before, await self.find_package(package.course_key, package.title))


@dataclass
class Press:
    """A shelf, and the LMS that its packages are published into."""

    shelf: Shelf
    library: Library

    @classmethod
    def build(cls, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Press:
        """Let the worker reach the library."""
        library = Library()
        for module in (worker.previewing, worker.publishing_packages):
            monkeypatch.setattr(module, "connection_of", any_connection)
            monkeypatch.setattr(module, "opened", library.opening)
        return cls(shelf, library)

    async def ask(self, package: str, by: Actor | None = None, now: datetime | None = None) -> UUID:
        """Ask what publishing would do, and preview it; the plan."""
        guild, contract_and_package = self.shelf.guild, decode("pkg", package, parts=2)
        plan: RowKey = await guild.write(
            by or guild.lead,
            preview_publishing,
            now or datetime.now(UTC),
            package_id=contract_and_package[1],
            reason=None,
        )
        assert await preview(self.shelf.means, About(*plan))
        return plan.id

    async def row(self, plan: UUID) -> tuple[str, list[str]]:
        """What a plan would do, and why not."""
        row = await self.shelf.guild.one("select action, reasons from lms_plan_row where plan_id = $1", plan)
        return row["action"], row["reasons"]

    async def execute(self, plan: UUID) -> list[str]:
        """Execute a plan; the states of its items."""
        guild = self.shelf.guild
        plan_hash = await guild.rows.fetchval("select plan_hash from lms_plan where id = $1", plan)
        job: RowKey = await guild.write(
            guild.lead, execute_lms_plan, datetime.now(UTC), plan_id=plan, plan_hash=plan_hash, reason=None
        )
        assert await run_job(self.shelf.means, About(*job), opening=self.library.opening)
        items = await guild.rows.fetch("select status from lms_job_item where job_id = $1", job.id)
        return [item["status"] for item in items]

    async def notice(self, package: str) -> bool:
        """Let the worker look at what became of a package."""
        return await notice_publishing(self.shelf.means, About(*decode("pkg", package, parts=2)))

    async def publish(self, content: bytes) -> str:
        """From an upload to an LMS that serves it."""
        package = await self.shelf.checked(content)
        assert await self.execute(await self.ask(package)) == ["APPLIED"]
        assert await self.notice(package)
        return package

    async def standing(self, package: str) -> tuple[Any, ...]:
        """Where a package stands."""
        columns = "status, comparison, comparison_reason"
        row = await self.shelf.guild.one(
            f"select {columns} from content_package where id = $1",  # noqa: S608  (our own words)
            decode("pkg", package, parts=2)[1],
        )
        return tuple(row.values())
