"""Where a plan stands, and who may say something to it: who administers its site, or the association's owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.contracts.granted import contract_for
from services.identity.roles import Act
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class LmsPlanNotReady(DomainError):
    """The plan is still being previewed, was refused or withdrawn, has expired, or is executed already."""


class LmsPlanExpired(DomainError):
    """The plan was previewed more than a day ago: the LMS may have moved on, preview it again."""


class PlanChanged(DomainError):
    """The hash is not that of the plan: it was previewed anew, or rows were opted out, since you looked at it."""


async def plan_for(
    tx: Transaction, *, actor: Actor, act: Act, contract_id: UUID, plan_id: UUID, now: datetime
) -> Row[tuple[LmsPlan]]:
    """Return a plan to which the actor may do `act`, its row locked.

    Refuses with NotFound, and with what `contract_for` refuses; to the vendor also with what `site_for` refuses.
    """
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id, field="planId")
    plan = await tx.one_or_none(
        select(*LmsPlan.__table__.c)  # type: ignore[attr-defined]
        .where(col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id) == plan_id)
        .with_for_update()
    )
    if plan is None:
        raise NotFound("there is no such plan", field="planId")
    if actor.organization_id == contract.vendor_id:
        await site_for(
            tx,
            actor=actor,
            contract_id=contract_id,
            site_id=plan.site_id,
            operation=Operation(plan.operation),
            now=now,
            field="planId",
        )
    return plan


def require_ready(plan: Row[tuple[LmsPlan]], *, now: datetime) -> None:
    """Refuse with LmsPlanNotReady or LmsPlanExpired unless the plan is READY."""
    if plan.status != "READY":
        raise LmsPlanNotReady(f"the plan is {plan.status}", field="planId")
    if plan.expires_at <= now:
        raise LmsPlanExpired("the plan is older than a day: preview it again", field="planId")
