"""Striking out a work record before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.models import WorkRecord
from services.delivery.totals import LONGEST_REASON, OPEN, Counted, WorkRecordNotOpen, counted, lock_lines, move_totals
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


async def void_work_record(
    tx: Transaction, *, actor: Actor, contract_id: UUID, work_record_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Strike out a record that lies with the vendor, for a reason; what it took of the scope is free again.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, WorkRecordNotOpen (in review, decided or voided).
    """
    contract = await contract_for(tx, actor=actor, act=Act.RECORD_WORK, contract_id=contract_id, field="workRecordId")
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    named = (col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id) == work_record_id)
    record = await tx.one_or_none(select(col(WorkRecord.line_id), col(WorkRecord.status)).where(*named))
    if record is None:
        raise NotFound("there is no such work record", field="workRecordId")
    await lock_lines(tx, contract_id, [record.line_id])
    quantity = await tx.scalar(
        update(WorkRecord)
        .where(*named, col(WorkRecord.status).in_(OPEN))
        .values(status="VOIDED", voided_at=now, void_reason=reason)
        .returning(col(WorkRecord.quantity))
    )
    if quantity is None:
        raise WorkRecordNotOpen("only a record that is RECORDED or RETURNED can be voided", field="workRecordId")
    await move_totals(tx, contract_id, [(record.line_id, Counted() - counted("RECORDED", quantity))])
    tx.emit(
        Event(
            "WORK_RECORD_VOIDED",
            object_id=work_record_id,
            contract=key_of(contract),
            before={"status": record.status},
            after={"status": "VOIDED"},
            reason=reason,
        )
    )
    return RowKey(contract_id, work_record_id)
