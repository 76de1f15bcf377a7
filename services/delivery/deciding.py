"""Writing down what was accepted of submitted work, by a reviewer or by the agreed rule, and moving the totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Numeric, Text, Uuid, cast, column, insert, update, values
from sqlmodel import col

from core.ids import new_id
from services.contracts.granted import key_of
from services.delivery.models import Decision, WorkRecord
from services.delivery.totals import counted, move_totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.delivery.totals import Lines


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is accepted of one record; a shortfall is REJECTED for good or RETURNED, for a reason."""

    work_record_id: UUID
    accepted_quantity: Decimal
    reason_code: str | None = None
    disposition: str | None = None
    reason: str | None = None


def status_after(verdict: Verdict, quantity: Decimal) -> str:
    """Where a record stands after a verdict."""
    if verdict.accepted_quantity == quantity:
        return "ACCEPTED"
    return "PARTIALLY_ACCEPTED" if verdict.accepted_quantity else str(verdict.disposition)


async def decide(
    tx: Transaction,
    *,
    contract: Row[tuple[Contract]],
    submission_id: UUID,
    records: Sequence[Row[tuple[WorkRecord]]],
    lines: Lines,
    verdicts: Mapping[UUID, Verdict],
    decided_by: Actor | None,
    now: datetime,
) -> None:
    """Write a sound verdict on every record of a submission that was just closed, with its lines locked.

    Without `decided_by` the acceptance is deemed. Price and rate are copied from the line, so that what was accepted
    is billed as it was agreed.
    """
    signature: dict[str, object] = {}
    if decided_by is not None:
        signature = {**decided_by.signed("decided_by"), "decided_by_person_id": decided_by.person_id}
    decisions, after, changes = [], [], []
    for record in records:
        verdict, line = verdicts[record.id], lines[record.line_id]
        accepted = verdict.accepted_quantity
        status = status_after(verdict, record.quantity)
        decisions.append(
            {
                **key_of(contract).columns,
                "id": new_id(),
                "submission_id": submission_id,
                "work_record_id": record.id,
                "line_id": record.line_id,
                "accepted_quantity": accepted,
                "shortfall_quantity": record.quantity - accepted,
                "reason_code": verdict.reason_code,
                "disposition": verdict.disposition,
                "reason": verdict.reason.strip() if verdict.reason else None,
                "performed_to": record.performed_to,
                "unit_price": line.unit_price,
                "rate_card_key": line.rate_card_key,
                "rate_version": line.rate_version,
                "deemed": decided_by is None,
                "decided_at": now,
                **signature,
            }
        )
        after.append((record.id, status, None if status == "RETURNED" else accepted))
        counts = counted(status, record.quantity, accepted, verdict.disposition)
        changes.append((record.line_id, counts - counted("SUBMITTED", record.quantity)))
    await tx.execute(insert(Decision).values(decisions))
    await _set_status(tx, contract.id, after)
    await move_totals(tx, contract.id, changes)


async def _set_status(tx: Transaction, contract_id: UUID, after: Sequence[tuple[UUID, str, Decimal | None]]) -> None:
    decided = values(
        column("id", Uuid), column("status", Text), column("accepted_quantity", Numeric(18, 6)), name="decided"
    ).data(after)
    await tx.execute(
        update(WorkRecord)
        .where(col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id) == decided.c.id)
        # the column has no type of its own when nothing of any record is accepted
        .values(status=decided.c.status, accepted_quantity=cast(decided.c.accepted_quantity, Numeric(18, 6)))
    )
