"""Executing a plan: it becomes a job, once, and only as it was previewed and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import ContractLine
from services.delivery.recording import LineNotFound
from services.identity.roles import Act
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.plans.standing import PlanChanged
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000


class PlanNotExecutable(DomainError):
    """The plan is still being previewed, was refused or withdrawn, has expired, or waits for a second person."""


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

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, PlanNotExecutable,
    PlanExecuted, PlanChanged, LineNotFound (the contract was revised since), TextBlank or TextTooLong.
    """
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    contract = await contract_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, field="planId")
    plan = await _plan(tx, contract_id, plan_id)
    await site_for(
        tx,
        actor=actor,
        contract_id=contract_id,
        site_id=plan.site_id,
        operation=Operation(plan.operation),
        now=now,
        field="planId",
    )
    _require_executable(plan, plan_hash, now)
    await _require_line(tx, contract_id, plan.line_id, contract.revision)
    begun = await tx.execute(
        update(LmsPlan)
        .where(
            col(LmsPlan.contract_id) == contract_id,
            col(LmsPlan.id) == plan_id,
            col(LmsPlan.status) == plan.status,
            col(LmsPlan.plan_hash) == plan_hash,
        )
        .values(status="EXECUTING")
    )
    if not begun.rowcount:
        # somebody was quicker, and whoever looks again sees with what
        _require_executable(await _plan(tx, contract_id, plan_id), plan_hash, now)
    job_id = new_id()
    await tx.execute(
        insert(LmsJob).values(
            **key_of(contract).columns,
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
        refusing={"one_job_of_a_plan": _executed()},
    )
    after = {"planId": plan_id, "planHash": plan_hash, "operation": plan.operation, "rows": plan.row_count}
    tx.emit(
        Event("LMS_JOB_ORDERED", object_id=job_id, contract=key_of(contract), after=after, reason=reason, due_at=now)
    )
    return RowKey(contract_id, job_id)


async def _plan(tx: Transaction, contract_id: UUID, plan_id: UUID) -> Row[tuple[LmsPlan]]:
    plan = await tx.one_or_none(
        select(*LmsPlan.__table__.c).where(  # type: ignore[attr-defined]
            col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id) == plan_id
        )
    )
    if plan is None:
        raise NotFound("there is no such plan", field="planId")
    return plan


def _require_executable(plan: Row[tuple[LmsPlan]], plan_hash: str, now: datetime) -> None:
    if plan.status in {"EXECUTING", "DONE"}:
        raise _executed()
    if plan.status not in {"READY", "APPROVED"}:
        raise PlanNotExecutable(f"the plan is {plan.status}", field="planId")
    if plan.expires_at is not None and plan.expires_at <= now:
        message = f"the plan's preview was good until {plan.expires_at:%Y-%m-%d %H:%M} UTC: preview it anew"
        raise PlanNotExecutable(message, field="planId")
    if plan.needs_second_person and plan.status != "APPROVED":
        raise PlanNotExecutable("so many removals take the approval of a second person", field="planId")
    if plan.plan_hash != plan_hash:
        raise PlanChanged("this is not the plan's hash: look at the plan again", field="planHash")


async def _require_line(tx: Transaction, contract_id: UUID, line_id: UUID, revision: int) -> None:
    current = await tx.scalar(
        select(col(ContractLine.revision)).where(
            col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == line_id
        )
    )
    if current != revision:
        message = "the plan's line is not one of the contract's current revision: plan anew on one that is"
        raise LineNotFound(message, field="planId")


def _executed() -> PlanExecuted:
    return PlanExecuted("the plan was executed before", field="planId")
