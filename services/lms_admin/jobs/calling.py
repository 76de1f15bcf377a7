"""What a job asks of an LMS: what is there of some items, and making them as desired. No transaction is open here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from services.lms_admin.adapters.documents import course_of, document_of, enrolment_of, user_of
from services.lms_admin.adapters.port import (
    Condition,
    ItemError,
    LmsUnavailable,
    Outcome,
    PackageToPublish,
    Result,
    Verification,
)
from services.lms_admin.jobs.judging import Found, Standing, differences, standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from typing import Any, Final, TypeAlias
    from uuid import UUID

    from services.lms_admin.adapters.documents import Document
    from services.lms_admin.adapters.port import FoundPackage, FoundUser, LmsAdapter
    from services.lms_admin.jobs.judging import Item

    Fetched: TypeAlias = Callable[[str], AbstractAsyncContextManager[str]]
    """A stored file by its SHA-256, for as long as it is needed, as a path."""
    Send: TypeAlias = Callable[[Sequence[Item]], Awaitable[Sequence[Result[Any]]]]

LONGEST_STEP: Final = timedelta(seconds=90)
"""How long reading, or sending, a chunk may take; shorter than a lease, so that no step outlives the runner's."""
REFUSED_BATCH: Final = frozenset({"BATCH_REFUSED"})
"""Codes by which an adapter says that the LMS refused a call as a whole, for a row that it does not name."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an item, as far as the LMS told."""

    outcome: Outcome
    verification: Verification
    before: Document | None = None
    after: Document | None = None
    error: ItemError | None = None


def as_kept(adapter: LmsAdapter, items: Sequence[Item]) -> list[Item]:
    """Items as the LMS would show them, had they been made as desired: what it cannot keep is not held against it."""
    return [
        replace(item, desired=document_of(adapter.as_kept(user_of(item.desired))))
        if item.subject_kind == "USER"
        else item
        for item in items
    ]


async def find(adapter: LmsAdapter, items: Sequence[Item]) -> Mapping[UUID, Found]:
    """Look up what is there of items, which are of one kind; raises LmsUnavailable."""
    try:
        async with asyncio.timeout(LONGEST_STEP.total_seconds()):
            return await _find(adapter, items)
    except TimeoutError:
        raise LmsUnavailable(Condition.DOWN, f"it did not answer within {LONGEST_STEP.seconds} seconds") from None
    except LmsUnavailable:
        raise
    except Exception as error:
        # what an adapter stumbles over may name learners: its words are not kept
        log.exception("an adapter failed", reading=items[0].subject_kind)
        raise LmsUnavailable(
            Condition.MISCONFIGURED, f"its answer was not understood ({type(error).__name__})"
        ) from None


async def send(
    adapter: LmsAdapter, items: Sequence[Item], found: Mapping[UUID, Found], *, notify: bool, fetched: Fetched
) -> tuple[dict[UUID, Answer], LmsUnavailable | None]:
    """Make items, which are of one kind, as desired; returns what became of them, and why the site took no more.

    Items without an answer were not applied, and can be sent again. What does not answer in time, or answers for fewer
    than were sent, is UNKNOWN.
    """
    answers: dict[UUID, Answer] = {}
    try:
        async with asyncio.timeout(LONGEST_STEP.total_seconds()):
            for call, some in _calls(adapter, items, found, notify=notify, fetched=fetched):
                await _send(call, some, answers)
    except LmsUnavailable as unavailable:
        return answers, unavailable
    except TimeoutError:
        error = ItemError("TIMED_OUT", f"it did not answer within {LONGEST_STEP.seconds} seconds")
    except Exception as failure:
        log.exception("an adapter failed", sending=items[0].subject_kind)
        error = ItemError("NOT_UNDERSTOOD", f"its answer was not understood ({type(failure).__name__})")
    else:
        error = ItemError("NOT_ANSWERED", "it answered for fewer items than were sent")
    unknown = Answer(outcome=Outcome.UNKNOWN, verification=Verification.RESPONSE_ONLY, error=error)
    return {item.id: answers.get(item.id, unknown) for item in items}, None


async def read_back(adapter: LmsAdapter, items: Sequence[Item], answers: Mapping[UUID, Answer]) -> dict[UUID, Answer]:
    """Look at once what became of items whose answer is UNKNOWN; what cannot be told stays UNKNOWN."""
    told = dict(answers)
    unknown = [item for item in items if item.id in answers and answers[item.id].outcome is Outcome.UNKNOWN]
    if not unknown:
        return told
    try:
        found = await find(adapter, unknown)
    except LmsUnavailable:
        return told
    for item in unknown:
        # the item was marked as sent since it was loaded
        if standing(replace(item, attempts=item.attempts + 1), found[item.id]) is Standing.AS_DESIRED:
            told[item.id] = replace(
                told[item.id],
                outcome=Outcome.APPLIED,
                verification=Verification.READ_BACK,
                after=found[item.id].document,
                error=None,
            )
    return told


