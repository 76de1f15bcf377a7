"""The errand of reading completions: a batch of courses at a time, each page kept before the next is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.lms_admin.adapters.port import Capability
from services.lms_admin.learning.keeping import READINGS, CoursesNotThere, end_reading, keep_page
from services.lms_admin.learning.syncing import REQUESTED
from services.lms_admin.sites.operations import Operation
from worker.asking import Question, answer, ask_all, batches, pages
from worker.lms_readings import lost_readings, run_reading, write
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    missing: set[str] = set()

    async def ask(courses: Sequence[str]) -> None:
        there = await answer(adapter.find_courses(courses))
        missing.update(set(courses) - set(there))
        async for page in pages(adapter.read_completions([course for course in courses if course in there])):

            async def keep(tx: Transaction) -> None:
                await keep_page(tx, reading, page, now=tx.now)  # noqa: B023  (awaited before the next)

            await write(means, keep)

    courses = batches(reading.course_keys, adapter.batch_size)
    unanswered = await ask_all(Question(names, ask, apart=True) for names in courses)
    unread = missing | {course for question in unanswered for course in question.names}
    if len(unread) == len(reading.course_keys):
        raise next(iter(unanswered.values()), CoursesNotThere("none of the courses is on the site"))

    async def end(tx: Transaction) -> None:
        await end_reading(tx, reading, unread=unread, now=tx.now)

    await write(means, end)
