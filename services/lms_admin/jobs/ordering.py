"""Executing a plan: it becomes a job, once, and only as it was previewed and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError
from core.events import ContractKey, Event
from core.ids import RowKey, new_id
from services.contracts.faults import Faults
from services.contracts.models import Contract, ContractLine
from services.delivery.recording import LineNotFound
from services.identity.roles import Act
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.plans.approving import SecondPersonRequired
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.plans.standing import LmsPlanExpired, PlanChanged, plan_for, require_ready

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000


class PlanExecuted(DomainError):
    """The plan was executed before: there is one job of it, which the plan names."""


async def execute_lms_plan(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    plan_id: UUID,
    plan_hash: str,
    reason: str | None,
    now: datetime,
) -> RowKey:
    """Order what a plan says; returns the key of its job, which the worker begins at once.

    Refuses with what `plan_for` refuses, LmsPlanNotReady, LmsPlanExpired, SecondPersonRequired, PlanExecuted,
    PlanChanged, LineNotFound (the contract was revised since), TextBlank or TextTooLong.
    """
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    # the plan's row is locked: of two who execute it at once, the second finds it executed
    plan = await plan_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, plan_id=plan_id, now=now)
    _require_executable(plan, plan_hash, now)
    await _require_line(tx, contract_id, plan.line_id)
    await tx.execute(
        update(LmsPlan)
        .where(col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id) == plan_id)
        .values(status="EXECUTING")
    )
    key = ContractKey(contract_id, plan.association_id, plan.vendor_id)
    job_id = new_id()
    await tx.execute(
        insert(LmsJob).values(
            **key.columns,
            id=job_id,
            site_id=plan.site_id,
            plan_id=plan_id,
            line_id=plan.line_id,
            operation=plan.operation,
            status="QUEUED",
            total_count=plan.row_count,
            ordered_at=now,
            ordered_by_person_id=actor.person_id,
            **actor.signed("ordered_by"),
        ),
    )
    after = {"planId": plan_id, "planHash": plan_hash, "operation": plan.operation, "rows": plan.row_count}
    tx.emit(Event("LMS_JOB_ORDERED", object_id=job_id, contract=key, after=after, reason=reason, due_at=now))
    return RowKey(contract_id, job_id)


def _require_executable(plan: Row[tuple[LmsPlan]], plan_hash: str, now: datetime) -> None:
    if plan.status in {"EXECUTING", "DONE"}:
        raise PlanExecuted("the plan was executed before", field="planId")
    if plan.status == "READY" and plan.needs_second_person:
        raise SecondPersonRequired("so many removals take the approval of a second person", field="planId")
    if plan.status != "APPROVED":
        require_ready(plan, now=now)
    elif plan.expires_at <= now:
        raise LmsPlanExpired("it was approved more than a day ago: preview it again", field="planId")
    if plan.plan_hash != plan_hash:
        raise PlanChanged("the plan has another hash now: look at it again", field="planHash")


async def _require_line(tx: Transaction, contract_id: UUID, line_id: UUID) -> None:
    current = await tx.scalar(
        select(col(ContractLine.revision) == col(Contract.revision))
        .join(Contract, col(Contract.id) == ContractLine.contract_id)
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == line_id)
    )
    if not current:
        message = "the plan's line is not one of the contract's current revision: plan anew on one that is"
        raise LineNotFound(message, field="planId")
