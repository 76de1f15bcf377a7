"""The measures say exactly what they are defined to say, of enough learners, and nothing of fewer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import encode, new_id
from services.lms_admin.learning.effectiveness import wilson_end
from services.lms_admin.learning.measures import MEASURES, Z
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild, insert, work
from tests.lms_admin.learning.conftest import School
from tests.lms_admin.places import connect, key_of

READ_AT = datetime(2026, 6, 1, tzinfo=UTC)
JANUARY = datetime(2026, 1, 10, tzinfo=UTC)
MARCH = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
ASK = """query($site: ID!, $courses: [String!]!, $from: Date!, $until: Date!) {
  learningEffectiveness(siteId: $site, courseKeys: $courses, enrolledFrom: $from, enrolledUntil: $until) {
    startsOn endsOn courseKeys
    measures { measure cohort { startsOn endsOn } unit value n low high reason } } }"""


class Class:
    """Learners of a school, and what is said of them."""

    def __init__(self, school: School, desk: Desk) -> None:
        self.school = school
        self.desk = desk
        self.count = 0

    async def learn(self, count: int, enrolled: datetime | None, days: float | None = None, **others: Any) -> None:  # noqa: ANN401
        """Let as many learners enrol, and complete after some days."""
        guild = self.school.guild
        reading = await guild.rows.fetchval(
            "select id from lms_completion_reading where site_id = $1", self.school.site
        )
        if reading is None:
            reading = await self.school.ask("ethics")
        complete = {"state": "COMPLETE", "completed_at": enrolled and enrolled + (days or 0) * DAY}
        for _ in range(count):
            self.count += 1
            row = {"state": "INCOMPLETE", "last_active_at": READ_AT} if days is None else complete
            row |= {"course_key": "ethics", "enrolled_at": enrolled, "read_at": READ_AT}
            await insert(
                guild.rows, "lms_completion", **key_of(guild), id=new_id(), site_id=self.school.site,
                member_number=str(self.count), reading_id=reading, **row | others,
            )  # fmt: skip

    async def ask(self, first: str = "2026-01-01", last: str = "2026-06-30", by: Any = None) -> Any:  # noqa: ANN401
        """The answer as it comes over HTTP."""
        asked = {"site": encode("sit", self.school.guild.contract_id, self.school.site), "courses": ["ethics"]}
        answer = await self.desk.ask(by or self.school.guild.lead, ASK, **asked, **{"from": first, "until": last})
        return answer["learningEffectiveness"]

    async def said(self, first: str = "2026-01-01", last: str = "2026-06-30") -> dict[tuple[str, str | None], Any]:
        """Value, n, ends of the interval, or the reason, by measure and first day of the cohort."""
        answer = await self.ask(first, last)
        return {
            (each["measure"], each["cohort"] and each["cohort"]["startsOn"]): each["reason"]
            or (each["value"], each["n"], each["low"], each["high"])
            for each in answer["measures"]
        }


@pytest.fixture
def class_(school: School, desk: Desk) -> Class:
    return Class(school, desk)


async def test_completion_within_days_is_of_those_whose_days_have_passed(class_: Class) -> None:
    # 20 of January: 8 within 30 days, 4 more within 60, 2 more within 90, 6 not at all
    for count, days in ((8, 30), (4, 60), (2, 90), (6, None)):
        await class_.learn(count, JANUARY, days)
    # of 20 of March, 45 days before the reading of those that matter: known for 30 days, not yet for 60
    april = READ_AT - 45 * DAY
    await class_.learn(5, april, 10)
    await class_.learn(15, april)
    said = await class_.said()
    assert said["COMPLETED_WITHIN_30_DAYS", "2026-01-01"] == ("40", 20, "21.88", "61.34")
    assert said["COMPLETED_WITHIN_60_DAYS", "2026-01-01"] == ("60", 20, "38.66", "78.12")
    assert said["COMPLETED_WITHIN_90_DAYS", "2026-01-01"] == ("70", 20, "48.1", "85.45")
    assert said["COMPLETED_WITHIN_30_DAYS", "2026-04-01"] == ("25", 20, "11.19", "46.87")
    assert said["COMPLETED_WITHIN_60_DAYS", "2026-04-01"] == "SUPPRESSED_SMALL_N"
    assert said["COMPLETED_WITHIN_90_DAYS", "2026-04-01"] == "TOO_EARLY"
    assert said["COMPLETED_WITHIN_30_DAYS", None] == ("32.5", 40, "20.08", "47.98")
    assert said["COMPLETED_WITHIN_90_DAYS", None] == ("70", 20, "48.1", "85.45")


async def test_a_second_after_the_last_day_is_too_late(class_: Class) -> None:
    await class_.learn(5, JANUARY, 30)
    await class_.learn(5, JANUARY, 30 + 1 / 86400)
    assert (await class_.said())["COMPLETED_WITHIN_30_DAYS", None][0] == "50"


async def test_who_left_without_completing_stays_counted(class_: Class) -> None:
    await class_.learn(6, JANUARY, 10)
    await class_.learn(6, JANUARY, left_at=JANUARY + 20 * DAY)
    said = await class_.said()
    assert said["COMPLETED_WITHIN_30_DAYS", None][:2] == ("50", 12)
    assert said["STALLED_RATE", None] == "SUPPRESSED_SMALL_N"


async def test_days_to_complete_are_those_of_completers(class_: Class) -> None:
    for days in range(1, 12):
        await class_.learn(1, JANUARY, days)
    await class_.learn(30, JANUARY)
    said = await class_.said()
    # percentile_cont of 1..11: the middle is 6, nine tenths of the way is 10
    value, n, low, high = said["MEDIAN_DAYS_TO_COMPLETE", None]
    assert (value, n) == ("6", 11)
    assert (low, high) == (written(1 + 10 * score_end(0.5, 11, -1)), written(1 + 10 * score_end(0.5, 11, 1)))
    assert said["P90_DAYS_TO_COMPLETE", None][:2] == ("10", 11)


async def test_an_override_is_never_earned_and_is_counted_apart(class_: Class) -> None:
    await class_.learn(10, JANUARY, 10)
    await class_.learn(30, JANUARY, 1, overridden=True, first_attempt_passed=True)
    await class_.learn(10, JANUARY, state="NOT_MEASURABLE", reason="no criteria")
    said = await class_.said()
    assert said["COMPLETED_WITHIN_30_DAYS", None][:2] == ("100", 10)
    assert said["MEDIAN_DAYS_TO_COMPLETE", None][:2] == ("10", 10)
    assert said["OVERRIDDEN_RATE", None][:2] == ("75", 40)
    assert said["FIRST_ATTEMPT_PASS_RATE", None] == "SUPPRESSED_SMALL_N"


async def test_who_is_stalled(class_: Class) -> None:
    await class_.learn(5, JANUARY, 10)
    await class_.learn(4, JANUARY, last_active_at=READ_AT - 30 * DAY)
    await class_.learn(3, JANUARY, last_active_at=READ_AT - 30 * DAY + timedelta(seconds=1))
    # never active, and those of whom it is too early to say
    await class_.learn(9, JANUARY, last_active_at=None)
    await class_.learn(9, READ_AT - 29 * DAY, last_active_at=READ_AT - 29 * DAY)
    assert (await class_.said())["STALLED_RATE", None][:2] == ("61.9", 21)


async def test_of_a_first_attempt_it_is_said_who_passed(class_: Class) -> None:
    await class_.learn(9, JANUARY, 10, first_attempt_passed=True)
    await class_.learn(1, JANUARY, first_attempt_passed=False)
    await class_.learn(20, JANUARY)
    assert (await class_.said())["FIRST_ATTEMPT_PASS_RATE", None][:2] == ("90", 10)


async def test_what_nobody_tells_is_missing_and_not_nothing(class_: Class) -> None:
    await class_.learn(20, JANUARY, 10)
    said = await class_.said()
    for measure in ("FIRST_ATTEMPT_PASS_RATE", "STALLED_RATE", "TICKETS_PER_100_LEARNERS"):
        assert said[measure, None] == "SOURCE_MISSING"
    # nobody at all: not even a cohort
    nothing = await class_.said("2025-01-01", "2025-02-01")
    assert set(nothing) == {(measure.id, None) for measure in MEASURES}
    assert set(nothing.values()) == {"SOURCE_MISSING"}
    # enrolled when nobody tells: of no cohort
    await class_.learn(20, None, 0, completed_at=JANUARY)
    assert await class_.said() == said


@pytest.mark.parametrize(
    ("sizes", "total"),
    [
        ((20, 20), 40),
        ((20, 9), "SUPPRESSED_COMPLEMENT"),
        ((20, 4, 5), "SUPPRESSED_COMPLEMENT"),
        ((20, 5, 5), 30),
        ((9,), "SUPPRESSED_SMALL_N"),
        ((5, 5), 10),
    ],
)
async def test_what_is_suppressed_cannot_be_had_by_subtraction(
    class_: Class, sizes: tuple[int, ...], total: int | str
) -> None:
    for month, size in enumerate(sizes, start=1):
        await class_.learn(size, datetime(2026, month, 10, tzinfo=UTC), 10)
    said = await class_.said()
    for month, size in enumerate(sizes, start=1):
        cohort = said["OVERRIDDEN_RATE", f"2026-0{month}-01"]
        assert cohort == "SUPPRESSED_SMALL_N" if size < 10 else cohort[1] == size
    whole = said["OVERRIDDEN_RATE", None]
    assert (whole if isinstance(whole, str) else whole[1]) == total


async def test_a_cohort_is_a_month_in_the_associations_time_zone(class_: Class) -> None:
    # the guild's contract is kept in Chicago: this is still January there
    await class_.learn(10, datetime(2026, 2, 1, 5, 59, tzinfo=UTC), 10)
    await class_.learn(10, datetime(2026, 2, 1, 6, 0, tzinfo=UTC), 20)
    answer = await class_.ask("2026-01-31", "2026-01-31")
    assert (answer["startsOn"], answer["endsOn"], answer["courseKeys"]) == ("2026-01-01", "2026-01-31", ["ethics"])
    cohorts = {each["measure"]: each for each in answer["measures"] if each["cohort"]}
    assert cohorts["MEDIAN_DAYS_TO_COMPLETE"] == {
        "measure": "MEDIAN_DAYS_TO_COMPLETE",
        "cohort": {"startsOn": "2026-01-01", "endsOn": "2026-01-31"},
        "unit": "DAYS",
        "value": "10",
        "n": 10,
        "low": "10",
        "high": "10",
        "reason": None,
    }


async def test_tickets_are_those_that_were_recorded(class_: Class, guild: Guild) -> None:
    await class_.learn(40, JANUARY)
    await class_.learn(20, JANUARY - 60 * DAY, left_at=JANUARY - 20 * DAY)
    await class_.learn(10, MARCH)
    assert (await class_.said())["TICKETS_PER_100_LEARNERS", None] == "SOURCE_MISSING"
    unit = "update contract_line set unit = 'TICKET' where contract_id = $1 and key = 'tickets'"
    await guild.rows.execute(unit, guild.contract_id)
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 1, 5)]
    records = [work("tickets", "6", performed_from=date(2026, 1, 2), performed_to=day) for day in days]
    await guild.record(*records, work("admin", "3", performed_from=days[0], performed_to=days[0]))
    (again,) = await guild.record(work("tickets", "50", performed_from=days[0], performed_to=days[0]))
    await guild.void(again)
    # January: 12 tickets; 40 learners, for 20 had left, and 10 were yet to come
    said = await class_.said("2026-01-01", "2026-01-31")
    assert said["TICKETS_PER_100_LEARNERS", None] == ("30", 40, "17.16", "52.44")
    assert (await class_.said("2026-01-01", "2026-03-31"))["TICKETS_PER_100_LEARNERS", None][:2] == ("36", 50)
    await connect(guild, "Another")
    assert (await class_.said())["TICKETS_PER_100_LEARNERS", None] == "SOURCE_NOT_BY_SITE"


async def test_who_may_not_see_learners_is_told_nothing(class_: Class, guild: Guild) -> None:
    await class_.learn(20, JANUARY, 10)
    for actor in (ANONYMOUS, guild.stranger, guild.worker):
        assert await class_.ask(by=actor) is None
    for actor in (guild.acceptor, guild.vendor_owner):
        assert (await class_.ask(by=actor))["measures"]
    assert await class_.ask("2026-02-01", "2026-01-31") is None
    assert await class_.ask("2026-02-01", "2029-02-01") is None
    assert await class_.ask("2026-02-01", "2029-01-31") is not None


def written(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def score_end(share: float, n: int, side: int) -> float:
    """The end of a score interval by bisection: where |p - x| is z standard errors of x, and nothing of a formula."""
    inner, outer = share, 0.0 if side < 0 else 1.0
    for _ in range(200):
        middle = (inner + outer) / 2
        if abs(share - middle) <= Z * (middle * (1 - middle) / n) ** 0.5:
            inner = middle
        else:
            outer = middle
    return inner


def test_z_is_the_deviate_of_95_percent() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-15) == Z


async def test_the_ends_of_an_interval_are_where_the_score_test_turns(guild: Guild) -> None:
    low, high = wilson_end("share", "-"), wilson_end("share", "+")
    rows = await guild.rows.fetch(
        f"select n, share, {low} as low, {high} as high from generate_series(1, 120) n, "  # noqa: S608  (our own words)
        "generate_series(0, n) hits, lateral (select hits::float8 / n as share)"
    )
    assert len(rows) == sum(n + 1 for n in range(1, 121))
    for n, share, low, high in rows:
        assert 0 <= low <= share + 1e-12 <= high + 2e-12 <= 1 + 2e-12
        assert low == pytest.approx(score_end(share, n, -1), abs=1e-7)
        assert high == pytest.approx(score_end(share, n, 1), abs=1e-7)
