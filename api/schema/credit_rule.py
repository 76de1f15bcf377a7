"""Rules by which credit is awarded in the association's name."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import Id, Node, Payload, Percent, column, inputs, node, one, payload, result
from api.schema.person import Person, person
from services.lms_admin.credits import models as rows

if TYPE_CHECKING:
    from api.schema.credit_activity import CreditActivity


@node(rows.CreditRule, prefix="crr")
class CreditRule(Node):
    """What it takes to be awarded an activity's credit: once for each learner and reporting period."""

    activity: CreditActivity = one(
        "The activity.",
        lambda rule, activity: and_(activity.contract_id == rule.contract_id, activity.id == rule.activity_id),
    )
    needs_completion: bool = column(
        "Whether the LMS has to report the course as complete; what an administrator overrode never counts."
    )
    minimum_score_percent: Percent | None = column("The least score, in percent; null: none is asked for.")
    needs_attestation: bool = column("Whether a person has to attest it, with a file of evidence.")
    periods_begin_on: date = column("A day on which a reporting period begins.")
    period_months: int = column("How many months a reporting period has; one follows the other.")
    retention_years: int = column("How many years after it was earned a certificate has to be kept.")
    approved_at: datetime = column("When the association approved it.")
    approved_by: Person = one("Who did.", rows=lambda rule: person(rule, prefix="approved_by_"))
    withdrawn_at: datetime | None = column("When the association withdrew it; null while it stands.")
    withdraw_reason: str | None = column("Why, in the words of who did it.")


@inputs
class ApproveCreditRuleInput:
    """A rule that the association approves; completion, attestation, or both are needed."""

    credit_activity_id: Id[CreditActivity] = strawberry.field(description="The activity; it has one rule at a time.")
    needs_completion: bool = strawberry.field(
        description="Whether the LMS has to report the activity's course as complete."
    )
    minimum_score_percent: Percent | None = strawberry.field(
        default=None, description="The least score of that completion, in percent, with at most two decimals."
    )
    needs_attestation: bool = strawberry.field(description="Whether a person has to attest it, with a file.")
    periods_begin_on: date = strawberry.field(description="A day on which a reporting period begins.")
    period_months: int = strawberry.field(description="How many months a reporting period has, 1 to 120.")
    retention_years: int = strawberry.field(description="How many years a certificate has to be kept, 1 to 100.")


@payload
class ApproveCreditRulePayload(Payload):
    """What was approved."""

    credit_rule: CreditRule | None = result("The rule; null when refused.")


@inputs
class WithdrawCreditRuleInput:
    """A rule to take back: nothing is awarded by it any more, what was awarded stays."""

    credit_rule_id: Id[CreditRule] = strawberry.field(description="The rule.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class WithdrawCreditRulePayload(Payload):
    """What was withdrawn."""

    credit_rule: CreditRule | None = result("The rule; null when refused.")
