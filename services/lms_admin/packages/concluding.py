"""What came of the checks: findings as rows, and one verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.events import ContractKey, Event
from core.ids import new_id
from services.lms_admin.packages.checks.rules import OF_THE_ARCHIVE, Severity
from services.lms_admin.packages.models import AccessibilityFinding, ContentPackage, PackageFinding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.packages.checks.checking import Checked
    from services.lms_admin.packages.checks.rules import Finding


@dataclass(frozen=True, slots=True)
class Barrier:
    """What a scan of a page found; one that is not `certain` is for a person to judge."""

    certain: bool
    rule: str
    impact: str | None
    message: str
    help_url: str | None
    file: str
    element_count: int
    first_element: str | None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Launched:
    """What came of opening a package in a browser; `unscanned_reason` is why no page was scanned, None when one was."""

    findings: Sequence[Finding] = ()
    barriers: Sequence[Barrier] = ()
    checked: bool = False
    unscanned_reason: str | None = field(default=None)


async def package_to_check(
    tx: Transaction, *, contract_id: UUID, package_id: UUID
) -> Row[tuple[ContentPackage]] | None:
    """Return a package whose checks have not ended; for the worker."""
    return await tx.one_or_none(
        select(*ContentPackage.__table__.c).where(  # type: ignore[attr-defined]
            col(ContentPackage.contract_id) == contract_id,
            col(ContentPackage.id) == package_id,
            col(ContentPackage.status) == "CHECKING",
        )
    )


async def conclude_checks(
    tx: Transaction, *, contract_id: UUID, package_id: UUID, checked: Checked, launched: Launched, now: datetime
) -> bool:
    """Keep what came of the checks, once; whether the package was still CHECKING."""
    findings = [*checked.findings, *launched.findings]
    scanned = launched.unscanned_reason is None
    package = await tx.one_or_none(
        update(ContentPackage)
        .where(
            col(ContentPackage.contract_id) == contract_id,
            col(ContentPackage.id) == package_id,
            col(ContentPackage.status) == "CHECKING",
        )
        .values(
            status="CHECKED",
            standard=checked.standard,
            sha1=checked.sha1,
            verdict=verdict_of(findings),
            launch_checked=launched.checked,
            accessibility_scanned=scanned,
            accessibility_unscanned_reason=launched.unscanned_reason,
            checked_at=now,
        )
        .returning(*ContentPackage.__table__.c)  # type: ignore[attr-defined]
    )
    if package is None:
        return False
    key = ContractKey(package.contract_id, package.association_id, package.vendor_id)
    await _keep(tx, key, package_id, findings, launched.barriers)
    after = {"status": "CHECKED", "verdict": package.verdict, "standard": package.standard}
    rules = sorted({each.rule.value for each in findings if each.severity == Severity.FAIL})
    tx.emit(
        Event(
            "PACKAGE_CHECKED", package_id, contract=key, before={"status": "CHECKING"}, after=after | {"failed": rules}
        )
    )
    return True


def verdict_of(findings: Sequence[Finding]) -> Severity:
    """FAIL by one failure; WARN by one warning, or by what could not be checked; else PASS."""
    severities = {each.severity for each in findings}
    if Severity.FAIL in severities:
        return Severity.FAIL
    return Severity.WARN if severities - {Severity.PASS} else Severity.PASS


async def _keep(
    tx: Transaction, key: ContractKey, package_id: UUID, findings: Sequence[Finding], barriers: Sequence[Barrier]
) -> None:
    if findings:
        await tx.execute(
            insert(PackageFinding),
            [
                {
                    **key.columns,
                    "id": new_id(),
                    "package_id": package_id,
                    "position": position,
                    "rule": each.rule,
                    "severity": each.severity,
                    "can_be_waived": each.severity == Severity.FAIL and each.rule not in OF_THE_ARCHIVE,
                    "message": each.message,
                    "file": each.file,
                }
                for position, each in enumerate(findings, start=1)
            ],
        )
    if barriers:
        await tx.execute(
            insert(AccessibilityFinding),
            [
                {
                    **key.columns,
                    "id": new_id(),
                    "package_id": package_id,
                    "position": position,
                    "certain": each.certain,
                    "rule": each.rule,
                    "impact": each.impact,
                    "message": each.message,
                    "help_url": each.help_url,
                    "file": each.file,
                    "element_count": each.element_count,
                    "first_element": each.first_element,
                    "criteria": list(each.criteria),
                }
                for position, each in enumerate(barriers, start=1)
            ],
        )


async def unchecked_packages(tx: Transaction, *, before: datetime, most: int = 100) -> list[tuple[ContractKey, UUID]]:
    """Packages submitted before a moment whose checks have not ended; for the worker."""
    found = await tx.all(
        select(*ContentPackage.__table__.c)  # type: ignore[attr-defined]
        .where(col(ContentPackage.status) == "CHECKING", col(ContentPackage.submitted_at) < before)
        .order_by(col(ContentPackage.submitted_at))
        .limit(most)
    )
    return [(ContractKey(row.contract_id, row.association_id, row.vendor_id), row.id) for row in found]
