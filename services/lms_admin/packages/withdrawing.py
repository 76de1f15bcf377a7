"""Withdrawing a package that no LMS serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.identity.roles import require_member
from services.lms_admin.packages.found import FIELD, package_for
from services.lms_admin.packages.models import ContentPackage
from services.lms_admin.packages.publishing import require_none_under_way
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class PackageNotOpen(DomainError):
    """The package was published, superseded or withdrawn before."""


async def withdraw_package(
    tx: Transaction, *, actor: Actor, contract_id: UUID, package_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Withdraw a package before it is published; its findings stay.

    Refuses with Unauthenticated, NotFound, what `site_for` refuses, PackageNotOpen, PublishingUnderWay, TextBlank and
    TextTooLong.
    """
    require_member(actor)
    package = await package_for(tx, contract_id, package_id)
    operation = Operation.PUBLISH_PACKAGE
    administered = await site_for(
        tx, actor=actor, contract_id=contract_id, site_id=package.site_id, operation=operation, now=now, field=FIELD
    )
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    faults.refuse()
    if package.status not in {"CHECKING", "CHECKED"}:
        raise PackageNotOpen(f"{package.title} is {package.status}", field=FIELD)
    await require_none_under_way(tx, package)
    await tx.execute(
        update(ContentPackage)
        .where(col(ContentPackage.contract_id) == contract_id, col(ContentPackage.id) == package_id)
        .values(status="WITHDRAWN", ended_at=now, end_reason=reason.strip())
    )
    before, after = {"status": package.status}, {"status": "WITHDRAWN"}
    key = key_of(administered.contract)
    tx.emit(Event("PACKAGE_WITHDRAWN", package_id, contract=key, before=before, after=after, reason=reason.strip()))
    return RowKey(contract_id, package_id)
