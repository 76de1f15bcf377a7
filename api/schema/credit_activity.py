"""Activities of continuing education, as an accreditor and the association approved them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, or_

from api.reading import (
    Connection,
    Id,
    Node,
    Payload,
    column,
    connection,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.person import Person, person
from services.lms_admin.credits import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.credit_rule import CreditRule
    from api.schema.lms_site import LmsSite


@strawberry.enum(description="What a quantity of credit is counted in.")
class CreditUnit(Enum):
    """Hours, CEUs, or an accreditor's own."""

    CONTACT_HOUR = strawberry.enum_value("CONTACT_HOUR", description="An hour of instruction.")
    CEU = strawberry.enum_value("CEU", description="A continuing education unit: ten contact hours.")
    CREDIT = strawberry.enum_value(
        "CREDIT", description="A credit as the accreditor counts it; it is converted into nothing else."
    )


@node(rows.CreditActivity, prefix="cra")
class CreditActivity(Node):
    """Something that credit is earned by: a course, or a workshop, on the days of its accreditor's approval."""

    contract: Contract = one("The contract.", lambda activity, contract: contract.id == activity.contract_id)
    title: str = column("What it is called, as certificates say it.")
    accreditor: str = column("Who accredits it.")
    provider_number: str = column("The association's number as a provider, at the accreditor.")
    approval_number: str = column("The number of the accreditor's approval of this activity.")
    site: LmsSite | None = one(
        "Where the course is; null for a workshop.",
        lambda activity, site: and_(site.contract_id == activity.contract_id, site.id == activity.site_id),
    )
    course_key: str | None = column("The key of the course at its site; null for a workshop.")
    credit_type_code: str = column("The type of credit by its code, such as CE, CME-1, CLE or CPE.")
    credit_type_name: str = column("The type of credit in words, as certificates say it.")
    unit: CreditUnit = column("What its quantity is counted in.")
    quantity: Decimal = column("How much credit it earns, in its unit.")
    approved_from: date = column("The first day on which it can be completed for credit, in the contract's time zone.")
    approved_to: date = column("The last such day.")
    jurisdictions: list[str] = column("Where it is approved, such as US-CA; empty: wherever a licence is from.")
    approved_at: datetime = column("When the association approved it.")
    approved_by: Person = one("Who did.", rows=lambda activity: person(activity, prefix="approved_by_"))
    withdrawn_from: date | None = column("From which day on nothing is earned by it; null while its approval stands.")
    withdrawn_at: datetime | None = column("When the association withdrew its approval; null unless it did.")
    withdraw_reason: str | None = column("Why, in the words of who did it.")
    rules: Connection[CreditRule] = connection(
        "The rules by which its credit is or was awarded, the latest approved first; one stands at a time.",
        lambda activity, rule: and_(rule.contract_id == activity.contract_id, rule.activity_id == activity.id),
        order=lambda rule: [rule.approved_at.desc()],
    )


@filters
class CreditActivityFilter:
    """Which activities."""

    approved_on: date | None = where(
        "By which credit can be earned on this day.",
        lambda activity, value: and_(
            activity.approved_from <= value,
            activity.approved_to >= value,
            or_(activity.withdrawn_from.is_(None), activity.withdrawn_from > value),
        ),
    )
    credit_type_code: str | None = where(
        "Of this type of credit.", lambda activity, value: activity.credit_type_code == value
    )
    site: Id[LmsSite] | None = where(
        "Of a course at this site.",
        lambda activity, value: and_(activity.contract_id == value.contract_id, activity.site_id == value.id),
    )
    course_key: str | None = where("Of this course.", lambda activity, value: activity.course_key == value)


@orders
class CreditActivityOrder(Enum):
    """How activities are ordered."""

    NEWEST = order("The latest approved first.", lambda activity: [activity.approved_at.desc()])
    ENDS_FIRST = order("The soonest to end first.", lambda activity: [activity.approved_to])


@inputs
class ApproveCreditActivityInput:
    """An activity that the association approves."""

    contract_id: Id[Contract] = strawberry.field(description="The contract under which it is administered; ACTIVE.")
    title: str = strawberry.field(description="What certificates call it, at most 300 characters.")
    accreditor: str = strawberry.field(description="Who accredits it, at most 200 characters.")
    provider_number: str = strawberry.field(description="The association's number as a provider there, at most 100.")
    approval_number: str = strawberry.field(description="The number of the accreditor's approval, at most 100.")
    credit_type_code: str = strawberry.field(
        description="The type of credit by a code of capital letters, digits and . _ + / -, at most 32."
    )
    credit_type_name: str = strawberry.field(description="The type of credit in words, at most 200 characters.")
    unit: CreditUnit = strawberry.field(description="What the quantity is counted in.")
    quantity: Decimal = strawberry.field(description="How much it earns, in that unit: above 0, at most six decimals.")
    approved_from: date = strawberry.field(description="The first day of the accreditor's approval.")
    approved_to: date = strawberry.field(description="Its last day.")
    jurisdictions: list[str] = strawberry.field(
        default_factory=list, description="Where it is approved, at most 100, such as US-CA; none: everywhere."
    )
    site_id: Id[LmsSite] | None = strawberry.field(
        default=None, description="The site of the course; none for a workshop."
    )
    course_key: str | None = strawberry.field(
        default=None, description="The key of the course there, at most 200 characters; none for a workshop."
    )


@payload
class ApproveCreditActivityPayload(Payload):
    """What was approved."""

    credit_activity: CreditActivity | None = result("The activity; null when refused.")


@inputs
class WithdrawCreditActivityInput:
    """An approval to take back."""

    credit_activity_id: Id[CreditActivity] = strawberry.field(description="The activity.")
    withdrawn_from: date | None = strawberry.field(
        default=None, description="From which day on nothing is earned by it; today, the default, or later."
    )
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class WithdrawCreditActivityPayload(Payload):
    """What was withdrawn."""

    credit_activity: CreditActivity | None = result("The activity; null when refused.")
