"""The files that prove a task: each is evidence of its contract, and of one task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlmodel import col

from core.errors import NotFound, Refusals
from core.ids import new_id
from services.contracts.granted import key_of
from services.delivery.attaching import row_of, uploaded_by
from services.delivery.evidence import Uploaded
from services.delivery.models import Evidence
from services.lms_admin.tasks.models import LmsTask, LmsTaskEvidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.delivery.attaching import Kept
    from services.lms_admin.sites.administering import Administered


async def prove(
    tx: Transaction,
    on: Administered,
    task: Row[tuple[LmsTask]],
    files: Sequence[Kept | Uploaded],
    *,
    actor: Actor,
    now: datetime,
) -> list[Row[Any]]:
    """Note every file as an upload of the actor's and as the task's proof; returns id, name and SHA-256 of each.

    Refuses with NotFound an upload that is none of theirs on this contract, or is evidence of something already.
    """
    ids = [file.evidence_id if isinstance(file, Uploaded) else new_id() for file in files]
    inline = [
        row_of(on.contract, file.name, file.media_type, file.blob) | {"id": id_} | uploaded_by(actor, now)
        for id_, file in zip(ids, files, strict=True)
        if not isinstance(file, Uploaded)
    ]
    if inline:
        await tx.execute(insert(Evidence).values(inline))
    found = await tx.all(
        select(col(Evidence.id), col(Evidence.name), col(Evidence.sha256))
        .where(
            col(Evidence.contract_id) == on.contract.id,
            col(Evidence.id).in_(ids),
            col(Evidence.uploaded_by_member_id) == actor.member_id,
            col(Evidence.work_record_id).is_(None),
        )
        .order_by(col(Evidence.id))
        .with_for_update()
    )
    refused = {id_: file.field for id_, file in zip(ids, files, strict=True) if isinstance(file, Uploaded)}
    for row in found:
        refused.pop(row.id, None)
    if refused:
        message = "there is no such upload of yours on this contract that is not evidence of something yet"
        raise Refusals([NotFound(message, field=field) for field in refused.values()])
    key = key_of(on.contract).columns
    await tx.execute(
        insert(LmsTaskEvidence).values(
            [{**key, "evidence_id": row.id, "site_id": task.site_id, "task_id": task.id} for row in found]
        ),
        refusing={"lms_task_evidence_pkey": NotFound("an upload proves another task already", field="evidence")},
    )
    return list(found)
