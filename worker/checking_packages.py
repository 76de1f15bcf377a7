"""Checking a package: its bytes are fetched, looked into in a process of its own, and opened in a browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from core.actor import SYSTEM
from services.lms_admin.packages.browsing import launch
from services.lms_admin.packages.checks.isolated import check_isolated
from services.lms_admin.packages.concluding import conclude_checks, package_to_check, unchecked_packages
from worker.fetching import fetched
from worker.means import Due

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Final

    from core.db import Transaction
    from worker.means import About, Means

SUBMITTED: Final = "PACKAGE_SUBMITTED"
LOST_AFTER: Final = timedelta(minutes=15)
"""Longer than any check takes."""

Result = TypeVar("Result")


async def check_package(means: Means, about: About) -> bool:
    """Check a package that was submitted; False when that has been done, or it was withdrawn."""
    named = {"contract_id": about.contract_id, "package_id": about.object_id}
    package = await _write(means, lambda tx: package_to_check(tx, **named))
    if package is None:
        return False
    async with fetched(means.blobs, package.sha256) as path:
        checked = await check_isolated(Path(path))
        launched = await launch(Path(path), checked, chromium=means.settings.chromium)
    return await _write(means, lambda tx: conclude_checks(tx, **named, checked=checked, launched=launched, now=tx.now))


async def packages_left(tx: Transaction) -> list[Due]:
    """Packages whose checks were lost."""
    lost = await unchecked_packages(tx, before=tx.now - LOST_AFTER)
    return [Due(SUBMITTED, key, package_id) for key, package_id in lost]


async def _write(means: Means, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    return await means.database.write(SYSTEM, work, now=datetime.now(UTC), request_id="package checks")
