"""Narrowing a grant to a site and to operations there, and lifting that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import ContractGrant
from services.identity.roles import Act, GrantRole
from services.lms_admin.sites.administering import SiteDisconnected
from services.lms_admin.sites.models import LmsGrant, LmsSite

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.lms_admin.sites.operations import Operation


class GrantNotNarrowable(DomainError):
    """Only an LMS_ADMINISTRATOR grant in force is narrowed: a lead's reaches everything, others reach no LMS."""


class AlreadyNarrowed(DomainError):
    """The grant is narrowed to this site already: lift that first."""


class AlreadyLifted(DomainError):
    """The narrowing was lifted before."""


async def narrow_grant(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    grant_id: UUID,
    site: RowKey,
    operations: Collection[Operation],
    reason: str,
    now: datetime,
) -> RowKey:
    """Let a grant reach a site by some operations only, and no site to which it is not narrowed as well.

    Refuses with NotFound, Forbidden (the association's OWNER does it), ContractNotActive, TextBlank, TextTooLong,
    InvalidInput (no operation), GrantNotNarrowable, SiteDisconnected or AlreadyNarrowed.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.NARROW_GRANT, contract_id=contract_id, field="grantId", lock=True
    )
    require_active(contract)
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    if not operations:
        faults.note(InvalidInput("name at least one operation; to take all away, revoke the grant", field="operations"))
    faults.refuse()
    grant = await _grant(tx, contract_id, grant_id, now)
    name = await _name_of(tx, contract_id, site)
    narrowing_id, named = new_id(), sorted({str(operation) for operation in operations})
    await tx.execute(
        insert(LmsGrant).values(
            **key_of(contract).columns,
            id=narrowing_id,
            grant_id=grant_id,
            member_id=grant.member_id,
            site_id=site.id,
            operations=named,
            reason=reason.strip(),
            narrowed_at=now,
            **actor.signed("narrowed_by"),
        ),
        refusing={
            "one_narrowing_of_a_grant_at_a_site": AlreadyNarrowed(
                f"the grant of {grant.name} is narrowed to {name} already", field="siteId"
            )
        },
    )
    tx.emit(
        Event(
            "LMS_GRANT_NARROWED",
            narrowing_id,
            contract=key_of(contract),
            after={"member": grant.email, "site": name, "operations": named},
            reason=reason.strip(),
        )
    )
    return RowKey(contract_id, narrowing_id)


async def lift_narrowing(
    tx: Transaction, *, actor: Actor, contract_id: UUID, narrowing_id: UUID, now: datetime
) -> RowKey:
    """Lift a narrowing. While others of the grant stand it no longer reaches the site; after the last, all of them.

    Refuses with NotFound, Forbidden (the association's OWNER does it) or AlreadyLifted.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.NARROW_GRANT, contract_id=contract_id, field="narrowingId", lock=True
    )
    this = (col(LmsGrant.contract_id) == contract_id, col(LmsGrant.id) == narrowing_id)
    lifted = await tx.one_or_none(
        update(LmsGrant)
        .where(*this, col(LmsGrant.lifted_at).is_(None))
        .values(lifted_at=now)
        .returning(col(LmsGrant.grant_id), col(LmsGrant.site_id), col(LmsGrant.operations))
    )
    if lifted is None:
        if await tx.one_or_none(select(col(LmsGrant.id)).where(*this)) is None:
            raise NotFound("there is no such narrowing", field="narrowingId")
        raise AlreadyLifted("the narrowing was lifted before", field="narrowingId")
    others = exists().where(
        col(LmsGrant.contract_id) == contract_id,
        col(LmsGrant.grant_id) == lifted.grant_id,
        col(LmsGrant.lifted_at).is_(None),
    )
    tx.emit(
        Event(
            "LMS_NARROWING_LIFTED",
            narrowing_id,
            contract=key_of(contract),
            before={"grantId": lifted.grant_id, "siteId": lifted.site_id, "operations": lifted.operations},
            after={"reachesEverySite": not await tx.scalar(select(others))},
        )
    )
    return RowKey(contract_id, narrowing_id)


async def _grant(tx: Transaction, contract_id: UUID, grant_id: UUID, now: datetime) -> Row[tuple[ContractGrant]]:
    grant = await tx.one_or_none(
        select(
            *ContractGrant.__table__.c,  # type: ignore[attr-defined]
            (col(ContractGrant.revoked_at).is_(None) & col(ContractGrant.effective).contains(now)).label("in_force"),
        ).where(col(ContractGrant.contract_id) == contract_id, col(ContractGrant.id) == grant_id)
    )
    if grant is None:
        raise NotFound("there is no such grant", field="grantId")
    if grant.role != GrantRole.LMS_ADMINISTRATOR:
        raise GrantNotNarrowable(f"the grant is of role {grant.role}", field="grantId")
    if not grant.in_force:
        raise GrantNotNarrowable("the grant is not in force", field="grantId")
    return grant


async def _name_of(tx: Transaction, contract_id: UUID, key: RowKey) -> str:
    site = await tx.one_or_none(
        select(col(LmsSite.name), col(LmsSite.status)).where(
            col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == key.id
        )
    )
    if site is None or key.contract_id != contract_id:
        raise NotFound("there is no such site", field="siteId")
    if site.status != "CONNECTED":
        raise SiteDisconnected(f"{site.name} was disconnected", field="siteId")
    name: str = site.name
    return name
