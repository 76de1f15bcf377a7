"""A package that somebody acts on: theirs to see, and in a state that the act takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.lms_admin.packages.models import ContentPackage

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

FIELD = "packageId"


class PackageNotChecked(DomainError):
    """The package's checks have not ended, or it was published, superseded or withdrawn since."""


async def package_for(tx: Transaction, contract_id: UUID, package_id: UUID) -> Row[tuple[ContentPackage]]:
    """Return a package, its row locked; refuses with NotFound."""
    package = await tx.one_or_none(
        select(*ContentPackage.__table__.c)  # type: ignore[attr-defined]
        .where(col(ContentPackage.contract_id) == contract_id, col(ContentPackage.id) == package_id)
        .with_for_update(key_share=True)
    )
    if package is None:
        raise NotFound("there is no such package", field=FIELD)
    return package


def require_checked(package: Row[tuple[ContentPackage]]) -> None:
    """Refuse with PackageNotChecked unless the checks have ended and nothing followed."""
    if package.status != "CHECKED":
        raise PackageNotChecked(f"{package.title} is {package.status}", field=FIELD)
