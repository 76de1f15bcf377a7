"""The errand of comparing a site with its roster: accounts in batches, courses one by one, two questions in flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.lms_admin.adapters.port import Capability, LmsUnavailable
from services.lms_admin.drift.comparing import compare
from services.lms_admin.drift.laying_down import (
    READINGS,
    course_keys,
    lay_down_enrolments,
    lay_down_users,
    member_numbers,
    note_unread,
)
from services.lms_admin.drift.requesting import DUE, REQUESTED, request_due_reading, sites_due
from services.lms_admin.sites.operations import Operation
from worker.lms_readings import answer, lost_readings, pages, run_reading, two_at_once, write
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Final, TypeAlias

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.adapters.port import LmsAdapter

    Question: TypeAlias = Sequence[str] | str
    """Member numbers, at most a batch of them, or a course."""

FAILURES_IN_A_ROW: Final = 6
"""After these nothing more is asked: the site is down."""


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
    numbers = await write(means, lambda tx: member_numbers(tx, reading))
    courses = await write(means, lambda tx: course_keys(tx, reading))
    size = adapter.batch_size
    questions: list[Question] = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    asking = _Asking(means, reading, adapter, [*questions, *courses])
    await two_at_once(asking.go_on)
    if len(asking.unread) == len(questions) + len(courses):
        raise asking.unread[0][1]
    await write(means, asking.note_unread)
    suspends = Capability.SUSPEND_ENROLMENTS in adapter.capabilities

    async def end(tx: Transaction) -> None:
        await compare(tx, reading, suspends_enrolments=suspends, now=tx.now)

    await write(means, end)


class _Asking:
    """The questions of one reading: what still waits, what was tried once, and what could not be answered."""

    def __init__(self, means: Means, reading: Row[Any], adapter: LmsAdapter, questions: list[Question]) -> None:
        self.means = means
        self.reading = reading
        self.adapter = adapter
        self.waiting: list[tuple[Question, int]] = [(question, 1) for question in reversed(questions)]
        self.unread: list[tuple[Question, LmsUnavailable]] = []
        self.failures = 0

    async def go_on(self) -> None:
        """Ask until nothing waits; what fails is asked once more after everything else."""
        while self.waiting:
            question, attempt = self.waiting.pop()
            try:
                await self._ask(question)
            except LmsUnavailable as error:
                self.failures += 1
                if self.failures >= FAILURES_IN_A_ROW:
                    self.unread += [(question, error), *((other, error) for other, _ in self.waiting)]
                    self.waiting = []
                elif attempt == 1:
                    self.waiting.insert(0, (question, 2))
                else:
                    self.unread.append((question, error))
            else:
                self.failures = 0

    async def note_unread(self, tx: Transaction) -> None:
        """Write down what could not be read."""
        await note_unread(
            tx,
            self.reading,
            members=[
                (n, why.message) for question, why in self.unread if not isinstance(question, str) for n in question
            ],
            courses=[(question, why.message) for question, why in self.unread if isinstance(question, str)],
            now=tx.now,
        )

    async def _ask(self, question: Question) -> None:
        if isinstance(question, str):
            async for page in pages(self.adapter.read_enrolments([question])):

                async def keep_page(tx: Transaction) -> None:
                    await lay_down_enrolments(tx, self.reading, page, now=tx.now)  # noqa: B023  (awaited before the next)

                await write(self.means, keep_page)
            return
        found = await answer(self.adapter.find_users(question))
        users = [user for users in found.values() for user in users]

        async def keep(tx: Transaction) -> None:
            await lay_down_users(tx, self.reading, users, now=tx.now)

        await write(self.means, keep)
