"""What can be read of sites; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from services.contracts.reads import concerns
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def site(reader: Reader, contract_id: UUID, site_id: UUID) -> Select[Any]:
    """One site."""
    sites = LmsSite.__table__.c  # type: ignore[attr-defined]
    return select(*sites).where(sites.contract_id == contract_id, sites.id == site_id, concerns(reader, sites))
