"""Rows that Moodle takes all or none of: sent together and, when refused, by halves until the bad one has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.moodle.words import lost, refused, unavailable
from services.lms_admin.adapters.port import ItemError, LmsUnavailable, Outcome, Result
from services.lms_admin.adapters.sending import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

Row = TypeVar("Row")
Fates: TypeAlias = dict[int, Result[Any]]
"""What is known of rows, by their place in what was asked for."""


async def sent(
    rows: Mapping[int, Row],
    send: Callable[[Sequence[Row]], Awaitable[Mapping[int, ItemError]]],
    *,
    culprits: Callable[[Mapping[int, Row]], Awaitable[Fates]] | None = None,
    touched: bool = False,
) -> Fates:
    """Send rows, each with its place, and tell of which it is known that they were not taken, or unknown whether.

    `send` answers which of its rows Moodle refused, by their order; `culprits` looks up who a refusal is owed to.
    Raises LmsUnavailable when nothing was applied, neither here nor, as `touched` tells, before.
    """
    known: Fates = {}
    waiting = [dict(rows)] if rows else []
    looked_up = False
    while waiting:
        batch = waiting.pop()
        try:
            warned = await send(list(batch.values()))
        except Refused as refusal:
            named: Fates = {}
            if culprits is not None and (len(batch) == 1 or not looked_up):
                named, looked_up = await _named(culprits, batch), True
            if len(batch) == 1 and not named:
                named = dict.fromkeys(batch, rejected(refused(refusal.code)))
            known |= named
            left = [place for place in batch if place not in named]
            half = len(left) if named else len(left) // 2
            waiting += [{place: batch[place] for place in part} for part in (left[half:], left[:half]) if part]
        except NoAnswer as loss:
            touched = True
            known |= dict.fromkeys(batch, unknown(lost(loss)))
        except LmsUnavailable as reason:
            if not touched:
                raise
            rest = [place for part in (batch, *waiting) for place in part]
            return known | dict.fromkeys(rest, unknown(unavailable(reason)))
        else:
            touched = True
            places = list(batch)
            known |= {places[at]: rejected(error) for at, error in warned.items()}
    return known


def warnings_of(answer: object) -> Sequence[Mapping[str, Any]]:
    """Read what Moodle warns of, in an answer that says it took the rest."""
    return answer.get("warnings") or () if isinstance(answer, dict) else ()


def rejected(error: ItemError) -> Result[Any]:
    """It was not taken."""
    return Result(Outcome.REJECTED, error=error)


def unknown(error: ItemError) -> Result[Any]:
    """It may have been taken."""
    return Result(Outcome.UNKNOWN, error=error)


async def _named(culprits: Callable[[Mapping[int, Row]], Awaitable[Fates]], batch: Mapping[int, Row]) -> Fates:
    try:
        return await culprits(batch)
    except LmsUnavailable:
        return {}
