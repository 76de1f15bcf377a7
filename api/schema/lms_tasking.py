"""Asking for manual tasks, completing and withdrawing them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.evidence import EvidenceInput
from api.schema.granting import GranteeInput
from api.schema.lms_operation import LmsOperation
from api.schema.lms_plan_row import LmsPlanRow
from api.schema.lms_site import LmsSite
from api.schema.lms_task import LmsTask


@inputs
class CreateLmsTaskInput:
    """Work to be done by hand."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED.")
    line_key: str = strawberry.field(description="The key of the contract line that it is work on.")
    operation: LmsOperation = strawberry.field(
        description="What kind of work it is: one that the site's system cannot do, unless a row of a plan is given."
    )
    title: str = strawberry.field(description="What is to be done, at most 200 characters.")
    details: str | None = strawberry.field(
        default=None, description="All else that whoever does it needs to know, at most 4000 characters."
    )
    assignee: GranteeInput | None = strawberry.field(
        default=None, description="Who is to do it: one who administers under the contract; you unless given."
    )
    plan_row_id: Id[LmsPlanRow] | None = strawberry.field(
        default=None,
        description="The row of a plan of the same operation that the system cannot do, or rejected; it gets one task.",
    )


@payload
class CreateLmsTaskPayload(Payload):
    """What was asked for."""

    task: LmsTask | None = result("The task; null when refused.")


@inputs
class CompleteLmsTaskInput:
    """A task that was done."""

    task_id: Id[LmsTask] = strawberry.field(description="The task; it must be OPEN.")
    confirmed_steps: list[int] = strawberry.field(
        description="The steps of its checklist that were done, by their number from 1: all of them."
    )
    evidence: list[EvidenceInput] = strawberry.field(description="The files that show it, one to twenty.")
    quantity: Decimal | None = strawberry.field(
        default=None,
        description="How much it was in the line's unit: needed on a UNIT line, none on a RECURRING one or an "
        "OBLIGATION; elsewhere it is evidence without a quantity unless given.",
    )
    performed_on: date | None = strawberry.field(
        default=None, description="The day it was done, in the association's time zone; today unless given."
    )
    note: str | None = strawberry.field(default=None, description="What there is to say, at most 4000 characters.")


@payload
class CompleteLmsTaskPayload(Payload):
    """What was completed."""

    task: LmsTask | None = result("The task; null when refused.")


@inputs
class WithdrawLmsTaskInput:
    """A task that is not to be done."""

    task_id: Id[LmsTask] = strawberry.field(description="The task; it must be OPEN.")
    reason: str = strawberry.field(description="Why, at most 2000 characters.")


@payload
class WithdrawLmsTaskPayload(Payload):
    """What was withdrawn."""

    task: LmsTask | None = result("The task; null when refused.")
