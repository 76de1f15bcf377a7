"""Withdrawing a task that is not to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.sites.reaching import require_reach
from services.lms_admin.tasks.completing import TaskNotOpen
from services.lms_admin.tasks.models import LmsTask

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


async def withdraw_task(
    tx: Transaction, *, actor: Actor, contract_id: UUID, task_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Withdraw an open task, its site connected or not; a row of a plan can have another one then.

    Refuses with NotFound, Forbidden, OutsideGrant, TaskNotOpen, TextBlank or TextTooLong.
    """
    contract = await contract_for(tx, actor=actor, act=Act.CONNECT_LMS, contract_id=contract_id, field="taskId")
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    faults.refuse()
    this = (col(LmsTask.contract_id) == contract_id, col(LmsTask.id) == task_id)
    task = await tx.one_or_none(select(col(LmsTask.site_id), col(LmsTask.status)).where(*this))
    if task is None:
        raise NotFound("there is no such task", field="taskId")
    await require_reach(
        tx, actor=actor, contract=contract, site_id=task.site_id, name="the task's site", field="taskId"
    )
    withdrawn = await tx.one_or_none(
        update(LmsTask)
        .where(*this, col(LmsTask.status) == "OPEN")
        .values(status="WITHDRAWN", note=reason.strip(), ended_at=now, **actor.signed("ended_by"))
        .returning(col(LmsTask.operation))
    )
    if withdrawn is None:
        raise TaskNotOpen("the task was completed or withdrawn before", field="taskId")
    after = {"operation": withdrawn.operation}
    # the reason names learners perhaps, and stays with the task
    tx.emit(Event("LMS_TASK_WITHDRAWN", task_id, contract=key_of(contract), after=after))
    return RowKey(contract_id, task_id)
