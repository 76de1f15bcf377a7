"""Publishing a package: asked for as a plan of one row, which is approved and executed as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError
from core.ids import RowKey
from services.contracts.days import today_in
from services.contracts.models import Contract, ContractLine
from services.identity.roles import require_member
from services.lms_admin.packages.found import FIELD, package_for, require_checked
from services.lms_admin.packages.models import ContentPackage
from services.lms_admin.packages.waiving import failed_rules, waived_rules
from services.lms_admin.plans.asking import Wish, begin_plan, may_ask
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.plans.rows import Wanted, add_rows
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

UNDER_WAY: Final = frozenset({"PREVIEWING", "READY", "APPROVED", "EXECUTING"})


class RulesNotWaived(DomainError):
    """The package fails by rules that nobody answers for today: mend it, or have them waived if they can be."""


class PublishingUnderWay(DomainError):
    """A plan that publishes the package has not ended: execute it, or withdraw it first."""


async def preview_publishing(
    tx: Transaction, *, actor: Actor, contract_id: UUID, package_id: UUID, reason: str | None, now: datetime
) -> RowKey:
    """Ask what publishing a checked package would do; returns the plan.

    A verdict of PASS or WARN takes nothing more; each rule that it fails by takes a waiver that holds today. Refuses
    with Unauthenticated, NotFound, what `may_ask` refuses, PackageNotChecked, PublishingUnderWay and RulesNotWaived.
    """
    require_member(actor)
    package = await package_for(tx, contract_id, package_id)
    line_key = await tx.scalar(
        select(col(ContractLine.key)).where(
            col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == package.line_id
        )
    )
    wish, operation = Wish(package.site_id, line_key, reason), Operation.PUBLISH_PACKAGE
    asking = await may_ask(tx, actor=actor, contract_id=contract_id, wish=wish, operation=operation, now=now)
    require_checked(package)
    await require_none_under_way(tx, package)
    await _require_waived(tx, package, asking.contract, now)
    plan = await begin_plan(tx, asking, now=now)
    desired = {
        "course_key": package.course_key,
        "title": package.title,
        "sha256": package.sha256,
        "sha1": package.sha1,
    }
    await add_rows(tx, *plan, [Wanted(subject_kind="PACKAGE", course_key=package.course_key, desired=desired)])
    await tx.execute(
        update(ContentPackage)
        .where(col(ContentPackage.contract_id) == contract_id, col(ContentPackage.id) == package_id)
        .values(plan_id=plan.id)
    )
    return plan


async def require_none_under_way(tx: Transaction, package: Row[tuple[ContentPackage]]) -> None:
    """Refuse with PublishingUnderWay while a plan that publishes the package has not ended."""
    status = await tx.scalar(
        select(col(LmsPlan.status)).where(
            col(LmsPlan.contract_id) == package.contract_id, col(LmsPlan.id) == package.plan_id
        )
    )
    if status in UNDER_WAY:
        raise PublishingUnderWay(f"the plan that publishes {package.title} is {status}", field=FIELD)


async def _require_waived(
    tx: Transaction, package: Row[tuple[ContentPackage]], contract: Row[tuple[Contract]], now: datetime
) -> None:
    failed = await failed_rules(tx, package.contract_id, package.id)
    today = today_in(contract.time_zone, now)
    if left := failed - await waived_rules(tx, package.contract_id, package.id, on=today):
        raise RulesNotWaived(f"it fails by {', '.join(sorted(left))}", field=FIELD)
