"""Completions are kept as the LMS reports them, once, and nothing that it takes back is lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg

from core.db import Database
from services.lms_admin.adapters.port import Completion, CompletionState
from services.lms_admin.learning.syncing import sync_completions
from services.lms_admin.sites.readings import ABANDONED_AFTER
from tests.delivery.guild import insert, refusals
from tests.lms_admin.learning.conftest import School
from tests.lms_admin.places import connect, grant_administration, key_of
from worker.main import look_out

ENROLLED = datetime(2026, 1, 5, tzinfo=UTC)
DONE = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
ROWS = """select member_number, course_key, state, reason, completed_at, overridden, score_percent, left_at is not null
    as left from lms_completion where contract_id = $1 order by 1, 2"""


def complete(number: str = "1001", course: str = "ethics", **others: object) -> Completion:
    sound = {"enrolled_at": ENROLLED, "completed_at": DONE, "score_percent": 87.5}
    return Completion(number, course, CompletionState.COMPLETE, **sound | others)  # type: ignore[arg-type]


def incomplete(number: str = "1001", course: str = "ethics", **others: object) -> Completion:
    return Completion(number, course, CompletionState.INCOMPLETE, enrolled_at=ENROLLED, **others)  # type: ignore[arg-type]


async def rows(school: School) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await school.guild.rows.fetch(ROWS, school.guild.contract_id)]


async def test_complete_incomplete_and_not_measurable_are_three_things(school: School) -> None:
    unmeasured = Completion("1003", "law", CompletionState.NOT_MEASURABLE, reason="the course has no criteria")
    reading = await school.sync(complete(" 1001"), incomplete("1002"), complete("1004", overridden=True), unmeasured)
    assert await rows(school) == [
        ("1001", "ethics", "COMPLETE", None, DONE, False, Decimal("87.50"), False),
        ("1002", "ethics", "INCOMPLETE", None, None, False, None, False),
        ("1003", "law", "NOT_MEASURABLE", "the course has no criteria", None, False, None, False),
        ("1004", "ethics", "COMPLETE", None, DONE, True, Decimal("87.50"), False),
    ]
    assert (reading["status"], reading["read_count"], reading["withdrawn_count"]) == ("DONE", 4, 0)
    event = await school.guild.one("select * from audit_event where type = 'LMS_COMPLETIONS_READ'")
    assert (event["actor_name"], event["object_id"]) == ("Chapterhouse", reading["id"])
    assert "1001" not in event["after"]


async def test_what_is_taken_back_is_told(school: School) -> None:
    await school.sync(complete(), complete("1002"))
    again = await school.sync(incomplete(), complete("1002"))
    assert (again["read_count"], again["withdrawn_count"]) == (2, 1)
    assert [row[2] for row in await rows(school)] == ["INCOMPLETE", "COMPLETE"]
    taken = await school.guild.one("select * from lms_completion_withdrawal")
    assert (taken["became"], taken["was_completed_at"], taken["was_score_percent"], taken["reading_id"]) == (
        "INCOMPLETE",
        DONE,
        Decimal("87.50"),
        again["id"],
    )
    # the same once more takes nothing back again
    assert (await school.sync(incomplete(), complete("1002")))["withdrawn_count"] == 0


async def test_who_is_no_longer_reported_has_left_and_may_come_back(school: School) -> None:
    await school.sync(complete(), incomplete("1002"))
    await school.sync(complete())
    assert [(row[0], row[2], row[-1]) for row in await rows(school)] == [
        ("1001", "COMPLETE", False),
        ("1002", "INCOMPLETE", True),
    ]
    await school.sync(complete(), incomplete("1002"))
    assert [row[-1] for row in await rows(school)] == [False, False]


async def test_of_two_accounts_with_one_number_the_one_that_is_further_counts(school: School) -> None:
    accounts = [incomplete(), complete(overridden=True), incomplete("1009"), complete(), complete(overridden=True)]
    await school.sync(*accounts)
    assert await rows(school) == [
        ("1001", "ethics", "COMPLETE", None, DONE, False, Decimal("87.50"), False),
        ("1009", "ethics", "INCOMPLETE", None, None, False, None, False),
    ]


async def test_a_course_that_cannot_be_read_is_named_and_nobody_has_left_it(school: School) -> None:
    await school.sync(complete(), complete(course="law"))
    school.lms.unreadable = {"law"}
    reading = await school.sync(complete(), complete(course="law"))
    assert (reading["status"], reading["unread_course_keys"]) == ("DONE", ["law"])
    assert [row[-1] for row in await rows(school)] == [False, False]
    school.lms.unreadable = {"law", "ethics"}
    reading = await school.sync(complete(), complete(course="law"))
    assert (reading["status"], reading["failure_code"], reading["failure_message"]) == (
        "FAILED",
        "DOWN",
        "it does not answer",
    )
    assert await school.guild.rows.fetchval("select count(*) from audit_event where type = 'LMS_COMPLETIONS_NOT_READ'")


async def test_a_course_that_is_not_there_is_no_course_that_everybody_left(school: School) -> None:
    await school.sync(complete(), complete(course="law"))
    school.lms.completions = [complete()]
    reading = await school.ask("ethics", "law")
    assert await school.run(reading)
    told = await school.guild.one("select * from lms_completion_reading where id = $1", reading)
    assert (told["status"], told["unread_course_keys"], told["read_count"]) == ("DONE", ["law"], 1)
    assert [row[-1] for row in await rows(school)] == [False, False]
    reading = await school.ask("astrology")
    assert await school.run(reading)
    told = await school.guild.one("select * from lms_completion_reading where id = $1", reading)
    assert (told["status"], told["failure_code"]) == ("FAILED", "COURSES_NOT_THERE")


async def test_one_worker_at_a_time_and_nothing_twice(school: School) -> None:
    school.lms.completions = [complete(), complete("1002"), incomplete("1003")]
    reading = await school.ask("ethics")
    assert sorted(await asyncio.gather(*(school.run(reading) for _ in range(3)))) == [False, False, True]
    assert await school.run(reading) is False
    assert school.lms.asked == [("read_completions", "ethics")]
    told = "select count(*) from audit_event where type = 'LMS_COMPLETIONS_READ' and object_id = $1"
    assert await school.guild.rows.fetchval(told, reading) == 1


async def test_rights_are_looked_up_again(school: School) -> None:
    lina = await grant_administration(school.guild)
    reading = await school.ask("ethics", by=lina)
    await school.guild.rows.execute("update contract_grant set revoked_at = now() where member_id = $1", lina.member_id)
    assert await school.run(reading)
    failed = await school.guild.one("select * from lms_completion_reading where id = $1", reading)
    assert (failed["status"], failed["failure_code"]) == ("FAILED", "FORBIDDEN")
    assert school.lms.asked == []


async def test_a_site_that_is_left_alone_is_not_read(school: School) -> None:
    rows = school.guild.rows
    during = asyncpg.Range(datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(hours=1))
    await insert(
        rows, "lms_maintenance", **key_of(school.guild), id=school.site, site_id=school.site, during=during,
        reason="Upgrade", announced_at=during.lower,
    )  # fmt: skip
    codes = []
    for change in (
        "update lms_maintenance set withdrawn_at = now() where site_id = $1",
        "update lms_site set open_until = now() + interval '1 hour' where id = $1",
        "update lms_site set open_until = now() where id = $1",
    ):
        reading = await school.ask("ethics")
        await school.run(reading)
        codes.append(await rows.fetchval("select failure_code from lms_completion_reading where id = $1", reading))
        await rows.execute(change, school.site)
    assert codes == ["MAINTENANCE", "COURSES_NOT_THERE", "DOWN"]


async def test_a_reading_that_a_dead_worker_left_is_taken_up_again(school: School, batch: Database) -> None:
    school.lms.completions = [complete()]
    reading = await school.ask("ethics", now=datetime.now(UTC))
    this = "update lms_completion_reading set run_id = id, progressed_at = progressed_at - $1::interval where id = $2"
    await school.guild.rows.execute(this, ABANDONED_AFTER / 2, reading)
    assert await school.run(reading) is False
    await school.guild.rows.execute(this, ABANDONED_AFTER, reading)
    await school.guild.rows.execute("delete from pgqueuer")
    await look_out(batch)
    await look_out(batch)
    queued = "select count(*) from pgqueuer where entrypoint = 'LMS_COMPLETIONS_REQUESTED'"
    assert await school.guild.rows.fetchval(queued) == 1
    assert await school.run(reading)
    assert len(await rows(school)) == 1


async def test_what_is_refused(school: School) -> None:
    guild = school.guild

    async def refused(*courses: str, site: UUID = school.site, by: object = guild.lead) -> list[tuple[str, str | None]]:
        return await refusals(guild, guild.write(by, sync_completions, site_id=site, course_keys=courses))  # type: ignore[arg-type]

    assert await refused("ethics", by=guild.stranger) == [("NOT_FOUND", "siteId")]
    assert await refused("ethics", by=guild.worker) == [("FORBIDDEN", None)]
    assert await refused("ethics", site=guild.contract_id) == [("NOT_FOUND", "siteId")]
    assert await refused() == [("INVALID_INPUT", "courseKeys")]
    assert await refused("ethics", " ") == [("TEXT_BLANK", "courseKeys.1")]
    assert await refused("x" * 201) == [("TEXT_TOO_LONG", "courseKeys.0")]
    assert await refused(*["x"] * 101) == [("LIST_TOO_LONG", "courseKeys")]
    by_hand = await connect(guild, "By hand", "MANUAL")
    assert await refused("ethics", site=by_hand) == [("SITE_READ_BY_HAND", "siteId")]
    await school.ask("ethics")
    assert await refused("law") == [("COMPLETIONS_BEING_READ", "siteId")]
