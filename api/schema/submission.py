"""Submissions: work handed over for review."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import any_

from api.reading import (
    Id,
    Node,
    Payload,
    column,
    filters,
    inputs,
    many,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.decision import DecisionInput
from api.schema.person import Person, person
from services.delivery import models as rows
from services.delivery import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="Where a submission stands.")
class SubmissionStatus(Enum):
    """In review, reviewed, or taken back."""

    SUBMITTED = strawberry.enum_value("SUBMITTED", description="It waits for review.")
    REVIEWED = strawberry.enum_value("REVIEWED", description="Every record of it is decided.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="The vendor took it back before it was reviewed.")


@node(rows.Submission, prefix="sub")
class Submission(Node):
    """Up to a hundred work records, handed over together."""

    status: SubmissionStatus = column("Where it stands.")
    contract: Contract = one("The contract.", lambda submission, contract: contract.id == submission.contract_id)
    submitted_at: datetime = column("When it was submitted.")
    submitted_by: Person = one("Who submitted it.", rows=lambda submission: person(submission, prefix="submitted_by_"))
    deemed_acceptance_due_on: date | None = column(
        "The last day for a review, in the association's time zone; then everything counts as accepted. Null: never."
    )
    reviewed_at: datetime | None = column("When it was reviewed, or its acceptance deemed; null before.")
    deemed: bool = column("Whether nobody reviewed it and the agreed period passed.")
    withdrawn_at: datetime | None = column("When it was taken back; null unless it was.")
    work_records: list[WorkRecord] = many(
        "The records, in the order they were submitted in, as they stand now.",
        rows=reads.records_of_submission,
        order=lambda record: [record.position],
    )


@filters
class SubmissionFilter:
    """Which submissions."""

    status: list[SubmissionStatus] | None = where(
        "In one of these states.", lambda submission, value: submission.status == any_(value)
    )
    contract: Id[Contract] | None = where(
        "Of this contract.", lambda submission, value: submission.contract_id == value
    )
    due_until: date | None = where(
        "To be reviewed on this day or earlier.",
        lambda submission, value: submission.deemed_acceptance_due_on <= value,
    )


@orders
class SubmissionOrder(Enum):
    """How submissions are ordered."""

    NEWEST = order("The latest submitted first.", lambda submission: [submission.submitted_at.desc()])
    OLDEST = order("The earliest submitted first.", lambda submission: [submission.submitted_at])
    DUE = order(
        "The soonest to be deemed accepted first.",
        lambda submission: [submission.deemed_acceptance_due_on.asc().nulls_last()],
    )


@inputs
class SubmitWorkInput:
    """Work to submit for review."""

    contract_id: Id[Contract] = strawberry.field(description="The contract.")
    work_record_ids: list[Id[WorkRecord]] = strawberry.field(
        description="1 to 100 records in scope, RECORDED or RETURNED, in the order they are to be reviewed in."
    )


@payload
class SubmitWorkPayload(Payload):
    """What was submitted."""

    submission: Submission | None = result("The submission; null when refused.")


@inputs
class WithdrawSubmissionInput:
    """A submission to take back."""

    submission_id: Id[Submission] = strawberry.field(description="The submission; SUBMITTED.")
    reason: str | None = strawberry.field(default=None, description="Why, at most 2000 characters.")


@payload
class WithdrawSubmissionPayload(Payload):
    """What was taken back."""

    submission: Submission | None = result("The submission; null when refused.")


@inputs
class ReviewSubmissionInput:
    """A review of a submission."""

    submission_id: Id[Submission] = strawberry.field(description="The submission; SUBMITTED.")
    decisions: list[DecisionInput] = strawberry.field(description="One decision for every record of the submission.")


@payload
class ReviewSubmissionPayload(Payload):
    """What came of a review."""

    submission: Submission | None = result("The submission, REVIEWED; null when refused.")
