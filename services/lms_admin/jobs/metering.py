"""Metering: what was applied becomes work on the plan's line, one unit an item, once, whatever happens."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select
from sqlmodel import col

from core.errors import DomainError, Refusals
from core.ids import encode
from services.delivery.evidence import File
from services.delivery.recording import Work, record_work
from services.delivery.uploading import upload_evidence
from services.identity.acting import member_acting
from services.lms_admin.acts.models import LmsMeteredItem
from services.lms_admin.jobs.leasing import COLUMNS, key_of
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.jobs.taking import OrdererGone
from services.lms_admin.jobs.units import Bill, Part, draft_bill, locked_job, note_metering

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.delivery.blobs import Blob, BlobStore

LARGEST_EVIDENCE_BYTES: Final = 64 * 1024 * 1024
HEADER: Final = "item,position,action,outcome,verification,act,act_hash,acted_at\n"
ONE: Final = Decimal(1)


class ChangedMeanwhile(Exception):
    """What there is to meter, or what of it is within the contract, is no longer what it was."""


async def write_evidence(bill: Bill, blobs: BlobStore) -> list[Blob]:
    """Store, for each part of a bill, a CSV with a line for each unit: what proves it, and nothing about learners."""
    return [await blobs.put(_csv(part, bill.contract_id), largest_bytes=LARGEST_EVIDENCE_BYTES) for part in bill.parts]


async def meter(tx: Transaction, bill: Bill, files: Sequence[Blob], *, blobs: BlobStore, now: datetime) -> None:
    """Record a bill as work of whoever ordered the job, or asked for it to be metered again.

    Refuses with OrdererGone and with whatever recording work refuses. Raises ChangedMeanwhile when the bill is no
    longer what is to be metered.
    """
    contract_id, job_id = bill.contract_id, bill.job_id
    if await draft_bill(tx, contract_id=contract_id, job_id=job_id) != bill:
        raise ChangedMeanwhile
    job = await locked_job(tx, contract_id, job_id)
    assert job is not None, "a bill is one of a job"
    actor = await _whoever_meters(tx, job)
    named = [(part, f"{part.name}.csv", file) for part, file in zip(bill.parts, files, strict=True)]
    uploads = [
        await upload_evidence(
            tx, actor=actor, contract_id=contract_id, name=name, media_type="text/csv", blob=file, now=now
        )
        for _, name, file in named
    ]
    works = [
        Work(
            quantity=Decimal(len(part.units)),
            performed_from=bill.first,
            performed_to=bill.last,
            performed_by=actor.name,
            description=f"{bill.description}: {len(part.units)} applied",
            line_id=bill.line_id,
            evidence=[File(evidence_id=upload.id)],
        )
        for (part, _, _), upload in zip(named, uploads, strict=True)
    ]
    keys = await record_work(tx, actor=actor, contract_id=contract_id, records=works, blobs=blobs, now=now)
    rows = [
        {
            **key_of(job).columns,
            "item_id": unit.item_id,
            "job_id": job_id,
            "work_record_id": key.id,
            "quantity": ONE,
        }
        for part, key in zip(bill.parts, keys, strict=True)
        for unit in part.units
    ]
    await tx.execute(insert(LmsMeteredItem), rows)
    await note_metering(tx, job, "METERED")


async def note_refusal(tx: Transaction, bill: Bill, refused: DomainError | Refusals) -> None:
    """Keep why a job's units were refused, until somebody asks for them to be metered again."""
    error = refused.errors[0] if isinstance(refused, Refusals) else refused
    job = await locked_job(tx, bill.contract_id, bill.job_id)
    if job is not None and job.metering == "OPEN":
        await note_metering(tx, job, "REFUSED", error.code(), str(refused))


async def jobs_to_meter(tx: Transaction, *, ended_before: datetime, most: int = 100) -> Sequence[Row[Any]]:
    """Jobs that have ended and are not metered, though they should have been."""
    return await tx.all(
        select(*COLUMNS)
        .where(col(LmsJob.metering) == "OPEN", col(LmsJob.ended_at) <= ended_before)
        .order_by(col(LmsJob.ended_at))
        .limit(most)
    )


async def _whoever_meters(tx: Transaction, job: Row[Any]) -> Actor:
    actor = await member_acting(tx, job.metering_member_id or job.ordered_by_member_id)
    if actor is None:
        raise OrdererGone("whoever ordered the job is no longer a member: somebody else has to meter it")
    await tx.act_as(actor)
    return actor


async def _csv(part: Part, contract_id: UUID) -> AsyncIterator[bytes]:
    yield HEADER.encode()
    for unit in part.units:
        cells = (
            encode("jit", contract_id, unit.item_id),
            unit.position,
            unit.action,
            "APPLIED",
            unit.verification,
            unit.sequence,
            unit.hash.hex(),
            unit.acted_at.isoformat(timespec="seconds"),
        )
        yield (",".join(str(cell) for cell in cells) + "\n").encode()
