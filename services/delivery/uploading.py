"""Uploading evidence ahead of the record that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.granted import contract_for, key_of
from services.delivery.attaching import row_of, uploaded_by
from services.delivery.evidence import ZIP, EvidenceEmpty, checked_media_type, checked_name
from services.delivery.models import Evidence
from services.identity.roles import Act, allows

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.delivery.blobs import Blob

LARGEST_UPLOAD_BYTES: Final = 10 * 1024 * 1024
LARGEST_ZIP_BYTES: Final = 64 * 1024 * 1024
"""A course, with its films and pictures, is one file."""


def largest_upload(media_type: str) -> int:
    """Return how many bytes a file of this media type may have."""
    is_zip = media_type.split(";", maxsplit=1)[0].strip().lower() == ZIP
    return LARGEST_ZIP_BYTES if is_zip else LARGEST_UPLOAD_BYTES


async def allow_upload(
    tx: Transaction, *, actor: Actor, contract_id: UUID, name: str, media_type: str, shows_cost: bool = False
) -> Row[tuple[Contract]]:
    """Refuse an upload before its content is read: NotFound, Forbidden, InvalidInput, EvidenceTypeRefused.

    Whoever records work uploads what shows it, whoever files an exemption certificate its paper, and whoever enters
    cost what shows that: it is read by those alone who read cost.
    """
    act = Act.FILE_EXEMPTION if allows(actor, Act.FILE_EXEMPTION) else Act.RECORD_WORK
    act = Act.ENTER_COST if shows_cost else act
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id)
    checked_name(name, field="name")
    checked_media_type(media_type, field="mediaType")
    return contract


async def upload_evidence(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    name: str,
    media_type: str,
    blob: Blob,
    now: datetime,
    shows_cost: bool = False,
) -> RowKey:
    """Note a stored file, to be named by its id when the work is recorded, or the cost entered.

    Refuses what `allow_upload` refuses, and with EvidenceEmpty a file without content.
    """
    contract = await allow_upload(
        tx, actor=actor, contract_id=contract_id, name=name, media_type=media_type, shows_cost=shows_cost
    )
    if not blob.byte_size:
        raise EvidenceEmpty("the file has no content")
    evidence_id = new_id()
    name, media_type = checked_name(name, field="name"), checked_media_type(media_type, field="mediaType")
    row = row_of(contract, name, media_type, blob) | {"id": evidence_id, "shows_cost": shows_cost}
    await tx.execute(insert(Evidence).values(row | uploaded_by(actor, now)))
    after = {"name": name, "mediaType": media_type, "byteSize": blob.byte_size, "sha256": blob.sha256}
    if shows_cost:
        # what a file is called may tell what is in it
        del after["name"]
    tx.emit(Event("EVIDENCE_UPLOADED", object_id=evidence_id, contract=key_of(contract), after=after))
    return RowKey(contract_id, evidence_id)
