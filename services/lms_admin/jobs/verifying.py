"""A person who has looked at the LMS says what became of an item of which it was not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.lms_admin.acts.recording import Deed, record_acts
from services.lms_admin.jobs.leasing import COLUMNS, key_of
from services.lms_admin.jobs.models import LmsJob, LmsJobItem
from services.lms_admin.jobs.steering import job_for
from services.lms_admin.plans.models import LmsPlanRow
from services.lms_admin.rosters.keeping import keep_as_done
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_NOTE: Final = 2000
SAID: Final = ("APPLIED", "REJECTED")
VERIFIED: Final = "LMS_ITEM_VERIFIED"


class ItemNotUnknown(DomainError):
    """It is known what became of the item, or it was not sent yet; only an UNKNOWN one is verified by a person."""


async def verify_lms_item(
    tx: Transaction, *, actor: Actor, contract_id: UUID, item_id: UUID, outcome: str, note: str, now: datetime
) -> RowKey:
    """Say that an UNKNOWN item was applied, or was not, as somebody who has looked; `note` says how they know.

    What was applied is metered then. Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, InvalidInput,
    ItemNotUnknown, TextBlank or TextTooLong.
    """
    faults = Faults()
    faults.text(note, longest=LONGEST_NOTE, field="note")
    if outcome not in SAID:
        faults.note(InvalidInput("an item was applied, or was rejected", field="outcome"))
    faults.refuse()
    item = await _item(tx, contract_id, item_id)
    job = await job_for(
        tx,
        actor=actor,
        key=RowKey(contract_id, item.job_id if item else item_id),
        now=now,
        connected=False,
        field="itemId",
    )
    # with the job's row locked, no runner settles the item at the same time
    settled = await tx.execute(
        update(LmsJobItem)
        .where(
            col(LmsJobItem.contract_id) == contract_id,
            col(LmsJobItem.id) == item_id,
            col(LmsJobItem.status) == "UNKNOWN",
        )
        .values(status=outcome, verification="PERSON", error_message=note.strip(), ended_at=now)
    )
    if item is None or not settled.rowcount:
        raise ItemNotUnknown("it is known what became of this item", field="itemId")
    before, after = item.sent_before, item.desired if outcome == "APPLIED" else item.sent_before
    if item.subject_kind == "ENROLMENT" and after and after.get("state") == "ABSENT":
        after = None
    site = await tx.one(
        select(*LmsSite.__table__.c).where(  # type: ignore[attr-defined]
            col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == job.site_id
        )
    )
    deed = Deed(
        action=item.action,
        outcome=outcome,
        verification="PERSON",
        acted_at=now,
        item_id=item_id,
        member_number=item.member_number,
        course_key=item.course_key,
        before=before,
        after=after,
        message=note.strip(),
    )
    await record_acts(
        tx, actor=actor, contract=key_of(job), site=site, operation=job.operation, deeds=[deed], job_id=job.id, now=now
    )
    counts = {"unknown_count": col(LmsJob.unknown_count) - 1}
    counts[f"{outcome.lower()}_count"] = LmsJob.__table__.c[f"{outcome.lower()}_count"] + 1  # type: ignore[attr-defined]
    metering = {"metering": "OPEN"} if outcome == "APPLIED" else {}
    await tx.execute(
        update(LmsJob)
        .where(col(LmsJob.contract_id) == contract_id, col(LmsJob.id) == job.id)
        .values(**counts, **metering)
    )
    tx.emit(
        Event(
            VERIFIED,
            object_id=item_id,
            contract=key_of(job),
            before={"status": "UNKNOWN"},
            after={"status": outcome, "jobId": job.id},
            due_at=now if outcome == "APPLIED" else None,
        )
    )
    return RowKey(contract_id, item_id)


async def keep_verified(tx: Transaction, *, contract_id: UUID, item_id: UUID, now: datetime) -> UUID:
    """Take a verified item into the roster, and return its job; for the worker, which alone writes rosters."""
    job = await tx.one(
        select(*COLUMNS)
        .join(LmsJobItem, (col(LmsJobItem.contract_id) == LmsJob.contract_id) & (col(LmsJobItem.job_id) == LmsJob.id))
        .where(col(LmsJobItem.contract_id) == contract_id, col(LmsJobItem.id) == item_id)
    )
    await keep_as_done(tx, job, [item_id], now=now)
    job_id: UUID = job.id
    return job_id


async def _item(tx: Transaction, contract_id: UUID, item_id: UUID) -> Row[Any] | None:
    row = LmsPlanRow.__table__.c  # type: ignore[attr-defined]
    return await tx.one_or_none(
        select(
            *LmsJobItem.__table__.c,  # type: ignore[attr-defined]
            row.action,
            row.subject_kind,
            row.member_number,
            row.course_key,
            row.desired,
        )
        .join(LmsPlanRow, (row.contract_id == LmsJobItem.contract_id) & (row.id == LmsJobItem.id))
        .where(col(LmsJobItem.contract_id) == contract_id, col(LmsJobItem.id) == item_id)
    )
