"""What can be read of sites; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, DateTime, and_, func, literal_column, or_, select, true

from services.contracts.models import ContractGrant
from services.contracts.reads import concerns
from services.identity.roles import GrantRole
from services.lms_admin.sites.models import LmsGrant, LmsSite
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import TypeAlias
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select, TableValuedAlias

    from core.reader import Reader

    Instant: TypeAlias = datetime | ColumnElement[Any]

EVERY_OPERATION: Final[ColumnElement[list[str]]] = literal_column(f"'{{{','.join(Operation)}}}'::text[]")


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


def access(contract: Any) -> Select[Any]:  # noqa: ANN401  (a row of contracts)
    """Who administers a contract's sites: each grant in force, once, or once for each site that it is narrowed to."""
    grant, narrowed = ContractGrant.__table__, LmsGrant.__table__  # type: ignore[attr-defined]
    of_the_grant = and_(
        narrowed.c.contract_id == grant.c.contract_id,
        narrowed.c.grant_id == grant.c.id,
        narrowed.c.lifted_at.is_(None),
    )
    return (
        select(
            grant.c.contract_id,
            func.coalesce(narrowed.c.id, grant.c.id).label("id"),
            grant.c.id.label("grant_id"),
            grant.c.role,
            grant.c.name,
            grant.c.email,
            grant.c.organization_name,
            grant.c.ends_on,
            grant.c.granted_at,
            grant.c.granted_by_name,
            grant.c.granted_by_email,
            grant.c.granted_by_organization_name,
            narrowed.c.id.label("narrowing_id"),
            narrowed.c.site_id,
            func.coalesce(narrowed.c.operations, EVERY_OPERATION).label("operations"),
            narrowed.c.reason,
            func.app.lms_last_act(
                grant.c.contract_id, grant.c.member_id, narrowed.c.site_id, type_=DateTime(timezone=True)
            ).label("last_acted_at"),
        )
        .select_from(grant.outerjoin(narrowed, and_(grant.c.role == GrantRole.LMS_ADMINISTRATOR, of_the_grant)))
        .where(
            grant.c.contract_id == contract.id,
            or_(grant.c.role == GrantRole.DELIVERY_LEAD, grant.c.role == GrantRole.LMS_ADMINISTRATOR),
            grant.c.revoked_at.is_(None),
            grant.c.effective.op("@>", return_type=Boolean())(func.now()),
        )
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
