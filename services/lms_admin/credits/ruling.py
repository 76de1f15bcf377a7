"""The rule by which credit is awarded: the evidence that it takes, the periods it counts in, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.credits.approving import LONGEST_REASON, CreditAlreadyApproved, CreditApprovalWithdrawn
from services.lms_admin.credits.models import CreditActivity, CreditRule
from services.lms_admin.credits.periods import check_day

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_PERIOD_MONTHS: Final = 120
LONGEST_RETENTION_YEARS: Final = 100
WHOLE_PERCENT: Final = 100


class CreditRuleNotApproved(DomainError):
    """The association has withdrawn its approval of the rule: nothing is awarded by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A rule as the association states it."""

    needs_completion: bool
    minimum_score_percent: Decimal | None
    needs_attestation: bool
    periods_begin_on: date
    period_months: int
    retention_years: int


async def approve_credit_rule(
    tx: Transaction, *, actor: Actor, contract_id: UUID, activity_id: UUID, ruling: Ruling, now: datetime
) -> RowKey:
    """Approve the rule of an activity, which has one at a time.

    Refuses with NotFound, Forbidden, ContractNotActive, InvalidInput, CreditApprovalWithdrawn or CreditAlreadyApproved.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.APPROVE_CREDIT, contract_id=contract_id, field="creditActivityId"
    )
    require_active(contract)
    activity = await tx.one_or_none(
        select(col(CreditActivity.course_key), col(CreditActivity.withdrawn_at), col(CreditActivity.title)).where(
            col(CreditActivity.contract_id) == contract_id, col(CreditActivity.id) == activity_id
        )
    )
    if activity is None:
        raise NotFound("there is no such activity", field="creditActivityId")
    if activity.withdrawn_at is not None:
        raise CreditApprovalWithdrawn("the activity's approval was withdrawn", field="creditActivityId")
    _refuse_faults(ruling, has_course=activity.course_key is not None)
    key, rule_id = key_of(contract), new_id()
    columns = {name: getattr(ruling, name) for name in Ruling.__slots__}
    already = CreditAlreadyApproved("the activity has a rule: withdraw that first", field="creditActivityId")
    await tx.execute(
        insert(CreditRule).values(
            **key.columns,
            id=rule_id,
            activity_id=activity_id,
            **columns,
            approved_at=now,
            **actor.signed("approved_by"),
        ),
        refusing={"one_rule_of_an_activity": already},
    )
    after = {name: value if isinstance(value, bool | int | None) else str(value) for name, value in columns.items()}
    tx.emit(Event("CREDIT_RULE_APPROVED", rule_id, contract=key, after={"activity": activity.title, **after}))
    return RowKey(contract_id, rule_id)


async def withdraw_credit_rule(
    tx: Transaction, *, actor: Actor, contract_id: UUID, rule_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Withdraw the approval of a rule: nothing is awarded by it any more; what was awarded stays.

    Refuses with NotFound, Forbidden, TextBlank, TextTooLong or CreditApprovalWithdrawn.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.APPROVE_CREDIT, contract_id=contract_id, field="creditRuleId", lock=True
    )
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    this = (col(CreditRule.contract_id) == contract_id, col(CreditRule.id) == rule_id)
    withdrawn = await tx.one_or_none(
        update(CreditRule)
        .where(*this, col(CreditRule.withdrawn_at).is_(None))
        .values(withdrawn_at=now, withdraw_reason=reason.strip(), **actor.signed("withdrawn_by"))
        .returning(col(CreditRule.id))
    )
    if withdrawn is None:
        if await tx.one_or_none(select(col(CreditRule.id)).where(*this)) is None:
            raise NotFound("there is no such rule", field="creditRuleId")
        raise CreditApprovalWithdrawn("the rule was withdrawn before", field="creditRuleId")
    tx.emit(Event("CREDIT_RULE_WITHDRAWN", rule_id, contract=key_of(contract), reason=reason.strip()))
    return RowKey(contract_id, rule_id)


async def rule_in_force(tx: Transaction, contract_id: UUID, rule_id: UUID) -> Row[Any]:
    """Return an approved rule with its activity, whose columns keep their names.

    Refuses with NotFound or CreditRuleNotApproved.
    """
    rule = CreditRule.__table__.c  # type: ignore[attr-defined]  # SQLModel adds it
    stated = (rule[name] for name in Ruling.__slots__)
    found = await tx.one_or_none(
        select(
            rule.id.label("rule_id"),
            rule.withdrawn_at.label("rule_withdrawn_at"),
            *stated,
            *CreditActivity.__table__.c,  # type: ignore[attr-defined]
        )
        .join(
            CreditActivity,
            and_(col(CreditActivity.contract_id) == rule.contract_id, col(CreditActivity.id) == rule.activity_id),
        )
        .where(rule.contract_id == contract_id, rule.id == rule_id)
    )
    if found is None:
        raise NotFound("there is no such rule", field="creditRuleId")
    if found.rule_withdrawn_at is not None:
        message = f"the association withdrew the rule on {found.rule_withdrawn_at:%Y-%m-%d}"
        raise CreditRuleNotApproved(message, field="creditRuleId")
    return found


def _refuse_faults(ruling: Ruling, *, has_course: bool) -> None:
    faults = Faults()
    if not (ruling.needs_completion or ruling.needs_attestation):
        faults.note(
            InvalidInput("credit takes evidence: a completion, an attestation, or both", field="needsCompletion")
        )
    if ruling.needs_completion and not has_course:
        faults.note(InvalidInput("the activity has no course to complete", field="needsCompletion"))
    score = ruling.minimum_score_percent
    if score is not None and not ruling.needs_completion:
        faults.note(InvalidInput("a score is one of a completion", field="minimumScorePercent"))
    if score is not None and (not 0 <= score <= WHOLE_PERCENT or score != round(score, 2)):
        faults.note(InvalidInput("0 to 100, with at most two decimals", field="minimumScorePercent"))
    faults.note_all(check_day(ruling.periods_begin_on, field="periodsBeginOn"))
    faults.whole(ruling.period_months, least=1, most=LONGEST_PERIOD_MONTHS, field="periodMonths")
    faults.whole(ruling.retention_years, least=1, most=LONGEST_RETENTION_YEARS, field="retentionYears")
    faults.refuse()
