"""Running a job: chunk by chunk, read before it is written, checkpointed before it is sent, read back after a crash.

A transaction, a call of the LMS, and a transaction take turns. Whatever dies in between leaves items that say so, and
the next run looks at the LMS before it sends anything again.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import structlog

from core.actor import SYSTEM
from core.errors import DomainError
from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.jobs import calling, stopping, taking
from services.lms_admin.jobs.deciding import after_sending, before_sending, not_taken, read_back
from services.lms_admin.jobs.laying_out import lay_out
from services.lms_admin.jobs.leasing import LeaseLost, SiteBusy, jobs_to_run, key_of, take_lease
from services.lms_admin.jobs.settling import mark_as_sent, settle
from services.lms_admin.jobs.taking import CallOff
from services.lms_admin.sites.connections import connection_of
from worker.fetching import fetched
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.adapters.port import LmsAdapter

Opening: TypeAlias = "Callable[[Means, Row[Any]], AbstractAsyncContextManager[LmsAdapter]]"

CHUNKS_A_RUN: Final = 50
"""After so many, the job is queued again: a long one does not keep all others waiting."""

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """The worker's clock."""
    return datetime.now(UTC)


@asynccontextmanager
async def site_opened(means: Means, job: Row[Any]) -> AsyncIterator[LmsAdapter]:
    """Open the LMS of a job's site; raises LmsUnavailable."""
    async with means.database.transaction(SYSTEM, now=utc_now(), request_id="job") as tx:
        try:
            connection = await connection_of(
                tx, job.contract_id, job.site_id, means.keys, allow_loopback=means.settings.allow_loopback_lms
            )
        except DomainError as refused:
            raise LmsUnavailable(Condition.MISCONFIGURED, refused.message) from None
    async with opened(connection) as adapter:
        yield adapter


async def run_job(
    means: Means, about: About, *, opening: Opening = site_opened, clock: Callable[[], datetime] = utc_now
) -> bool:
    """Go on with a job until it has ended, has to wait, or others have waited long enough; whether it was taken on.

    Safe to call at any time, and twice at once: the lease decides who runs.
    """
    run = Run(means, opening, clock)
    try:
        job = await run.write(take_lease, contract_id=about.contract_id, job_id=about.object_id)
    except SiteBusy:
        return False
    if job is None:
        return False
    try:
        await run.go_on(await run.write(lay_out, job))
    except LeaseLost:
        log.warning("a runner lost its lease", job=str(about.object_id))
    return True


async def jobs_left(tx: Transaction) -> list[Due]:
    """Jobs whose wait is over, whose runner died, or whose turn on the site has come."""
    return [Due(stopping.RESUMED, key_of(job), job.id) for job in await jobs_to_run(tx, now=tx.now)]


@dataclass(frozen=True, slots=True)
class Run:
    """One runner at work."""

    means: Means
    opening: Opening
    clock: Callable[[], datetime]

    async def write(self, work: Callable[..., Awaitable[Any]], *given: object, **named: object) -> Any:  # noqa: ANN401
        """Do something in a transaction of its own."""
        now = self.clock()
        database = self.means.database
        return await database.write(SYSTEM, lambda tx: work(tx, *given, now=now, **named), now=now, request_id="job")

    async def go_on(self, job: Row[Any]) -> None:
        """Find out what became of what a run before this one left open, send what is left, and end the job."""
        try:
            if job.status == "CANCELLING":
                with suppress(LmsUnavailable, CallOff):
                    async with self.opening(self.means, job) as adapter:
                        await self.find_out(adapter, job)
                await self.write(stopping.cancel, job)
                return
            await self.write(taking.require_allowed, job)
            async with self.opening(self.means, job) as adapter:
                await self.probe(adapter, job)
                await self.find_out(adapter, job)
                for _ in range(CHUNKS_A_RUN):
                    if not await self.send_some(adapter, job):
                        await self.write(stopping.finish, job)
                        return
            await self.write(stopping.release, job)
        except CallOff as called_off:
            await self.write(stopping.stop, job, called_off.why)
        except LmsUnavailable as unavailable:
            await self.write(stopping.stop_as_unavailable, job, unavailable)

    async def probe(self, adapter: LmsAdapter, job: Row[Any]) -> None:
        """Ask a site whose circuit was open how it is, once, before anything is sent to it."""
        allowed = await self.write(taking.require_allowed, job)
        if allowed.at.site.failures_in_a_row >= stopping.FAILURES_THAT_OPEN:
            told = await adapter.probe()
            if told.condition is not Condition.UP:
                raise LmsUnavailable(told.condition, told.message or "it does not answer as it should")

    async def find_out(self, adapter: LmsAdapter, job: Row[Any]) -> None:
        """Look at the LMS for what became of items that were sent, and of which nothing is known."""
        while True:
            allowed, items = await self.write(taking.unsure_items, job, most=adapter.batch_size)
            if not items:
                return
            items = calling.as_kept(adapter, items)
            found = await calling.find(adapter, items)
            verdicts = [read_back(item, found[item.id]) for item in items]
            await self.write(settle, job, verdicts, actor=allowed.actor, site=allowed.at.site)

    async def send_some(self, adapter: LmsAdapter, job: Row[Any]) -> bool:
        """Send the next items that are not as they should be; whether there were any."""
        allowed, items = await self.write(taking.next_items, job, most=adapter.batch_size)
        if not items:
            return False
        items = calling.as_kept(adapter, items)
        found = await calling.find(adapter, items)
        protected = frozenset(allowed.at.site.protected_member_numbers)
        verdicts = {item.id: before_sending(item, found[item.id], protected) for item in items}
        to_send = [item for item in items if verdicts[item.id] is None]
        unavailable = None
        if to_send:
            await self.write(mark_as_sent, job, to_send, found)
            answers, unavailable = await calling.send(
                adapter, to_send, found, notify=allowed.notify, fetched=partial(fetched, self.means.blobs)
            )
            answers = await calling.read_back(adapter, to_send, answers)
            for item in to_send:
                told = answers.get(item.id)
                verdicts[item.id] = after_sending(item, told, found[item.id]) if told else not_taken(item)
        settled = [verdict for verdict in verdicts.values() if verdict]
        await self.write(settle, job, settled, actor=allowed.actor, site=allowed.at.site)
        if unavailable:
            raise unavailable
        return True
