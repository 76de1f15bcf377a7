"""Plans: what an operation would do to a site, row by row, before it is done."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Integer, Text, and_, any_, func, select

from api.reading import (
    Connection,
    Node,
    column,
    connection,
    filters,
    node,
    one,
    order,
    orders,
    value,
    where,
)
from api.refusals import UserErrorCode
from api.schema.lms_operation import LmsOperation
from api.schema.lms_plan_row import LmsPlanRowFilter, LmsPlanRowOrder
from api.schema.person import Person, person
from services.lms_admin.plans import models as rows

if TYPE_CHECKING:
    from sqlalchemy import Select

    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.lms_job import LmsJob
    from api.schema.lms_plan_row import LmsPlanRow
    from api.schema.lms_site import LmsSite


@strawberry.enum(description="Where a plan stands.")
class LmsPlanStatus(Enum):
    """From being previewed to having been done, or not."""

    PREVIEWING = strawberry.enum_value("PREVIEWING", description="The file and the site are being read.")
    READY = strawberry.enum_value(
        "READY", description="It can be looked at, and executed unless it needs a second person; for a day."
    )
    REFUSED = strawberry.enum_value("REFUSED", description="It could not be previewed; it says why.")
    APPROVED = strawberry.enum_value("APPROVED", description="Somebody approved it; it can be executed for a day.")
    EXECUTING = strawberry.enum_value("EXECUTING", description="A job does what it says.")
    DONE = strawberry.enum_value("DONE", description="Its job has ended.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="Somebody gave it up.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="Nobody executed it within a day.")


@strawberry.enum(description="What becomes of members whom a roster's file leaves out.")
class RosterMode(Enum):
    """Whether a file is the whole roster."""

    DELTA = strawberry.enum_value("DELTA", description="They stay as they are.")
    FULL = strawberry.enum_value(
        "FULL", description="The file is the whole roster: they are proposed for suspension, never for deletion."
    )


@strawberry.enum(description="What is wrong with a row of a file.")
class LmsFileFaultCode(Enum):
    """Faults of rows and cells."""

    COLUMN_COUNT = strawberry.enum_value("COLUMN_COUNT", description="The row has more or fewer cells than the header.")
    BLANK = strawberry.enum_value("BLANK", description="The cell says nothing, and must.")
    TOO_LONG = strawberry.enum_value("TOO_LONG", description="The cell has more characters than systems take.")
    CONTROL_CHARACTER = strawberry.enum_value(
        "CONTROL_CHARACTER", description="The cell holds a character that does not show, such as NUL or a line break."
    )
    FORMULA = strawberry.enum_value(
        "FORMULA", description="The cell begins with =, +, -, @ or a tab: a spreadsheet would run it."
    )
    MALFORMED = strawberry.enum_value("MALFORMED", description="The cell is not what its column takes.")
    DUPLICATE = strawberry.enum_value("DUPLICATE", description="Another row says the same of somebody else.")


@value(key=("place",))
class LmsFileFault:
    """What is wrong with a row of a file; its words name no learner."""

    row: int = column("The row, as a spreadsheet counts: the header is row 1.")
    field: str | None = column("The column; null where it is the whole row.")
    code: LmsFileFaultCode = column("What is wrong, in a word, for programs.")
    message: str = column("The same for people.")


def _faults(plan: Any) -> Select[Any]:
    fault = (
        func.jsonb_array_elements(plan.faults)
        .table_valued("value", with_ordinality="place", name="fault")
        .render_derived()
    )
    cells: dict[str, type[Integer | Text]] = {"row": Integer, "field": Text, "code": Text, "message": Text}
    return select(
        *(fault.c.value.op("->>")(name).cast(type_).label(name) for name, type_ in cells.items()),
    ).add_columns(fault.c.place.cast(Integer).label("place"))


@node(rows.LmsPlan, prefix="pln")
class LmsPlan(Node):
    """What an operation would do to a site, found out by reading it; nothing is changed by finding out."""

    operation: LmsOperation = column("What is to be done.")
    status: LmsPlanStatus = column("Where it stands.")
    contract: Contract = one("The contract.", lambda plan, contract: contract.id == plan.contract_id)
    site: LmsSite = one(
        "The site.", lambda plan, site: and_(site.contract_id == plan.contract_id, site.id == plan.site_id)
    )
    line: ContractLine = one(
        "The contract line that the work is done on: a UNIT line takes one unit for each row that is applied.",
        lambda plan, line: and_(line.contract_id == plan.contract_id, line.id == plan.line_id),
    )
    roster_mode: RosterMode | None = column("Whether its file is the whole roster; null of other operations.")
    notify_learners: bool = column("Whether the LMS sends learners its own messages.")
    reason: str | None = column("What for, in the words of who asked.")
    source_name: str | None = column("What its file is called; null of a list.")
    source_sha256: str | None = column("The SHA-256 of its file, in hexadecimal; null of a list.")
    refusal_code: UserErrorCode | None = column("Why it was refused, for programs; null unless it was.")
    refusal_message: str | None = column("Why it was refused and what to do, for people; null unless it was.")
    fault_count: int = column("How many faults the rows of its file have.")
    faults: Connection[LmsFileFault] = connection(
        "The first thousand of those faults.", rows=_faults, order=lambda fault: [fault.place]
    )
    plan_hash: str | None = column(
        "The SHA-256 of its rows, opt-outs included, in hexadecimal: what is approved. Null until it is READY."
    )
    row_count: int = column("How many rows it has; 0 until it is READY.")
    create_count: int = column("How many rows it would create; here and below without those that were left out.")
    update_count: int = column("How many rows it would change.")
    suspend_count: int = column("How many rows it would suspend.")
    remove_count: int = column("How many enrolments it would end.")
    noop_count: int = column("How many rows are as they are wanted.")
    conflict_count: int = column("How many rows it does not touch because something is in the way.")
    read_count: int = column("How many rows the site was read for; it grows during the preview.")
    population_count: int | None = column(
        "How many those are that its removals are measured against: the active members on the site's roster, or the "
        "active enrolments in the courses it touches. Null until it is READY."
    )
    needs_second_person: bool = column(
        "Whether it suspends and ends more than the site's threshold: then somebody else than who asked approves it."
    )
    lms_version: str | None = column("The version of the LMS that was read, where it is known.")
    rows: Connection[LmsPlanRow] = connection(
        "Row by row; empty to those who may not see learners.",
        lambda plan, row: and_(row.contract_id == plan.contract_id, row.plan_id == plan.id),
        filter=LmsPlanRowFilter,
        order=LmsPlanRowOrder,
    )
    job: LmsJob | None = one(
        "The job that executes it; null before.",
        lambda plan, job: and_(job.contract_id == plan.contract_id, job.plan_id == plan.id),
    )
    undoes: LmsJob | None = one(
        "The job that it undoes; null of all but an undo.",
        lambda plan, job: and_(job.contract_id == plan.contract_id, job.id == plan.undoes_job_id),
    )
    mends: LmsJob | None = one(
        "The job whose mistake it mends: then its work has no quantity. Null unless it was asked for so.",
        lambda plan, job: and_(job.contract_id == plan.contract_id, job.id == plan.mends_job_id),
    )
    requested_at: datetime = column("When it was asked for.")
    requested_by: Person = one("Who asked for it.", rows=lambda plan: person(plan, prefix="requested_by_"))
    previewed_at: datetime | None = column("When it was READY; null before.")
    expires_at: datetime | None = column("Until when it can be executed; null before it is READY.")
    approved_at: datetime | None = column("When it was approved; null unless it was.")
    approved_by: Person | None = one(
        "Who approved it; null unless somebody did.",
        rows=lambda plan: person(plan, prefix="approved_by_").where(plan.approved_at.is_not(None)),
    )
    ended_at: datetime | None = column("When it was refused, withdrawn, done, or found expired; null while it is open.")


@filters
class LmsPlanFilter:
    """Which plans."""

    status: list[LmsPlanStatus] | None = where(
        "In one of these states.",
        lambda plan, value: plan.status == any_(value),
        one=lambda plan, value: plan.status == value,
    )
    operation: list[LmsOperation] | None = where(
        "Of one of these operations.", lambda plan, value: plan.operation == any_(value)
    )
    needs_second_person: bool | None = where(
        "That a second person approves, or not.", lambda plan, value: plan.needs_second_person.is_(value)
    )


@orders
class LmsPlanOrder(Enum):
    """How plans are ordered."""

    NEWEST = order("The latest first.", lambda plan: [plan.requested_at.desc()])
