"""The rows of a plan: what it would do to whom, and why."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Text, and_, any_, func, select, values
from sqlalchemy import column as named_column

from api.reading import Node, column, filters, many, node, one, order, orders, value, where
from api.schema.lms_record import LmsAccount, LmsCourse, LmsEnrolment, account, course, enrolment
from services.lms_admin.plans import models as rows
from services.lms_admin.plans.reasons import WORDS, Reason

if TYPE_CHECKING:
    from sqlalchemy import Select

    from api.schema.lms_plan import LmsPlan


@strawberry.enum(description="What a plan would do to a row's subject.")
class LmsAction(Enum):
    """From what is there to what is wanted."""

    CREATE = strawberry.enum_value("CREATE", description="It is not there and is made.")
    UPDATE = strawberry.enum_value("UPDATE", description="It is there and is changed.")
    SUSPEND = strawberry.enum_value("SUSPEND", description="It is suspended; nothing of it is deleted.")
    REMOVE = strawberry.enum_value("REMOVE", description="An enrolment is ended.")
    NOOP = strawberry.enum_value("NOOP", description="It is as it is wanted: nothing is done, and nothing billed.")
    CONFLICT = strawberry.enum_value("CONFLICT", description="It is not touched; a reason says what is in the way.")


@strawberry.enum(description="What a row of a plan is about.")
class LmsSubjectKind(Enum):
    """Subjects of operations."""

    USER = strawberry.enum_value("USER", description="An account.")
    ACCESS = strawberry.enum_value("ACCESS", description="How somebody gets into their account.")
    ENROLMENT = strawberry.enum_value("ENROLMENT", description="Somebody's part in a course.")
    COURSE = strawberry.enum_value("COURSE", description="A course.")
    PACKAGE = strawberry.enum_value("PACKAGE", description="A content package in a course.")


if TYPE_CHECKING:
    LmsReasonCode = str
else:
    LmsReasonCode = strawberry.enum(
        Enum(
            "LmsReasonCode",
            {reason.name: strawberry.enum_value(reason.value, description=WORDS[reason]) for reason in Reason},
        ),
        description="Why a row of a plan is as it is.",
    )


@value(key=("place",))
class LmsReason:
    """Why a row of a plan is as it is."""

    code: LmsReasonCode = column("In a word, for programs.")
    message: str = column("In a sentence, for people.")


def _reasons(row: Any) -> Select[Any]:
    given = (
        func.unnest(row.reasons)
        .table_valued(named_column("code", Text), with_ordinality="place", name="given")
        .render_derived()
    )
    words = values(named_column("code", Text), named_column("message", Text), name="words", literal_binds=True).data(
        [(reason.value, message) for reason, message in WORDS.items()]
    )
    return select(given.c.place, given.c.code, words.c.message).join_from(given, words, words.c.code == given.c.code)


@node(rows.LmsPlanRow, prefix="plr")
class LmsPlanRow(Node):
    """What a plan would do to one account, enrolment, course or package."""

    plan: LmsPlan = one(
        "The plan.", lambda row, plan: and_(plan.contract_id == row.contract_id, plan.id == row.plan_id)
    )
    position: int = column("Its place in the plan, from 1.")
    subject_kind: LmsSubjectKind = column("What it is about.")
    member_number: str | None = column("Whom it is about, by member number; null of courses and packages.")
    course_key: str | None = column("The course, by its key; null of accounts.")
    source_row: int | None = column("Its row in the file, the header being row 1; null of a list's, or of absent ones.")
    action: LmsAction | None = column("What would be done; null while the plan is being previewed.")
    reasons: list[LmsReason] = many("Why.", rows=_reasons, order=lambda reason: [reason.place])
    opted_out: bool = column("Whether it was left out: it is not executed.")
    opted_out_reason: str | None = column("Why it was left out, in the words of who did it.")
    desired_account: LmsAccount | None = one(
        "The account as it is wanted; null of other rows.", rows=account("desired")
    )
    observed_account: LmsAccount | None = one(
        "The account as it was found; null where there was none, and of other rows.", rows=account("observed")
    )
    desired_enrolment: LmsEnrolment | None = one(
        "The enrolment as it is wanted; null of other rows.", rows=enrolment("desired")
    )
    observed_enrolment: LmsEnrolment | None = one(
        "The enrolment as it was found; null where there was none, and of other rows.", rows=enrolment("observed")
    )
    desired_course: LmsCourse | None = one("The course as it is wanted; null of other rows.", rows=course("desired"))
    observed_course: LmsCourse | None = one(
        "The course as it was found; null where there was none, and of other rows.", rows=course("observed")
    )


@filters
class LmsPlanRowFilter:
    """Which rows."""

    action: list[LmsAction] | None = where(
        "With one of these actions.",
        lambda row, value: row.action == any_(value),
        one=lambda row, value: row.action == value,
    )
    member_number: str | None = where("About the member of this number.", lambda row, value: row.member_number == value)
    course_key: str | None = where("About the course of this key.", lambda row, value: row.course_key == value)
    opted_out: bool | None = where("Left out, or not.", lambda row, value: row.opted_out.is_(value))


@orders
class LmsPlanRowOrder(Enum):
    """How rows are ordered."""

    POSITION = order("As in the file or list, those that it leaves out behind.", lambda row: [row.position])
    MEMBER_NUMBER = order("By member number.", lambda row: [row.member_number.asc().nulls_last()])
