"""Approving a plan, as it was seen: by its hash, and where much is removed by somebody else than who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from core.errors import DomainError
from core.events import ContractKey, Event
from core.ids import RowKey
from services.identity.roles import Act
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.plans.previewing import KEPT_FOR
from services.lms_admin.plans.standing import PlanChanged, plan_for, require_ready

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class SecondPersonRequired(DomainError):
    """The plan removes more than the site's threshold: somebody else than who asked for it approves it."""


async def approve_plan(
    tx: Transaction, *, actor: Actor, contract_id: UUID, plan_id: UUID, plan_hash: str, now: datetime
) -> RowKey:
    """Approve a READY plan by its hash; it can be executed for a day.

    Refuses what `plan_for` refuses, and with LmsPlanNotReady, LmsPlanExpired, PlanChanged or SecondPersonRequired.
    """
    plan = await plan_for(tx, actor=actor, act=Act.APPROVE_LMS_PLAN, contract_id=contract_id, plan_id=plan_id, now=now)
    require_ready(plan, now=now)
    if plan.plan_hash != plan_hash:
        raise PlanChanged("the plan has another hash now: look at it again", field="planHash")
    if plan.needs_second_person and plan.requested_by_person_id == actor.person_id:
        removals = plan.suspend_count + plan.remove_count
        raise SecondPersonRequired(f"the plan removes {removals}: somebody else approves it", field="planId")
    await tx.execute(
        update(LmsPlan)
        .where(col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id) == plan_id)
        .values(
            status="APPROVED",
            approved_at=now,
            expires_at=now + KEPT_FOR,
            approved_by_person_id=actor.person_id,
            **actor.signed("approved_by"),
        )
    )
    key = ContractKey(contract_id, plan.association_id, plan.vendor_id)
    told = {"status": "APPROVED", "planHash": plan_hash}
    tx.emit(Event("LMS_PLAN_APPROVED", plan_id, contract=key, before={"status": "READY"}, after=told))
    return RowKey(contract_id, plan_id)
