"""What can be read of manual tasks; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from services.contracts.reads import concerns
from services.delivery.models import Evidence
from services.lms_admin.tasks.models import LmsTask, LmsTaskEvidence

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def task(reader: Reader, contract_id: UUID, task_id: UUID) -> Select[Any]:
    """One task."""
    tasks = LmsTask.__table__.c  # type: ignore[attr-defined]
    return select(*tasks).where(tasks.contract_id == contract_id, tasks.id == task_id, concerns(reader, tasks))


def proof_of(task: Any) -> Select[Any]:  # noqa: ANN401  (a row of tasks)
    """The files that prove a task."""
    file, proof = Evidence.__table__, LmsTaskEvidence.__table__  # type: ignore[attr-defined]
    same = and_(proof.c.contract_id == file.c.contract_id, proof.c.evidence_id == file.c.id)
    return (
        select(*file.c)
        .join_from(proof, file, same)
        .where(proof.c.contract_id == task.contract_id, proof.c.task_id == task.id)
    )
