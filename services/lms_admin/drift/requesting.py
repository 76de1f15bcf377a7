"""Asking for a comparison of a site with its roster: by somebody, or daily by rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, exists, insert, not_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError
from core.events import ContractKey, Event
from core.ids import RowKey, new_id
from services.contracts.granted import key_of
from services.contracts.models import Contract
from services.lms_admin.drift.models import LmsDriftReading
from services.lms_admin.rosters.models import LmsRosterMember
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.models import LmsSite
from services.lms_admin.sites.operations import Operation
from services.lms_admin.sites.readings import require_adapter

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.actor import Actor
    from core.db import Transaction

REQUESTED: Final = "LMS_DRIFT_REQUESTED"
DUE: Final = "LMS_DRIFT_DUE"
EVERY: Final = timedelta(days=1)
AGAIN_AFTER: Final = timedelta(hours=1)
"""When a reading by rule has failed."""


class DriftBeingRead(DomainError):
    """The site is being compared with its roster: ask again when that has ended."""


class NoRoster(DomainError):
    """The site has no roster yet: import one first, there is nothing to compare it with."""


async def read_drift(tx: Transaction, *, actor: Actor, contract_id: UUID, site_id: UUID, now: datetime) -> RowKey:
    """Ask for a comparison of a site with its roster; it takes a grant that reaches ROSTER_IMPORT there.

    Refuses with what `site_for` refuses, SiteReadByHand, NoRoster or DriftBeingRead.
    """
    found = await site_for(
        tx, actor=actor, contract_id=contract_id, site_id=site_id, operation=Operation.ROSTER_IMPORT, now=now
    )
    require_adapter(found.site)
    if not await tx.scalar(select(_has_roster(found.site.contract_id, found.site.id))):
        raise NoRoster(f"{found.site.name} has no roster yet", field="siteId")
    key, reading_id = key_of(found.contract), new_id()
    await tx.execute(
        insert(LmsDriftReading).values(_columns(key, reading_id, site_id, now) | actor.signed("requested_by")),
        refusing={
            "one_drift_reading_at_a_time": DriftBeingRead(f"{found.site.name} is being compared", field="siteId")
        },
    )
    tx.emit(Event(REQUESTED, reading_id, contract=key, after={"site": found.site.name}, due_at=now))
    return RowKey(contract_id, reading_id)


async def request_due_reading(tx: Transaction, *, contract_id: UUID, site_id: UUID, now: datetime) -> bool:
    """Ask for the day's comparison in the system's name, unless it is not due any more."""
    this = (col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == site_id)
    site = await tx.one_or_none(_due(now).where(*this))
    if site is None:
        return False
    key, reading_id = ContractKey(contract_id, site.association_id, site.vendor_id), new_id()
    made = await tx.execute(
        upsert(LmsDriftReading).values(_columns(key, reading_id, site_id, now)).on_conflict_do_nothing()
    )
    if made.rowcount == 0:
        return False
    tx.emit(Event(REQUESTED, reading_id, contract=key, after={"site": site.name}, due_at=now))
    return True


async def sites_due(tx: Transaction, *, now: datetime) -> list[tuple[ContractKey, UUID]]:
    """Connected sites with a roster that were not compared with it for a day."""
    return [
        (ContractKey(row.contract_id, row.association_id, row.vendor_id), row.id) for row in await tx.all(_due(now))
    ]


def _due(now: datetime) -> Any:  # noqa: ANN401  (a SELECT of sites)
    recent = exists().where(
        col(LmsDriftReading.contract_id) == LmsSite.contract_id,
        col(LmsDriftReading.site_id) == LmsSite.id,
        (col(LmsDriftReading.status) == "READING")
        | (
            col(LmsDriftReading.requested_at)
            > case((col(LmsDriftReading.status) == "FAILED", now - AGAIN_AFTER), else_=now - EVERY)
        ),
    )
    return (
        select(*LmsSite.__table__.c)  # type: ignore[attr-defined]
        .join(Contract, and_(col(Contract.id) == LmsSite.contract_id, col(Contract.status) == "ACTIVE"))
        .where(
            col(LmsSite.status) == "CONNECTED",
            col(LmsSite.system) != "MANUAL",
            _has_roster(LmsSite.contract_id, LmsSite.id),
            not_(recent),
        )
    )


def _has_roster(contract_id: Any, site_id: Any) -> ColumnElement[bool]:  # noqa: ANN401  (values or columns)
    return exists().where(col(LmsRosterMember.contract_id) == contract_id, col(LmsRosterMember.site_id) == site_id)


def _columns(key: ContractKey, reading_id: UUID, site_id: UUID, now: datetime) -> dict[str, Any]:
    told = {"id": reading_id, "site_id": site_id, "status": "READING", "requested_at": now, "progressed_at": now}
    return key.columns | told
