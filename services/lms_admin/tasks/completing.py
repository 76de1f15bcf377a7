"""Completing a task: every step confirmed, the proof attached, the act noted, and the work recorded on its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound, Refusals
from core.events import Event
from core.ids import RowKey, encode
from services.contracts.days import today_in
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import ContractLine
from services.delivery.attaching import keep
from services.delivery.evidence import File, checked_files
from services.delivery.recording import Work, write_work
from services.identity.roles import Act
from services.lms_admin.acts.recording import Deed, record_acts
from services.lms_admin.adapters.port import Outcome, Verification
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation
from services.lms_admin.tasks.checklists import ACTIONS
from services.lms_admin.tasks.models import LmsTask
from services.lms_admin.tasks.proving import prove

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.delivery.blobs import BlobStore
    from services.lms_admin.sites.administering import Administered

LONGEST_NOTE: Final = 4000


class TaskNotOpen(DomainError):
    """The task was completed or withdrawn before."""


class ChecklistIncomplete(DomainError):
    """A step of the checklist is not confirmed: a task is done when all of them are."""


class QuantityRequired(DomainError):
    """The line is paid by the unit: say how many were done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How a task was done: steps by their number from 1, at least one file, and how much in the line's unit."""

    confirmed_steps: Sequence[int]
    files: Sequence[File]
    quantity: Decimal | None = None
    performed_on: date | None = None
    note: str | None = None


async def complete_task(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    task_id: UUID,
    done: Completion,
    blobs: BlobStore,
    now: datetime,
) -> RowKey:
    """Note that a task was done, as the member who did it; with a quantity it becomes a work record with its files.

    Refuses what `site_for`, `write_work` and `checked_file` refuse, and with NotFound, TaskNotOpen,
    ChecklistIncomplete, QuantityRequired (on a UNIT line), InvalidInput (no file), TextBlank or TextTooLong.
    """
    await contract_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, field="taskId")
    task = await tx.one_or_none(
        select(*LmsTask.__table__.c)  # type: ignore[attr-defined]
        .where(col(LmsTask.contract_id) == contract_id, col(LmsTask.id) == task_id)
        .with_for_update(key_share=True)
    )
    if task is None:
        raise NotFound("there is no such task", field="taskId")
    on = await site_for(
        tx,
        actor=actor,
        contract_id=contract_id,
        site_id=task.site_id,
        operation=Operation(task.operation),
        now=now,
        field="taskId",
    )
    if task.status != "OPEN":
        raise TaskNotOpen(f"the task is {task.status}", field="taskId")
    line = await tx.one(
        select(col(ContractLine.key), col(ContractLine.kind)).where(
            col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == task.line_id
        )
    )
    files = _checked(task, line.kind, done)
    evidence = await prove(tx, on, task, await keep(files, blobs), actor=actor, now=now)
    record_id = await _recorded(
        tx, on, task, line_key=line.key, done=done, evidence=evidence, actor=actor, blobs=blobs, now=now
    )
    (act_id,) = await record_acts(
        tx,
        actor=actor,
        contract=key_of(on.contract),
        site=on.site,
        operation=task.operation,
        deeds=[_deed(task, evidence, done, now)],
        now=now,
    )
    await tx.execute(
        update(LmsTask)
        .where(col(LmsTask.contract_id) == contract_id, col(LmsTask.id) == task_id)
        .values(
            status="RECORDED" if record_id else "DONE",
            note=(done.note or "").strip() or None,
            ended_at=now,
            **actor.signed("ended_by"),
            act_id=act_id,
            work_record_id=record_id,
        )
    )
    tx.emit(
        Event(
            "LMS_TASK_COMPLETED",
            task_id,
            contract=key_of(on.contract),
            after={"site": on.site.name, "operation": task.operation, "workRecordId": record_id, "actId": act_id},
        )
    )
    return RowKey(contract_id, task_id)


def _checked(task: Row[tuple[LmsTask]], kind: str, done: Completion) -> list[Any]:
    faults = Faults()
    missing = [at for at in range(1, len(task.checklist) + 1) if at not in done.confirmed_steps]
    if missing:
        message = f"not confirmed: {', '.join(str(at) for at in missing)} of {len(task.checklist)} steps"
        faults.note(ChecklistIncomplete(message, field="confirmedSteps"))
    if not done.files:
        faults.note(InvalidInput("attach at least one file that shows what was done", field="evidence"))
    if kind == "UNIT" and done.quantity is None:
        faults.note(QuantityRequired("say how many units were done", field="quantity"))
    faults.text(done.note, longest=LONGEST_NOTE, field="note")
    files = checked_files(faults, [(task.id, "evidence", done.files)])
    faults.refuse()
    return files


async def _recorded(
    tx: Transaction,
    on: Administered,
    task: Row[tuple[LmsTask]],
    *,
    line_key: str,
    done: Completion,
    evidence: Sequence[Row[Any]],
    actor: Actor,
    blobs: BlobStore,
    now: datetime,
) -> UUID | None:
    """Record the work on its line; None where no quantity is given, and the files are evidence without one."""
    if done.quantity is None:
        return None
    day = done.performed_on or today_in(on.contract.time_zone, now)
    work = Work(
        quantity=done.quantity,
        performed_from=day,
        performed_to=day,
        performed_by=actor.name,
        # what was asked for names learners perhaps; whoever reads the record may not see them
        description=f"{task.operation} on {on.site.name} by hand: task {encode('mtk', task.contract_id, task.id)}",
        line_key=line_key,
        evidence=[File(evidence_id=row.id) for row in evidence],
    )
    try:
        _, told = await write_work(tx, actor=actor, contract_id=on.contract.id, records=[work], blobs=blobs, now=now)
    except Refusals as refused:
        for error in refused.errors:
            error.field = _named_here(error.field)
        raise
    record_id: UUID = told[0]["workRecordId"]
    return record_id


def _named_here(field: str | None) -> str | None:
    """The field of a task's completion that a field of its work record comes from."""
    own = (field or "").removeprefix("records.0.")
    return {"performedFrom": "performedOn", "performedTo": "performedOn", "lineKey": "taskId"}.get(own, own or None)


def _deed(task: Row[tuple[LmsTask]], evidence: Sequence[Row[Any]], done: Completion, now: datetime) -> Deed:
    """What was done, as the person says who vouches for it."""
    return Deed(
        action=ACTIONS.get(Operation(task.operation), "UPDATE"),
        outcome=Outcome.APPLIED,
        verification=Verification.PERSON,
        acted_at=now,
        after={
            "task": str(task.id),
            "title": task.title,
            "checklist": list(task.checklist),
            "files": [{"name": row.name, "sha256": row.sha256} for row in evidence],
            "note": (done.note or "").strip() or None,
        },
    )
