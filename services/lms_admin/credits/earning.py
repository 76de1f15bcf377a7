"""Whether somebody has earned a credit: by the evidence that its rule takes, on a day of the accreditor's approval."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from services.contracts.days import today_in
from services.delivery.models import Evidence
from services.lms_admin.credits.models import Certificate
from services.lms_admin.credits.periods import reporting_period
from services.lms_admin.learning.models import LmsCompletion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction
    from services.contracts.days import Period
    from services.contracts.faults import Faults
    from services.contracts.models import Contract

LONGEST: Final = {
    "member_number": 200,
    "learner_name": 200,
    "licence_number": 100,
    "licence_jurisdiction": 100,
    "attestation": 4000,
}
FIELDS: Final = {
    "member_number": "memberNumber",
    "learner_name": "learnerName",
    "licence_number": "licenceNumber",
    "licence_jurisdiction": "licenceJurisdiction",
    "attestation": "attestation",
}
JOINERS: Final = "\u200c\u200d"
"""Invisible, and needed to write names in several scripts."""


class NotCompleted(DomainError):
    """The LMS does not report the course as complete: it is not, it cannot be measured, or nothing was read of it."""


class CompletionOverridden(DomainError):
    """An administrator marked the course as complete: that is never earned."""


class CompletionUndated(DomainError):
    """The LMS does not say when the course was completed, so that no day can be held against the approval."""


class ScoreTooLow(DomainError):
    """The score is below the least that the rule takes, or the LMS reports none."""


class AttestationMissing(DomainError):
    """The rule takes a person's attestation, and a file of evidence with it."""


class EarnedOutsideApproval(DomainError):
    """The day lies outside the accreditor's approval, or the association had withdrawn its own by then."""


class EarnedInFuture(DomainError):
    """The day is yet to come, as the association's time zone counts days."""


class JurisdictionNotApproved(DomainError):
    """The activity is not approved in the jurisdiction of the licence."""


class CreditAlreadyAwarded(DomainError):
    """The learner has this activity's credit in that reporting period: there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A credit as it is asked for; `earned_on` may be left to the LMS where the rule takes a completion."""

    member_number: str
    learner_name: str
    licence_number: str | None = None
    licence_jurisdiction: str | None = None
    earned_on: date | None = None
    attestation: str | None = None
    evidence_id: UUID | None = None

    def trimmed(self) -> Award:
        """The same without blanks around its texts."""
        texts = {name: text.strip() for name in LONGEST if (text := getattr(self, name)) is not None}
        return replace(self, **texts)


@dataclass(frozen=True, slots=True)
class Earned:
    """An award that is in order: when it was earned, and in which reporting period it counts."""

    award: Award
    earned_on: date
    period: Period
    score_percent: Decimal | None


async def earned(
    tx: Transaction,
    faults: Faults,
    *,
    contract: Row[tuple[Contract]],
    rule: Row[Any],
    asked: Sequence[tuple[str, Award]],
    now: datetime,
) -> list[Earned]:
    """Return what was earned by a rule; what is asked for and was not is noted as faults, at the path it came with.

    `rule` is one of `rule_in_force`, and the contract's row is locked, so that nobody awards the same meanwhile.
    """
    members = {award.member_number for _, award in asked}
    completions = await _completions(tx, rule, members) if rule.needs_completion else {}
    files = await _files(tx, contract.id, {award.evidence_id for _, award in asked if award.evidence_id is not None})
    taken = await _taken(tx, rule, members)
    today, found = today_in(contract.time_zone, now), []
    for path, award in asked:
        completion = completions.get(award.member_number)
        _note_texts(faults, award, path)
        if rule.needs_completion:
            _note_completion(faults, completion, f"{path}memberNumber", least_score=rule.minimum_score_percent)
        _note_attestation(faults, award, path, needed=rule.needs_attestation, files=files)
        day = _day(faults, award, path, rule=rule, completion=completion, contract=contract, today=today)
        _note_jurisdiction(faults, award, path, rule)
        if day is None:
            continue
        period = reporting_period(rule.periods_begin_on, rule.period_months, day)
        had = taken.setdefault(award.member_number, [])
        if any(starts_on <= period.ends_on and period.starts_on <= ends_on for starts_on, ends_on in had):
            message = f"this credit was awarded for {period.starts_on} to {period.ends_on}"
            faults.note(CreditAlreadyAwarded(message, field=f"{path}memberNumber"))
        had.append(period)
        found.append(Earned(award, day, period, completion.score_percent if completion else None))
    return found


async def _completions(tx: Transaction, rule: Row[Any], members: set[str]) -> Mapping[str, Row[Any]]:
    rows = await tx.all(
        select(
            col(LmsCompletion.member_number),
            col(LmsCompletion.state),
            col(LmsCompletion.completed_at),
            col(LmsCompletion.overridden),
            col(LmsCompletion.score_percent),
        ).where(
            col(LmsCompletion.contract_id) == rule.contract_id,
            col(LmsCompletion.site_id) == rule.site_id,
            col(LmsCompletion.course_key) == rule.course_key,
            col(LmsCompletion.member_number).in_(members),
        )
    )
    return {row.member_number: row for row in rows}


