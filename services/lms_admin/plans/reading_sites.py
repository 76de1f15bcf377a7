"""Reading a site for a preview: batch by batch, two in flight; what was read is kept as it comes and not read again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson
from sqlalchemy import Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from services.lms_admin.adapters.documents import ABSENT, digest_of, document_of, user_of
from services.lms_admin.plans.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import Any, TypeAlias
    from uuid import UUID

    from core.db import Transaction
    from services.lms_admin.adapters.documents import Document
    from services.lms_admin.adapters.port import FoundCourse, FoundUser, LmsAdapter

    Unread: TypeAlias = Any
    """A row of the plan: id, position, subject_kind, member_number, course_key, desired."""

IN_FLIGHT: Final = 2
KEPT_AT_ONCE: Final = 2_000

_UNREAD: Final = text(
    """select id, position, subject_kind, member_number, course_key, desired from lms_plan_row
    where contract_id = :contract_id and plan_id = :plan_id and position > :after and observed_digest is null
        and not 'CANNOT_BE_UNDONE' = any(reasons)
    order by position limit :most"""
).columns(id=Uuid, position=Integer, subject_kind=Text, member_number=Text, course_key=Text, desired=JSONB)

_KEEP: Final = text(
    """with seen as (
        select * from unnest(cast(:ids as uuid[]), cast(:observed as text[]), cast(:digests as bytea[]),
            cast(:reasons as text[]), cast(:kept as text[])) as seen (id, observed, digest, reason, kept)
    ), kept as (
        update lms_plan_row r set observed = seen.observed::jsonb, observed_digest = seen.digest,
            kept = seen.kept::jsonb,
            reasons = case when seen.reason is null then r.reasons else r.reasons || seen.reason end
        from seen
        where r.contract_id = :contract_id and r.plan_id = :plan_id and r.id = seen.id and r.observed_digest is null
        returning r.id
    )
    update lms_plan p set read_count = p.read_count + (select count(*) from kept), progressed_at = :now
    where p.contract_id = :contract_id and p.id = :plan_id and p.status = 'PREVIEWING'"""
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for a row: the record as it is there, and what stands in the way of the row.

    `kept` is the record as it would be found once it is as desired, where the LMS cannot keep all of it.
    """

    id: UUID
    observed: dict[str, Any] | None
    reason: Reason | None = None
    kept: dict[str, Any] | None = None


