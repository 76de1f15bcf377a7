"""Answers to work out of scope: the association's yes or no."""

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
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="What the association says to work that is out of scope.")
class ScopeDecision(Enum):
    """Yes or no."""

    APPROVED = strawberry.enum_value(
        "APPROVED", description="Yes: the line is extended by the record's quantity, at its unit price."
    )
    DECLINED = strawberry.enum_value("DECLINED", description="No: the record is voided, and never billed.")


@node(rows.ScopeAnswer, prefix="sca")
class ScopeAnswer(Node):
    """What the association said to one record that was out of scope."""

    work_record: WorkRecord = one(
        "The record.",
        lambda answer, record: and_(record.contract_id == answer.contract_id, record.id == answer.work_record_id),
    )
    answer: ScopeDecision = column("Yes or no.")
    quantity: Decimal = column("The record's quantity, in the line's unit.")
    out_of_scope_reason: str = column("Why the record was out of scope.")
    reason: str = column("Why the answer is what it is, in the association's words.")
    answered_at: datetime = column("When.")
    answered_by: Person = one("Who answered.", rows=lambda answer: person(answer, prefix="answered_by_"))


@inputs
class AnswerScopeInput:
    """A record that is out of scope, and the answer."""

    work_record_id: Id[WorkRecord] = strawberry.field(description="The record; RECORDED or RETURNED and out of scope.")
    answer: ScopeDecision = strawberry.field(description="Yes or no.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class AnswerScopePayload(Payload):
    """What was answered."""

    work_record: WorkRecord | None = result("The record; null when refused.")
