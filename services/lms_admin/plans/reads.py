"""What can be read of plans; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from services.contracts.reads import concerns
from services.lms_admin.plans.models import LmsPlan

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def plan(reader: Reader, contract_id: UUID, plan_id: UUID) -> Select[Any]:
    """One plan."""
    plans = LmsPlan.__table__.c  # type: ignore[attr-defined]
    return select(*plans).where(plans.contract_id == contract_id, plans.id == plan_id, concerns(reader, plans))
