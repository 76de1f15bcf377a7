"""Acts: what was done on an LMS, in a chain that nobody changes unseen; and the trace through them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Text, and_, any_, func, select

from api.reading import (
    Id,
    Node,
    Payload,
    column,
    expression,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.lms_operation import LmsOperation
from api.schema.lms_words import LmsSystem
from api.schema.person import Person, person
from services.delivery.models import WorkRecord as RecordRow
from services.lms_admin.acts import models as rows

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from api.schema.contract import Contract
    from api.schema.lms_job import LmsJob
    from api.schema.lms_job_item import LmsJobItem
    from api.schema.lms_site import LmsSite
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="What became of what was tried.")
class LmsOutcome(Enum):
    """As it was known then; a later act about the same item may know more."""

    APPLIED = strawberry.enum_value("APPLIED", description="It was done.")
    ALREADY_SO = strawberry.enum_value("ALREADY_SO", description="It was so already.")
    REJECTED = strawberry.enum_value("REJECTED", description="The LMS refused it.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="It may or may not have been done.")


@strawberry.enum(description="How it is known what became of something.")
class LmsVerification(Enum):
    """From the LMS itself, its word, or a person."""

    READ_BACK = strawberry.enum_value("READ_BACK", description="The LMS was read afterwards.")
    RESPONSE_ONLY = strawberry.enum_value("RESPONSE_ONLY", description="The LMS said so in its answer.")
    PERSON = strawberry.enum_value("PERSON", description="A person looked, and said so.")


@value(rows.LmsActSubject, key=("contract_id", "act_id"))
class LmsActSubject:
    """Whom an act was about; erased on request, while the chain still verifies."""

    member_number: str | None = column("The member number; null of courses, and once erased.")
    course_key: str | None = column("The course, by its key; null of accounts.")
    before: str | None = expression(
        "What was there before, as JSON; null where there was nothing, and once erased.",
        lambda subject: subject.before.cast(Text),
    )
    after: str | None = expression(
        "What was there afterwards, as JSON; null where there was nothing, it is not known, or it was erased.",
        lambda subject: subject.after.cast(Text),
    )
    message: str | None = column("What the LMS, or the person who verified it, said.", name="error_message")
    erased_at: datetime | None = column("When whom it was about was erased; null unless they were.")


def _hex(name: str) -> Any:
    def written(act: Any) -> ColumnElement[str]:
        return func.encode(getattr(act, name), "hex", type_=Text())

    return written


def _metered(act: Any) -> Select[Any]:
    record, metered = RecordRow.__table__.c, rows.LmsMeteredItem.__table__.c  # type: ignore[attr-defined]
    return (
        select(*record)
        .join_from(
            metered.item_id.table,
            record.id.table,
            and_(record.contract_id == metered.contract_id, record.id == metered.work_record_id),
        )
        .where(metered.contract_id == act.contract_id, metered.item_id == act.item_id)
    )


@node(rows.LmsAct, prefix="act")
class LmsAct(Node):
    """Something that was done, or tried, on an LMS in the association's name. It never changes."""

    sequence: int = column("Its place in the contract's chain, from 1.")
    contract: Contract = one("The contract.", lambda act, contract: contract.id == act.contract_id)
    site: LmsSite = one(
        "The site.", lambda act, site: and_(site.contract_id == act.contract_id, site.id == act.site_id)
    )
    operation: LmsOperation = column("As part of which operation.")
    action: str = column("What was done: CREATE, UPDATE, SUSPEND or REMOVE.")
    outcome: LmsOutcome = column("What became of it.")
    verification: LmsVerification = column("How that is known.")
    code: str | None = column("Why it was refused or is unknown, for programs; null otherwise.", name="error_code")
    subject: LmsActSubject | None = one(
        "Whom or what it was about; null to those who may not see learners.",
        lambda act, subject: and_(subject.contract_id == act.contract_id, subject.act_id == act.id),
    )
    job: LmsJob | None = one(
        "The job it was part of; null of what was done by hand.",
        lambda act, job: and_(job.contract_id == act.contract_id, job.id == act.job_id),
    )
    item: LmsJobItem | None = one(
        "The item of the job; null of what was done by hand, and to those who may not see learners.",
        lambda act, item: and_(item.contract_id == act.contract_id, item.id == act.item_id),
    )
    work_record: WorkRecord | None = one("The work that it counts in; null while it counts in none.", rows=_metered)
    lms_system: LmsSystem = column("Which system the site ran.")
    lms_version: str | None = column("Which version of it, as far as it told.")
    on_behalf_of: str = column("The association in whose name it was done, as it was called then.")
    acted_at: datetime = column("When it was done.")
    acted_by: Person = one("Who did it.", rows=lambda act: person(act, prefix="acted_by_"))
    recorded_at: datetime = column("When it was written down.")
    subject_digest: str = expression("The salted SHA-256 of whom it was about, in hexadecimal.", _hex("subject_digest"))
    before_digest: str = expression("The salted SHA-256 of what was before, in hexadecimal.", _hex("before_digest"))
    after_digest: str = expression("The salted SHA-256 of what was after, in hexadecimal.", _hex("after_digest"))
    digest: str = expression("The SHA-256 of the act, in hexadecimal.", _hex("digest"))
    previous_hash: str = expression("The hash of the act before it, in hexadecimal.", _hex("previous_hash"))
    hash: str = expression("The hash of `previousHash` and `digest`, in hexadecimal.", _hex("hash"))


@filters
class LmsActFilter:
    """Which acts."""

    outcome: list[LmsOutcome] | None = where(
        "With one of these outcomes.", lambda act, value: act.outcome == any_(value)
    )
    operation: list[LmsOperation] | None = where(
        "As part of one of these.", lambda act, value: act.operation == any_(value)
    )
    acted_from: datetime | None = where("Done at this instant or later.", lambda act, value: act.acted_at >= value)
    acted_until: datetime | None = where("Done at this instant or earlier.", lambda act, value: act.acted_at <= value)


@orders
class LmsActOrder(Enum):
    """How acts are ordered."""

    NEWEST = order("The latest in the chain first.", lambda act: [act.sequence.desc()])
    OLDEST = order("As in the chain.", lambda act: [act.sequence])


@orders
class LmsTraceOrder(Enum):
    """How the acts about a learner are ordered."""

    OLDEST = order("What was done first comes first.", lambda act: [act.id])
    NEWEST = order("What was done last comes first.", lambda act: [act.id.desc()])


@inputs
class EraseLmsLearnerInput:
    """A learner to erase from what was done about them."""

    contract_id: Id[Contract] = strawberry.field(description="The contract under which it was done.")
    member_number: str = strawberry.field(description="The learner, by member number, exactly as it is written there.")
    reason: str = strawberry.field(
        description="Why, at most 2000 characters; both parties read it, so it must not name the learner."
    )


@payload
class EraseLmsLearnerPayload(Payload):
    """Where the learner was erased."""

    contract: Contract | None = result("The contract; null when refused.")
