"""The worker: takes jobs out of the queue, and sweeps up what a lost job left undone."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

import orjson
import structlog
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job, Schedule

from core.actor import NOBODY, SYSTEM
from core.connecting import connected
from core.db import Database, Transaction
from core.events import Event
from core.jobs import enqueue_once
from core.sealing import master_keys
from core.settings import Settings
from services.billing.payments.offering import offer
from services.delivery.blobs import LocalFolder
from worker.means import About, Means
from worker.stripe_asking import stripe_configured
from worker.table import CHORES, ERRANDS, FOLLOWS, LOOKED_OUT_FOR, SWEPT, Work

CONNECTIONS: Final = 4
JOBS_AT_ONCE: Final = 2
EVERY_MINUTE: Final = "* * * * *"
EVERY_FIVE_MINUTES: Final = "*/5 * * * *"
MOST_ATTEMPTS: Final = 8
ABANDONED_AFTER: Final = timedelta(seconds=30)

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


async def run(settings: Settings, *, abandoned_after: timedelta = ABANDONED_AFTER) -> None:
    """Work until SIGTERM or Ctrl-C, then end what is begun and return.

    A job whose worker was killed is taken up again `abandoned_after` its last sign of life. Refused with
    DatabaseUnusableError, one line that says why.
    """
    keys = master_keys(settings)
    async with connected(settings.batch_url, variable="BATCH_DATABASE_URL") as connection:
        database = Database(settings.batch_url, write_pool_size=CONNECTIONS)
        queue = PgQueuer(AsyncpgDriver(connection))
        _register(queue, Means(database, LocalFolder(settings.evidence_dir), settings, keys))
        _stop_on_signal(queue)
        log.info("the worker is ready", follows=sorted(FOLLOWS), runs=sorted(ERRANDS))
        try:
            await _write(database, partial(offer, configured=stripe_configured(settings)), "start")
            await sweep(database)
            await look_out(database)
            await queue.run(
                batch_size=JOBS_AT_ONCE,
                heartbeat_timeout=abandoned_after,
                dequeue_timeout=abandoned_after,
                shutdown_on_listener_failure=True,
            )
        finally:
            await database.close()
    log.info("the worker has stopped")


def _register(queue: PgQueuer, means: Means) -> None:
    for event, work in FOLLOWS.items():
        queue.entrypoint(event)(_following(event, _in_one_transaction(work, means.database)))
    for event, errand in ERRANDS.items():
        queue.entrypoint(event)(_following(event, partial(errand, means)))

    async def sweeping(_: Schedule) -> None:
        await sweep(means.database)

    async def looking_out(_: Schedule) -> None:
        await look_out(means.database)

    queue.schedule("SWEEP", EVERY_FIVE_MINUTES)(sweeping)
    queue.schedule("LOOK_OUT", EVERY_MINUTE)(looking_out)


def _in_one_transaction(work: Work, database: Database) -> Callable[[About], Awaitable[bool]]:
    async def run(about: About) -> bool:
        return await _write(database, lambda tx: work(tx, about), f"job about {about.object_id}")

    return run


def _following(event: str, work: Callable[[About], Awaitable[bool]]) -> Callable[[Job], Awaitable[None]]:
    async def follow(job: Job) -> None:
        assert job.payload is not None, "every job says what it is about"
        payload = orjson.loads(job.payload)
        about = About(UUID(payload.get("contract_id", NOBODY.hex)), UUID(payload["object_id"]))
        try:
            done = await work(about)
        except Exception as error:
            if job.attempts + 1 >= MOST_ATTEMPTS:
                raise
            raise RetryRequested(timedelta(seconds=2**job.attempts), reason=str(error)) from error
        log.info("a job is done", follows=event, job=job.id, about=str(about.object_id), changed=done)

    return follow


async def sweep(database: Database) -> None:
    """Do what a job should have done, each in a transaction of its own, and clear away what is no longer kept."""
    for search, work in SWEPT:
        for about in await _write(database, search, "sweep"):
            if await _write(database, lambda tx: work(tx, about), "sweep"):  # noqa: B023  (awaited before the next)
                log.info("swept up", by=work.__name__, about=str(about.object_id))
    for chore in CHORES:
        await _write(database, chore, "sweep")


async def look_out(database: Database) -> None:
    """Queue the errands that are due, or that were lost."""

    async def queue(tx: Transaction) -> int:
        due = [each for search in LOOKED_OUT_FOR for each in await search(tx)]
        for each in due:
            await enqueue_once(await tx.raw(), Event(each.event, each.object_id, contract=each.contract))
        return len(due)

    if found := await _write(database, queue, "look out"):
        log.info("errands are due", found=found)


async def _write(database: Database, work: Callable[[Transaction], Awaitable[Result]], request_id: str) -> Result:
    return await database.write(SYSTEM, work, now=datetime.now(UTC), request_id=request_id)


def _stop_on_signal(queue: PgQueuer) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, queue.shutdown.set)
