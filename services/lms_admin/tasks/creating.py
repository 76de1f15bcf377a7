"""Asking a person to do on a site what its system cannot do by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, any_, exists, func, insert, or_, select
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.contracts.models import ContractLine
from services.delivery.recording import LineNotFound
from services.lms_admin.jobs.models import LmsJob, LmsJobItem
from services.lms_admin.plans.models import LmsPlan, LmsPlanRow
from services.lms_admin.plans.reasons import Reason
from services.lms_admin.sites.administering import site_for
from services.lms_admin.tasks.checklists import TAKES, checklist_of
from services.lms_admin.tasks.models import LmsTask

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.lms_admin.sites.models import LmsSite
    from services.lms_admin.sites.operations import Operation

LONGEST_TITLE: Final = 200
LONGEST_DETAILS: Final = 4000


class SystemDoesIt(DomainError):
    """The site's system can do this through its adapter: ask for a plan."""


class TaskExists(DomainError):
    """There is a task for this row of a plan already."""


class AssigneeNotFound(DomainError):
    """Nobody with a grant to administer under this contract is known by that; a stranger answers the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWish:
    """What is to be done by hand: where, on which line, by whom; `plan_row` is what a plan could not do."""

    site_id: UUID
    line_key: str
    operation: Operation
    title: str
    details: str | None = None
    assignee_email: str | None = None
    assignee_id: UUID | None = None
    plan_row: RowKey | None = None


async def create_task(tx: Transaction, *, actor: Actor, contract_id: UUID, wish: TaskWish, now: datetime) -> RowKey:
    """Ask for work by hand on a contract line, of whoever administers under the contract: the actor, if none is named.

    Refuses what `site_for` refuses, and with TextBlank, TextTooLong, LineNotFound, AssigneeNotFound, InvalidInput,
    NotFound (the row of the plan is none of this site), SystemDoesIt or TaskExists. What is asked names learners
    perhaps, so that the audit trail does not hold it.
    """
    on = await site_for(
        tx, actor=actor, contract_id=contract_id, site_id=wish.site_id, operation=wish.operation, now=now
    )
    faults, title, details = Faults(), wish.title.strip(), (wish.details or "").strip() or None
    faults.text(title, longest=LONGEST_TITLE, field="title")
    faults.text(details, longest=LONGEST_DETAILS, field="details")
    faults.refuse()
    line_id = await _line(tx, on.contract, wish.line_key)
    assigned = await _assigned(tx, actor, contract_id, wish)
    await _require_by_hand(tx, on.site, wish)
    key, task_id = key_of(on.contract), new_id()
    await tx.execute(
        insert(LmsTask).values(
            **key.columns,
            id=task_id,
            site_id=wish.site_id,
            line_id=line_id,
            plan_row_id=wish.plan_row and wish.plan_row.id,
            operation=wish.operation,
            title=title,
            details=details,
            checklist=checklist_of(wish.operation),
            status="OPEN",
            created_at=now,
            **actor.signed("created_by"),
            **assigned,
        ),
        refusing={"one_task_of_a_plan_row": TaskExists("there is a task for this row already", field="planRowId")},
    )
    after = {"site": on.site.name, "operation": wish.operation, "line": wish.line_key}
    tx.emit(Event("LMS_TASK_CREATED", task_id, contract=key, after=after))
    return RowKey(contract_id, task_id)


async def _line(tx: Transaction, contract: Row[tuple[Contract]], line_key: str) -> UUID:
    line_id: UUID | None = await tx.scalar(
        select(col(ContractLine.id)).where(
            col(ContractLine.contract_id) == contract.id,
            col(ContractLine.revision) == contract.revision,
            col(ContractLine.key) == line_key,
        )
    )
    if line_id is None:
        raise LineNotFound("the contract has no such line now", field="lineKey")
    return line_id


async def _assigned(tx: Transaction, actor: Actor, contract_id: UUID, wish: TaskWish) -> dict[str, object]:
    if wish.assignee_email is None and wish.assignee_id is None:
        return actor.signed("assigned_to")
    if wish.assignee_email is not None and wish.assignee_id is not None:
        raise InvalidInput("say who by email or by memberId, one of the two", field="assignee")
    found = func.app.find_administrator(contract_id, wish.assignee_email, wish.assignee_id).table_valued(
        "member_id", "name", "email", "organization_id", "organization_name"
    )
    member = (await tx.execute(select(found))).mappings().one_or_none()
    if member is None:
        raise AssigneeNotFound("nobody who administers under this contract is known by that", field="assignee")
    return {f"assigned_to_{name}": value for name, value in member.items()}


async def _require_by_hand(tx: Transaction, site: Row[tuple[LmsSite]], wish: TaskWish) -> None:
    """Refuse what the system does by itself, but for a row that it was found not to do."""
    if wish.plan_row is not None:
        await _require_left_undone(tx, site, wish.plan_row, wish.operation)
        return
    takes = TAKES.get(wish.operation)
    if takes is not None and takes in site.capabilities:
        raise SystemDoesIt(f"{site.name} does {wish.operation} by itself: ask for a plan", field="operation")


async def _require_left_undone(
    tx: Transaction, site: Row[tuple[LmsSite]], plan_row: RowKey, operation: Operation
) -> None:
    rejected = exists().where(
        col(LmsJob.contract_id) == LmsPlanRow.contract_id,
        col(LmsJob.plan_id) == LmsPlanRow.plan_id,
        col(LmsJobItem.contract_id) == LmsJob.contract_id,
        col(LmsJobItem.job_id) == LmsJob.id,
        col(LmsJobItem.position) == LmsPlanRow.position,
        col(LmsJobItem.status) == "REJECTED",
    )
    row = await tx.one_or_none(
        select(
            or_(any_(col(LmsPlanRow.reasons)) == Reason.NOT_SUPPORTED, rejected).label("left_undone"),
            col(LmsPlan.operation),
        )
        .join(LmsPlan, and_(col(LmsPlan.contract_id) == LmsPlanRow.contract_id, col(LmsPlan.id) == LmsPlanRow.plan_id))
        .where(
            col(LmsPlanRow.contract_id) == site.contract_id,
            col(LmsPlanRow.id) == plan_row.id,
            col(LmsPlanRow.site_id) == site.id,
        )
    )
    if row is None or plan_row.contract_id != site.contract_id or row.operation != operation:
        raise NotFound("there is no such row in a plan of this operation on this site", field="planRowId")
    if not row.left_undone:
        raise SystemDoesIt(f"{site.name} was not found unable to do this row", field="planRowId")