@dataclass(slots=True)
class Reading:
    """A site being read. What many rows share is read once: courses, and the people of enrolments."""

    adapter: LmsAdapter
    courses: dict[str, bool] = field(default_factory=dict)
    people: dict[str, Reason | None] = field(default_factory=dict)

    async def read(self, rows: Sequence[Unread]) -> list[Seen]:
        """Read what is there for rows, in batches of what the adapter takes."""
        by_kind: dict[str, list[Unread]] = {}
        for row in rows:
            by_kind.setdefault(row.subject_kind, []).append(row)
        size, gate = self.adapter.batch_size, asyncio.Semaphore(IN_FLIGHT)

        async def one(kind: str, batch: Sequence[Unread]) -> list[Seen]:
            async with gate:
                return await READS[kind](self, batch)

        tasks = [
            asyncio.create_task(one(kind, of_kind[at : at + size]))
            for kind, of_kind in by_kind.items()
            for at in range(0, len(of_kind), size)
        ]
        try:
            return [seen for batch in await asyncio.gather(*tasks) for seen in batch]
        finally:
            # where one fails the others are not left in flight
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def users(self, rows: Sequence[Unread]) -> list[Seen]:
        """Accounts by member number; those to be made or renamed also by the username they would get."""
        found = await self.adapter.find_users([row.member_number for row in rows])
        wanted = {}
        for row in rows:
            there = found.get(row.member_number, ())
            username = row.desired and (row.desired["username"] or (None if there else row.member_number.lower()))
            if username and not any(account.username == username for account in there):
                wanted[row.id] = username
        holders = await self.adapter.find_usernames(sorted(set(wanted.values()))) if wanted else {}
        return [self._user(row, found.get(row.member_number, ()), holders.get(wanted.get(row.id, ""))) for row in rows]

    def _user(self, row: Unread, there: Sequence[FoundUser], holder: FoundUser | None) -> Seen:
        observed = document_of(there[0]) if there else None
        if len(there) > 1:
            return Seen(row.id, observed, Reason.DUPLICATE_IDENTITY)
        if holder is not None and holder.member_number != row.member_number:
            return Seen(row.id, observed, Reason.USERNAME_TAKEN)
        return Seen(row.id, observed, kept=self._kept(row.desired, observed) if row.desired and observed else None)

    def _kept(self, desired: Document, observed: Document) -> Document | None:
        open_ = {name for name, value in desired.items() if value is None}
        whole = user_of(desired | {name: observed[name] for name in open_})
        kept = self.adapter.as_kept(whole)
        return None if kept == whole else document_of(kept)

    async def enrolments(self, rows: Sequence[Unread]) -> list[Seen]:
        """Parts in courses, and whether there is such a person and such a course."""
        await self._learn_courses([row.course_key for row in rows])
        await self._learn_people([row.member_number for row in rows])
        there = [
            (row.member_number, row.course_key)
            for row in rows
            if self.courses[row.course_key] and self.people[row.member_number] in {None, Reason.PROTECTED}
        ]
        found = await self.adapter.find_enrolments(there) if there else {}
        seen = []
        for row in rows:
            enrolment = found.get((row.member_number, row.course_key))
            reason = self.people[row.member_number] if self.courses[row.course_key] else Reason.NO_SUCH_COURSE
            seen.append(Seen(row.id, document_of(enrolment) if enrolment else None, reason))
        return seen

    async def courses_to_make(self, rows: Sequence[Unread]) -> list[Seen]:
        """Courses by the key they would get, and their templates."""
        keys = {key for row in rows for key in (row.course_key, row.desired["template_key"])}
        found: dict[str, FoundCourse] = {}
        for batch in _batches(sorted(keys), self.adapter.batch_size):
            found |= await self.adapter.find_courses(batch)
        return [
            Seen(
                row.id,
                document_of(found[row.course_key]) if row.course_key in found else None,
                None if row.desired["template_key"] in found else Reason.NO_SUCH_TEMPLATE,
            )
            for row in rows
        ]

    async def packages(self, rows: Sequence[Unread]) -> list[Seen]:
        """Packages by course and title, and whether there is such a course."""
        await self._learn_courses([row.course_key for row in rows])
        seen = []
        for row in rows:
            if not self.courses[row.course_key]:
                seen.append(Seen(row.id, None, Reason.NO_SUCH_COURSE))
                continue
            found = await self.adapter.find_package(row.course_key, row.desired["title"])
            seen.append(Seen(row.id, document_of(found) if found else None))
        return seen

    async def _learn_courses(self, keys: Sequence[str]) -> None:
        unknown = sorted(set(keys) - self.courses.keys())
        if unknown:
            found = await self.adapter.find_courses(unknown)
            self.courses |= {key: key in found for key in unknown}

    async def _learn_people(self, numbers: Sequence[str]) -> None:
        unknown = sorted(set(numbers) - self.people.keys())
        if unknown:
            found = await self.adapter.find_users(unknown)
            self.people |= {number: _in_the_way(found.get(number, ())) for number in unknown}


def _in_the_way(there: Sequence[FoundUser]) -> Reason | None:
    if not there:
        return Reason.NO_SUCH_USER
    if len(there) > 1:
        return Reason.DUPLICATE_IDENTITY
    return Reason.PROTECTED if there[0].protected else None


def _batches(keys: Sequence[str], size: int) -> list[Sequence[str]]:
    return [keys[at : at + size] for at in range(0, len(keys), size)]


READS: Final[dict[str, Callable[[Reading, Sequence[Unread]], Awaitable[list[Seen]]]]] = {
    "USER": Reading.users,
    "ACCESS": Reading.users,
    "ENROLMENT": Reading.enrolments,
    "COURSE": Reading.courses_to_make,
    "PACKAGE": Reading.packages,
}


async def unread_rows(tx: Transaction, contract_id: UUID, plan_id: UUID, *, after: int) -> Sequence[Unread]:
    """The next rows of a plan that were not read yet, behind a position."""
    asked = {"contract_id": contract_id, "plan_id": plan_id, "after": after, "most": KEPT_AT_ONCE}
    return (await tx.execute(_UNREAD, asked)).all()


async def keep_seen(tx: Transaction, contract_id: UUID, plan_id: UUID, seen: Sequence[Seen]) -> None:
    """Keep what was read, once, and move the plan's progress."""
    named = {
        "contract_id": contract_id,
        "plan_id": plan_id,
        "ids": [it.id for it in seen],
        "observed": [it.observed and orjson.dumps(it.observed).decode() for it in seen],
        "digests": [digest_of(it.observed) if it.observed else ABSENT for it in seen],
        "reasons": [it.reason for it in seen],
        "kept": [it.kept and orjson.dumps(it.kept).decode() for it in seen],
        "now": tx.now,
    }
    await tx.execute(_KEEP, named)
