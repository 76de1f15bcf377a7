"""Evidence: the files that show what was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, literal_column

from api.reading import Id, Node, Payload, column, expression, inputs, node, one, payload, result
from api.reading.sql import id_text
from api.schema.person import Person, person
from services.delivery import models as rows

if TYPE_CHECKING:
    from api.schema.work_record import WorkRecord


@node(rows.Evidence, prefix="evd")
class Evidence(Node):
    """A file that was kept as it was sent."""

    name: str = column("What the file was called.")
    media_type: str = column("Its media type, as whoever sent it named it.")
    byte_size: int = column("How many bytes it has.")
    sha256: str = column("The SHA-256 of its bytes, in hexadecimal.")
    download_path: str = expression(
        "Where it is served, as an attachment, to those who may see it: GET this path with your bearer token.",
        lambda evidence: literal_column("'/evidence/'").op("||")(id_text("evd", [evidence.contract_id, evidence.id])),
    )
    uploaded_at: datetime = column("When it was sent.")
    uploaded_by: Person = one("Who sent it.", rows=lambda evidence: person(evidence, prefix="uploaded_by_"))
    work_record: WorkRecord | None = one(
        "The work it shows; null for an upload that no record names yet.",
        lambda evidence, record: and_(record.contract_id == evidence.contract_id, record.id == evidence.work_record_id),
    )


@inputs
class EvidenceInput:
    """A file, sent inline or named by the id of an earlier POST /evidence."""

    name: str | None = strawberry.field(default=None, description="What the file is called; a path before it is cut.")
    media_type: str | None = strawberry.field(
        default=None, description="Its media type: PDF, CSV, text, PNG, JPEG, WebP, JSON, ZIP or an office document."
    )
    content_base64: str | None = strawberry.field(
        default=None, description="Its content as base64, at most 256 KiB decoded; larger files go to POST /evidence."
    )
    evidence_id: Id[Evidence] | None = strawberry.field(
        default=None, description="The id that POST /evidence answered with, instead of the other fields."
    )


@inputs
class AddEvidenceInput:
    """Files for a record that is there already."""

    work_record_id: Id[WorkRecord] = strawberry.field(description="The record; RECORDED or RETURNED.")
    evidence: list[EvidenceInput] = strawberry.field(description="The files; a record has at most twenty in all.")


@payload
class AddEvidencePayload(Payload):
    """What the files were added to."""

    work_record: WorkRecord | None = result("The record; null when refused.")
