"""What of a job is to be metered: each item that was applied, once, and how much of it is within the contract."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, select, update
from sqlmodel import col

from core.events import Event
from core.ids import encode
from services.contracts.days import today_in
from services.contracts.models import Contract, ContractLine
from services.delivery.scope import out_of_scope_reason
from services.delivery.totals import lock_lines
from services.lms_admin.acts.models import LmsAct, LmsMeteredItem
from services.lms_admin.jobs.leasing import COLUMNS, key_of
from services.lms_admin.jobs.models import LmsJob, LmsJobItem
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction


@dataclass(frozen=True, slots=True)
class Unit:
    """An item that was applied and not metered yet, with the act that proves it."""

    item_id: UUID
    position: int
    action: str
    verification: str
    sequence: int
    hash: bytes
    acted_at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """Units that become one work record: within the contract, or beyond it."""

    name: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """What of a job is to be metered, and what is said of it."""

    contract_id: UUID
    job_id: UUID
    line_id: UUID
    description: str
    first: date
    last: date
    parts: tuple[Part, ...]


async def draft_bill(tx: Transaction, *, contract_id: UUID, job_id: UUID) -> Bill | None:
    """Say what of an ended job is to be metered, its row and its line locked; None, and noted so, if that is nothing.

    Only items that were applied count, on a UNIT line, once; not those of an undo, nor of mending one's own mistake.
    """
    job = await locked_job(tx, contract_id, job_id)
    if job is None or job.metering != "OPEN" or job.ended_at is None:
        return None
    about = await tx.one(
        select(col(ContractLine.kind), col(Contract.time_zone), col(LmsSite.name), _mends().label("mends"))
        .join(Contract, col(Contract.id) == ContractLine.contract_id)
        .join(LmsSite, and_(col(LmsSite.contract_id) == ContractLine.contract_id, col(LmsSite.id) == job.site_id))
        .join(LmsPlan, and_(col(LmsPlan.contract_id) == ContractLine.contract_id, col(LmsPlan.id) == job.plan_id))
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == job.line_id)
    )
    units = await _units(tx, job) if about.kind == "UNIT" and not about.mends else ()
    if not units:
        await note_metering(tx, job, "METERED" if await _was_metered(tx, job) else "NOTHING_TO_METER")
        return None
    line = (await lock_lines(tx, contract_id, [job.line_id]))[job.line_id]
    # what fits is contracted; the rest is a record of its own, out of scope, and waits for the association's answer
    fits = bisect_left(
        range(1, len(units) + 1),
        True,
        key=lambda n: out_of_scope_reason(line, recorded=line.recorded_quantity, quantity=Decimal(n)) is not None,
    )
    parts = (Part("units", units[:fits]), Part("units-out-of-scope", units[fits:]))
    return Bill(
        contract_id,
        job_id,
        job.line_id,
        f"{job.operation} on {about.name}, job {encode('job', contract_id, job_id)}",
        today_in(about.time_zone, job.started_at),
        today_in(about.time_zone, job.ended_at),
        tuple(part for part in parts if part.units),
    )


async def locked_job(tx: Transaction, contract_id: UUID, job_id: UUID) -> Row[Any] | None:
    """Lock a job and return it."""
    return await tx.one_or_none(
        select(*COLUMNS)
        .where(col(LmsJob.contract_id) == contract_id, col(LmsJob.id) == job_id)
        .with_for_update(key_share=True)
    )


async def note_metering(
    tx: Transaction, job: Row[Any], metering: str, code: str | None = None, message: str | None = None
) -> None:
    """Note on a job how far its metering is, and tell it."""
    await tx.execute(
        update(LmsJob)
        .where(col(LmsJob.contract_id) == job.contract_id, col(LmsJob.id) == job.id)
        .values(metering=metering, metering_code=code, metering_message=message)
    )
    after = {"metering": metering, "code": code}
    tx.emit(Event(f"LMS_JOB_{_TOLD[metering]}", object_id=job.id, contract=key_of(job), after=after, reason=message))


_TOLD: Final = {
    "METERED": "METERED",
    "NOTHING_TO_METER": "METERED",
    "REFUSED": "METERING_REFUSED",
}


def _mends() -> Any:  # noqa: ANN401  (a comparison)
    return col(LmsPlan.undoes_job_id).is_not(None) | col(LmsPlan.mends_job_id).is_not(None)


async def _units(tx: Transaction, job: Row[Any]) -> tuple[Unit, ...]:
    metered = exists().where(
        col(LmsMeteredItem.contract_id) == LmsJobItem.contract_id, col(LmsMeteredItem.item_id) == LmsJobItem.id
    )
    proven = and_(
        col(LmsAct.contract_id) == LmsJobItem.contract_id,
        col(LmsAct.item_id) == LmsJobItem.id,
        col(LmsAct.outcome) == "APPLIED",
    )
    found = await tx.all(
        select(
            col(LmsJobItem.id).label("item_id"),
            col(LmsJobItem.position),
            col(LmsAct.action),
            col(LmsAct.verification),
            col(LmsAct.sequence),
            col(LmsAct.hash),
            col(LmsAct.acted_at),
        )
        .join(LmsAct, proven)
        .where(
            col(LmsJobItem.contract_id) == job.contract_id,
            col(LmsJobItem.job_id) == job.id,
            col(LmsJobItem.status) == "APPLIED",
            ~metered,
        )
        .order_by(col(LmsJobItem.position))
    )
    return tuple(Unit(**row._mapping) for row in found)  # noqa: SLF001  (SQLAlchemy's public name for a row as a mapping)


async def _was_metered(tx: Transaction, job: Row[Any]) -> bool:
    metered = exists().where(col(LmsMeteredItem.contract_id) == job.contract_id, col(LmsMeteredItem.job_id) == job.id)
    return bool(await tx.scalar(select(metered)))
