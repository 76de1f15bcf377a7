"""The measures of learning effectiveness: each defined here, once, in words and in SQL.

A learner is one person's part in one course, read from `lms_completion`; `l` is the row in the SQL. Whose completion an
administrator marked is counted apart and in no other measure. What happened after a course was last read is not known:
every window ends with that reading, and a learner whose window is still open is not counted (censoring).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

FEWEST: Final = 10
"""On fewer learners nothing is said, and how many they are is not said exactly."""
STALLED_AFTER_DAYS: Final = 30
Z: Final = 1.959963984540054
"""The standard normal deviate of a two-sided 95 % interval."""

WILSON: Final = (
    "95 % score interval, (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n): E. B. Wilson, Probable inference, the law "
    "of succession, and statistical inference, JASA 22 (1927), 209-212."
)
WOODRUFF: Final = (
    "95 % interval of a quantile, read off at the ends of Wilson's interval of its share: R. S. Woodruff, Confidence "
    "intervals for medians and other position measures, JASA 47 (1952), 635-646."
)
POISSON: Final = (
    "95 % score interval of a count, (x + z²/2 ± z √(x + z²/4)) / n: Wilson's interval as the share goes to nothing."
)


class Unit(StrEnum):
    """What a measure's value is in."""

    PERCENT = "PERCENT"
    DAYS = "DAYS"
    TICKETS_PER_100_LEARNERS = "TICKETS_PER_100_LEARNERS"


class Reason(StrEnum):
    """Why a measure has no value; the order is that in which they are looked for."""

    SOURCE_MISSING = "SOURCE_MISSING"
    SOURCE_NOT_BY_SITE = "SOURCE_NOT_BY_SITE"
    TOO_EARLY = "TOO_EARLY"
    SUPPRESSED_SMALL_N = "SUPPRESSED_SMALL_N"
    SUPPRESSED_COMPLEMENT = "SUPPRESSED_COMPLEMENT"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it says, how it is reckoned, from what, and what is left out."""

    id: str
    words: str
    formula: str
    interval: str
    excluded: str
    unit: Unit
    of: str = "false"
    """SQL: who is counted."""
    counts: str = "false"
    """SQL: who of those; a share's numerator."""
    needs: str = "true"
    """SQL: whether the LMS tells of this learner what the measure takes."""
    quantile: float | None = None
    """Of the days to completion, where it is no share."""
    open_days: int = 0
    """How long after enrolment nothing can be said."""


_OVERRIDDEN = "Learners whose completion an administrator marked. Learners whose completion cannot be measured. "
_CENSORED = "Learners whose {0} days had not passed when their course was last read. "
_BEFORE = "Learners whose completion lies before their enrolment. "
_MEASURED = "l.state <> 'NOT_MEASURABLE' and not l.overridden"
_IN_ORDER = "(l.completed_at is null or l.completed_at >= l.enrolled_at)"
_COMPLETER = f"{_MEASURED} and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at"
_DATED = "(l.state <> 'COMPLETE' or l.completed_at is not null)"
_FOLLOWED = "l.enrolled_at + make_interval(days => {0}) <= l.read_at"


def _within(days: int) -> Measure:
    return Measure(
        id=f"COMPLETED_WITHIN_{days}_DAYS",
        words=f"How many of a hundred learners completed their course within {days} days of enrolling.",
        formula=f"learners with completion - enrolment <= {days} x 24 hours / learners",
        interval=WILSON,
        excluded=_OVERRIDDEN + _CENSORED.format(days) + _BEFORE + "Completions of which the LMS does not say when. "
        "Learners who left the course without completing it stay counted, as not having completed.",
        unit=Unit.PERCENT,
        of=f"{_MEASURED} and {_IN_ORDER} and {_DATED} and {_FOLLOWED.format(days)}",
        counts=f"l.completed_at <= l.enrolled_at + make_interval(days => {days})",
        open_days=days,
    )


def _days_to_complete(id_: str, name: str, quantile: float) -> Measure:
    return Measure(
        id=id_,
        words=f"The {name} of the days from enrolment to completion, among those who completed.",
        formula=f"percentile_cont({quantile}) of (completion - enrolment) / 24 hours",
        interval=WOODRUFF,
        excluded=_OVERRIDDEN
        + _BEFORE
        + "Everybody who has not completed: of a young cohort only the quick ones are in it.",
        unit=Unit.DAYS,
        of=_COMPLETER,
        needs="l.completed_at is not null",
        quantile=quantile,
    )


MEASURES: Final[tuple[Measure, ...]] = (
    _within(30),
    _within(60),
    _within(90),
    _days_to_complete("MEDIAN_DAYS_TO_COMPLETE", "median", 0.5),
    _days_to_complete("P90_DAYS_TO_COMPLETE", "ninetieth percentile", 0.9),
    Measure(
        id="FIRST_ATTEMPT_PASS_RATE",
        words="How many of a hundred learners who were examined passed at the first attempt.",
        formula="learners whose first attempt passed / learners of whose first attempt the LMS tells",
        interval=WILSON,
        excluded=_OVERRIDDEN + "Learners of whose first attempt the LMS tells nothing.",
        unit=Unit.PERCENT,
        of=f"{_MEASURED} and l.first_attempt_passed is not null",
        counts="l.first_attempt_passed",
        needs="l.first_attempt_passed is not null",
    ),
    Measure(
        id="STALLED_RATE",
        words="How many of a hundred learners have not completed and were not active for 30 days.",
        formula=f"learners incomplete without any activity within {STALLED_AFTER_DAYS} x 24 hours before the reading / "
        "learners; where the LMS tells of some learners' activity, those of whom it tells none were never active",
        interval=WILSON,
        excluded=_OVERRIDDEN + _CENSORED.format(STALLED_AFTER_DAYS) + "Learners who left the course.",
        unit=Unit.PERCENT,
        of=f"{_MEASURED} and l.left_at is null and {_FOLLOWED.format(STALLED_AFTER_DAYS)}",
        counts="l.state = 'INCOMPLETE' and coalesce(l.last_active_at, l.enrolled_at) "
        f"+ make_interval(days => {STALLED_AFTER_DAYS}) <= l.read_at",
        needs="l.last_active_at is not null",
        open_days=STALLED_AFTER_DAYS,
    ),
    Measure(
        id="OVERRIDDEN_RATE",
        words="How many of a hundred learners were marked complete by an administrator, and are in no other measure.",
        formula="learners marked complete / learners",
        interval=WILSON,
        excluded="Learners whose completion cannot be measured.",
        unit=Unit.PERCENT,
        of="l.state <> 'NOT_MEASURABLE'",
        counts="l.overridden",
    ),
    Measure(
        id="TICKETS_PER_100_LEARNERS",
        words="How many tickets the vendor recorded for every hundred learners of the site in the window.",
        formula="100 x quantity of work on the contract's lines of unit TICKET, as accepted or, while that is not "
        "decided, as recorded, whose last day lies in the window / people enrolled before its end who had not left "
        "before its beginning",
        interval=POISSON,
        excluded="Rejected and voided work. People of courses whose completions were never read. It is of the site, "
        "whichever courses are asked for, and of no cohort; of a contract with several sites it cannot be told.",
        unit=Unit.TICKETS_PER_100_LEARNERS,
    ),
)
TICKETS: Final = MEASURES[-1]
OF_COHORTS: Final = MEASURES[:-1]
