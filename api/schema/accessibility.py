"""Accessibility of a package: what a scan found, what it leaves to a person, and what a person signed."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import (
    Connection,
    Id,
    Node,
    Payload,
    column,
    connection,
    inputs,
    many,
    node,
    one,
    payload,
    result,
    value,
)
from api.schema.person import Person, person
from services.lms_admin.packages import models as rows

if TYPE_CHECKING:
    from api.schema.content_package import ContentPackage


@strawberry.enum(
    description="What only a person can judge: success criteria of WCAG 2.1, levels A and AA, and provisions of "
    "chapter 5 of the Revised Section 508 Standards, as far as they concern courses. A review answers them all."
)
class AccessibilityCriterion(Enum):
    """The checklist of a review."""

    WCAG_1_1_1 = strawberry.enum_value(
        "WCAG_1_1_1",
        description="Images, charts and controls have text that says the same; what is decoration has none.",
    )
    WCAG_1_2_2 = strawberry.enum_value("WCAG_1_2_2", description="Films have captions that are right and in time.")
    WCAG_1_2_5 = strawberry.enum_value(
        "WCAG_1_2_5", description="What is only seen in films is told in an audio description."
    )
    WCAG_1_3_1 = strawberry.enum_value(
        "WCAG_1_3_1", description="Headings, lists and tables are marked up as what they look like."
    )
    WCAG_1_3_2 = strawberry.enum_value(
        "WCAG_1_3_2", description="Content is read out in the order that it is meant in."
    )
    WCAG_1_3_3 = strawberry.enum_value(
        "WCAG_1_3_3", description="No instruction depends on shape, size, place or sound alone."
    )
    WCAG_1_4_1 = strawberry.enum_value(
        "WCAG_1_4_1", description="Nothing is told by colour alone, answers of a quiz included."
    )
    WCAG_1_4_3 = strawberry.enum_value(
        "WCAG_1_4_3",
        description="Text stands out from its background by 4.5 to 1, large text by 3 to 1, in pictures too.",
    )
    WCAG_1_4_4 = strawberry.enum_value("WCAG_1_4_4", description="Text can be made twice as large without loss.")
    WCAG_1_4_10 = strawberry.enum_value(
        "WCAG_1_4_10", description="At a width of 320 pixels nothing is lost, and nobody scrolls two ways."
    )
    WCAG_1_4_13 = strawberry.enum_value(
        "WCAG_1_4_13", description="What appears on hover or focus can be dismissed, reached, and stays."
    )
    WCAG_2_1_1 = strawberry.enum_value(
        "WCAG_2_1_1", description="Everything works by keyboard, drag and drop included."
    )
    WCAG_2_1_2 = strawberry.enum_value(
        "WCAG_2_1_2", description="The keyboard is never caught, players and frames included."
    )
    WCAG_2_2_1 = strawberry.enum_value(
        "WCAG_2_2_1", description="Time limits, of quizzes too, can be turned off or extended."
    )
    WCAG_2_2_2 = strawberry.enum_value("WCAG_2_2_2", description="What moves, blinks or plays by itself can be paused.")
    WCAG_2_3_1 = strawberry.enum_value("WCAG_2_3_1", description="Nothing flashes more than three times a second.")
    WCAG_2_4_1 = strawberry.enum_value("WCAG_2_4_1", description="What repeats on every page can be skipped.")
    WCAG_2_4_3 = strawberry.enum_value("WCAG_2_4_3", description="Focus moves in an order that keeps the meaning.")
    WCAG_2_4_7 = strawberry.enum_value("WCAG_2_4_7", description="Where the keyboard's focus is can be seen.")
    WCAG_2_5_1 = strawberry.enum_value(
        "WCAG_2_5_1", description="What takes a gesture of several points or a path also works with one tap."
    )
    WCAG_3_1_2 = strawberry.enum_value("WCAG_3_1_2", description="Passages in another language are marked as such.")
    WCAG_3_2_2 = strawberry.enum_value(
        "WCAG_3_2_2", description="Nothing unexpected happens when something is filled in."
    )
    WCAG_3_3_1 = strawberry.enum_value("WCAG_3_3_1", description="A mistake is pointed out in text, where it was made.")
    WCAG_3_3_2 = strawberry.enum_value(
        "WCAG_3_3_2", description="What is to be filled in has a label or an instruction."
    )
    WCAG_4_1_2 = strawberry.enum_value(
        "WCAG_4_1_2", description="Controls of the author's own tell assistive technology their name, role and state."
    )
    WCAG_4_1_3 = strawberry.enum_value(
        "WCAG_4_1_3", description="Messages, such as the result of a question, are read out without moving the focus."
    )
    SECTION_508_502_2 = strawberry.enum_value(
        "SECTION_508_502_2", description="Accessibility features of the platform still work while it runs (502.2)."
    )
    SECTION_508_502_3 = strawberry.enum_value(
        "SECTION_508_502_3",
        description="What is shown can be found by assistive technology through the platform (502.3).",
    )
    SECTION_508_503_2 = strawberry.enum_value(
        "SECTION_508_503_2",
        description="The platform's settings for colour, contrast, type and focus are kept to (503.2).",
    )
    SECTION_508_503_4 = strawberry.enum_value(
        "SECTION_508_503_4",
        description="Captions and audio description are switched where the volume and the programme are (503.4).",
    )


@strawberry.enum(description="What a person found of a criterion; the words of a VPAT.")
class AccessibilityAnswerValue(Enum):
    """From met to not met."""

    SUPPORTS = strawberry.enum_value("SUPPORTS", description="Met throughout.")
    PARTIALLY_SUPPORTS = strawberry.enum_value(
        "PARTIALLY_SUPPORTS", description="Not met in some places; the remark says which."
    )
    DOES_NOT_SUPPORT = strawberry.enum_value("DOES_NOT_SUPPORT", description="Mostly not met; the remark says how.")
    NOT_APPLICABLE = strawberry.enum_value("NOT_APPLICABLE", description="The package has nothing that it is about.")


@strawberry.enum(description="How much a barrier matters to those whom it stands in the way of, as axe-core weighs it.")
class AccessibilityImpact(Enum):
    """From minor to critical."""

    MINOR = strawberry.enum_value("minor", description="An annoyance.")
    MODERATE = strawberry.enum_value("moderate", description="Some difficulty.")
    SERIOUS = strawberry.enum_value("serious", description="Much difficulty, or a way around it that few will find.")
    CRITICAL = strawberry.enum_value("critical", description="There is no getting past it.")


@value(rows.AccessibilityFinding, key=("contract_id", "id"))
class AccessibilityFinding:
    """What a scan found on a page."""

    rule: str = column("The rule of axe-core, such as `image-alt`.")
    impact: AccessibilityImpact | None = column("How much it matters; null where axe-core does not say.")
    message: str = column("What it should be.")
    help_url: str | None = column("Where the rule is explained.")
    file: str = column("The page, as a file of the package.")
    element_count: int = column("How many elements of the page it concerns.")
    first_element: str | None = column("A CSS selector of the first of them.")
    criteria: list[str] = column("The success criteria and provisions it belongs to, as axe-core tags them.")


@value
class AccessibilityScan:
    """What axe-core found on the first page of each item. It finds some barriers and proves the absence of none."""

    violations: Connection[AccessibilityFinding] = connection(
        "What is certain to be a barrier.",
        lambda package, found: and_(
            found.contract_id == package.contract_id, found.package_id == package.id, found.certain.is_(True)
        ),
        order=lambda found: [found.position],
    )
    needs_review: Connection[AccessibilityFinding] = connection(
        "What may be one, for a person to judge.",
        lambda package, found: and_(
            found.contract_id == package.contract_id, found.package_id == package.id, found.certain.is_(False)
        ),
        order=lambda found: [found.position],
    )


@value(rows.AccessibilityAnswer, key=("contract_id", "review_id", "position"))
class AccessibilityAnswer:
    """What was found of one criterion."""

    criterion: AccessibilityCriterion = column("The criterion.")
    answer: AccessibilityAnswerValue = column("What was found.")
    remark: str | None = column("What stands in the way, or anything else that was noted.")


@node(rows.AccessibilityReview, prefix="acr")
class AccessibilityReview(Node):
    """A checklist that a person answered and signed."""

    package: ContentPackage = one(
        "The package that was reviewed.",
        lambda review, package: and_(package.contract_id == review.contract_id, package.id == review.package_id),
    )
    answers: list[AccessibilityAnswer] = many(
        "An answer to each criterion, in the checklist's order.",
        lambda review, answer: and_(answer.contract_id == review.contract_id, answer.review_id == review.id),
        order=lambda answer: [answer.position],
    )
    note: str | None = column("What was noted with it.")
    signed_at: datetime = column("When it was signed.")
    signed_by: Person = one("Who signed it.", rows=lambda review: person(review, prefix="signed_by_"))


@inputs
class AccessibilityAnswerInput:
    """What you found of one criterion."""

    criterion: AccessibilityCriterion = strawberry.field(description="The criterion.")
    answer: AccessibilityAnswerValue = strawberry.field(description="What you found.")
    remark: str | None = strawberry.field(
        default=None, description="At most 2000 characters; needed where something stands in the way."
    )


@inputs
class SignAccessibilityReviewInput:
    """A checklist to sign."""

    package_id: Id[ContentPackage] = strawberry.field(description="The package; CHECKED or PUBLISHED.")
    answers: list[AccessibilityAnswerInput] = strawberry.field(description="An answer to each criterion, each once.")
    note: str | None = strawberry.field(
        default=None, description="How you went about it, such as with which screen reader; at most 4000 characters."
    )


@payload
class SignAccessibilityReviewPayload(Payload):
    """What came of signing."""

    review: AccessibilityReview | None = result("The review; null when refused.")
