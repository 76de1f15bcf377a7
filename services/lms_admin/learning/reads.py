"""What can be read of completions; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from services.contracts.reads import concerns
from services.lms_admin.learning.models import LmsCompletion, LmsCompletionReading

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def completions(reader: Reader, contract_id: UUID, site_id: UUID) -> Select[Any]:
    """How far everybody is in the courses of one site."""
    rows = LmsCompletion.__table__.c  # type: ignore[attr-defined]
    return select(*rows).where(rows.contract_id == contract_id, rows.site_id == site_id, concerns(reader, rows))


def completion_reading(reader: Reader, contract_id: UUID, reading_id: UUID) -> Select[Any]:
    """One reading of completions."""
    rows = LmsCompletionReading.__table__.c  # type: ignore[attr-defined]
    return select(*rows).where(rows.contract_id == contract_id, rows.id == reading_id, concerns(reader, rows))
