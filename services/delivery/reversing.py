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
from services.delivery.totals import LONGEST_REASON, counted, lock_lines, move_totals
from services.identity.roles import Act, require_member

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
    work_record: RowKey | None = None,
    decision: RowKey | None = None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Take back the acceptance of a record, in full or in part, and hand the record back; returns the record's key.

    The decision is kept, marked as reversed. The record is RETURNED with its whole quantity, so that the vendor can
    submit it again or void it; where a rejected part had made room that others took since, it is out of scope now.
    Refuses with Forbidden, TextBlank, TextTooLong, InvalidInput, NotFound, NotAccepted, AlreadyBilled.
    """
    require_member(actor)
    named = work_record or decision
    if named is None or (work_record and decision):
        raise InvalidInput("name the record or the decision", field="workRecordId")
    field, contract_id = "workRecordId" if work_record else "decisionId", named.contract_id
    contract = await contract_for(tx, actor=actor, act=Act.REVERSE_ACCEPTANCE, contract_id=contract_id, field=field)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    record = await _record(tx, contract_id, work_record.id if work_record else await _decided(tx, named), field)
    line = (await lock_lines(tx, contract_id, [record.line_id]))[record.line_id]
    taken = await _take_back(
        tx,
        col(Decision.contract_id) == contract_id,
        col(Decision.work_record_id) == record.id,
        *([col(Decision.id) == decision.id] if decision else []),
        reason=reason,
        now=now,
    )
    counts = counted(record.status, record.quantity, taken.accepted_quantity, taken.disposition)
    change = counted("RETURNED", record.quantity) - counts
    # what was accepted in full has held its place all the time
    scope = None
    if change.recorded:
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
            before={"status": record.status, "acceptedQuantity": plain(taken.accepted_quantity)},
            after={"status": "RETURNED", "inScope": scope is None},
            reason=reason,
        )
    )
    return RowKey(contract_id, record.id)


async def _decided(tx: Transaction, decision: RowKey) -> UUID | None:
    """The record that a decision is on."""
    found: UUID | None = await tx.scalar(
        select(col(Decision.work_record_id)).where(
            col(Decision.contract_id) == decision.contract_id, col(Decision.id) == decision.id
        )
    )
    return found


async def _record(tx: Transaction, contract_id: UUID, record_id: UUID | None, field: str) -> Row[tuple[WorkRecord]]:
    record = await tx.one_or_none(
        select(*WorkRecord.__table__.c).where(  # type: ignore[attr-defined]
            col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id) == record_id
        )
    )
    if record is None:
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
