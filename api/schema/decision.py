"""Decisions on submitted work: what was accepted, what was not, and why."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import Id, Node, Payload, column, inputs, node, one, payload, result
from api.schema.person import Person, person
from services.delivery import models as rows

if TYPE_CHECKING:
    from api.schema.submission import Submission
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="Why less was accepted than was submitted.")
class ShortfallReason(Enum):
    """The reason for a shortfall."""

    DUPLICATE = strawberry.enum_value("DUPLICATE", description="It was counted before.")
    NOT_DELIVERED = strawberry.enum_value("NOT_DELIVERED", description="It was not done.")
    INCOMPLETE = strawberry.enum_value("INCOMPLETE", description="It was begun and not finished.")
    QUALITY = strawberry.enum_value("QUALITY", description="It was not done as agreed.")
    WRONG_QUANTITY = strawberry.enum_value("WRONG_QUANTITY", description="It was less than stated.")
    WRONG_PERIOD = strawberry.enum_value("WRONG_PERIOD", description="It was done on other days than stated.")
    NO_EVIDENCE = strawberry.enum_value("NO_EVIDENCE", description="Nothing shows that it was done.")
    OTHER = strawberry.enum_value("OTHER", description="Something else; the reason says what.")


@strawberry.enum(description="What becomes of the part that was not accepted.")
class Disposition(Enum):
    """Rejected or returned."""

    REJECTED = strawberry.enum_value("REJECTED", description="It is never paid; its scope is free again.")
    RETURNED = strawberry.enum_value(
        "RETURNED",
        description="It goes back to the vendor: a whole record can be submitted again, a part is recorded anew.",
    )


@node(rows.Decision, prefix="dec")
class Decision(Node):
    """What was accepted of one record in one submission."""

    work_record: WorkRecord = one(
        "The record.",
        lambda decision, record: and_(record.contract_id == decision.contract_id, record.id == decision.work_record_id),
    )
    submission: Submission = one(
        "The submission.",
        lambda decision, submission: and_(
            submission.contract_id == decision.contract_id, submission.id == decision.submission_id
        ),
    )
    accepted_quantity: Decimal = column("How much was accepted, in the line's unit.")
    shortfall_quantity: Decimal = column("How much was not, in the line's unit.")
    reason_code: ShortfallReason | None = column("Why it was less; null when all of it was accepted.")
    disposition: Disposition | None = column("What became of the rest; null when all of it was accepted.")
    reason: str | None = column("Why, in the reviewer's words.")
    decided_at: datetime = column("When.")
    decided_by: Person | None = one(
        "Who decided; null when the acceptance is deemed.",
        rows=lambda decision: person(decision, prefix="decided_by_").where(decision.decided_by_member_id.is_not(None)),
    )
    deemed: bool = column("Whether nobody decided and the agreed period passed.")
    billed: bool = column("Whether it stands on an issued invoice.")
    reversed_at: datetime | None = column("When it was taken back; null while it stands.")
    reverse_reason: str | None = column("Why it was taken back, in the words of who did it.")


@inputs
class DecisionInput:
    """What is accepted of one record."""

    work_record_id: Id[WorkRecord] = strawberry.field(description="The record; one of the submission's.")
    accepted_quantity: Decimal = strawberry.field(
        description="How much is accepted, from 0 to the record's quantity; a milestone whole or not at all."
    )
    reason_code: ShortfallReason | None = strawberry.field(
        default=None, description="Why it is less; only for a shortfall."
    )
    disposition: Disposition | None = strawberry.field(
        default=None, description="What becomes of the rest; only for a shortfall."
    )
    reason: str | None = strawberry.field(default=None, description="Why, in your words, at most 2000 characters.")


@inputs
class ReverseAcceptanceInput:
    """An acceptance to take back."""

    work_record_id: Id[WorkRecord] | None = strawberry.field(default=None, description="The record that was accepted.")
    decision_id: Id[Decision] | None = strawberry.field(default=None, description="The decision that accepted it.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class ReverseAcceptancePayload(Payload):
    """What was taken back."""

    work_record: WorkRecord | None = result("The record, RETURNED with its whole quantity; null when refused.")
