"""Who is in a class, and how far they are in its lessons."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import httpx2
import pytest

from services.lms_admin.adapters.port import (
    Completion,
    CompletionState,
    Enrolment,
    EnrolmentState,
    LmsAdapter,
    Outcome,
    User,
)
from tests.lms_admin.kolibri.running import Kolibri
from tests.lms_admin.kolibri.test_accounts import rows

MEMBERSHIPS = "/api/auth/membership/"


@pytest.fixture
async def enrolment(kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User) -> Enrolment:
    """Somebody who is there, to be put into a class that is there."""
    await adapter.upsert_users([somebody], notify=False)
    kolibri_site.add_class(somebody.member_number)
    return Enrolment(somebody.member_number, somebody.member_number)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "editingteacher"}, "NO_ROLE"),
        ({"state": EnrolmentState.SUSPENDED}, "NOT_SUSPENDED"),
        ({"starts_at": datetime(2026, 1, 1, tzinfo=UTC)}, "NO_DATES"),
        ({"ends_at": datetime(2027, 1, 1, tzinfo=UTC)}, "NO_DATES"),
        ({"course_key": "no such class"}, "NO_COURSE"),
        ({"member_number": "nobody"}, "NO_ACCOUNT"),
    ],
)
async def test_what_kolibri_cannot_promise_is_refused(
    kolibri_site: Kolibri, adapter: LmsAdapter, enrolment: Enrolment, changes: dict[str, object], code: str
) -> None:
    before = kolibri_site.ask("GET", MEMBERSHIPS)
    (refused,) = await adapter.apply_enrolments([replace(enrolment, **changes)])  # type: ignore[arg-type]
    assert refused.error is not None
    assert (refused.outcome, refused.error.code, refused.after) == (Outcome.REJECTED, code, None)
    assert kolibri_site.ask("GET", MEMBERSHIPS) == before


async def test_ending_one_membership_ends_no_other(
    kolibri_site: Kolibri, adapter: LmsAdapter, enrolment: Enrolment
) -> None:
    other = replace(enrolment, course_key=f"{enrolment.course_key} B")
    kolibri_site.add_class(other.course_key)
    await adapter.apply_enrolments([enrolment, other])
    before = len(kolibri_site.ask("GET", MEMBERSHIPS))
    gone = replace(enrolment, state=EnrolmentState.ABSENT, ends_at=datetime(2027, 1, 1, tzinfo=UTC))
    again, twice = await adapter.apply_enrolments([gone, gone])
    assert (again.outcome, twice.outcome) == (Outcome.APPLIED, Outcome.REJECTED)
    assert len(kolibri_site.ask("GET", MEMBERSHIPS)) == before - 1
    assert set(await adapter.find_enrolments([_pair(enrolment), _pair(other)])) == {_pair(other)}


async def test_nobody_with_rights_of_their_own_is_put_into_a_class(
    kolibri_site: Kolibri, adapter: LmsAdapter, enrolment: Enrolment
) -> None:
    (row,) = rows(kolibri_site, enrolment.member_number)
    role = {"user": row["id"], "collection": kolibri_site.facility_id, "kind": "coach"}
    kolibri_site.ask("POST", "/api/auth/role/", role)
    (refused,) = await adapter.apply_enrolments([enrolment])
    assert refused.error is not None
    assert (refused.outcome, refused.error.code) == (Outcome.REJECTED, "PROTECTED")


async def test_complete_is_who_completed_all_that_is_assigned_to_them(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User
) -> None:
    class_id, key = kolibri_site.add_class(f"{somebody.member_number} C"), f"{somebody.member_number} C"
    people = [replace(somebody, member_number=f"{key}-{at}", username=f"{somebody.username}{at}") for at in range(3)]
    await adapter.upsert_users(people, notify=False)
    await adapter.apply_enrolments([Enrolment(one.member_number, key) for one in people])
    number = people[0].member_number

    assert await _completions(adapter, key) == {
        one.member_number: (CompletionState.NOT_MEASURABLE, "no lesson and no quiz of the class is assigned to them")
        for one in people
    }

    contents = [add_content(kolibri_site), add_content(kolibri_site)]
    lesson = add_lesson(kolibri_site, class_id, contents)
    work(kolibri_site, people[0], lesson, contents[0], 1.0)
    work(kolibri_site, people[0], lesson, contents[1], 1.0)
    work(kolibri_site, people[1], lesson, contents[0], 1.0)
    work(kolibri_site, people[1], lesson, contents[1], 0.4)
    assert await _completions(adapter, key) == {
        people[0].member_number: (CompletionState.COMPLETE, None),
        people[1].member_number: (CompletionState.INCOMPLETE, None),
        people[2].member_number: (CompletionState.INCOMPLETE, None),
    }
    (told,) = [one async for page in adapter.read_completions([key]) for one in page if one.member_number == number]
    assert told.last_active_at is not None
    assert told == Completion(number, key, CompletionState.COMPLETE, last_active_at=told.last_active_at)

    (row,) = rows(kolibri_site, people[2].member_number)
    missing = {"contentnode_id": secrets.token_hex(16), "content_id": secrets.token_hex(16), "channel_id": "0" * 32}
    add_lesson(kolibri_site, class_id, [missing], learner_ids=[row["id"]])
    assert (await _completions(adapter, key))[people[2].member_number] == (
        CompletionState.NOT_MEASURABLE,
        "something that is assigned to them is not on this Kolibri",
    )
    assert (await _completions(adapter, key))[number] == (CompletionState.COMPLETE, None)


async def test_a_quiz_is_complete_when_it_was_handed_in(
    kolibri_site: Kolibri, adapter: LmsAdapter, enrolment: Enrolment, somebody: User
) -> None:
    await adapter.apply_enrolments([enrolment])
    (found,) = [one for one in kolibri_site.ask("GET", "/api/auth/classroom/") if one["name"] == enrolment.course_key]
    quiz = add_quiz(kolibri_site, found["id"])
    told = {enrolment.member_number: (CompletionState.INCOMPLETE, None)}
    assert await _completions(adapter, enrolment.course_key) == told
    begun = {"quiz_id": quiz, "kind": "quiz"}
    track(kolibri_site, somebody, begun, progress=0.0)
    assert await _completions(adapter, enrolment.course_key) == told
    track(kolibri_site, somebody, begun, progress=1.0)
    told = {enrolment.member_number: (CompletionState.COMPLETE, None)}
    assert await _completions(adapter, enrolment.course_key) == told


async def test_a_class_that_is_not_there_has_no_completions(adapter: LmsAdapter) -> None:
    assert await _completions(adapter, "no such class") == {}


def add_content(site: Kolibri) -> dict[str, str]:
    """Put a document on Kolibri, as an import of a channel does; return what names it."""
    named = {name: secrets.token_hex(16) for name in ("contentnode_id", "content_id", "channel_id")}
    columns = {"id": named["contentnode_id"], "content_id": named["content_id"], "channel_id": named["channel_id"]}
    rest = {"title": "A document", "kind": "document", "license_owner": "", "author": "", "coach_content": 0}
    tree = {"available": 1, "lft": 1, "rght": 2, "tree_id": 1, "level": 0}
    row = columns | rest | tree
    names, places = ", ".join(row), ", ".join("?" * len(row))
    with sqlite3.connect(site.home / "db.sqlite3", timeout=30) as rows_:
        rows_.execute(f"insert into content_contentnode ({names}) values ({places})", list(row.values()))  # noqa: S608
    rows_.close()
    return named


def add_lesson(
    site: Kolibri, class_id: str, contents: list[dict[str, str]], learner_ids: list[object] | None = None
) -> str:
    """Assign contents to a class, or to some in it."""
    lesson = {
        "title": secrets.token_hex(8),
        "description": "",
        "resources": contents,
        "active": True,
        "collection": class_id,
        "assignments": [] if learner_ids else [class_id],
        "learner_ids": learner_ids or [],
    }
    return str(site.ask("POST", "/api/lessons/lesson/", lesson)["id"])


def add_quiz(site: Kolibri, class_id: str) -> str:
    """Give a class a quiz of one question."""
    one, another, section_id = (secrets.token_hex(16) for _ in range(3))
    question = {"exercise_id": one, "question_id": another, "title": "A question", "counter_in_exercise": 1}
    section: dict[str, object] = {
        "section_id": section_id,
        "section_title": "",
        "description": "",
        "question_count": 1,
        "questions": [question],
        "learners_see_fixed_order": False,
    }
    quiz: dict[str, object] = {
        "title": secrets.token_hex(8),
        "collection": class_id,
        "assignments": [class_id],
        "learner_ids": [],
        "question_count": 1,
        "question_sources": [section],
        "data_model_version": 3,
        "seed": 1,
        "draft": False,
        "active": True,
        "learners_see_fixed_order": False,
    }
    return str(site.ask("POST", "/api/exams/exam/", quiz)["id"])


def work(site: Kolibri, learner: User, lesson: str, content: dict[str, str], progress: float) -> None:
    """Work at a content as a learner does."""
    begun = {"lesson_id": lesson, "node_id": content["contentnode_id"], "kind": "document"}
    track(site, learner, begun | {name: content[name] for name in ("content_id", "channel_id")}, progress=progress)


def track(site: Kolibri, learner: User, begun: dict[str, str], *, progress: float) -> None:
    """Begin something as a learner does, and come as far as this with it."""
    with httpx2.Client(base_url=site.url, trust_env=False) as client:
        client.post("/api/auth/session/", json={"username": learner.username}).raise_for_status()
        headers = {"x-csrftoken": client.cookies["kolibri_csrftoken"]}
        path = "/api/logger/trackprogress/"
        session = client.post(path, json=begun, headers=headers).raise_for_status().json()["session_id"]
        done = {"progress": progress, "time_spent_delta": 1}
        client.put(f"{path}{session}/", json=done, headers=headers).raise_for_status()


async def _completions(adapter: LmsAdapter, key: str) -> dict[str, tuple[CompletionState, str | None]]:
    found = [one async for page in adapter.read_completions([key]) for one in page]
    return {one.member_number: (one.state, one.reason) for one in found}


def _pair(enrolment: Enrolment) -> tuple[str, str]:
    return enrolment.member_number, enrolment.course_key
