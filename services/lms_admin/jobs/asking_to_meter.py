"""Asking for a job's units to be metered again, once what they were refused for is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.jobs.models import LmsJob

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class MeteringNotRefused(DomainError):
    """The job's units were not refused: they are metered, there are none, or they are being metered."""


async def meter_lms_job(tx: Transaction, *, actor: Actor, contract_id: UUID, job_id: UUID, now: datetime) -> RowKey:
    """Let the worker meter a job whose units were refused, as work that `actor` records.

    Refuses with NotFound, Forbidden or MeteringNotRefused.
    """
    contract = await contract_for(tx, actor=actor, act=Act.RECORD_WORK, contract_id=contract_id, field="jobId")
    asked = await tx.execute(
        update(LmsJob)
        .where(col(LmsJob.contract_id) == contract_id, col(LmsJob.id) == job_id, col(LmsJob.metering) == "REFUSED")
        .values(metering="OPEN", metering_code=None, metering_message=None, metering_member_id=actor.member_id)
    )
    if not asked.rowcount:
        await _refuse(tx, contract_id, job_id)
    tx.emit(
        Event(
            "LMS_METERING_ASKED",
            object_id=job_id,
            contract=key_of(contract),
            before={"metering": "REFUSED"},
            after={"metering": "OPEN"},
            due_at=now,
        )
    )
    return RowKey(contract_id, job_id)


async def _refuse(tx: Transaction, contract_id: UUID, job_id: UUID) -> None:
    metering = await tx.scalar(
        select(col(LmsJob.metering)).where(col(LmsJob.contract_id) == contract_id, col(LmsJob.id) == job_id)
    )
    if metering is None:
        raise NotFound("there is no such job", field="jobId")
    raise MeteringNotRefused(f"the job's metering is {metering}", field="jobId")