async def _find(adapter: LmsAdapter, items: Sequence[Item]) -> dict[UUID, Found]:
    match items[0].subject_kind:
        case "USER":
            users = await adapter.find_users([_number(item) for item in items])
            return {item.id: _account(users.get(_number(item), ())) for item in items}
        case "ENROLMENT":
            enrolments = await adapter.find_enrolments([_pair(item) for item in items])
            return {item.id: _plain(enrolments.get(_pair(item))) for item in items}
        case "COURSE":
            courses = await adapter.find_courses([_course(item) for item in items])
            return {item.id: _plain(courses.get(_course(item))) for item in items}
        case "PACKAGE":
            packages = [await adapter.find_package(_course(item), item.desired["title"]) for item in items]
            return {item.id: _plain(package) for item, package in zip(items, packages, strict=True)}
    return {item.id: Found(readable=False) for item in items}


def _calls(
    adapter: LmsAdapter, items: Sequence[Item], found: Mapping[UUID, Found], *, notify: bool, fetched: Fetched
) -> list[tuple[Send, Sequence[Item]]]:
    """Part items by the call that makes them as desired."""
    match items[0].subject_kind:
        case "USER":
            return _calls_of_users(adapter, items, found, notify=notify)
        case "ACCESS":
            return [(lambda some: adapter.reset_access([_number(item) for item in some], notify=notify), items)]
        case "ENROLMENT":
            return [(lambda some: adapter.apply_enrolments([enrolment_of(item.desired) for item in some]), items)]
        case "COURSE":
            return [(_one(lambda item: adapter.create_course(course_of(item.desired))), [item]) for item in items]
        case "PACKAGE":
            return [(_one(lambda item: _publish(adapter, item, fetched)), [item]) for item in items]
    raise LmsUnavailable(Condition.MISCONFIGURED, f"nothing sends a {items[0].subject_kind}")


async def _publish(adapter: LmsAdapter, item: Item, fetched: Fetched) -> Result[FoundPackage]:
    desired = item.desired
    async with fetched(desired["sha256"]) as path:
        package = PackageToPublish(_course(item), desired["title"], path, desired["sha256"])
        return await adapter.publish_package(package)


def _calls_of_users(
    adapter: LmsAdapter, items: Sequence[Item], found: Mapping[UUID, Found], *, notify: bool
) -> list[tuple[Send, Sequence[Item]]]:
    parted: dict[bool | None, list[Item]] = {}
    for item in items:
        document = found[item.id].document
        only = document is not None and differences(document, item.desired) == {"suspended"}
        parted.setdefault(bool(item.desired["suspended"]) if only else None, []).append(item)

    def suspending(suspended: bool) -> Send:
        return lambda some: adapter.suspend_users([_number(item) for item in some], suspended=suspended)

    def upserting(some: Sequence[Item]) -> Awaitable[Sequence[Result[FoundUser]]]:
        return adapter.upsert_users([user_of(item.desired) for item in some], notify=notify)

    return [(upserting if which is None else suspending(which), some) for which, some in parted.items()]


def _one(send_one: Callable[[Item], Awaitable[Result[Any]]]) -> Send:
    async def each(some: Sequence[Item]) -> Sequence[Result[Any]]:
        return [await send_one(item) for item in some]

    return each


async def _send(call: Send, items: Sequence[Item], answers: dict[UUID, Answer]) -> None:
    """Send items; a batch that is refused as a whole is sent in halves, until the row at fault stands alone."""
    results = await call(items)
    if len(items) > 1 and results and all(_is_refused_batch(result) for result in results):
        middle = len(items) // 2
        await _send(call, items[:middle], answers)
        await _send(call, items[middle:], answers)
        return
    answers.update((item.id, _answer(result)) for item, result in zip(items, results, strict=False))


def _is_refused_batch(result: Result[Any]) -> bool:
    return result.outcome is Outcome.REJECTED and result.error is not None and result.error.code in REFUSED_BATCH


def _answer(result: Result[Any]) -> Answer:
    return Answer(
        outcome=result.outcome,
        verification=result.verification,
        before=result.before and document_of(result.before),
        after=result.after and document_of(result.after),
        error=result.error,
    )


def _account(users: Sequence[FoundUser]) -> Found:
    if len(users) > 1:
        return Found(several=True)
    return Found(document_of(users[0]), protected=users[0].protected) if users else Found()


def _plain(record: Any | None) -> Found:  # noqa: ANN401  (any of the port's records)
    return Found(record and document_of(record))


def _number(item: Item) -> str:
    assert item.member_number is not None, "an item of a person names them"
    return item.member_number


def _course(item: Item) -> str:
    assert item.course_key is not None, "an item of a course names it"
    return item.course_key


def _pair(item: Item) -> tuple[str, str]:
    return _number(item), _course(item)
