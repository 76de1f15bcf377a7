"""The errand of comparing a site with its roster: accounts and courses in batches, two questions in flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.lms_admin.adapters.port import Capability
from services.lms_admin.drift.comparing import compare
from services.lms_admin.drift.laying_down import (
    READINGS,
    as_the_roster_says_it,
    course_keys,
    lay_down_enrolments,
    lay_down_users,
    member_numbers,
    note_unread,
    wanted_users,
)
from services.lms_admin.drift.requesting import DUE, REQUESTED, request_due_reading, sites_due
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


async def read_drift(means: Means, about: About) -> bool:
    """Compare a site with its roster, as somebody or the calendar asked for."""
    return await run_reading(
        means,
        about,
        READINGS,
        _read,
        operation=Operation.ROSTER_IMPORT,
        takes=Capability.FIND_USERS,
        failed="LMS_DRIFT_NOT_READ",
    )


async def request_daily(tx: Transaction, about: About) -> bool:
    """Ask for the day's comparison of a site."""
    return await request_due_reading(tx, contract_id=about.contract_id, site_id=about.object_id, now=tx.now)


async def lost_drift(tx: Transaction) -> list[Due]:
    """Comparisons that nobody goes on with."""
    return await lost_readings(tx, READINGS, REQUESTED)


async def drift_due(tx: Transaction) -> list[Due]:
    """Sites whose daily comparison is due."""
    return [Due(DUE, key, site_id) for key, site_id in await sites_due(tx, now=tx.now)]


async def _read(means: Means, reading: Row[Any], adapter: LmsAdapter) -> None:
    """Lay down what the site holds, note what it does not tell, and compare; of nothing at all nothing is said."""
    numbers = await write(means, lambda tx: member_numbers(tx, reading))
    courses = await write(means, lambda tx: course_keys(tx, reading))

    async def ask_users(names: Sequence[str]) -> None:
        found = await answer(adapter.find_users(names))
        wanted = await write(means, lambda tx: wanted_users(tx, reading, names))
        users = [
            as_the_roster_says_it(user, wanted[number], adapter.as_kept(wanted[number]))
            for number, accounts in found.items()
            if number in wanted
            for user in accounts
        ]
        await write(means, lambda tx: lay_down_users(tx, reading, users, now=tx.now))

    async def ask_enrolments(names: Sequence[str]) -> None:
        async for page in pages(adapter.read_enrolments(names)):

            async def keep(tx: Transaction) -> None:
                await lay_down_enrolments(tx, reading, page, now=tx.now)  # noqa: B023  (awaited before the next)

            await write(means, keep)

    size = adapter.batch_size
    of_users = [Question(names, ask_users) for names in batches(numbers, size)]
    of_courses = [Question(names, ask_enrolments, apart=True) for names in batches(courses, size)]
    unanswered = await ask_all([*of_users, *of_courses])
    unread = [(name, why.message, question.apart) for question, why in unanswered.items() for name in question.names]
    if unread and len(unread) == len(numbers) + len(courses):
        raise next(iter(unanswered.values()))

    async def end(tx: Transaction) -> None:
        await note_unread(
            tx,
            reading,
            members=[(name, why) for name, why, is_course in unread if not is_course],
            courses=[(name, why) for name, why, is_course in unread if is_course],
            now=tx.now,
        )
        suspends = Capability.SUSPEND_ENROLMENTS in adapter.capabilities
        await compare(tx, reading, suspends_enrolments=suspends, now=tx.now)

    await write(means, end)
