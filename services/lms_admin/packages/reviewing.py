"""The accessibility review: what no scan can tell, answered criterion by criterion, and signed by a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.evidence import NamedTwice
from services.identity.roles import Act
from services.lms_admin.packages.found import FIELD, PackageNotChecked, package_for
from services.lms_admin.packages.models import AccessibilityAnswer, AccessibilityReview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_NOTE: Final = 4000
LONGEST_REMARK: Final = 2000


class Criterion(StrEnum):
    """What is judged by a person; api/schema/accessibility.py says each in words."""

    WCAG_1_1_1 = "WCAG_1_1_1"
    WCAG_1_2_2 = "WCAG_1_2_2"
    WCAG_1_2_5 = "WCAG_1_2_5"
    WCAG_1_3_1 = "WCAG_1_3_1"
    WCAG_1_3_2 = "WCAG_1_3_2"
    WCAG_1_3_3 = "WCAG_1_3_3"
    WCAG_1_4_1 = "WCAG_1_4_1"
    WCAG_1_4_3 = "WCAG_1_4_3"
    WCAG_1_4_4 = "WCAG_1_4_4"
    WCAG_1_4_10 = "WCAG_1_4_10"
    WCAG_1_4_13 = "WCAG_1_4_13"
    WCAG_2_1_1 = "WCAG_2_1_1"
    WCAG_2_1_2 = "WCAG_2_1_2"
    WCAG_2_2_1 = "WCAG_2_2_1"
    WCAG_2_2_2 = "WCAG_2_2_2"
    WCAG_2_3_1 = "WCAG_2_3_1"
    WCAG_2_4_1 = "WCAG_2_4_1"
    WCAG_2_4_3 = "WCAG_2_4_3"
    WCAG_2_4_7 = "WCAG_2_4_7"
    WCAG_2_5_1 = "WCAG_2_5_1"
    WCAG_3_1_2 = "WCAG_3_1_2"
    WCAG_3_2_2 = "WCAG_3_2_2"
    WCAG_3_3_1 = "WCAG_3_3_1"
    WCAG_3_3_2 = "WCAG_3_3_2"
    WCAG_4_1_2 = "WCAG_4_1_2"
    WCAG_4_1_3 = "WCAG_4_1_3"
    SECTION_508_502_2 = "SECTION_508_502_2"
    SECTION_508_502_3 = "SECTION_508_502_3"
    SECTION_508_503_2 = "SECTION_508_503_2"
    SECTION_508_503_4 = "SECTION_508_503_4"


NEEDS_A_REMARK: Final = frozenset({"PARTIALLY_SUPPORTS", "DOES_NOT_SUPPORT"})


class ChecklistIncomplete(DomainError):
    """A review answers every criterion, or says that it does not apply; the message names those without an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person found of one criterion."""

    criterion: str
    answer: str
    remark: str | None = None


async def sign_accessibility_review(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    package_id: UUID,
    answers: Sequence[Answer],
    note: str | None,
    now: datetime,
) -> RowKey:
    """Sign a checklist of all criteria for a package whose checks have ended; an earlier review stays beside it.

    Refuses with NotFound, Forbidden, PackageNotChecked, ChecklistIncomplete, NamedTwice, InvalidInput (a barrier
    without a remark), TextBlank and TextTooLong.
    """
    act = Act.SIGN_ACCESSIBILITY_REVIEW
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id, field=FIELD)
    package = await package_for(tx, contract_id, package_id)
    if package.status not in {"CHECKED", "PUBLISHED"}:
        raise PackageNotChecked(f"{package.title} is {package.status}", field=FIELD)
    _check(answers, note)
    key, review_id = key_of(contract), new_id()
    await tx.execute(
        insert(AccessibilityReview).values(
            **key.columns,
            id=review_id,
            package_id=package_id,
            note=note and note.strip(),
            signed_at=now,
            **actor.signed("signed_by"),
        )
    )
    order = {criterion: position for position, criterion in enumerate(Criterion, start=1)}
    await tx.execute(
        insert(AccessibilityAnswer),
        [
            {
                **key.columns,
                "review_id": review_id,
                "position": order[Criterion(each.criterion)],
                "criterion": each.criterion,
                "answer": each.answer,
                "remark": each.remark and each.remark.strip(),
            }
            for each in answers
        ],
    )
    barriers = sorted(each.criterion for each in answers if each.answer in NEEDS_A_REMARK)
    tx.emit(
        Event(
            "ACCESSIBILITY_REVIEW_SIGNED", package_id, contract=key, after={"reviewId": review_id, "barriers": barriers}
        )
    )
    return RowKey(contract_id, review_id)


def _check(answers: Sequence[Answer], note: str | None) -> None:
    faults, given = Faults(), set[str]()
    faults.text(note, longest=LONGEST_NOTE, field="note")
    for at, each in enumerate(answers):
        if each.criterion in given:
            faults.note(NamedTwice(f"{each.criterion} is answered already", field=f"answers.{at}.criterion"))
        given.add(each.criterion)
        faults.text(each.remark, longest=LONGEST_REMARK, field=f"answers.{at}.remark")
        if each.answer in NEEDS_A_REMARK and not each.remark:
            faults.note(InvalidInput("say what stands in the way", field=f"answers.{at}.remark"))
    if missing := [criterion for criterion in Criterion if criterion not in given]:
        faults.note(ChecklistIncomplete(f"not answered: {', '.join(missing)}", field="answers"))
    faults.refuse()
