"""Work: what was done on a contract's line, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_, exists, func

from api.reading import (
    Connection,
    Id,
    Money,
    Node,
    Payload,
    column,
    connection,
    expression,
    filters,
    inputs,
    many,
    money,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.evidence import EvidenceInput
from api.schema.open_book import Disclosure
from api.schema.person import Person, person
from services.billing.invoices import reads as billing
from services.contracts.models import ContractLine as LineRow
from services.delivery import models as rows
from services.delivery import reads
from services.lms_admin.acts import reads as acts

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.decision import Decision
    from api.schema.evidence import Evidence
    from api.schema.invoice import InvoiceLine
    from api.schema.lms_act import LmsAct
    from api.schema.scope_answer import ScopeAnswer
    from api.schema.submission import Submission


@strawberry.enum(description="Where a work record stands.")
class WorkRecordStatus(Enum):
    """From recording to a decision."""

    RECORDED = strawberry.enum_value("RECORDED", description="Written down; it can be submitted or voided.")
    SUBMITTED = strawberry.enum_value("SUBMITTED", description="In review.")
    ACCEPTED = strawberry.enum_value("ACCEPTED", description="Accepted in full; it can be billed.")
    PARTIALLY_ACCEPTED = strawberry.enum_value(
        "PARTIALLY_ACCEPTED", description="Accepted in part; that part can be billed."
    )
    REJECTED = strawberry.enum_value("REJECTED", description="Not accepted, for good; its scope is free again.")
    RETURNED = strawberry.enum_value(
        "RETURNED", description="Handed back; it can be submitted again or voided, and keeps its place in the scope."
    )
    VOIDED = strawberry.enum_value("VOIDED", description="Struck out before it was accepted.")


@node(rows.WorkRecord, prefix="wrk")
class WorkRecord(Node):
    """Work performed on a line of a contract."""

    status: WorkRecordStatus = column("Where it stands.")
    contract: Contract = one("The contract.", lambda record, contract: contract.id == record.contract_id)
    line: ContractLine = one(
        "The line it was done on.",
        lambda record, line: and_(line.contract_id == record.contract_id, line.id == record.line_id),
    )
    quantity: Decimal = column("How much, in the line's unit.")
    in_scope: bool = column(
        "Whether it stays, with what was recorded before it and not rejected or voided, within the contracted quantity "
        "(basis MAXIMUM) and the amount not to exceed. What does not can be neither submitted nor accepted nor billed."
    )
    out_of_scope_reason: str | None = column("Why it is out of scope; null when it is in scope.")
    performed_from: date = column("The first day of the work.")
    performed_to: date = column("The last day of the work; the invoice period that it belongs to.")
    performed_by: str = column("Who did it, as the vendor names its people.")
    description: str = column("What was done.")
    accepted_quantity: Decimal | None = column(
        "How much of it is accepted; null while nothing is decided, or returned."
    )
    standard_cost: Money | None = money(
        "Quantity x the line's standard unit cost; null to those whose role or tier does not open cost.",
        minor=reads.standard_cost_minor,
        currency=reads.currency_of,
    )
    disclosure: Disclosure = expression(
        "How far cost is open to you here.",
        lambda record: func.app.disclosure(record.contract_id, record.association_id, record.vendor_id),
    )
    scope_answers: list[ScopeAnswer] = many(
        "What the association said to it while it was out of scope, the latest first.",
        lambda record, answer: and_(answer.contract_id == record.contract_id, answer.work_record_id == record.id),
        order=lambda answer: [answer.answered_at.desc(), answer.id.desc()],
    )
    evidence: list[Evidence] = many(
        "The files that show it, in the order they were given.",
        lambda record, file: and_(file.contract_id == record.contract_id, file.work_record_id == record.id),
        order=lambda file: [file.id],
    )
    submission: Submission | None = one(
        "The submission it was last handed over in; null before, and after that was withdrawn.",
        lambda record, submission: and_(
            submission.contract_id == record.contract_id, submission.id == record.submission_id
        ),
    )
    decision: Decision | None = one(
        "What stands decided of it in that submission.",
        lambda record, decision: and_(
            decision.contract_id == record.contract_id,
            decision.work_record_id == record.id,
            decision.submission_id == record.submission_id,
            decision.reversed_at.is_(None),
        ),
    )
    lms_acts: Connection[LmsAct] = connection(
        "The acts on an LMS that it counts, with all that was tried about their items.",
        rows=acts.proving_one,
        order=lambda act: [act.item_id, act.sequence],
    )
    invoice_lines: list[InvoiceLine] = many(
        "The lines of invoices that bill it; those of void invoices too.",
        rows=billing.lines_billing,
        order=lambda line: [line.id],
    )
    recorded_at: datetime = column("When it was recorded.")
    recorded_by: Person = one("Who recorded it.", rows=lambda record: person(record, prefix="recorded_by_"))
    voided_at: datetime | None = column("When it was voided; null unless it was.")
    void_reason: str | None = column("Why it was voided, in the words of who did it.")


@filters
class WorkRecordFilter:
    """Which work records."""

    status: list[WorkRecordStatus] | None = where(
        "In one of these states.", lambda record, value: record.status == any_(value)
    )
    line_key: list[str] | None = where(
        "On one of the lines with these keys.",
        lambda record, value: exists().where(
            LineRow.contract_id == record.contract_id,
            LineRow.id == record.line_id,
            LineRow.key == any_(value),  # type: ignore[arg-type]
        ),
    )
    in_scope: bool | None = where("In scope, or out of it.", lambda record, value: record.in_scope.is_(value))
    performed_from: date | None = where(
        "Done, at least in part, on this day or later.", lambda record, value: record.performed_to >= value
    )
    performed_until: date | None = where(
        "Done, at least in part, on this day or earlier.", lambda record, value: record.performed_from <= value
    )


@orders
class WorkRecordOrder(Enum):
    """How work records are ordered."""

    NEWEST = order("The latest recorded first.", lambda record: [record.recorded_at.desc()])
    OLDEST = order("The earliest recorded first.", lambda record: [record.recorded_at])
    PERFORMED = order("What was done first comes first.", lambda record: [record.performed_to])


@inputs
class WorkRecordInput:
    """Work that was done."""

    line_key: str | None = strawberry.field(default=None, description="The key of the line; or give its id.")
    line_id: Id[ContractLine] | None = strawberry.field(
        default=None, description="The id of the line; or give its key."
    )
    quantity: Decimal = strawberry.field(
        description="How much, in the line's unit: above 0, with at most six decimals. A milestone takes 1."
    )
    performed_from: date = strawberry.field(description="The first day of the work, within the contract's term.")
    performed_to: date = strawberry.field(
        description="The last day of the work, within the contract's term and not in the future."
    )
    performed_by: str = strawberry.field(
        description="Who did it, as the vendor names its people; at most 200 characters."
    )
    description: str = strawberry.field(description="What was done, at most 4000 characters.")
    evidence: list[EvidenceInput] = strawberry.field(
        default_factory=list, description="Files that show it, at most twenty."
    )


@inputs
class RecordWorkInput:
    """Work to record."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be ACTIVE.")
    records: list[WorkRecordInput] = strawberry.field(description="1 to 100 records.")


@payload
class RecordWorkPayload(Payload):
    """What was recorded."""

    work_records: list[WorkRecord] | None = result("The records, in the order they were given; null when refused.")


@inputs
class VoidWorkRecordInput:
    """A work record to strike out."""

    work_record_id: Id[WorkRecord] = strawberry.field(description="The record; RECORDED or RETURNED.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class VoidWorkRecordPayload(Payload):
    """What was struck out."""

    work_record: WorkRecord | None = result("The record; null when refused.")
