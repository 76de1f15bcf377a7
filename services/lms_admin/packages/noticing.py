"""What became of publishing: noticed once a job has put the package there, and compared with what the LMS serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update
from sqlmodel import col

from core.events import ContractKey, Event
from services.lms_admin.jobs.models import LmsJob, LmsJobItem
from services.lms_admin.packages.models import ContentPackage

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row, Select

    from core.db import Transaction
    from services.lms_admin.adapters.port import FoundPackage

NOTICED: Final = "PACKAGE_PUBLISHING_NOTICED"
TRIED_FOR: Final = timedelta(days=1)
"""How long an LMS that does not answer is asked for what it serves."""

IS_THERE: Final = or_(
    col(LmsJobItem.status).in_(["APPLIED", "ALREADY_SO"]),
    # the preview found the very same package there
    and_(col(LmsJobItem.status) == "SKIPPED", col(LmsJobItem.error_code) == "NOTHING_TO_DO"),
)


class Comparison(StrEnum):
    """Whether the LMS serves what was published."""

    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    NOT_READABLE = "NOT_READABLE"


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing, and why where there is more to say."""

    comparison: Comparison
    reason: str | None = None


async def packages_to_notice(tx: Transaction, *, most: int = 100) -> list[tuple[ContractKey, UUID]]:
    """Packages that a job has put into an LMS, or that were not compared with it yet; for the worker."""
    columns = tuple(getattr(ContentPackage, name) for name in ("contract_id", "association_id", "vendor_id", "id"))
    put_there = (
        _put_there(select(*columns))
        .where(col(ContentPackage.status) == "CHECKED", col(ContentPackage.plan_id).is_not(None))
        .limit(most)
    )
    uncompared = (
        select(*columns)
        .where(col(ContentPackage.status) == "PUBLISHED", col(ContentPackage.compared_at).is_(None))
        .limit(most)
    )
    found = [*await tx.all(put_there), *await tx.all(uncompared)]
    return [(ContractKey(row.contract_id, row.association_id, row.vendor_id), row.id) for row in found]


async def note_published(tx: Transaction, *, contract_id: UUID, package_id: UUID, now: datetime) -> bool:
    """Make a package PUBLISHED that a job has put there, and the one before it SUPERSEDED; once."""
    this = (col(ContentPackage.contract_id) == contract_id, col(ContentPackage.id) == package_id)
    found = select(*ContentPackage.__table__.c)  # type: ignore[attr-defined]
    package = await tx.one_or_none(
        _put_there(found).where(*this, col(ContentPackage.status) == "CHECKED").with_for_update(of=ContentPackage)
    )
    if package is None:
        return False
    earlier = await tx.all(
        update(ContentPackage)
        .where(
            col(ContentPackage.contract_id) == contract_id,
            col(ContentPackage.site_id) == package.site_id,
            col(ContentPackage.course_key) == package.course_key,
            col(ContentPackage.title) == package.title,
            col(ContentPackage.status) == "PUBLISHED",
        )
        .values(status="SUPERSEDED", ended_at=now)
        .returning(col(ContentPackage.id))
    )
    await tx.execute(update(ContentPackage).where(*this).values(status="PUBLISHED", published_at=now))
    after = {"status": "PUBLISHED", "sha256": package.sha256, "supersedes": [str(row.id) for row in earlier]}
    key = ContractKey(contract_id, package.association_id, package.vendor_id)
    tx.emit(Event("PACKAGE_PUBLISHED", package_id, contract=key, before={"status": "CHECKED"}, after=after))
    return True


async def package_to_compare(
    tx: Transaction, *, contract_id: UUID, package_id: UUID
) -> Row[tuple[ContentPackage]] | None:
    """Return a published package that was not compared yet; for the worker."""
    return await tx.one_or_none(
        select(*ContentPackage.__table__.c).where(  # type: ignore[attr-defined]
            col(ContentPackage.contract_id) == contract_id,
            col(ContentPackage.id) == package_id,
            col(ContentPackage.status) == "PUBLISHED",
            col(ContentPackage.compared_at).is_(None),
        )
    )


def compare(package: Row[tuple[ContentPackage]], found: FoundPackage | None) -> Compared:
    """Compare the digest of what was published with that of what the LMS serves."""
    if found is None:
        return Compared(Comparison.NOT_READABLE, "the LMS shows no package of this title in the course")
    for name in ("sha256", "sha1"):
        theirs, ours = getattr(found, name), getattr(package, name)
        if theirs and ours:
            if theirs.lower() == ours:
                return Compared(Comparison.MATCHES)
            return Compared(Comparison.DIFFERS, f"its {name} is {theirs[:64]}")
    return Compared(Comparison.NOT_READABLE, "the LMS does not say which content it serves")


async def note_comparison(
    tx: Transaction, *, contract_id: UUID, package_id: UUID, compared: Compared, now: datetime
) -> bool:
    """Keep what came of comparing, once."""
    package = await tx.one_or_none(
        update(ContentPackage)
        .where(
            col(ContentPackage.contract_id) == contract_id,
            col(ContentPackage.id) == package_id,
            col(ContentPackage.status) == "PUBLISHED",
            col(ContentPackage.compared_at).is_(None),
        )
        .values(comparison=compared.comparison, comparison_reason=compared.reason, compared_at=now)
        .returning(*ContentPackage.__table__.c)  # type: ignore[attr-defined]
    )
    if package is None:
        return False
    key = ContractKey(contract_id, package.association_id, package.vendor_id)
    after = {"comparison": compared.comparison, "reason": compared.reason}
    tx.emit(Event("PACKAGE_COMPARED", package_id, contract=key, after=after))
    return True


def _put_there(packages: Select[tuple[ContentPackage]]) -> Select[tuple[ContentPackage]]:
    """Narrow packages to those that the job of their plan has put into the LMS."""
    job = and_(col(LmsJob.contract_id) == ContentPackage.contract_id, col(LmsJob.plan_id) == ContentPackage.plan_id)
    item = and_(col(LmsJobItem.contract_id) == LmsJob.contract_id, col(LmsJobItem.job_id) == LmsJob.id, IS_THERE)
    return packages.join(LmsJob, job).join(LmsJobItem, item)
