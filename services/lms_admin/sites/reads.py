"""What can be read of sites; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, true

from services.contracts.reads import concerns
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from datetime import datetime
    from typing import TypeAlias
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select, TableValuedAlias

    from core.reader import Reader

    Instant: TypeAlias = datetime | ColumnElement[Any]


def site(reader: Reader, contract_id: UUID, site_id: UUID) -> Select[Any]:
    """One site."""
    sites = LmsSite.__table__.c  # type: ignore[attr-defined]
    return select(*sites).where(sites.contract_id == contract_id, sites.id == site_id, concerns(reader, sites))


def uptime(site: Any, starts_at: Instant, ends_at: Instant) -> Select[Any]:  # noqa: ANN401  (a row of sites)
    """For how much of a time a site was there, as its probes vouch for it."""
    return select(*_uptime(site, starts_at, ends_at).c)


def uptime_of(reader: Reader, contract_id: UUID, site_id: UUID, starts_at: Instant, ends_at: Instant) -> Select[Any]:
    """The same of one site."""
    sites = LmsSite.__table__  # type: ignore[attr-defined]
    found = _uptime(sites.c, starts_at, ends_at)
    return (
        select(*found.c)
        .select_from(sites.join(found, true()))
        .where(sites.c.contract_id == contract_id, sites.c.id == site_id, concerns(reader, sites.c))
    )


def _uptime(site: Any, starts_at: Instant, ends_at: Instant) -> TableValuedAlias:  # noqa: ANN401  (a row of sites)
    return func.app.lms_uptime(site.contract_id, site.id, starts_at, ends_at).table_valued(
        "starts_at",
        "ends_at",
        "probes",
        "observed_minutes",
        "unobserved_minutes",
        "maintenance_minutes",
        "up_minutes",
        "percent",
    )
