"""Manual tasks: what a system cannot do by itself, done by a person who attaches the proof."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Id,
    Node,
    column,
    filters,
    many,
    node,
    one,
    order,
    orders,
    where,
)
from api.schema.lms_operation import LmsOperation
from api.schema.lms_plan_row import LmsPlanRow
from api.schema.member import Member
from api.schema.person import Person, person
from services.lms_admin.tasks import models as rows
from services.lms_admin.tasks import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.evidence import Evidence
    from api.schema.lms_act import LmsAct
    from api.schema.lms_site import LmsSite
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="Where a manual task stands.")
class LmsTaskStatus(Enum):
    """From asking to the proof."""

    OPEN = strawberry.enum_value("OPEN", description="To be done.")
    DONE = strawberry.enum_value("DONE", description="Done and proven; it is evidence without a quantity.")
    RECORDED = strawberry.enum_value("RECORDED", description="Done and proven, and work on its contract line.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="Not to be done.")


@node(rows.LmsTask, prefix="mtk")
class LmsTask(Node):
    """Work on a site that its system cannot do by itself; seen by those who may see learners there."""

    contract: Contract = one("The contract.", lambda task, contract: contract.id == task.contract_id)
    site: LmsSite = one(
        "The site.", lambda task, site: and_(site.contract_id == task.contract_id, site.id == task.site_id)
    )
    line: ContractLine = one(
        "The line that it is work on.",
        lambda task, line: and_(line.contract_id == task.contract_id, line.id == task.line_id),
    )
    operation: LmsOperation = column("What kind of work it is.")
    title: str = column("What is to be done.")
    details: str | None = column("All else that whoever does it needs to know.")
    checklist: list[str] = column("The steps that are confirmed when it is done, in their order.")
    status: LmsTaskStatus = column("Where it stands.")
    plan_row: LmsPlanRow | None = one(
        "The row of a plan that the system could not do; null of what was asked for by itself.",
        lambda task, row: and_(row.contract_id == task.contract_id, row.id == task.plan_row_id),
    )
    assigned_to: Person = one("Who is to do it.", rows=lambda task: person(task, prefix="assigned_to_"))
    created_at: datetime = column("When it was asked for.")
    created_by: Person = one("Who asked for it.", rows=lambda task: person(task, prefix="created_by_"))
    ended_at: datetime | None = column("When it was completed or withdrawn; null while it is open.")
    ended_by: Person | None = one(
        "Who completed or withdrew it; null while it is open.",
        rows=lambda task: person(task, prefix="ended_by_").where(task.ended_at.is_not(None)),
    )
    note: str | None = column("What they had to say, or why it was withdrawn.")
    evidence: list[Evidence] = many(
        "The files that prove it, in the order they were given.", rows=reads.proof_of, order=lambda file: [file.id]
    )
    work_record: WorkRecord | None = one(
        "The work that it became; null unless it is RECORDED.",
        lambda task, record: and_(record.contract_id == task.contract_id, record.id == task.work_record_id),
    )
    act: LmsAct | None = one(
        "What the contract's chain of evidence holds of it; null until it is done.",
        lambda task, act: and_(act.contract_id == task.contract_id, act.id == task.act_id),
    )


@filters
class LmsTaskFilter:
    """Which tasks."""

    status: list[LmsTaskStatus] | None = where(
        "In one of these states.",
        lambda task, value: task.status == any_(value),
        one=lambda task, value: task.status == value,
    )
    site: Id[LmsSite] | None = where(
        "On this site.", lambda task, value: and_(task.contract_id == value.contract_id, task.site_id == value.id)
    )
    assigned_to: Id[Member] | None = where(
        "To be done by this member.", lambda task, value: task.assigned_to_member_id == value
    )


@orders
class LmsTaskOrder(Enum):
    """How tasks are ordered."""

    NEWEST = order("The latest asked for first.", lambda task: [task.created_at.desc()])
    OLDEST = order("The earliest asked for first.", lambda task: [task.created_at])
