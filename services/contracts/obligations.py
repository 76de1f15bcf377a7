"""What a party owes the other beside delivery and pay: due days, and how each was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, insert, select, update
from sqlmodel import col

from core.errors import DomainError, Forbidden, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.days import Period, due_days, today_in
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import Contract, ContractLine, ObligationOccurrence
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class AlreadySettled(DomainError):
    """The occurrence was recorded as met, late or waived before."""


class InvalidSettledDay(DomainError):
    """The day of settlement lies in the future, or was given for a waiver, which has none."""


async def write_occurrences(tx: Transaction, contract: Row[tuple[Contract]]) -> None:
    """Lay out every due day of the obligations of a contract that has just become active."""
    lines = await tx.all(
        select(
            col(ContractLine.id),
            col(ContractLine.due_on),
            col(ContractLine.recurrence),
            col(ContractLine.due_day_of_month),
        ).where(
            col(ContractLine.contract_id) == contract.id,
            col(ContractLine.revision) == contract.revision,
            col(ContractLine.kind) == "OBLIGATION",
        )
    )
    term = Period(contract.starts_on, contract.ends_on)
    rows = [
        {**key_of(contract).columns, "id": new_id(), "line_id": line.id, "due_on": due_on, "status": "DUE"}
        for line in lines
        for due_on in _due_days_of(line, term)
    ]
    if rows:
        await tx.execute(insert(ObligationOccurrence), rows)


async def record_obligation(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    occurrence_id: UUID,
    waived: bool,
    settled_on: date | None,
    note: str | None,
    now: datetime,
) -> RowKey:
    """Record that an obligation was met (LATE when settled after its due day), or waive it as the party owed.

    Met today unless `settled_on` says otherwise. Refuses with NotFound, Forbidden, InvalidSettledDay, InvalidInput
    or AlreadySettled.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECORD_OBLIGATION, contract_id=contract_id, field="occurrenceId"
    )
    today = today_in(contract.time_zone, now)
    faults = Faults()
    faults.text(note, longest=2000, field="note")
    if settled_on is not None and (waived or settled_on > today):
        message = "a waiver has no day of settlement" if waived else f"{settled_on} is still to come"
        faults.note(InvalidSettledDay(message, field="settledOn"))
    faults.refuse()
    occurrence = await _occurrence(tx, contract_id, occurrence_id)
    owes = contract.association_id if occurrence.obliged_party == "ASSOCIATION" else contract.vendor_id
    if waived and actor.organization_id == owes:
        raise Forbidden("an obligation is waived by the party to whom it is owed", field="status")
    settled = None if waived else settled_on or today
    status = "WAIVED" if waived else case((col(ObligationOccurrence.due_on) < settled, "LATE"), else_="MET")
    recorded = await tx.one_or_none(
        update(ObligationOccurrence)
        .where(
            col(ObligationOccurrence.contract_id) == contract_id,
            col(ObligationOccurrence.id) == occurrence_id,
            col(ObligationOccurrence.status) == "DUE",
        )
        .values(status=status, settled_on=settled, note=note, recorded_at=now, **actor.signature)
        .returning(col(ObligationOccurrence.status))
    )
    if recorded is None:
        raise AlreadySettled("this occurrence has been recorded already", field="occurrenceId")
    tx.emit(
        Event(
            "OBLIGATION_RECORDED",
            occurrence_id,
            contract=key_of(contract),
            before={"status": "DUE"},
            after={"status": recorded.status, "settled_on": settled and settled.isoformat()},
            reason=note,
        )
    )
    return RowKey(contract_id, occurrence_id)


async def _occurrence(tx: Transaction, contract_id: UUID, occurrence_id: UUID) -> Row[Any]:
    found = await tx.one_or_none(
        select(col(ContractLine.obliged_party))
        .join(
            ObligationOccurrence,
            (col(ObligationOccurrence.contract_id) == col(ContractLine.contract_id))
            & (col(ObligationOccurrence.line_id) == col(ContractLine.id)),
        )
        .where(
            col(ObligationOccurrence.contract_id) == contract_id,
            col(ObligationOccurrence.id) == occurrence_id,
        )
    )
    if found is None:
        raise NotFound("there is no such occurrence", field="occurrenceId")
    return found


def _due_days_of(line: Row[Any], term: Period) -> Iterable[date]:
    return [line.due_on] if line.recurrence is None else due_days(term, line.recurrence, line.due_day_of_month)
