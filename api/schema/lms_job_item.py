"""Items of jobs: what became of each row of a plan."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import Node, column, filters, many, node, one, order, orders, where
from api.schema.lms_act import LmsVerification
from services.lms_admin.jobs import models as rows

if TYPE_CHECKING:
    from api.schema.lms_act import LmsAct
    from api.schema.lms_job import LmsJob
    from api.schema.lms_plan_row import LmsPlanRow


@strawberry.enum(description="What became of an item.")
class LmsItemStatus(Enum):
    """From waiting to its outcome."""

    PENDING = strawberry.enum_value("PENDING", description="Not sent yet.")
    SENT = strawberry.enum_value("SENT", description="Being sent; the LMS is read back before it is sent again.")
    APPLIED = strawberry.enum_value("APPLIED", description="Done; on a UNIT line it counts as one unit.")
    ALREADY_SO = strawberry.enum_value("ALREADY_SO", description="It was so already; it does not count.")
    REJECTED = strawberry.enum_value("REJECTED", description="The LMS refused it; it is as it was before.")
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN", description="It may or may not have been applied: it counts only once that is verified."
    )
    STALE = strawberry.enum_value(
        "STALE", description="It was changed in the LMS since the preview, and was left as it is."
    )
    SKIPPED = strawberry.enum_value(
        "SKIPPED", description="Not sent: nothing to do, a conflict, left out, protected, or the job was cancelled."
    )


@node(rows.LmsJobItem, prefix="jit")
class LmsJobItem(Node):
    """One row of a plan being executed."""

    job: LmsJob = one("The job.", lambda item, job: and_(job.contract_id == item.contract_id, job.id == item.job_id))
    position: int = column("Its place in the plan, from 1.")
    status: LmsItemStatus = column("What became of it.")
    plan_row: LmsPlanRow = one(
        "The row of the plan: whom it is about, and what is wanted.",
        lambda item, row: and_(row.contract_id == item.contract_id, row.id == item.id),
    )
    attempts: int = column("How often it was sent.")
    code: str | None = column("Why it is so, for programs; null when there is nothing to say.", name="error_code")
    message: str | None = column(
        "Why it is so, for people: what the LMS said, or who verified it.", name="error_message"
    )
    verification: LmsVerification | None = column("How its outcome is known; null before.")
    acts: list[LmsAct] = many(
        "What was done, or tried, in its order.",
        lambda item, act: and_(act.contract_id == item.contract_id, act.item_id == item.id),
        order=lambda act: [act.sequence],
    )
    sent_at: datetime | None = column("When it was last sent; null unless it was.")
    ended_at: datetime | None = column("When its outcome was known; null before, and while it is UNKNOWN.")


@filters
class LmsJobItemFilter:
    """Which items."""

    status: list[LmsItemStatus] | None = where(
        "With one of these outcomes.",
        lambda item, value: item.status == any_(value),
        one=lambda item, value: item.status == value,
    )


@orders
class LmsJobItemOrder(Enum):
    """How items are ordered."""

    POSITION = order("In the plan's order.", lambda item: [item.position])
