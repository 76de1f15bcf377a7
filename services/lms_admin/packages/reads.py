"""What can be read of packages; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from services.contracts.reads import concerns
from services.lms_admin.packages.models import ContentPackage

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader


def content_package(reader: Reader, contract_id: UUID, package_id: UUID) -> Select[Any]:
    """One package."""
    packages = ContentPackage.__table__.c  # type: ignore[attr-defined]
    return select(*packages).where(
        packages.contract_id == contract_id, packages.id == package_id, concerns(reader, packages)
    )
