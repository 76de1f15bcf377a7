"""After a job has published a package: it is noticed, and the LMS is asked whether it serves the very same content."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import structlog

from core.actor import SYSTEM
from core.errors import DomainError
from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.packages.noticing import (
    NOTICED,
    TRIED_FOR,
    Compared,
    Comparison,
    compare,
    note_comparison,
    note_published,
    package_to_compare,
    packages_to_notice,
)
from services.lms_admin.sites.connections import connection_of
from worker.means import Due

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from sqlalchemy import Row

    from core.db import Transaction
    from worker.means import About, Means

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


async def notice_publishing(means: Means, about: About) -> bool:
    """Note that a package was published, and compare it; whether anything was new."""
    named = {"contract_id": about.contract_id, "package_id": about.object_id}
    published = await _write(means, lambda tx: note_published(tx, **named, now=tx.now))
    package = await _write(means, lambda tx: package_to_compare(tx, **named))
    if package is None:
        return published
    compared = await _compared(means, package)
    if compared is None:
        return published
    return await _write(means, lambda tx: note_comparison(tx, **named, compared=compared, now=tx.now))


async def publishing_left(tx: Transaction) -> list[Due]:
    """Packages that were published without anybody noticing, or not compared yet."""
    return [Due(NOTICED, key, package_id) for key, package_id in await packages_to_notice(tx)]


async def _compared(means: Means, package: Row[Any]) -> Compared | None:
    """Ask the LMS what it serves; None when it is to be asked again later."""
    try:
        connection = await _write(
            means,
            lambda tx: connection_of(
                tx,
                package.contract_id,
                package.site_id,
                means.keys,
                allow_loopback=means.settings.allow_loopback_lms,
            ),
        )
        async with opened(connection) as adapter:
            return compare(package, await adapter.find_package(package.course_key, package.title))
    except DomainError as refused:
        return Compared(Comparison.NOT_READABLE, refused.message)
    except LmsUnavailable as unavailable:
        for_good = unavailable.condition in {Condition.MISCONFIGURED, Condition.UNAUTHORIZED}
        if for_good or datetime.now(UTC) > package.published_at + TRIED_FOR:
            return Compared(Comparison.NOT_READABLE, f"the LMS is {unavailable.condition}: {unavailable.message}")
        log.info("a package is compared later", package=str(package.id), condition=unavailable.condition)
        return None


async def _write(means: Means, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    return await means.database.write(SYSTEM, work, now=datetime.now(UTC), request_id="publishing")
