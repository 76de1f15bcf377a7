"""The file that a plan is made from: inline, or uploaded before by the same member for the same contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from core.errors import NotFound
from core.ids import new_id
from services.delivery.attaching import Kept, keep
from services.delivery.evidence import checked_file
from services.delivery.models import Evidence

if TYPE_CHECKING:
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from services.delivery.blobs import BlobStore
    from services.delivery.evidence import File


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is safely stored."""

    sha256: str
    name: str


async def take_file(
    tx: Transaction, *, actor: Actor, contract_id: UUID, site_id: UUID, file: File, blobs: BlobStore
) -> Source:
    """Store an inline file, or take an upload; its content is read by the worker.

    An upload is shown from then on only to those who may see the site's learners.

    Refuses what `checked_file` refuses, and with NotFound an upload that is not this member's on this contract.
    """
    (taken,) = await keep([checked_file(file, new_id(), field="file")], blobs)
    if isinstance(taken, Kept):
        return Source(taken.blob.sha256, taken.name)
    upload = await tx.one_or_none(
        update(Evidence)
        .where(
            col(Evidence.contract_id) == contract_id,
            col(Evidence.id) == taken.evidence_id,
            col(Evidence.uploaded_by_member_id) == actor.member_id,
            col(Evidence.work_record_id).is_(None),
        )
        .values(learners_site_id=site_id)
        .returning(col(Evidence.sha256), col(Evidence.name))
    )
    if upload is None:
        raise NotFound("there is no such upload of yours on this contract", field="file.evidenceId")
    return Source(upload.sha256, upload.name)
