"""Learning effectiveness: how well people learn, as far as it can be said of enough of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, Text, case, literal_column

from api.reading import column, expression, many, part, value
from services.lms_admin.learning import effectiveness
from services.lms_admin.learning.measures import MEASURES

WORDS = {measure.id: measure.words for measure in MEASURES}


def _measure(id_: str) -> Any:
    return strawberry.enum_value(id_, description=WORDS[id_])


@strawberry.enum(description="What is measured of learning; each is defined once, and says its definition.")
class LearningMeasureId(Enum):
    """The measures that services define."""

    COMPLETED_WITHIN_30_DAYS = _measure("COMPLETED_WITHIN_30_DAYS")
    COMPLETED_WITHIN_60_DAYS = _measure("COMPLETED_WITHIN_60_DAYS")
    COMPLETED_WITHIN_90_DAYS = _measure("COMPLETED_WITHIN_90_DAYS")
    MEDIAN_DAYS_TO_COMPLETE = _measure("MEDIAN_DAYS_TO_COMPLETE")
    P90_DAYS_TO_COMPLETE = _measure("P90_DAYS_TO_COMPLETE")
    FIRST_ATTEMPT_PASS_RATE = _measure("FIRST_ATTEMPT_PASS_RATE")
    STALLED_RATE = _measure("STALLED_RATE")
    OVERRIDDEN_RATE = _measure("OVERRIDDEN_RATE")
    TICKETS_PER_100_LEARNERS = _measure("TICKETS_PER_100_LEARNERS")


@strawberry.enum(description="What a measure's value is in.")
class LearningUnit(Enum):
    """The unit of a value."""

    PERCENT = strawberry.enum_value("PERCENT", description="Of a hundred learners.")
    DAYS = strawberry.enum_value("DAYS", description="Days of 24 hours.")
    TICKETS_PER_100_LEARNERS = strawberry.enum_value(
        "TICKETS_PER_100_LEARNERS", description="Tickets for every hundred people."
    )


@strawberry.enum(description="Why a measure has no value.")
class LearningReason(Enum):
    """What is in the way."""

    SOURCE_MISSING = strawberry.enum_value(
        "SOURCE_MISSING",
        description="Nobody tells what it takes: the LMS does not, the courses were never read, or the contract has no "
        "line of unit TICKET.",
    )
    SOURCE_NOT_BY_SITE = strawberry.enum_value(
        "SOURCE_NOT_BY_SITE", description="The contract has several sites, and its tickets are not told apart by site."
    )
    TOO_EARLY = strawberry.enum_value(
        "TOO_EARLY", description="When the courses were last read, nobody's days had passed yet."
    )
    SUPPRESSED_SMALL_N = strawberry.enum_value(
        "SUPPRESSED_SMALL_N", description="It would be of fewer than 10 learners; how many they are is not said."
    )
    SUPPRESSED_COMPLEMENT = strawberry.enum_value(
        "SUPPRESSED_COMPLEMENT",
        description="Together with the cohorts that are shown it would tell what is suppressed of the others.",
    )


def _sql(words: str) -> ColumnElement[str]:
    # our own words: bound, they would make as many parameters of every statement
    return literal_column("'" + words.replace("'", "''").replace(":", r"\:") + "'", Text())


def _said(name: str) -> Any:
    return lambda measure: case(
        *((measure.measure == _sql(each.id), _sql(str(getattr(each, name)))) for each in MEASURES)
    )


@value
class LearningMeasureDefinition:
    """What a measure says, and how it is reckoned."""

    words: str = expression("What it says.", _said("words"))
    formula: str = expression("How it is reckoned.", _said("formula"))
    interval: str = expression("How its interval is reckoned, and where that formula is from.", _said("interval"))
    excluded: str = expression("Who and what is left out.", _said("excluded"))


@value
class LearningCohort:
    """The learners who enrolled in one month of the association's time zone."""

    starts_on: date = column("The month's first day.", name="cohort_starts_on")
    ends_on: date = column("The month's last day.", name="cohort_ends_on")


@value
class LearningMeasure:
    """A measure of one cohort, or of all of them together."""

    measure: LearningMeasureId = column("What is measured.")
    definition: LearningMeasureDefinition = part("What that is.")
    cohort: LearningCohort | None = part(
        "Of whom; null: of all cohorts together.", present=lambda measure: measure.cohort_starts_on.is_not(None)
    )
    unit: LearningUnit = expression("What `value`, `low` and `high` are in.", _said("unit"))
    value: Decimal | None = column("The value, with at most two decimals; null for the `reason` beside it.")
    n: int | None = column("Of how many learners it is; null where there is no value.")
    low: Decimal | None = column("The lower end of its 95 % interval.")
    high: Decimal | None = column("The upper end of its 95 % interval.")
    reason: LearningReason | None = column("Why there is no value; null where there is one.")


@value
class LearningEffectiveness:
    """Learning effectiveness of some courses of a site, in whole months of enrolment."""

    starts_on: date = column("The first day of the window.")
    ends_on: date = column("The last day of the window.")
    course_keys: list[str] = column("The courses.")
    measures: list[LearningMeasure] = many(
        "Every measure by cohort, the earliest first, and of all cohorts together at the end.",
        rows=effectiveness.measured,
        order=lambda measure: [measure.cohort_starts_on.asc().nulls_last(), measure.position],
    )
