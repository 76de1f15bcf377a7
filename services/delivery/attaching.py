"""Making files the evidence of a record: with the record, or afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Uuid, column, func, insert, select, update, values
from sqlmodel import col

from core.errors import InvalidInput, NotFound, Refusals
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import ListTooLong
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.evidence import LARGEST_INLINE_BYTES, MOST_FILES, Inline, Uploaded, checked_files
from services.delivery.models import Evidence, WorkRecord
from services.delivery.totals import OPEN, WorkRecordNotOpen
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.delivery.blobs import Blob, BlobStore
    from services.delivery.evidence import File


@dataclass(frozen=True, slots=True)
class Kept:
    """An inline file whose content is stored."""

    work_record_id: UUID
    name: str
    media_type: str
    blob: Blob


async def add_evidence(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    work_record_id: UUID,
    files: Sequence[File],
    blobs: BlobStore,
    now: datetime,
) -> RowKey:
    """Add files to a record that lies with the vendor, such as one that came back for want of evidence.

    Refuses with Forbidden, NotFound, WorkRecordNotOpen, ListTooLong (20 files a record), NamedTwice, and what
    `checked_file` and `attach` refuse.
    """
    contract = await contract_for(tx, actor=actor, act=Act.RECORD_WORK, contract_id=contract_id, field="workRecordId")
    faults = Faults()
    if not files:
        faults.note(InvalidInput("there must be at least one", field="evidence"))
    fit = checked_files(faults, [(work_record_id, "evidence", files)])
    faults.refuse()
    kept = await keep(fit, blobs)
    await _require_room(tx, contract_id, work_record_id, len(kept))
    await attach(tx, actor=actor, contract=contract, files=kept, now=now)
    tx.emit(
        Event(
            "EVIDENCE_ADDED",
            object_id=work_record_id,
            contract=key_of(contract),
            after={"files": len(kept)},
        )
    )
    return RowKey(contract_id, work_record_id)


async def _require_room(tx: Transaction, contract_id: UUID, work_record_id: UUID, more: int) -> None:
    """Lock the record, and see that it is open and takes so many files more."""
    status = await tx.scalar(
        select(col(WorkRecord.status))
        .where(col(WorkRecord.contract_id) == contract_id, col(WorkRecord.id) == work_record_id)
        .with_for_update()
    )
    if status is None:
        raise NotFound("there is no such work record", field="workRecordId")
    if status not in OPEN:
        raise WorkRecordNotOpen(f"the record is {status}", field="workRecordId")
    there = await tx.scalar(
        select(func.count()).where(
            col(Evidence.contract_id) == contract_id, col(Evidence.work_record_id) == work_record_id
        )
    )
    if there + more > MOST_FILES:
        raise ListTooLong(f"the record has {there} files; it takes at most {MOST_FILES}", field="evidence")


async def keep(files: Sequence[Inline | Uploaded], blobs: BlobStore) -> list[Kept | Uploaded]:
    """Store the content of inline files: before the rows that name it, and before anything is locked."""
    return [
        Kept(file.work_record_id, file.name, file.media_type, await _stored(file.content, blobs))
        if isinstance(file, Inline)
        else file
        for file in files
    ]


async def attach(
    tx: Transaction, *, actor: Actor, contract: Row[tuple[Contract]], files: Sequence[Kept | Uploaded], now: datetime
) -> None:
    """Make stored files evidence of their records.

    Refuses with NotFound an upload that is not of this contract and this member, or is evidence of a record already.
    """
    await _claim(tx, actor, contract.id, [file for file in files if isinstance(file, Uploaded)])
    rows = [
        row_of(contract, file.name, file.media_type, file.blob)
        | {"id": new_id(), "work_record_id": file.work_record_id}
        | uploaded_by(actor, now)
        for file in files
        if isinstance(file, Kept)
    ]
    if rows:
        await tx.execute(insert(Evidence).values(rows))


async def _claim(tx: Transaction, actor: Actor, contract_id: UUID, uploads: Sequence[Uploaded]) -> None:
    if not uploads:
        return
    named = values(column("evidence_id", Uuid), column("record_id", Uuid), name="named").data(
        [(upload.evidence_id, upload.work_record_id) for upload in uploads]
    )
    claimed = await tx.all(
        update(Evidence)
        .where(
            col(Evidence.contract_id) == contract_id,
            col(Evidence.id) == named.c.evidence_id,
            col(Evidence.uploaded_by_member_id) == actor.member_id,
            col(Evidence.work_record_id).is_(None),
            ~col(Evidence.shows_cost),
        )
        .values(work_record_id=named.c.record_id)
        .returning(col(Evidence.id), col(Evidence.work_record_id))
    )
    taken = {(row.id, row.work_record_id) for row in claimed}
    message = "there is no such upload of yours on this contract that is not evidence of a record yet"
    refused = [
        NotFound(message, field=upload.field)
        for upload in uploads
        if (upload.evidence_id, upload.work_record_id) not in taken
    ]
    if refused:
        raise Refusals(refused)


async def _stored(content: bytes, blobs: BlobStore) -> Blob:
    async def whole() -> AsyncIterator[bytes]:
        yield content

    return await blobs.put(whole(), largest_bytes=LARGEST_INLINE_BYTES)


def row_of(contract: Row[tuple[Contract]], name: str, media_type: str, blob: Blob) -> dict[str, object]:
    """The columns of a file."""
    return {
        **key_of(contract).columns,
        "name": name,
        "media_type": media_type,
        "byte_size": blob.byte_size,
        "sha256": blob.sha256,
    }


def uploaded_by(actor: Actor, now: datetime) -> dict[str, object]:
    """The columns of who sent a file, and when."""
    return {"uploaded_at": now, **actor.signed("uploaded_by")}
