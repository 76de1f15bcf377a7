"""Handing work over for review, and taking it back before anybody has reviewed it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.days import begins_at, day_after, today_in
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.evidence import NamedTwice
from services.delivery.models import Submission, SubmissionRecord, WorkRecord
from services.delivery.recording import MOST_RECORDS, require_some
from services.delivery.totals import LONGEST_REASON, OPEN, WorkRecordNotOpen, counted, lock_lines, move_totals
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class OutOfScope(DomainError):
    """The record is out of scope: it can be neither submitted nor accepted nor billed."""


class AlreadyReviewed(DomainError):
    """The submission has been reviewed, or its acceptance deemed."""


class AlreadyWithdrawn(DomainError):
    """The submission has been withdrawn."""


async def submit_work(
    tx: Transaction, *, actor: Actor, contract_id: UUID, work_record_ids: Sequence[UUID], now: datetime
) -> RowKey:
    """Submit up to 100 records of a contract for review, in this order.

    Where the contract has an acceptance period, its last day is set: the day of submission, as the association counts
    days, and so many days more.

    Refuses with Forbidden (a DELIVERY_LEAD grant is needed), ListTooLong, NamedTwice, NotFound, WorkRecordNotOpen,
    OutOfScope.
    """
    contract = await contract_for(tx, actor=actor, act=Act.SUBMIT_WORK, contract_id=contract_id)
    require_some(work_record_ids, most=MOST_RECORDS, field="workRecordIds")
    records = await _locked_records(tx, contract_id, work_record_ids)
    submission_id = new_id()
    day = today_in(contract.time_zone, now)
    period = contract.acceptance_period_days
    due_on = day + timedelta(days=period) if period else None
    key = key_of(contract).columns
    await tx.execute(
        insert(Submission).values(
            **key,
            id=submission_id,
            status="SUBMITTED",
            submitted_at=now,
            deemed_acceptance_due_on=due_on,
            deemed=False,
            submitted_by_person_id=actor.person_id,
            **actor.signed("submitted_by"),
        )
    )
    places = [
        {**key, "submission_id": submission_id, "work_record_id": record_id, "position": position}
        for position, record_id in enumerate(work_record_ids)
    ]
    await tx.execute(insert(SubmissionRecord).values(places))
    await tx.execute(
        update(WorkRecord)
        .where(col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id).in_(work_record_ids))
        .values(status="SUBMITTED", submission_id=submission_id)
    )
    changes = [
        (record.line_id, counted("SUBMITTED", record.quantity) - counted(record.status, record.quantity))
        for record in records
    ]
    await move_totals(tx, contract_id, changes)
    tx.emit(
        Event(
            "SUBMISSION_SUBMITTED",
            object_id=submission_id,
            contract=key_of(contract),
            after={"status": "SUBMITTED", "workRecordIds": list(work_record_ids), "deemedAcceptanceDueOn": due_on},
            due_at=begins_at(day_after(due_on), contract.time_zone) if due_on else None,
        )
    )
    return RowKey(contract_id, submission_id)


async def _locked_records(
    tx: Transaction, contract_id: UUID, work_record_ids: Sequence[UUID]
) -> Sequence[Row[tuple[WorkRecord]]]:
    """Lock the lines, then the records; refuse each record that cannot be submitted."""
    named = (col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id).in_(work_record_ids))
    found = await tx.all(select(col(WorkRecord.line_id)).where(*named).distinct())
    await lock_lines(tx, contract_id, (row.line_id for row in found))
    records = await tx.all(
        select(*WorkRecord.__table__.c).where(*named).order_by(col(WorkRecord.id)).with_for_update()  # type: ignore[attr-defined]
    )
    by_id = {record.id: record for record in records}
    faults = Faults()
    seen: set[UUID] = set()
    for at, record_id in enumerate(work_record_ids):
        field, record = f"workRecordIds.{at}", by_id.get(record_id)
        if record_id in seen:
            faults.note(NamedTwice("this record is named already", field=field))
        elif record is None:
            faults.note(NotFound("the contract has no such work record", field=field))
        elif record.status not in OPEN:
            faults.note(WorkRecordNotOpen(f"the record is {record.status}", field=field))
        elif not record.in_scope:
            faults.note(OutOfScope(record.out_of_scope_reason, field=field))
        seen.add(record_id)
    faults.refuse()
    return records


async def withdraw_submission(
    tx: Transaction, *, actor: Actor, contract_id: UUID, submission_id: UUID, reason: str | None = None, now: datetime
) -> RowKey:
    """Take a submission back before it is reviewed; its records are RECORDED again.

    Refuses with Forbidden, TextBlank, TextTooLong, NotFound, AlreadyReviewed, AlreadyWithdrawn.
    """
    contract = await contract_for(tx, actor=actor, act=Act.SUBMIT_WORK, contract_id=contract_id, field="submissionId")
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    await close_submission(
        tx, contract_id=contract_id, submission_id=submission_id, status="WITHDRAWN", withdrawn_at=now
    )
    records = await records_of(tx, contract_id, submission_id)
    await lock_lines(tx, contract_id, (record.line_id for record in records))
    await tx.execute(
        update(WorkRecord)
        .where(col(WorkRecord.contract_id) == contract_id, col(WorkRecord.submission_id) == submission_id)
        .values(status="RECORDED", submission_id=None)
    )
    changes = [
        (record.line_id, counted("RECORDED", record.quantity) - counted("SUBMITTED", record.quantity))
        for record in records
    ]
    await move_totals(tx, contract_id, changes)
    tx.emit(
        Event(
            "SUBMISSION_WITHDRAWN",
            object_id=submission_id,
            contract=key_of(contract),
            before={"status": "SUBMITTED"},
            after={"status": "WITHDRAWN"},
            reason=reason,
        )
    )
    return RowKey(contract_id, submission_id)


async def close_submission(
    tx: Transaction, *, contract_id: UUID, submission_id: UUID, status: str, **values: object
) -> Row[tuple[Submission]]:
    """Take a submission out of SUBMITTED, in a statement that can only win once; its row is locked until the end.

    Refuses with NotFound, AlreadyReviewed or AlreadyWithdrawn.
    """
    named = (col(Submission.contract_id) == contract_id, col(Submission.id) == submission_id)
    closed = await tx.one_or_none(
        update(Submission)
        .where(*named, col(Submission.status) == "SUBMITTED")
        .values(status=status, **values)
        .returning(*Submission.__table__.c)  # type: ignore[attr-defined]
    )
    if closed is not None:
        return closed
    stands = await tx.scalar(select(col(Submission.status)).where(*named))
    if stands is None:
        raise NotFound("there is no such submission", field="submissionId")
    if stands == "WITHDRAWN":
        raise AlreadyWithdrawn("the submission has been withdrawn", field="submissionId")
    raise AlreadyReviewed("the submission has been reviewed", field="submissionId")


async def records_of(tx: Transaction, contract_id: UUID, submission_id: UUID) -> Sequence[Row[tuple[WorkRecord]]]:
    """The records that are in review in a submission, in its order."""
    return await tx.all(
        select(*WorkRecord.__table__.c)  # type: ignore[attr-defined]
        .join(
            SubmissionRecord,
            (col(SubmissionRecord.contract_id) == col(WorkRecord.contract_id))
            & (col(SubmissionRecord.work_record_id) == col(WorkRecord.id))
            & (col(SubmissionRecord.submission_id) == col(WorkRecord.submission_id)),
        )
        .where(col(WorkRecord.contract_id) == contract_id, col(WorkRecord.submission_id) == submission_id)
        .order_by(col(SubmissionRecord.position))
    )
