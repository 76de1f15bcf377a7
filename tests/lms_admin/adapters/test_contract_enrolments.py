"""What any adapter does about enrolments."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from services.lms_admin.adapters.port import (
    Capability,
    CompletionState,
    Enrolment,
    EnrolmentState,
    FoundEnrolment,
    Outcome,
    Result,
)
from tests.lms_admin.adapters.installations import Installation

pytestmark = pytest.mark.usefixtures("members")
KEPT = Capability.UPSERT_USERS, Capability.READ_ENROLMENTS, Capability.APPLY_ENROLMENTS
STARTS = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2099, 12, 31, 22, 59, tzinfo=UTC)


@pytest.fixture
async def members(installation: Installation) -> None:
    installation.needs(*KEPT)
    results = await installation.adapter.upsert_users([installation.user(at) for at in range(1, 5)], notify=False)
    assert [result.outcome for result in results] == [Outcome.APPLIED] * 4


def _part(installation: Installation, at: int, state: EnrolmentState = EnrolmentState.ACTIVE) -> Enrolment:
    dated = Capability.READ_ENROLMENT_ENDS in installation.adapter.capabilities
    ends_at = ENDS if dated and state is not EnrolmentState.ABSENT else None
    return Enrolment(installation.user(at).member_number, installation.course_key, state=state, ends_at=ends_at)


def _outcomes(results: Sequence[Result[FoundEnrolment]]) -> list[Outcome]:
    return [result.outcome for result in results]


async def _read(installation: Installation) -> list[Enrolment]:
    found = [one async for page in installation.adapter.read_enrolments([installation.course_key]) for one in page]
    return sorted((_known(one) for one in found), key=lambda one: one.member_number)


def _known(found: FoundEnrolment | None) -> Enrolment:
    assert found is not None
    return Enrolment(**{field.name: getattr(found, field.name) for field in dataclasses.fields(Enrolment)})


async def test_people_are_enrolled_as_asked_and_read_back(installation: Installation) -> None:
    asked = [_part(installation, 1), _part(installation, 2)]
    results = await installation.adapter.apply_enrolments(asked)
    assert _outcomes(results) == [Outcome.APPLIED] * 2
    assert [result.before for result in results] == [None, None]
    assert [_known(result.after) for result in results] == asked
    assert await _read(installation) == asked
    pairs = [(one.member_number, one.course_key) for one in asked]
    found = await installation.adapter.find_enrolments(
        [*pairs, (installation.user(3).member_number, asked[0].course_key)]
    )
    assert {pair: _known(one) for pair, one in found.items()} == dict(zip(pairs, asked, strict=True))


async def test_the_same_again_changes_nothing(installation: Installation) -> None:
    installation.needs(Capability.READ_ENROLMENT_ENDS)
    asked = [_part(installation, 1)]
    await installation.adapter.apply_enrolments(asked)
    (again,) = await installation.adapter.apply_enrolments(asked)
    assert (again.outcome, again.before, again.error) == (Outcome.ALREADY_SO, again.after, None)
    assert _known(again.after) == asked[0]


async def test_suspending_and_restoring_keeps_the_dates(installation: Installation) -> None:
    installation.needs(Capability.SUSPEND_ENROLMENTS, Capability.READ_ENROLMENT_ENDS)
    active = dataclasses.replace(_part(installation, 1), starts_at=STARTS)
    suspended = dataclasses.replace(active, state=EnrolmentState.SUSPENDED)
    for asked in (active, suspended, active):
        (result,) = await installation.adapter.apply_enrolments([asked])
        assert (result.outcome, _known(result.after)) == (Outcome.APPLIED, asked)


async def test_an_end_date_can_be_moved_and_taken_away(installation: Installation) -> None:
    installation.needs(Capability.READ_ENROLMENT_ENDS)
    for ends_at in (ENDS, ENDS.replace(year=2098), None):
        asked = dataclasses.replace(_part(installation, 1), ends_at=ends_at)
        (result,) = await installation.adapter.apply_enrolments([asked])
        assert (result.outcome, _known(result.after)) == (Outcome.APPLIED, asked)


async def test_the_suspended_are_read_too(installation: Installation) -> None:
    installation.needs(Capability.SUSPEND_ENROLMENTS)
    asked = [_part(installation, 1), _part(installation, 2, EnrolmentState.SUSPENDED)]
    assert _outcomes(await installation.adapter.apply_enrolments(asked)) == [Outcome.APPLIED] * 2
    assert await _read(installation) == asked


async def test_an_enrolment_is_ended(installation: Installation) -> None:
    stays, goes = _part(installation, 1), _part(installation, 2)
    await installation.adapter.apply_enrolments([stays, goes])
    gone = [_part(installation, at, EnrolmentState.ABSENT) for at in (2, 3)]
    ended, never = await installation.adapter.apply_enrolments(gone)
    assert (ended.outcome, ended.after) == (Outcome.APPLIED, None)
    assert _known(ended.before) == goes
    assert (never.outcome, never.before, never.after) == (Outcome.ALREADY_SO, None, None)
    assert await _read(installation) == [stays]


async def test_answers_stand_in_the_order_asked_whatever_becomes_of_each(installation: Installation) -> None:
    there = _part(installation, 1)
    await installation.adapter.apply_enrolments([there])
    asked = [
        _part(installation, 2),
        Enrolment("NOBODY-1", installation.course_key),
        dataclasses.replace(_part(installation, 3), course_key="NO-SUCH-COURSE"),
        dataclasses.replace(_part(installation, 1), state=EnrolmentState.ABSENT, ends_at=None),
        _part(installation, 4),
    ]
    results = await installation.adapter.apply_enrolments(asked)
    assert _outcomes(results) == [
        Outcome.APPLIED,
        Outcome.REJECTED,
        Outcome.REJECTED,
        Outcome.APPLIED,
        Outcome.APPLIED,
    ]
    assert [result.error.code for result in results if result.error] == ["NO_ACCOUNT", "NO_COURSE"]
    assert await _read(installation) == [asked[0], asked[4]]


async def test_who_has_done_nothing_is_not_complete(installation: Installation) -> None:
    installation.needs(Capability.READ_COMPLETIONS)
    await installation.adapter.apply_enrolments([_part(installation, 1), _part(installation, 2)])
    found = [one async for page in installation.adapter.read_completions([installation.course_key]) for one in page]
    assert sorted(one.member_number for one in found) == [installation.user(at).member_number for at in (1, 2)]
    for one in found:
        assert one.state is not CompletionState.COMPLETE
        assert (one.completed_at, one.overridden) == (None, False)
        assert (one.state is CompletionState.NOT_MEASURABLE) == (one.reason is not None)
