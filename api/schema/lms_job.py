"""Jobs: plans being executed, item by item."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Numeric, and_, any_, cast, func, literal_column

from api.reading import (
    Connection,
    Node,
    Percent,
    column,
    connection,
    expression,
    filters,
    many,
    node,
    one,
    order,
    orders,
    where,
)
from api.schema.lms_job_item import LmsJobItemFilter, LmsJobItemOrder
from api.schema.lms_operation import LmsOperation
from api.schema.person import Person, person
from services.lms_admin.jobs import models as rows
from services.lms_admin.jobs import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.lms_act import LmsAct
    from api.schema.lms_job_item import LmsJobItem
    from api.schema.lms_plan import LmsPlan
    from api.schema.lms_site import LmsSite
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="Where a job stands.")
class LmsJobStatus(Enum):
    """From being ordered to its end."""

    QUEUED = strawberry.enum_value(
        "QUEUED", description="It begins, or goes on, as soon as a worker and the site are free."
    )
    RUNNING = strawberry.enum_value("RUNNING", description="A worker is at it.")
    WAITING = strawberry.enum_value(
        "WAITING", description="It goes on by itself at `waitUntil`: the site is under maintenance, down, or read back."
    )
    PAUSED = strawberry.enum_value("PAUSED", description="It goes on once somebody resumes it; `waitCode` says why.")
    CANCELLING = strawberry.enum_value(
        "CANCELLING", description="It ends as soon as it is known what became of what was sent."
    )
    DONE = strawberry.enum_value("DONE", description="Nothing of it is left to do.")
    CANCELLED = strawberry.enum_value("CANCELLED", description="Ended before its end; what was done stays done.")


@strawberry.enum(description="Whether the items of a job that were applied are recorded as work.")
class LmsMetering(Enum):
    """From open to recorded, or not."""

    OPEN = strawberry.enum_value("OPEN", description="Not yet: the job runs, or has just ended.")
    METERED = strawberry.enum_value("METERED", description="One unit is recorded for each item that was applied.")
    NOTHING_TO_METER = strawberry.enum_value(
        "NOTHING_TO_METER",
        description="Nothing was applied, the line takes no units, or the job undoes or mends another.",
    )
    REFUSED = strawberry.enum_value("REFUSED", description="Recording was refused; it can be asked for again.")


def _known(job: Any) -> Any:
    return job.applied_count + job.already_so_count + job.rejected_count + job.stale_count + job.skipped_count


@node(rows.LmsJob, prefix="job")
class LmsJob(Node):
    """A plan being executed, in the name of whoever ordered it; their grant is looked up again with every step."""

    operation: LmsOperation = column("What is being done.")
    status: LmsJobStatus = column("Where it stands.")
    contract: Contract = one("The contract.", lambda job, contract: contract.id == job.contract_id)
    site: LmsSite = one(
        "The site.", lambda job, site: and_(site.contract_id == job.contract_id, site.id == job.site_id)
    )
    plan: LmsPlan = one(
        "What it does.", lambda job, plan: and_(plan.contract_id == job.contract_id, plan.id == job.plan_id)
    )
    line: ContractLine = one(
        "The line on which it is work.",
        lambda job, line: and_(line.contract_id == job.contract_id, line.id == job.line_id),
    )
    wait_code: str | None = column("Why it waits or is paused, for programs, such as MAINTENANCE or FORBIDDEN.")
    wait_message: str | None = column("Why it waits or is paused, for people.")
    wait_until: datetime | None = column("When it goes on by itself; null unless it is WAITING.")
    percent_done: Percent = expression(
        "How many of its items have an outcome, in percent; UNKNOWN is none.",
        lambda job: func.round(
            cast(_known(job) * 100, Numeric) / func.greatest(job.total_count, 1), literal_column("2")
        ),
    )
    total_count: int = column("How many items it has.")
    applied_count: int = column("How many were applied.")
    already_so_count: int = column("How many were so already.")
    rejected_count: int = column("How many the LMS refused.")
    unknown_count: int = column("Of how many it is not known what became of them.")
    stale_count: int = column("How many were changed in the LMS since the preview, and left alone.")
    skipped_count: int = column("How many were not sent.")
    items: Connection[LmsJobItem] = connection(
        "What became of each row of the plan; empty to those who may not see learners.",
        lambda job, item: and_(item.contract_id == job.contract_id, item.job_id == job.id),
        filter=LmsJobItemFilter,
        order=LmsJobItemOrder,
    )
    acts: Connection[LmsAct] = connection(
        "What was done, or tried, and how it is known; what was done first comes first.",
        lambda job, act: and_(act.contract_id == job.contract_id, act.job_id == job.id),
        order=lambda act: [act.sequence],
    )
    metering: LmsMetering = column("Whether what was applied is recorded as work.")
    metering_code: str | None = column("Why recording was refused, for programs; null unless it was.")
    metering_message: str | None = column("Why recording was refused, for people; null unless it was.")
    work_records: list[WorkRecord] = many(
        "The work that it was recorded as: what is within the contract, and what is beyond it.",
        rows=reads.work_records_of,
        order=lambda record: [record.id],
    )
    ordered_at: datetime = column("When it was ordered.")
    ordered_by: Person = one("Who ordered it.", rows=lambda job: person(job, prefix="ordered_by_"))
    started_at: datetime | None = column("When a worker began; null before.")
    progressed_at: datetime | None = column("When something last became of an item.")
    ended_at: datetime | None = column("When it ended; null before.")


@filters
class LmsJobFilter:
    """Which jobs."""

    status: list[LmsJobStatus] | None = where("In one of these states.", lambda job, value: job.status == any_(value))
    operation: list[LmsOperation] | None = where("Doing one of these.", lambda job, value: job.operation == any_(value))
    metering: list[LmsMetering] | None = where(
        "Recorded as work so far.", lambda job, value: job.metering == any_(value)
    )


@orders
class LmsJobOrder(Enum):
    """How jobs are ordered."""

    NEWEST = order("The latest ordered first.", lambda job: [job.ordered_at.desc()])
    OLDEST = order("The earliest ordered first.", lambda job: [job.ordered_at])
