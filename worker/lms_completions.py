"""The errand of reading completions: two courses at a time, each page kept before the next is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.lms_admin.adapters.port import Capability, LmsUnavailable
from services.lms_admin.learning.keeping import READINGS, end_reading, keep_page
from services.lms_admin.learning.syncing import REQUESTED
from services.lms_admin.sites.operations import Operation
from worker.lms_readings import lost_readings, pages, run_reading, two_at_once, write
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.adapters.port import LmsAdapter


async def read_completions(means: Means, about: About) -> bool:
    """Read the completions that somebody asked for."""
    return await run_reading(
        means,
        about,
        READINGS,
        _read,
        operation=Operation.SYNC_COMPLETIONS,
        takes=Capability.READ_COMPLETIONS,
        failed="LMS_COMPLETIONS_NOT_READ",
    )


async def lost_completions(tx: Transaction) -> list[Due]:
    """Readings of completions that nobody goes on with."""
    return await lost_readings(tx, READINGS, REQUESTED)


async def _read(means: Means, reading: Row[Any], adapter: LmsAdapter) -> None:
    """Read every course; those that cannot be read are named, and when it is all of them the reading has failed."""
    waiting = list(reversed(reading.course_keys))
    unread: dict[str, LmsUnavailable] = {}

    async def read_on() -> None:
        while waiting:
            course = waiting.pop()
            try:
                await _read_course(means, reading, adapter, course)
            except LmsUnavailable as error:
                unread[course] = error

    await two_at_once(read_on)
    if len(unread) == len(reading.course_keys):
        raise next(iter(unread.values()))

    async def end(tx: Transaction) -> None:
        await end_reading(tx, reading, unread=unread, now=tx.now)

    await write(means, end)


async def _read_course(means: Means, reading: Row[Any], adapter: LmsAdapter, course: str) -> None:
    async for page in pages(adapter.read_completions([course])):

        async def keep(tx: Transaction) -> None:
            await keep_page(tx, reading, page, now=tx.now)  # noqa: B023  (awaited before the next)

        await write(means, keep)
