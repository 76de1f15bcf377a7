"""Deemed acceptance: work that nobody reviewed within the agreed period counts as accepted, by the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Date, cast, func, select
from sqlmodel import col

from core.events import Event
from core.ids import RowKey
from services.contracts.days import today_in
from services.contracts.granted import key_of
from services.contracts.models import Contract
from services.delivery.deciding import Verdict, decide
from services.delivery.models import Submission
from services.delivery.submitting import close_submission, records_of
from services.delivery.totals import lock_lines

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.db import Transaction


async def deem_submission(tx: Transaction, *, contract_id: UUID, submission_id: UUID, now: datetime) -> bool:
    """Accept all of a submission whose acceptance period has passed without a review; whether there was one to accept.

    For the worker, in the batch role: no member acts. Called early, late or twice it does nothing.
    """
    contract = await tx.one(select(*Contract.__table__.c).where(col(Contract.id) == contract_id))  # type: ignore[attr-defined]
    waiting = select(col(Submission.deemed_acceptance_due_on)).where(
        col(Submission.contract_id) == contract_id,
        col(Submission.id) == submission_id,
        col(Submission.status) == "SUBMITTED",
    )
    # the row is locked, so that between looking and closing nobody reviews it
    due_on = await tx.scalar(waiting.with_for_update())
    if due_on is None or today_in(contract.time_zone, now) <= due_on:
        return False
    await close_submission(
        tx, contract_id=contract_id, submission_id=submission_id, status="REVIEWED", reviewed_at=now, deemed=True
    )
    records = await records_of(tx, contract_id, submission_id)
    await decide(
        tx,
        contract=contract,
        submission_id=submission_id,
        records=records,
        lines=await lock_lines(tx, contract_id, (record.line_id for record in records)),
        verdicts={record.id: Verdict(record.id, record.quantity) for record in records},
        decided_by=None,
        now=now,
    )
    tx.emit(
        Event(
            "SUBMISSION_DEEMED_ACCEPTED",
            object_id=submission_id,
            contract=key_of(contract),
            before={"status": "SUBMITTED"},
            after={"status": "REVIEWED", "deemed": True, "dueOn": due_on},
        )
    )
    return True


async def submissions_to_deem(tx: Transaction, *, now: datetime, most: int = 500) -> list[RowKey]:
    """The submissions whose acceptance period has passed, the longest overdue first; for the worker's sweep."""
    today = cast(func.timezone(col(Contract.time_zone), now), Date)
    overdue = await tx.all(
        select(col(Submission.contract_id), col(Submission.id))
        .join(Contract, col(Contract.id) == col(Submission.contract_id))
        .where(col(Submission.status) == "SUBMITTED", col(Submission.deemed_acceptance_due_on) < today)
        .order_by(col(Submission.deemed_acceptance_due_on), col(Submission.id))
        .limit(most)
    )
    return [RowKey(row.contract_id, row.id) for row in overdue]
