"""Each kind of difference is found, exactly, and what cannot be read is neither found nor gone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from services.lms_admin.adapters.port import Capability
from tests.lms_admin.drift.conftest import SUSPENDED, Campus, enrolment, user

END = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


async def found(campus: Campus) -> list[tuple[object, ...]]:
    return [
        (kind, number, course, desired and json.loads(desired), actual and json.loads(actual))
        for kind, number, course, desired, actual, resolution in await campus.findings()
        if resolution is None
    ]


async def test_where_nothing_differs_nothing_is_found(campus: Campus) -> None:
    await campus.desire("1", "2", "3", courses=("ethics", "law"))
    campus.lms.users = [user("1"), user("2", email="2@X.example", username="U2"), user("3")]
    campus.lms.enrolments = [enrolment(number, course) for number in "123" for course in ("ethics", "law")]
    reading = await campus.compare()
    assert await campus.findings() == []
    counts = {name: value for name, value in reading.items() if name.endswith("_count") and value}
    assert counts == {
        "desired_user_count": 3,
        "desired_enrolment_count": 6,
        "actual_user_count": 3,
        "actual_enrolment_count": 6,
    }
    assert (reading["status"], reading["failure_code"]) == ("DONE", None)
    assert sorted(campus.lms.asked) == [
        ("find_users", "1", "2"),
        ("find_users", "3"),
        ("read_enrolments", "ethics", "law"),
    ]


async def test_every_kind_is_told_with_what_should_be_and_what_is(campus: Campus) -> None:
    await campus.desire("1", "2", "3", "4", "5")
    await campus.desire("6", courses=())
    await campus.desire_enrolment("6", "ethics", ends_at=END)
    campus.lms.users = [
        user("2", suspended=True),
        user("3"),
        user("3", username="again"),
        user("4", family_name="Li"),
        user("5"),
        user("6"),
        user("9"),
    ]
    campus.lms.enrolments = [
        enrolment("2", state=SUSPENDED),
        enrolment("3"),
        enrolment("5", role="teacher"),
        enrolment("6", ends_at=END + timedelta(days=1)),
        enrolment("9"),
    ]
    reading = await campus.compare()
    profile = {"username": "u4", "email": "4@x.example", "givenName": "Ann", "familyName": "Lee"}
    missing = {"username": "u1", "email": "1@x.example", "givenName": "Ann", "familyName": "Lee"}
    active = {"role": "student", "state": "ACTIVE"}
    assert await found(campus) == [
        ("DUPLICATE_IDENTITY", "3", None, {"accounts": 1}, {"accounts": 2}),
        ("EXTRA_ENROLMENT", "9", "ethics", None, active),
        ("MISSING_ENROLMENT", "4", "ethics", active, None),
        ("MISSING_USER", "1", None, missing, None),
        ("PROFILE_MISMATCH", "4", None, profile, profile | {"familyName": "Li"}),
        (
            "WRONG_END_DATE",
            "6",
            "ethics",
            {"endsAt": "2026-12-31T17:00:00+00:00"},
            {"endsAt": "2027-01-01T17:00:00+00:00"},
        ),
        ("WRONG_STATE", "2", "ethics", active, {"role": "student", "state": "SUSPENDED"}),
        ("WRONG_STATE", "2", None, {"suspended": False}, {"suspended": True}),
        ("WRONG_STATE", "5", "ethics", active, {"role": "teacher", "state": "ACTIVE"}),
    ]
    assert (reading["opened_count"], reading["open_count"], reading["gone_count"]) == (9, 9, 0)
    event = await campus.guild.one(
        "select * from audit_event where object_id = $1 and type = 'LMS_DRIFT_READ'", reading["id"]
    )
    assert event["actor_name"] == "Chapterhouse"
    assert all("_count" in name for name in json.loads(event["after"]))


async def test_dates_that_cannot_be_read_are_no_difference(campus: Campus) -> None:
    await campus.desire("1", courses=())
    await campus.desire_enrolment("1", "ethics", ends_at=END)
    campus.lms.users = [user("1")]
    campus.lms.enrolments = [enrolment("1", dates_known=False)]
    await campus.compare()
    assert await found(campus) == []


async def test_where_enrolments_cannot_be_suspended_one_that_should_be_is_none(campus: Campus) -> None:
    await campus.desire("1", courses=())
    await campus.desire_enrolment("1", "ethics", state="SUSPENDED")
    campus.lms.users = [user("1")]
    await campus.compare()
    assert [row[:3] for row in await found(campus)] == [("MISSING_ENROLMENT", "1", "ethics")]
    campus.lms.capabilities -= {Capability.SUSPEND_ENROLMENTS}
    await campus.compare()
    assert await found(campus) == []


async def test_what_a_system_cannot_keep_is_no_difference(campus: Campus) -> None:
    await campus.desire("1", "2", courses=())
    campus.lms.one_name = True
    one_name = {"given_name": "Ann Lee", "family_name": ""}
    campus.lms.users = [user("1", **one_name), user("2", **one_name | {"email": "other@x.example"})]
    await campus.compare()
    # what differs is told as the roster says it
    profile = {"username": "u2", "email": "2@x.example", "givenName": "Ann", "familyName": "Lee"}
    assert await found(campus) == [("PROFILE_MISMATCH", "2", None, profile, profile | {"email": "other@x.example"})]


async def test_protected_members_are_no_extras(campus: Campus) -> None:
    await campus.desire("1")
    campus.lms.users = [user("1")]
    campus.lms.enrolments = [enrolment("1"), enrolment("900"), enrolment("901")]
    await campus.guild.rows.execute("update lms_site set protected_member_numbers = array['900']")
    await campus.compare()
    assert [row[:3] for row in await found(campus)] == [("EXTRA_ENROLMENT", "901", "ethics")]


async def test_of_what_cannot_be_read_nothing_is_opened_and_nothing_is_gone(campus: Campus) -> None:
    await campus.desire("1", "2", "3", courses=("ethics", "law"))
    campus.lms.users = [user("1"), user("3")]
    campus.lms.enrolments = [enrolment("1"), enrolment("3"), enrolment("3", "law")]
    await campus.compare()
    assert [row[:3] for row in await found(campus)] == [
        ("MISSING_ENROLMENT", "1", "law"),
        ("MISSING_USER", "2", None),
    ]
    # everything is as it should be, but for the course and the batch that cannot be read
    campus.lms.users = [user(number) for number in "123"]
    campus.lms.enrolments = [enrolment(number, course) for number in "123" for course in ("ethics", "law")]
    campus.lms.unreadable = {"law", "1"}
    reading = await campus.compare()
    assert [row[:3] for row in await found(campus)] == [
        ("MISSING_ENROLMENT", "1", "law"),
        ("MISSING_USER", "2", None),
        ("UNREADABLE", "1", None),
        ("UNREADABLE", "2", None),
        ("UNREADABLE", None, "law"),
    ]
    assert (reading["unreadable_count"], reading["opened_count"], reading["gone_count"]) == (3, 3, 0)
    assert (await campus.finding("MISSING_USER"))["last_seen_at"] < reading["ended_at"]
    # what fails is asked once more after everything else, courses that failed together one by one
    assert sorted(campus.lms.asked[-3:]) == [
        ("find_users", "1", "2"),
        ("read_enrolments", "ethics"),
        ("read_enrolments", "law"),
    ]
    campus.lms.unreadable = set()
    reading = await campus.compare()
    assert await found(campus) == []
    assert reading["gone_count"] == 5
    assert {row[-1] for row in await campus.findings()} == {"GONE"}


async def test_a_site_of_which_nothing_can_be_read_fails_the_reading_and_no_finding_changes(campus: Campus) -> None:
    await campus.desire("1", "2")
    campus.lms.users = [user("2")]
    campus.lms.enrolments = [enrolment("2")]
    await campus.compare()
    before = await campus.findings()
    campus.lms.unreadable = {"1", "ethics"}
    reading = await campus.compare()
    assert (reading["status"], reading["failure_code"], reading["failure_message"]) == (
        "FAILED",
        "DOWN",
        "it does not answer",
    )
    assert await campus.findings() == before


async def test_a_site_that_is_down_is_not_asked_over_and_over(campus: Campus) -> None:
    numbers = [str(number) for number in range(100, 140)]
    await campus.desire(*numbers)
    campus.lms.unreadable = {*numbers, "ethics"}
    reading = await campus.compare()
    assert (reading["status"], reading["failure_code"]) == ("FAILED", "DOWN")
    assert len(campus.lms.asked) <= 8


async def test_nothing_is_left_of_what_was_laid_down(campus: Campus) -> None:
    await campus.desire("1")
    campus.lms.users, campus.lms.enrolments = [user("1")], [enrolment("1")]
    await campus.compare()
    for table in ("lms_drift_actual_user", "lms_drift_actual_enrolment", "lms_drift_unread"):
        assert await campus.guild.rows.fetchval(f"select count(*) from {table}") == 0  # noqa: S608
