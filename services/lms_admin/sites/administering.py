"""Whether the actor may do something on a site: by a grant on its contract that nobody narrowed to less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, any_, exists, not_, or_, select
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.contracts.ending import require_active
from services.contracts.granted import contract_for
from services.contracts.models import ContractGrant
from services.identity.roles import Act, GrantRole
from services.lms_admin.sites.models import LmsGrant, LmsSite

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.lms_admin.sites.operations import Operation


class SiteDisconnected(DomainError):
    """The site is no longer connected: nothing is asked of it and nothing is sent to it."""


class OutsideGrant(DomainError):
    """The actor's grant is narrowed to other sites, or to other operations on this one."""


@dataclass(frozen=True, slots=True)
class Administered:
    """A site on which the actor may do what they asked for, and its contract."""

    contract: Row[tuple[Contract]]
    site: Row[tuple[LmsSite]]


async def site_for(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    site_id: UUID,
    operation: Operation,
    now: datetime,
    field: str = "siteId",
) -> Administered:
    """Return the site on which the actor may perform `operation`, with its contract, which is active.

    Refuses with Unauthenticated, NotFound, Forbidden (a grant is needed), ContractNotActive, OutsideGrant or
    SiteDisconnected.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, field=field)
    require_active(contract)
    site = await tx.one_or_none(
        select(*LmsSite.__table__.c).where(  # type: ignore[attr-defined]
            col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == site_id
        )
    )
    if site is None:
        raise NotFound("there is no such site", field=field)
    if not await tx.scalar(select(_reaches(actor, contract_id, site_id, operation, now))):
        raise OutsideGrant(f"your grant does not reach {operation} on {site.name}", field=field)
    if site.status != "CONNECTED":
        raise SiteDisconnected(f"{site.name} was disconnected on {site.disconnected_at:%Y-%m-%d}", field=field)
    return Administered(contract, site)


def _reaches(
    actor: Actor, contract_id: UUID, site_id: UUID, operation: Operation, now: datetime
) -> ColumnElement[bool]:
    """Whether a grant of the actor's in force is a lead's, or is not narrowed, or is narrowed to no less than this."""
    narrowing = and_(
        col(LmsGrant.contract_id) == contract_id,
        col(LmsGrant.grant_id) == ContractGrant.id,
        col(LmsGrant.lifted_at).is_(None),
    )
    here = and_(narrowing, col(LmsGrant.site_id) == site_id, any_(col(LmsGrant.operations)) == operation)
    return exists().where(
        col(ContractGrant.contract_id) == contract_id,
        col(ContractGrant.member_id) == actor.member_id,
        col(ContractGrant.revoked_at).is_(None),
        col(ContractGrant.effective).contains(now),
        or_(
            col(ContractGrant.role) == GrantRole.DELIVERY_LEAD,
            and_(
                col(ContractGrant.role) == GrantRole.LMS_ADMINISTRATOR,
                or_(not_(exists().where(narrowing)), exists().where(here)),
            ),
        ),
    )
