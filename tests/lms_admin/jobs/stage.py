"""A guild with a site, plans as previewing leaves them, and the worker's runner with a clock of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from core.actor import Actor
from core.db import Database
from core.ids import RowKey, new_id
from core.settings import Settings
from services.lms_admin.adapters.documents import Document, digest_of, document_of
from services.lms_admin.adapters.port import Enrolment, EnrolmentState, User
from services.lms_admin.jobs.leasing import LEASE
from services.lms_admin.jobs.ordering import execute_lms_plan
from tests.delivery.guild import NOW, Guild, insert
from tests.lms_admin.jobs.academy import Academy
from tests.lms_admin.places import KEYS, connect, grant_administration, key_of
from worker.means import About, Means
from worker.running_jobs import run_job

HASH = "a" * 64
LINE = "tickets"


@dataclass(frozen=True)
class Planned:
    """A row of a plan: what is wanted, and what the preview saw."""

    kind: str
    desired: Document
    action: str = "CREATE"
    observed: Document | None = None
    opted_out: bool = False


def person(number: int | str, **others: Any) -> User:  # noqa: ANN401
    """An account of a learner."""
    values = {"username": f"m{number}", "email": f"m{number}@learners.example", "given_name": "Ann", "family_name": "B"}
    return User(member_number=f"M-{number}", **values | others)


def account(number: int | str, **others: Any) -> Planned:  # noqa: ANN401
    """A row that makes an account."""
    return Planned("USER", document_of(person(number, **others)))


def part(number: int | str, course: str = "safety", **others: Any) -> Planned:  # noqa: ANN401
    """A row that makes an enrolment."""
    enrolment = Enrolment(f"M-{number}", course, **others)
    action = "REMOVE" if enrolment.state is EnrolmentState.ABSENT else "CREATE"
    return Planned("ENROLMENT", document_of(enrolment), action)


@dataclass
class Stage:
    """Jobs on a guild's site, run by hand."""

    guild: Guild
    batch: Database
    settings: Settings
    administrator: Actor
    site: UUID
    academy: Academy
    now: datetime = NOW
    jobs: list[UUID] = field(default_factory=list)

    @property
    def means(self) -> Means:
        return Means(self.batch, self.guild.blobs, self.settings, KEYS)

    async def plan(self, *rows: Planned, line: str = LINE, operation: str = "ENROL", **columns: Any) -> UUID:  # noqa: ANN401
        """A plan that is ready to be executed."""
        guild, plan = self.guild, new_id()
        line_id = await guild.rows.fetchval(
            "select id from contract_line where contract_id = $1 and key = $2", guild.contract_id, line
        )
        mode = "DELTA" if operation == "ROSTER_IMPORT" else None
        values = {
            "status": "READY", "plan_hash": HASH, "request": "{}", "row_count": len(rows), "requested_at": self.now,
            "requested_by_person_id": self.administrator.person_id, "expires_at": self.now + timedelta(days=1),
            "roster_mode": mode,
        } | columns  # fmt: skip
        async with guild.rows.transaction():
            await insert(
                guild.rows, "lms_plan", **key_of(guild), id=plan, site_id=self.site, line_id=line_id,
                operation=operation, **values,
            )  # fmt: skip
            await self._write_rows(plan, rows)
        return plan

    async def _write_rows(self, plan: UUID, rows: Sequence[Planned]) -> None:
        guild = self.guild
        await guild.rows.copy_records_to_table(
            "lms_plan_row",
            columns=[
                "contract_id", "association_id", "vendor_id", "site_id", "plan_id", "id", "position", "subject_kind",
                "member_number", "course_key", "action", "desired", "observed", "observed_digest", "opted_out",
            ],
            records=[
                (
                    guild.contract_id, guild.association, guild.vendor, self.site, plan, new_id(), at, row.kind,
                    row.desired.get("member_number"), row.desired.get("course_key"), row.action,
                    orjson.dumps(row.desired).decode(), row.observed and orjson.dumps(row.observed).decode(),
                    digest_of(row.observed), row.opted_out,
                )
                for at, row in enumerate(rows, start=1)
            ],
        )  # fmt: skip

    async def order(
        self, plan: UUID, by: Actor | None = None, plan_hash: str = HASH, reason: str | None = None
    ) -> UUID:
        """Execute a plan as the administrator."""
        key: RowKey = await self.guild.write(
            by or self.administrator, execute_lms_plan, self.now, plan_id=plan, plan_hash=plan_hash, reason=reason
        )
        return key.id

    async def run(self, job: UUID) -> bool:
        """Let the worker go on with a job."""
        about = About(self.guild.contract_id, job)
        return await run_job(self.means, about, opening=self.academy.opening, clock=lambda: self.now)

    async def run_out(self, job: UUID, most: int = 60) -> dict[str, Any]:
        """Let the worker go on until the job has ended or is paused, however long that takes."""
        for _ in range(most):
            await self.run(job)
            row = await self.job(job)
            if row["status"] in {"DONE", "CANCELLED", "PAUSED"}:
                return row
            self.now = max(self.now, row["wait_until"] or self.now, row["lease_until"] or self.now)
        raise AssertionError("the job does not come to an end")

    async def execute(self, *rows: Planned, **columns: Any) -> dict[str, Any]:  # noqa: ANN401
        """Plan, order, and run to the end."""
        return await self.run_out(await self.order(await self.plan(*rows, **columns)))

    async def job(self, job: UUID) -> dict[str, Any]:
        """The job's row."""
        return await self.guild.one("select * from lms_job where id = $1", job)

    async def items(self, job: UUID, *columns: str) -> list[Any]:
        """The job's items in the plan's order; their states unless other columns are named."""
        names = ", ".join(columns or ("status",))
        rows = await self.guild.rows.fetch(f"select {names} from lms_job_item where job_id = $1 order by position", job)  # noqa: S608
        return [row[0] if len(row) == 1 else tuple(row) for row in rows]

    async def counts(self, job: UUID) -> dict[str, int]:
        """The job's counts, which must be those of its items."""
        row = await self.job(job)
        counted = Counter(await self.items(job))
        told = {
            status: row[f"{status.lower()}_count"]
            for status in ("APPLIED", "ALREADY_SO", "REJECTED", "UNKNOWN", "STALE", "SKIPPED")
        }
        assert told == {status: counted[status] for status in told}
        return {status: count for status, count in told.items() if count}

    def die(self) -> None:
        """The runner is gone; its lease runs out."""
        self.now += LEASE


async def build_stage(guild: Guild, batch: Database, settings: Settings) -> Stage:
    """A site, and somebody who may administer it."""
    administrator = await grant_administration(guild)
    return Stage(guild, batch, settings, administrator, await connect(guild), Academy())
