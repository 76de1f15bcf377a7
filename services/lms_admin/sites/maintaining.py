"""Maintenance that is announced: nothing is sent to the site meanwhile, and its uptime leaves the time out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.sites.models import LmsMaintenance
from services.lms_admin.sites.reaching import require_reach, site_to_connect

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST: Final = timedelta(days=14)


class MaintenanceOverlaps(DomainError):
    """The site has maintenance announced in that time already."""


class MaintenanceOver(DomainError):
    """The maintenance is over, or was withdrawn before."""


async def announce_maintenance(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    site_id: UUID,
    starts_at: datetime | None,
    ends_at: datetime,
    reason: str,
    now: datetime,
) -> RowKey:
    """Announce maintenance from `starts_at`, or at once, until `ends_at`; never for a time that has passed.

    Refuses with NotFound, Forbidden, OutsideGrant, SiteDisconnected, ContractNotActive, TextBlank, TextTooLong,
    InvalidInput (it ends before it begins, begins in the past, or lasts longer than 14 days) or MaintenanceOverlaps.
    """
    found = await site_to_connect(tx, actor=actor, contract_id=contract_id, site_id=site_id)
    require_active(found.contract)
    first = starts_at or now
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    if first < now:
        faults.note(InvalidInput("what has passed is not announced", field="startsAt"))
    if not timedelta() < ends_at - first <= LONGEST:
        faults.note(InvalidInput("it ends after it begins, within 14 days", field="endsAt"))
    faults.refuse()
    maintenance_id = new_id()
    await tx.execute(
        insert(LmsMaintenance).values(
            **key_of(found.contract).columns,
            id=maintenance_id,
            site_id=site_id,
            during=Range(first, ends_at),
            reason=reason.strip(),
            announced_at=now,
            **actor.signed("announced_by"),
        ),
        refusing={
            "one_maintenance_at_a_time": MaintenanceOverlaps(
                f"{found.site.name} has maintenance announced in that time already", field="startsAt"
            )
        },
    )
    after = {"site": found.site.name, "startsAt": first, "endsAt": ends_at}
    tx.emit(
        Event(
            "LMS_MAINTENANCE_ANNOUNCED",
            maintenance_id,
            contract=key_of(found.contract),
            after=after,
            reason=reason.strip(),
        )
    )
    return RowKey(contract_id, maintenance_id)


async def withdraw_maintenance(
    tx: Transaction, *, actor: Actor, contract_id: UUID, maintenance_id: UUID, now: datetime
) -> RowKey:
    """Withdraw maintenance before it begins, or end it early; what was probed meanwhile stays planned.

    Refuses with NotFound, Forbidden, OutsideGrant or MaintenanceOver.
    """
    contract = await contract_for(tx, actor=actor, act=Act.CONNECT_LMS, contract_id=contract_id, field="maintenanceId")
    this = (col(LmsMaintenance.contract_id) == contract_id, col(LmsMaintenance.id) == maintenance_id)
    site_id = await tx.scalar(select(col(LmsMaintenance.site_id)).where(*this))
    if site_id is None:
        raise NotFound("there is no such maintenance", field="maintenanceId")
    await require_reach(tx, actor=actor, contract=contract, site_id=site_id, name="this site", field="maintenanceId")
    withdrawn = await tx.one_or_none(
        update(LmsMaintenance)
        .where(*this, col(LmsMaintenance.withdrawn_at).is_(None), func.upper(col(LmsMaintenance.during)) > now)
        .values(withdrawn_at=now)
        .returning(col(LmsMaintenance.id))
    )
    if withdrawn is None:
        raise MaintenanceOver("the maintenance is over, or was withdrawn", field="maintenanceId")
    tx.emit(Event("LMS_MAINTENANCE_WITHDRAWN", maintenance_id, contract=key_of(contract)))
    return RowKey(contract_id, maintenance_id)
