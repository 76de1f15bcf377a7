"""Asking a site a lot: two questions in flight, each once more if it fails, and nothing more of a site that is down."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from services.lms_admin.adapters.port import Condition, LmsUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence

Answer = TypeVar("Answer")
AT_ONCE: Final = 2
FAILURES_IN_A_ROW: Final = 6
"""After these nothing more is asked: the site is down."""
LONGEST_SECONDS: Final = 90
"""How long an answer, or a page of one, may take: well below the time after which a reading counts as abandoned."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What a site is asked in one call: about accounts, or about courses, by their names; `ask` keeps the answer.

    Courses that fail together are asked one by one, `apart`, so that it is known which of them it is.
    """

    names: tuple[str, ...]
    ask: Callable[[Sequence[str]], Awaitable[None]]
    apart: bool = False
    attempts: int = 0

    def again(self) -> list[Question]:
        """What is asked after it failed for the first time."""
        each = [(name,) for name in self.names] if self.apart else [self.names]
        return [replace(self, names=names, attempts=1) for names in each]


async def ask_all(questions: Iterable[Question]) -> dict[Question, LmsUnavailable]:
    """Ask everything, and return what was not answered, with the reason; any other failure ends the rest."""
    waiting, failures = list(reversed(list(questions))), 0
    unanswered: dict[Question, LmsUnavailable] = {}

    async def ask_on() -> None:
        nonlocal failures
        while waiting:
            question = waiting.pop()
            try:
                await question.ask(question.names)
            except LmsUnavailable as error:
                failures += 1
                if failures >= FAILURES_IN_A_ROW:
                    unanswered.update(dict.fromkeys([question, *waiting], error))
                    waiting.clear()
                elif question.attempts:
                    unanswered[question] = error
                else:
                    waiting[:0] = question.again()
            else:
                failures = 0

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(ask_on())
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return unanswered


async def answer(asked: Awaitable[Answer]) -> Answer:
    """Wait for an answer, and no longer than it may take; raises LmsUnavailable."""
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            return await asked
    except TimeoutError:
        raise LmsUnavailable(Condition.DOWN, f"it did not answer within {LONGEST_SECONDS} seconds") from None
    except LmsUnavailable:
        raise
    except Exception as error:
        # what an adapter stumbles over may name learners: its words are not kept
        log.exception("an adapter failed")
        message = f"its answer was not understood ({type(error).__name__})"
        raise LmsUnavailable(Condition.MISCONFIGURED, message) from None


async def pages(asked: AsyncIterator[Answer]) -> AsyncIterator[Answer]:
    """Wait for one page after the other; raises LmsUnavailable."""
    while (page := await answer(anext(asked, None))) is not None:
        yield page


def batches(names: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    """Names in batches of a size."""
    return (tuple(names[at : at + size]) for at in range(0, len(names), size))
