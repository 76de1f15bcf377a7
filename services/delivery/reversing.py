"""Taking back an acceptance that is not billed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.models import Decision, WorkRecord
from services.delivery.scope import out_of_scope_reason, plain
from services.delivery.totals import counted, lock_lines, move_totals
from services.delivery.voiding import LONGEST_REASON
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from core.actor import Actor
    from core.db import Transaction


class NotAccepted(DomainError):
    """Nothing of the record stands accepted."""


class AlreadyBilled(DomainError):
    """It stands on an issued invoice already; a void of the invoice would release it."""


async def reverse_acceptance(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    work_record_id: UUID | None = None,
    decision_id: UUID | None = None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Take back the acceptance of a record, in full or in part, and hand the record back; returns the record's key.

    The decision is kept, marked as reversed. The record is RETURNED with its whole quantity, so that the vendor can
    submit it again or void it; where a rejected part had made room that others took since, it is out of scope now.
    Refuses with Forbidden, TextBlank, TextTooLong, InvalidInput, NotFound, NotAccepted, AlreadyBilled.
    """
    contract = await contract_for(
        tx,
        actor=actor,
        act=Act.REVERSE_ACCEPTANCE,
        contract_id=contract_id,
        field="workRecordId" if work_record_id else "decisionId",
    )
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    if (work_record_id is None) == (decision_id is None):
        faults.note(InvalidInput("name the record or the decision", field="workRecordId"))
    faults.refuse()
    record = await _record(tx, contract_id, work_record_id, decision_id)
    line = (await lock_lines(tx, contract_id, [record.line_id]))[record.line_id]
    decision = await _take_back(
        tx,
        col(Decision.contract_id) == contract_id,
        col(Decision.work_record_id) == record.id,
        *([col(Decision.id) == decision_id] if decision_id else []),
        reason=reason,
        now=now,
    )
    counts = counted(record.status, record.quantity, decision.accepted_quantity, decision.disposition)
    change = counted("RETURNED", record.quantity) - counts
    scope = out_of_scope_reason(line, recorded=line.recorded_quantity, quantity=change.recorded)
    await tx.execute(
        update(WorkRecord)
        .where(col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id) == record.id)
        .values(status="RETURNED", accepted_quantity=None, in_scope=scope is None, out_of_scope_reason=scope)
    )
    await move_totals(tx, contract_id, [(line.id, change)])
    tx.emit(
        Event(
            "ACCEPTANCE_REVERSED",
            object_id=record.id,
            contract=key_of(contract),
            before={"status": record.status, "acceptedQuantity": plain(decision.accepted_quantity)},
            after={"status": "RETURNED", "inScope": scope is None},
            reason=reason,
        )
    )
    return RowKey(contract_id, record.id)


async def _record(
    tx: Transaction, contract_id: UUID, work_record_id: UUID | None, decision_id: UUID | None
) -> Row[tuple[WorkRecord]]:
    decided = select(col(Decision.work_record_id)).where(
        col(Decision.contract_id) == contract_id, col(Decision.id) == decision_id
    )
    record = await tx.one_or_none(
        select(*WorkRecord.__table__.c).where(  # type: ignore[attr-defined]
            col(WorkRecord.contract_id) == contract_id,
            col(WorkRecord.id) == (work_record_id or decided.scalar_subquery()),
        )
    )
    if record is None:
        field = "workRecordId" if work_record_id else "decisionId"
        raise NotFound("there is no such work record or decision", field=field)
    return record


async def _take_back(tx: Transaction, *named: ColumnElement[bool], reason: str, now: datetime) -> Row[tuple[Decision]]:
    """Mark the standing acceptance as reversed, in a statement that billing's claim and another reversal race for."""
    standing = (*named, col(Decision.reversed_at).is_(None), col(Decision.accepted_quantity) > 0)
    taken = await tx.one_or_none(
        update(Decision)
        .where(*standing, col(Decision.billed).is_(False))
        .values(reversed_at=now, reverse_reason=reason)
        .returning(*Decision.__table__.c)  # type: ignore[attr-defined]
    )
    if taken is not None:
        return taken
    if await tx.scalar(select(col(Decision.id)).where(*standing)) is None:
        raise NotAccepted("nothing of it stands accepted")
    raise AlreadyBilled("it stands on an issued invoice; a void of the invoice would release it")
