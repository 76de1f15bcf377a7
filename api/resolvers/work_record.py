"""Queries and mutations of work records."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.evidence import AddEvidenceInput, AddEvidencePayload, EvidenceInput
from api.schema.work_record import (
    RecordWorkInput,
    RecordWorkPayload,
    VoidWorkRecordInput,
    VoidWorkRecordPayload,
    WorkRecord,
)
from services.delivery import attaching, reads, recording, voiding
from services.delivery.evidence import File


@strawberry.type
class WorkRecordQueries:
    """What was done."""

    @query
    def work_record(self, reader: Reader, id: Id[WorkRecord]) -> Rows[WorkRecord | None]:
        """One work record by id; null when it does not exist or you may not see it."""
        return reads.work_record(reader, id.contract_id, id.id)


@strawberry.type
class WorkRecordMutations:
    """Recording work, and striking it out."""

    @mutation
    async def record_work(self, info: Info, input: RecordWorkInput) -> RecordWorkPayload:
        """Record work on a contract's lines, all of it or none, and learn what of it is in scope."""
        tx = info.context.tx
        keys = await recording.record_work(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            records=[
                recording.Work(
                    line_key=record.line_key,
                    line_id=record.line_id and record.line_id.id,
                    quantity=record.quantity,
                    performed_from=record.performed_from,
                    performed_to=record.performed_to,
                    performed_by=record.performed_by,
                    description=record.description,
                    evidence=files(record.evidence),
                )
                for record in input.records
            ],
            blobs=info.context.blobs,
            now=tx.now,
        )
        return RecordWorkPayload(work_records=keys)

    @mutation
    async def void_work_record(self, info: Info, input: VoidWorkRecordInput) -> VoidWorkRecordPayload:
        """Strike out work before it is accepted; what it took of the scope is free again."""
        tx = info.context.tx
        key = await voiding.void_work_record(
            tx,
            actor=tx.actor,
            contract_id=input.work_record_id.contract_id,
            work_record_id=input.work_record_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return VoidWorkRecordPayload(work_record=key)

    @mutation
    async def add_evidence(self, info: Info, input: AddEvidenceInput) -> AddEvidencePayload:
        """Add files to work that lies with the vendor, such as work that came back for want of evidence."""
        tx = info.context.tx
        key = await attaching.add_evidence(
            tx,
            actor=tx.actor,
            contract_id=input.work_record_id.contract_id,
            work_record_id=input.work_record_id.id,
            files=files(input.evidence),
            blobs=info.context.blobs,
            now=tx.now,
        )
        return AddEvidencePayload(work_record=key)


def files(given: list[EvidenceInput]) -> list[File]:
    """Evidence as the services take it."""
    return [
        File(file.name, file.media_type, file.content_base64, file.evidence_id and file.evidence_id.id)
        for file in given
    ]
