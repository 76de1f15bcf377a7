"""Whether the actor may connect a site and look after its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from core.errors import NotFound
from services.contracts.granted import contract_for
from services.identity.roles import Act
from services.lms_admin.sites.administering import Administered, OutsideGrant, SiteDisconnected
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract


async def site_to_connect(
    tx: Transaction, *, actor: Actor, contract_id: UUID, site_id: UUID, act: Act = Act.CONNECT_LMS
) -> Administered:
    """Return a connected site that the actor looks after, its row locked, and its contract, in force or not.

    Refuses with Unauthenticated, NotFound, Forbidden, OutsideGrant or SiteDisconnected.
    """
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id, field="siteId")
    site = await tx.one_or_none(
        select(*LmsSite.__table__.c)  # type: ignore[attr-defined]
        .where(col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == site_id)
        .with_for_update(key_share=True)
    )
    if site is None:
        raise NotFound("there is no such site", field="siteId")
    await require_reach(tx, actor=actor, contract=contract, site_id=site_id, name=site.name)
    if site.status != "CONNECTED":
        raise SiteDisconnected(f"{site.name} was disconnected on {site.disconnected_at:%Y-%m-%d}", field="siteId")
    return Administered(contract, site)


async def require_reach(
    tx: Transaction, *, actor: Actor, contract: Row[tuple[Contract]], site_id: UUID, name: str, field: str = "siteId"
) -> None:
    """Refuse with OutsideGrant a grant that is narrowed to other sites; the association's own people need none."""
    if actor.organization_id == contract.association_id:
        return
    if not await tx.scalar(select(func.app.administers(contract.id, site_id))):
        raise OutsideGrant(f"your grant does not reach {name}", field=field)
