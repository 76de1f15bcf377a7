"""What can be read of drift; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from services.contracts.reads import concerns
from services.lms_admin.drift.models import LmsDriftFinding

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def finding(reader: Reader, contract_id: UUID, finding_id: UUID) -> Select[Any]:
    """One finding."""
    rows = LmsDriftFinding.__table__.c  # type: ignore[attr-defined]
    return select(*rows).where(rows.contract_id == contract_id, rows.id == finding_id, concerns(reader, rows))
