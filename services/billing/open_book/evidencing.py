"""Files that show a cost: kept like the evidence of work, and read by those alone who read cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update
from sqlmodel import col

from core.errors import NotFound
from core.ids import new_id
from services.delivery.attaching import Kept, keep, row_of, uploaded_by
from services.delivery.evidence import checked_files
from services.delivery.models import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.faults import Faults
    from services.contracts.models import Contract
    from services.delivery.blobs import BlobStore
    from services.delivery.evidence import File, Uploaded


async def kept_files(
    faults: Faults, files: Sequence[File], cost_id: UUID, *, blobs: BlobStore
) -> list[Kept | Uploaded]:
    """Store what is given inline; refuses with all faults noted so far, and what `checked_file` refuses."""
    fit = checked_files(faults, [(cost_id, "evidence", files)])
    faults.refuse()
    return await keep(fit, blobs)


async def attach_to_cost(
    tx: Transaction,
    *,
    actor: Actor,
    contract: Row[tuple[Contract]],
    cost_id: UUID,
    files: Sequence[Kept | Uploaded],
    now: datetime,
) -> None:
    """Make stored files evidence of a cost.

    Refuses with NotFound an upload that is not of this contract and this member, was not sent as evidence of a cost,
    or shows another cost already.
    """
    for file in files:
        if isinstance(file, Kept):
            row = row_of(contract, file.name, file.media_type, file.blob) | uploaded_by(actor, now)
            await tx.execute(
                insert(Evidence).values(row | {"id": new_id(), "shows_cost": True, "actual_cost_id": cost_id})
            )
            continue
        claimed = await tx.scalar(
            update(Evidence)
            .where(
                col(Evidence.contract_id) == contract.id,
                col(Evidence.id) == file.evidence_id,
                col(Evidence.uploaded_by_member_id) == actor.member_id,
                col(Evidence.shows_cost),
                col(Evidence.actual_cost_id).is_(None),
            )
            .values(actual_cost_id=cost_id)
            .returning(col(Evidence.id))
        )
        if claimed is None:
            message = "there is no such upload of yours: send it to POST /evidence with purpose=cost, and name it once"
            raise NotFound(message, field=file.field)