async def _files(tx: Transaction, contract_id: UUID, ids: set[UUID]) -> set[UUID]:
    if not ids:
        return set()
    rows = await tx.all(
        select(col(Evidence.id)).where(col(Evidence.contract_id) == contract_id, col(Evidence.id).in_(ids))
    )
    return {row.id for row in rows}


async def _taken(tx: Transaction, rule: Row[Any], members: set[str]) -> dict[str, list[tuple[date, date]]]:
    """The reporting periods for which each has the activity's credit."""
    rows = await tx.all(
        select(
            col(Certificate.member_number), col(Certificate.period_starts_on), col(Certificate.period_ends_on)
        ).where(
            col(Certificate.contract_id) == rule.contract_id,
            col(Certificate.activity_id) == rule.id,
            col(Certificate.status) == "VALID",
            col(Certificate.member_number).in_(members),
        )
    )
    taken: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        taken.setdefault(row.member_number, []).append((row.period_starts_on, row.period_ends_on))
    return taken


def _note_texts(faults: Faults, award: Award, path: str) -> None:
    for name, longest in LONGEST.items():
        text = getattr(award, name)
        faults.text(text, longest=longest, field=path + FIELDS[name])
        if name != "attestation" and text and any(_is_invisible(character) for character in text):
            message = "control characters, line breaks and marks that turn the direction of writing are not taken"
            faults.note(InvalidInput(message, field=path + FIELDS[name]))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn"} and character not in JOINERS


def _note_completion(faults: Faults, completion: Row[Any] | None, field: str, *, least_score: Decimal | None) -> None:
    if completion is None or completion.state != "COMPLETE":
        state = "nothing is known of it" if completion is None else f"it is {completion.state}"
        faults.note(NotCompleted(f"the course is not complete: {state}", field=field))
        return
    if completion.overridden:
        faults.note(CompletionOverridden("an administrator marked the course as complete", field=field))
    score = completion.score_percent
    if least_score is not None and (score is None or score < least_score):
        reported = "no score" if score is None else f"a score of {score} %"
        faults.note(ScoreTooLow(f"the LMS reports {reported}; the rule takes {least_score} %", field=field))


def _note_attestation(faults: Faults, award: Award, path: str, *, needed: bool, files: set[UUID]) -> None:
    if not needed:
        if award.attestation is not None or award.evidence_id is not None:
            faults.note(InvalidInput("the rule takes no attestation", field=f"{path}attestation"))
        return
    if award.attestation is None:
        faults.note(AttestationMissing("say who attests what", field=f"{path}attestation"))
    if award.evidence_id is None:
        faults.note(AttestationMissing("name the file that shows it", field=f"{path}evidenceId"))
    elif award.evidence_id not in files:
        faults.note(NotFound("the contract has no such file", field=f"{path}evidenceId"))


def _day(
    faults: Faults,
    award: Award,
    path: str,
    *,
    rule: Row[Any],
    completion: Row[Any] | None,
    contract: Row[tuple[Contract]],
    today: date,
) -> date | None:
    """The day on which it was earned; None when there is none, or when nothing could be earned on it."""
    field, day = f"{path}earnedOn", award.earned_on
    if rule.needs_completion:
        if completion is None or completion.state != "COMPLETE":
            return None
        if completion.completed_at is None:
            faults.note(CompletionUndated("the LMS does not say when the course was completed", field=field))
            return None
        day = today_in(contract.time_zone, completion.completed_at)
        if award.earned_on not in {None, day}:
            faults.note(InvalidInput(f"the course was completed on {day}", field=field))
    if day is None:
        faults.note(InvalidInput("say the day: the rule takes no completion that would tell it", field=field))
        return None
    if day > today:
        faults.note(EarnedInFuture(f"{day} is yet to come: in {contract.time_zone} it is {today}", field=field))
    if not rule.approved_from <= day <= rule.approved_to:
        approval = f"{rule.approved_from} to {rule.approved_to}"
        faults.note(EarnedOutsideApproval(f"{day} lies outside the approval, {approval}", field=field))
        return None
    if rule.withdrawn_from is not None and day >= rule.withdrawn_from:
        message = f"the association withdrew its approval from {rule.withdrawn_from} on"
        faults.note(EarnedOutsideApproval(message, field=field))
    return day


def _note_jurisdiction(faults: Faults, award: Award, path: str, rule: Row[Any]) -> None:
    jurisdiction = award.licence_jurisdiction
    if jurisdiction is not None and rule.jurisdictions and jurisdiction not in rule.jurisdictions:
        message = f"the activity is approved in {', '.join(rule.jurisdictions)}"
        faults.note(JurisdictionNotApproved(message, field=f"{path}licenceJurisdiction"))
