"""How a plan ends without being executed: withdrawn by a person, or expired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update
from sqlmodel import col

from core.events import ContractKey, Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.delivery.totals import LONGEST_REASON
from services.identity.roles import Act
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.plans.standing import LmsPlanNotReady, plan_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

OPEN: Final = ("PREVIEWING", "READY", "APPROVED")
LASTING_A_DAY: Final = ("READY", "APPROVED")


async def withdraw_plan(
    tx: Transaction, *, actor: Actor, contract_id: UUID, plan_id: UUID, reason: str | None, now: datetime
) -> RowKey:
    """Give a plan up that is not executed yet, as who administers its site or as the association's owner.

    Refuses what `plan_for` refuses, and with TextBlank, TextTooLong or LmsPlanNotReady.
    """
    plan = await plan_for(tx, actor=actor, act=Act.APPROVE_LMS_PLAN, contract_id=contract_id, plan_id=plan_id, now=now)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    if plan.status not in OPEN:
        raise LmsPlanNotReady(f"the plan is {plan.status}", field="planId")
    await tx.execute(
        update(LmsPlan)
        .where(col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id) == plan_id)
        .values(status="WITHDRAWN", ended_at=now)
    )
    key = ContractKey(contract_id, plan.association_id, plan.vendor_id)
    before, after = {"status": plan.status}, {"status": "WITHDRAWN"}
    tx.emit(Event("LMS_PLAN_WITHDRAWN", plan_id, contract=key, before=before, after=after, reason=reason))
    return RowKey(contract_id, plan_id)


async def expire_plan(tx: Transaction, *, contract_id: UUID, plan_id: UUID, now: datetime) -> bool:
    """End a plan that nobody executed within a day of its preview or approval; whether there was such a plan."""
    plan = await tx.one_or_none(
        update(LmsPlan)
        .where(
            col(LmsPlan.contract_id) == contract_id,
            col(LmsPlan.id) == plan_id,
            col(LmsPlan.status).in_(LASTING_A_DAY),
            col(LmsPlan.expires_at) <= now,
        )
        .values(status="EXPIRED", ended_at=now)
        .returning(col(LmsPlan.association_id), col(LmsPlan.vendor_id))
    )
    if plan is None:
        return False
    key = ContractKey(contract_id, plan.association_id, plan.vendor_id)
    tx.emit(Event("LMS_PLAN_EXPIRED", plan_id, contract=key, after={"status": "EXPIRED"}))
    return True


async def plans_to_expire(tx: Transaction, *, now: datetime, most: int = 500) -> list[RowKey]:
    """The plans that nobody executed within a day; for the worker's sweep."""
    overdue = await tx.all(
        select(col(LmsPlan.contract_id), col(LmsPlan.id))
        .where(col(LmsPlan.status).in_(LASTING_A_DAY), col(LmsPlan.expires_at) <= now)
        .order_by(col(LmsPlan.expires_at))
        .limit(most)
    )
    return [RowKey(row.contract_id, row.id) for row in overdue]
