"""What any adapter does about accounts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from services.lms_admin.adapters.port import Capability, FoundUser, Outcome, Result, User, Verification
from tests.lms_admin.adapters.installations import Installation

KEPT = Capability.FIND_USERS, Capability.UPSERT_USERS


def _found(installation: Installation, user: User) -> FoundUser:
    return FoundUser(**dataclasses.asdict(installation.adapter.as_kept(user)), protected=False)


def _outcomes(results: Sequence[Result[FoundUser]]) -> list[Outcome]:
    return [result.outcome for result in results]


async def test_who_is_not_there_is_left_out(installation: Installation) -> None:
    installation.needs(Capability.FIND_USERS)
    assert await installation.adapter.find_users(["NOBODY-1", "NOBODY-2"]) == {}
    assert await installation.adapter.find_usernames(["nobody1"]) == {}


async def test_an_account_is_made_as_it_is_given_and_read_back(installation: Installation) -> None:
    installation.needs(*KEPT)
    users = [installation.user(1), installation.user(2)]
    results = await installation.adapter.upsert_users(users, notify=False)
    assert results == [
        Result(Outcome.APPLIED, before=None, after=_found(installation, user), verification=Verification.READ_BACK)
        for user in users
    ]
    found = await installation.adapter.find_users([user.member_number for user in users])
    assert found == {user.member_number: [_found(installation, user)] for user in users}
    assert await installation.adapter.find_usernames([users[0].username]) == {
        users[0].username: _found(installation, users[0])
    }


async def test_the_same_again_changes_nothing(installation: Installation) -> None:
    installation.needs(*KEPT)
    user = installation.user(1)
    await installation.adapter.upsert_users([user], notify=False)
    (again,) = await installation.adapter.upsert_users([user], notify=False)
    assert again == Result(
        Outcome.ALREADY_SO,
        before=_found(installation, user),
        after=_found(installation, user),
        verification=Verification.READ_BACK,
    )


async def test_an_account_is_changed_whole(installation: Installation) -> None:
    installation.needs(*KEPT)
    was = installation.user(1)
    asked = dataclasses.replace(was, username=f"{was.username}x", given_name="Ann", family_name="O'Neill-Żak")
    await installation.adapter.upsert_users([was], notify=False)
    (result,) = await installation.adapter.upsert_users([asked], notify=False)
    assert result == Result(
        Outcome.APPLIED,
        before=_found(installation, was),
        after=_found(installation, asked),
        verification=Verification.READ_BACK,
    )


async def test_answers_stand_in_the_order_asked_whatever_becomes_of_each(installation: Installation) -> None:
    installation.needs(*KEPT)
    there, changed = installation.user(1), installation.user(2)
    await installation.adapter.upsert_users([there, changed], notify=False)
    asked = [
        installation.user(3),
        there,
        dataclasses.replace(changed, family_name="Other"),
        installation.user(4, username="Two Words"),
        installation.user(5),
    ]
    results = await installation.adapter.upsert_users(asked, notify=False)
    assert _outcomes(results) == [
        Outcome.APPLIED,
        Outcome.ALREADY_SO,
        Outcome.APPLIED,
        Outcome.REJECTED,
        Outcome.APPLIED,
    ]
    found = await installation.adapter.find_users([user.member_number for user in asked])
    assert set(found) == {asked[at].member_number for at in (0, 1, 2, 4)}


async def test_a_username_that_is_taken_is_rejected_alone(installation: Installation) -> None:
    installation.needs(*KEPT)
    there = installation.user(1)
    await installation.adapter.upsert_users([there], notify=False)
    asked = [installation.user(at) for at in range(2, 12)]
    asked[4] = dataclasses.replace(asked[4], username=there.username)
    results = await installation.adapter.upsert_users(asked, notify=False)
    assert _outcomes(results) == [Outcome.REJECTED if at == 4 else Outcome.APPLIED for at in range(10)]
    error = results[4].error
    assert error is not None
    assert error.code == "USERNAME_TAKEN"
    assert await installation.adapter.find_users([there.member_number]) == {
        there.member_number: [_found(installation, there)]
    }


async def test_a_number_that_stands_twice_in_a_batch_is_taken_once(installation: Installation) -> None:
    installation.needs(*KEPT)
    user = installation.user(1)
    results = await installation.adapter.upsert_users([user, user], notify=False)
    assert _outcomes(results) == [Outcome.APPLIED, Outcome.REJECTED]


async def test_nothing_asked_is_nothing_answered(installation: Installation) -> None:
    installation.needs(*KEPT)
    assert list(await installation.adapter.upsert_users([], notify=False)) == []
    assert await installation.adapter.find_users([]) == {}


async def test_a_full_batch_is_answered_in_full(installation: Installation) -> None:
    installation.needs(*KEPT)
    users = [installation.user(at) for at in range(installation.adapter.batch_size)]
    results = await installation.adapter.upsert_users(users, notify=False)
    assert _outcomes(results) == [Outcome.APPLIED] * len(users)
    assert len(await installation.adapter.find_users([user.member_number for user in users])) == len(users)


async def test_accounts_are_suspended_and_restored(installation: Installation) -> None:
    installation.needs(*KEPT, Capability.SUSPEND_USERS)
    user = installation.user(1)
    closed = dataclasses.replace(user, suspended=True)
    await installation.adapter.upsert_users([user], notify=False)
    numbers = [user.member_number, "NOBODY-1"]

    suspended = await installation.adapter.suspend_users(numbers, suspended=True)
    assert _outcomes(suspended) == [Outcome.APPLIED, Outcome.REJECTED]
    assert (suspended[0].before, suspended[0].after) == (_found(installation, user), _found(installation, closed))
    assert _outcomes(await installation.adapter.suspend_users(numbers, suspended=True)) == [
        Outcome.ALREADY_SO,
        Outcome.REJECTED,
    ]
    restored = await installation.adapter.suspend_users(numbers, suspended=False)
    assert (restored[0].before, restored[0].after) == (_found(installation, closed), _found(installation, user))


async def test_an_account_can_be_made_suspended(installation: Installation) -> None:
    installation.needs(*KEPT, Capability.SUSPEND_USERS)
    users = [installation.user(1, suspended=True), installation.user(2)]
    results = await installation.adapter.upsert_users(users, notify=False)
    assert [result.after for result in results] == [_found(installation, user) for user in users]


async def test_access_is_reset_and_nothing_else(installation: Installation) -> None:
    installation.needs(*KEPT, Capability.RESET_ACCESS)
    user = installation.user(1)
    await installation.adapter.upsert_users([user], notify=False)
    reset, nobody = await installation.adapter.reset_access([user.member_number, "NOBODY-1"], notify=False)
    assert (reset.outcome, reset.before, reset.after) == (
        Outcome.APPLIED,
        _found(installation, user),
        _found(installation, user),
    )
    assert nobody.outcome is Outcome.REJECTED
    assert await installation.adapter.find_users([user.member_number]) == {
        user.member_number: [_found(installation, user)]
    }
