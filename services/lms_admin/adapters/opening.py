"""From a connection to an adapter that can be called: the one list of the systems that Chapterhouse speaks to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.lms_admin.adapters.kolibri.adapter import Kolibri
from services.lms_admin.adapters.moodle.adapter import Moodle
from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.adapters.sending import connected

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from services.lms_admin.adapters.port import LmsAdapter


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a site is and how to speak to it; `secret` is never logged, shown or kept."""

    system: str
    base_url: str
    secret: Mapping[str, str] = field(repr=False)
    allow_loopback: bool = False


@asynccontextmanager
async def opened(connection: Connection) -> AsyncIterator[LmsAdapter]:
    """Open a site's adapter for a while. Raises LmsUnavailable for a system that has none."""
    match connection.system:
        case "MOODLE":
            async with connected(connection.base_url, allow_loopback=connection.allow_loopback) as sender:
                yield Moodle.with_secret(sender, connection.secret)
        case "KOLIBRI":
            async with connected(connection.base_url, allow_loopback=connection.allow_loopback) as sender:
                yield Kolibri.with_secret(sender, connection.secret, base_url=connection.base_url)
        case _:
            raise LmsUnavailable(Condition.MISCONFIGURED, f"no adapter speaks to {connection.system}")
