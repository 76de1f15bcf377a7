"""An LMS in memory that can be read, and a desk at which plans for it are asked for and previewed."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from core.actor import Actor
from core.db import Database
from core.ids import new_id
from core.sealing import master_keys
from core.settings import Settings
from services.delivery.evidence import File
from services.lms_admin.adapters.opening import Connection
from services.lms_admin.adapters.port import (
    Capability,
    Condition,
    FoundCourse,
    FoundEnrolment,
    FoundUser,
    LmsUnavailable,
    User,
)
from services.lms_admin.plans.asking import Wish
from services.lms_admin.plans.importing import RosterMode, preview_roster_import
from tests.delivery.guild import NOW, Guild, insert
from worker.means import About, Means
from worker.previewing import preview

EVERYTHING = frozenset(Capability)


@dataclass
class Academy:
    """An LMS that is only read. `fails_after` calls it is DOWN, or as `condition` says."""

    users: list[FoundUser] = field(default_factory=list)
    enrolments: list[FoundEnrolment] = field(default_factory=list)
    courses: list[FoundCourse] = field(default_factory=list)
    capabilities: frozenset[Capability] = EVERYTHING
    batch_size: int = 3
    calls: list[tuple[str, int]] = field(default_factory=list)
    fails_after: int | None = None
    condition: Condition = Condition.DOWN
    in_flight: int = 0
    most_in_flight: int = 0

    one_name: bool = False

    def as_kept(self, user: User) -> User:
        """All of an account; with `one_name`, as Kolibri keeps it."""
        if not self.one_name:
            return user
        return replace(user, email="", given_name=f"{user.given_name} {user.family_name}", family_name="")

    async def find_users(self, member_numbers: Sequence[str]) -> dict[str, list[FoundUser]]:
        async with self._called("find_users", len(member_numbers)):
            found: dict[str, list[FoundUser]] = {}
            for user in self.users:
                if user.member_number in set(member_numbers):
                    found.setdefault(user.member_number, []).append(user)
            return found

    async def find_usernames(self, usernames: Sequence[str]) -> dict[str, FoundUser]:
        async with self._called("find_usernames", len(usernames)):
            return {user.username: user for user in self.users if user.username in set(usernames)}

    async def find_enrolments(self, named: Sequence[tuple[str, str]]) -> dict[tuple[str, str], FoundEnrolment]:
        async with self._called("find_enrolments", len(named)):
            all_of_them = {(it.member_number, it.course_key): it for it in self.enrolments}
            return {key: all_of_them[key] for key in named if key in all_of_them}

    async def find_courses(self, course_keys: Sequence[str]) -> dict[str, FoundCourse]:
        async with self._called("find_courses", len(course_keys)):
            return {course.course_key: course for course in self.courses if course.course_key in course_keys}

    @asynccontextmanager
    async def _called(self, name: str, items: int) -> AsyncIterator[None]:
        assert 0 < items <= self.batch_size
        self.calls.append((name, items))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            if self.fails_after is not None and len(self.calls) > self.fails_after:
                raise LmsUnavailable(self.condition, "it does not answer")
            yield
        finally:
            self.in_flight -= 1


def user(number: str, **others: Any) -> FoundUser:  # noqa: ANN401  (any field of it)
    """An account whose details follow from its member number."""
    name = number.lower()
    details = {"username": name, "email": f"{name}@guild.example", "given_name": "Ada", "family_name": number}
    return FoundUser(**({"member_number": number} | details | others))


def csv(*users: FoundUser, more: str = "") -> bytes:
    """A roster's file of those users."""
    rows = [f"{it.member_number},{it.email},{it.given_name},{it.family_name}" for it in users]
    return "\n".join(["member_number,email,given_name,family_name", *rows, more]).encode()


@dataclass
class PlanDesk:
    """A guild with a site, whose plans a worker previews."""

    guild: Guild
    means: Means
    academy: Academy
    site_id: UUID

    def wish(self, **others: Any) -> Wish:  # noqa: ANN401
        return Wish(site_id=self.site_id, line_key="tickets", **others)

    async def ask_import(
        self,
        content: bytes,
        mode: RosterMode = RosterMode.DELTA,
        by: Actor | None = None,
        **others: Any,  # noqa: ANN401
    ) -> UUID:
        """Ask for a roster's import, from a file that is stored already."""
        file = File("roster.csv", "text/csv", base64.b64encode(content).decode())
        key = await self.guild.write(
            by or self.guild.lead,
            preview_roster_import,
            wish=self.wish(**others),
            mode=mode,
            file=file,
            blobs=self.guild.blobs,
        )
        return UUID(str(key.id))

    async def ask(self, function: Any, by: Actor | None = None, **arguments: Any) -> UUID:  # noqa: ANN401
        """Ask for another plan."""
        key = await self.guild.write(by or self.guild.lead, function, wish=self.wish(), **arguments)
        return UUID(str(key.id))

    async def preview(self, plan_id: UUID) -> dict[str, Any]:
        """Let the worker preview a plan, and return what became of it."""
        await preview(self.means, About(self.guild.contract_id, plan_id))
        return await self.plan(plan_id)

    async def plan(self, plan_id: UUID) -> dict[str, Any]:
        return await self.guild.one("select * from lms_plan where id = $1", plan_id)

    async def rows(self, plan_id: UUID) -> list[dict[str, Any]]:
        rows = await self.guild.rows.fetch("select * from lms_plan_row where plan_id = $1 order by position", plan_id)
        return [
            dict(row) | {name: orjson.loads(row[name]) if row[name] else None for name in ("desired", "observed")}
            for row in rows
        ]

    async def decided(self, plan_id: UUID) -> list[tuple[str, str, list[str]]]:
        """Each row's subject, action and reasons."""
        return [
            (row["member_number"] or row["course_key"], row["action"], row["reasons"])
            for row in await self.rows(plan_id)
        ]

    async def on_roster(self, *users: FoundUser) -> None:
        """Put people on the site's roster."""
        for it in users:
            await insert(
                self.guild.rows, "lms_roster_member", **self.key, site_id=self.site_id, member_number=it.member_number,
                username=it.username, email=it.email, given_name=it.given_name, family_name=it.family_name,
                suspended=it.suspended, changed_at=NOW,
            )  # fmt: skip

    async def protect(self, *numbers: str) -> None:
        await self.guild.rows.execute(
            "update lms_site set protected_member_numbers = $2 where id = $1", self.site_id, list(numbers)
        )

    @property
    def key(self) -> dict[str, UUID]:
        guild = self.guild
        return {"contract_id": guild.contract_id, "association_id": guild.association, "vendor_id": guild.vendor}


async def open_desk(guild: Guild, batch: Database, settings: Settings, academy: Academy) -> PlanDesk:
    """Connect a site to the guild's contract."""
    site_id = new_id()
    means = Means(batch, guild.blobs, settings, master_keys(settings))
    desk = PlanDesk(guild, means, academy, site_id)
    await insert(
        guild.rows, "lms_site", **desk.key, id=site_id, name="Academy", system="MOODLE",
        base_url="https://academy.example", status="CONNECTED", lms_version="4.5.6",
        connected_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return desk


def reached(academy: Academy) -> Any:  # noqa: ANN401
    """What opens the academy whatever the connection."""

    @asynccontextmanager
    async def opened(_connection: Connection) -> AsyncIterator[Academy]:
        yield academy

    return opened


async def any_connection(*_: object, **__: object) -> Connection:
    """A connection that nothing is sent over."""
    return Connection("MOODLE", "https://academy.example", {})
