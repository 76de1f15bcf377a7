"""Evidence as it is given with a record: what a file may be."""

from __future__ import annotations

import base64
import binascii
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import DomainError, InvalidInput
from core.texts import ListTooLong
from services.delivery.blobs import EvidenceTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Final
    from uuid import UUID

    from services.contracts.faults import Faults

LARGEST_INLINE_BYTES: Final = 256 * 1024
MOST_FILES: Final = 20
LONGEST_NAME: Final = 255

ZIP: Final = "application/zip"
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


class NamedTwice(DomainError):
    """The same thing is named more than once in one request."""


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


def checked_files(faults: Faults, given: Iterable[tuple[UUID, str, Sequence[File]]]) -> list[Inline | Uploaded]:
    """Return what can be kept of the files of records, each with the path at which they are given; note what cannot."""
    fit: list[Inline | Uploaded] = []
    named: set[UUID] = set()
    for record_id, path, files in given:
        if len(files) > MOST_FILES:
            faults.note(ListTooLong(f"a record takes at most {MOST_FILES} files", field=path))
            continue
        for at, file in enumerate(files):
            with faults.noting():
                fit.append(checked_file(file, record_id, field=f"{path}.{at}"))
            if file.evidence_id in named:
                faults.note(NamedTwice("this upload is named already", field=f"{path}.{at}.evidenceId"))
            if file.evidence_id is not None:
                named.add(file.evidence_id)
    return fit
