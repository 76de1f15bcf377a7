"""Evidence: files that show the work, sent along with a record or uploaded before it."""

from __future__ import annotations

import base64
import binascii
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Uuid, column, insert, update, values
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound, Refusals
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.granted import contract_for, key_of
from services.delivery.blobs import EvidenceTooLarge
from services.delivery.models import Evidence
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.delivery.blobs import Blob, BlobStore

LARGEST_INLINE_BYTES: Final = 256 * 1024
LARGEST_UPLOAD_BYTES: Final = 10 * 1024 * 1024
MOST_FILES: Final = 20
LONGEST_NAME: Final = 255

MEDIA_TYPES: Final = frozenset(
    """
    application/json application/pdf application/zip image/jpeg image/png image/webp text/csv text/plain
    application/vnd.oasis.opendocument.spreadsheet application/vnd.oasis.opendocument.text
    application/vnd.openxmlformats-officedocument.presentationml.presentation
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
    application/vnd.openxmlformats-officedocument.wordprocessingml.document
    """.split()
)
"""What a browser does not run: no HTML, no SVG, no script."""


class EvidenceTypeRefused(DomainError):
    """The media type is not one that evidence may have."""


class EvidenceEmpty(DomainError):
    """The file has no content."""


class NotBase64(DomainError):
    """The content is not base64 as RFC 4648 writes it, padding included."""


@dataclass(frozen=True, slots=True)
class File:
    """Evidence as it is given with a record: inline, or by the id of an earlier upload."""

    name: str | None = None
    media_type: str | None = None
    content_base64: str | None = None
    evidence_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Inline:
    """A file that was given inline and is fit to be kept; `work_record_id` is the record it shows."""

    work_record_id: UUID
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An inline file whose content is stored."""

    work_record_id: UUID
    name: str
    media_type: str
    blob: Blob


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was uploaded before; `field` is where it was named."""

    work_record_id: UUID
    evidence_id: UUID
    field: str


def checked_name(name: str, *, field: str | None) -> str:
    """Return the name of a file without its path and without what cannot be seen; refuses with InvalidInput."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    clean = " ".join(seen.split()).strip(".")
    if not clean or len(clean) > LONGEST_NAME:
        raise InvalidInput(f"a file's name has 1 to {LONGEST_NAME} characters", field=field)
    return clean


def checked_media_type(media_type: str, *, field: str | None) -> str:
    """Return the media type without its parameters; refuses with EvidenceTypeRefused."""
    bare = media_type.split(";", maxsplit=1)[0].strip().lower()
    if bare not in MEDIA_TYPES:
        raise EvidenceTypeRefused(f"{media_type[:80]!r} is none of {', '.join(sorted(MEDIA_TYPES))}", field=field)
    return bare


def checked_file(file: File, work_record_id: UUID, *, field: str) -> Inline | Uploaded:
    """Return what can be kept of a file as it was given.

    Refuses with InvalidInput, EvidenceTypeRefused, NotBase64, EvidenceEmpty or EvidenceTooLarge.
    """
    inline = (file.name, file.media_type, file.content_base64)
    if file.evidence_id is not None and inline == (None, None, None):
        return Uploaded(work_record_id, file.evidence_id, f"{field}.evidenceId")
    if file.evidence_id is not None or file.name is None or file.media_type is None or file.content_base64 is None:
        message = "give either name, mediaType and contentBase64, or the evidenceId of an upload"
        raise InvalidInput(message, field=field)
    return Inline(
        work_record_id,
        checked_name(file.name, field=f"{field}.name"),
        checked_media_type(file.media_type, field=f"{field}.mediaType"),
        _decoded(file.content_base64, field=f"{field}.contentBase64"),
    )


def _decoded(content_base64: str, *, field: str) -> bytes:
    if len(content_base64) > (LARGEST_INLINE_BYTES + 2) // 3 * 4:
        message = f"inline evidence takes at most {LARGEST_INLINE_BYTES} bytes; send larger files to POST /evidence"
        raise EvidenceTooLarge(message, field=field)
    try:
        content = base64.b64decode(content_base64.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise NotBase64("the content is not base64 as RFC 4648 writes it, with padding", field=field) from None
    if base64.b64encode(content).decode() != content_base64:
        raise NotBase64("the content has bits left over at its end; it is not base64", field=field)
    if not content:
        raise EvidenceEmpty("the file has no content", field=field)
    if len(content) > LARGEST_INLINE_BYTES:
        message = f"inline evidence takes at most {LARGEST_INLINE_BYTES} bytes; send larger files to POST /evidence"
        raise EvidenceTooLarge(message, field=field)
    return content


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
        _row(contract, file.name, file.media_type, file.blob)
        | {"id": new_id(), "work_record_id": file.work_record_id}
        | _uploaded(actor, now)
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


async def allow_upload(
    tx: Transaction, *, actor: Actor, contract_id: UUID, name: str, media_type: str
) -> Row[tuple[Contract]]:
    """Refuse an upload before its content is read: NotFound, Forbidden, InvalidInput, EvidenceTypeRefused."""
    contract = await contract_for(tx, actor=actor, act=Act.RECORD_WORK, contract_id=contract_id)
    checked_name(name, field="name")
    checked_media_type(media_type, field="mediaType")
    return contract


async def upload_evidence(
    tx: Transaction, *, actor: Actor, contract_id: UUID, name: str, media_type: str, blob: Blob, now: datetime
) -> RowKey:
    """Note a stored file, to be named by its id when the work is recorded.

    Refuses what `allow_upload` refuses, and with EvidenceEmpty a file without content.
    """
    contract = await allow_upload(tx, actor=actor, contract_id=contract_id, name=name, media_type=media_type)
    if not blob.byte_size:
        raise EvidenceEmpty("the file has no content")
    evidence_id = new_id()
    name, media_type = checked_name(name, field="name"), checked_media_type(media_type, field="mediaType")
    row = _row(contract, name, media_type, blob) | {"id": evidence_id}
    await tx.execute(insert(Evidence).values(row | _uploaded(actor, now)))
    after = {"name": name, "mediaType": media_type, "byteSize": blob.byte_size, "sha256": blob.sha256}
    tx.emit(Event("EVIDENCE_UPLOADED", object_id=evidence_id, contract=key_of(contract), after=after))
    return RowKey(contract_id, evidence_id)


def _row(contract: Row[tuple[Contract]], name: str, media_type: str, blob: Blob) -> dict[str, object]:
    return {
        **key_of(contract).columns,
        "name": name,
        "media_type": media_type,
        "byte_size": blob.byte_size,
        "sha256": blob.sha256,
    }


def _uploaded(actor: Actor, now: datetime) -> dict[str, object]:
    return {"uploaded_at": now, **actor.signed("uploaded_by")}


async def _stored(content: bytes, blobs: BlobStore) -> Blob:
    async def whole() -> AsyncIterator[bytes]:
        yield content

    return await blobs.put(whole(), largest_bytes=LARGEST_INLINE_BYTES)
