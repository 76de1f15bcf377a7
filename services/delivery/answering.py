"""The association's yes or no to work that is out of scope: until then it waits, and is neither billed nor dropped."""

from __future__ import annotations

from decimal import ROUND_CEILING
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import case, insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from core.money import currency_digits
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import ContractLine
from services.delivery.models import ScopeAnswer, WorkRecord
from services.delivery.scope import plain
from services.delivery.totals import LONGEST_REASON, OPEN, Counted, counted, lock_lines, move_totals
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class WorkInScope(DomainError):
    """The record waits for no answer: it is in scope, in review, decided or voided."""


class Answer(StrEnum):
    """Yes or no."""

    APPROVED = "APPROVED"
    DECLINED = "DECLINED"


async def answer_scope(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    work_record_id: UUID,
    answer: Answer,
    reason: str,
    now: datetime,
) -> RowKey:
    """Say yes or no to a record that is out of scope.

    A yes extends the line by the record's quantity, at the contracted unit price: the record is in scope and takes its
    ordinary way; the room is the line's, whatever becomes of the record. A no voids it. Refuses with Forbidden,
    NotFound, ContractNotActive (for a yes), TextBlank, TextTooLong or WorkInScope.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ANSWER_SCOPE, contract_id=contract_id, field="workRecordId")
    if answer is Answer.APPROVED:
        require_active(contract)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    named = (col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id) == work_record_id)
    record = await tx.one_or_none(select(col(WorkRecord.line_id), col(WorkRecord.out_of_scope_reason)).where(*named))
    if record is None:
        raise NotFound("there is no such work record", field="workRecordId")
    line = (await lock_lines(tx, contract_id, [record.line_id]))[record.line_id]
    waiting = update(WorkRecord).where(*named, col(WorkRecord.status).in_(OPEN), col(WorkRecord.in_scope).is_(False))
    taken = (
        waiting.values(in_scope=True, out_of_scope_reason=None)
        if answer is Answer.APPROVED
        else waiting.values(status="VOIDED", voided_at=now, void_reason=reason)
    )
    quantity = await tx.scalar(taken.returning(col(WorkRecord.quantity)))
    if quantity is None:
        raise WorkInScope("the record waits for no answer", field="workRecordId")
    if answer is Answer.APPROVED:
        await _extend(tx, line, quantity)
    else:
        await move_totals(tx, contract_id, [(record.line_id, Counted() - counted("RECORDED", quantity))])
    key = key_of(contract)
    await tx.execute(
        insert(ScopeAnswer).values(
            **key.columns,
            id=new_id(),
            work_record_id=work_record_id,
            line_id=record.line_id,
            answer=answer,
            quantity=quantity,
            out_of_scope_reason=record.out_of_scope_reason,
            reason=reason,
            answered_at=now,
            **actor.signed("answered_by"),
        )
    )
    after = {"answer": answer, "quantity": plain(quantity)}
    tx.emit(Event("SCOPE_ANSWERED", object_id=work_record_id, contract=key, after=after, reason=reason))
    return RowKey(contract_id, work_record_id)


async def _extend(tx: Transaction, line: Row[Any], quantity: Any) -> None:  # noqa: ANN401  (a column's Decimal)
    """Make room for so much more: in quantity where that binds, in money where an amount is not to be exceeded."""
    value_minor = (quantity * line.unit_price).scaleb(currency_digits(line.currency_code))
    binds = line.kind == "MILESTONE" or line.quantity_basis == "MAXIMUM"
    money_binds = col(ContractLine.not_to_exceed_minor).is_not(None)
    # an amount is compared before any rounding: a fraction of a cent takes a whole one
    more_minor = int(value_minor.to_integral_value(ROUND_CEILING))
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == line.contract_id, col(ContractLine.id) == line.id)
        .values(
            extended_quantity=col(ContractLine.extended_quantity) + (quantity if binds else 0),
            extended_minor=col(ContractLine.extended_minor) + case((money_binds, more_minor), else_=0),
        )
    )
