"""Rows that Kolibri takes one at a time: two in flight, and no more of them once the site is gone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from services.lms_admin.adapters.kolibri.calling import Refused
from services.lms_admin.adapters.kolibri.words import lost, refused, unavailable
from services.lms_admin.adapters.port import LmsUnavailable, Outcome, Result
from services.lms_admin.adapters.sending import IN_FLIGHT, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import TypeAlias

    Fates: TypeAlias = dict[int, Result[Any]]
    """What is known of rows that were not taken, by their place."""

Row = TypeVar("Row")


async def sent(
    rows: Mapping[int, Row], send: Callable[[Row], Awaitable[Any]], *, untouched: bool = True
) -> tuple[dict[int, Any], Fates]:
    """Send each row; return the answers of those taken, and what is known of the others: REJECTED, or UNKNOWN.

    Raises LmsUnavailable if nothing was applied, by this call or, as `untouched` tells, before it.
    """
    taken: dict[int, Any] = {}
    fates: Fates = {}
    gone: list[LmsUnavailable] = []
    waiting = iter(rows.items())

    async def one_after_another() -> None:
        for place, row in waiting:
            try:
                if gone:
                    raise gone[0]
                taken[place] = await send(row)
            except Refused as refusal:
                fates[place] = Result(Outcome.REJECTED, error=refused(refusal))
            except NoAnswer as loss:
                fates[place] = Result(Outcome.UNKNOWN, error=lost(loss))
            except LmsUnavailable as reason:
                gone.append(reason)
                fates[place] = Result(Outcome.UNKNOWN, error=unavailable(reason))

    await asyncio.gather(*(one_after_another() for _ in range(IN_FLIGHT)))
    touched = taken or any(fate.error and fate.error.code == "NO_ANSWER" for fate in fates.values())
    if gone and untouched and not touched:
        raise gone[0]
    return taken, fates
