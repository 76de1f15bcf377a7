"""What Kolibri keeps of people, and what it does not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from services.lms_admin.adapters.port import (
    CourseFromTemplate,
    FoundUser,
    LmsAdapter,
    Outcome,
    PackageToPublish,
    Result,
    User,
)
from tests.lms_admin.kolibri.running import PASSWORD, USERNAME, Kolibri

USERS = "/api/auth/facilityuser/"


def rows(site: Kolibri, number: str) -> list[dict[str, object]]:
    return [row for row in site.ask("GET", USERS) if row["id_number"] == number]


def may_sign_in(site: Kolibri, username: str, password: str = "") -> bool:
    account = {"username": username, "password": password}
    return httpx2.post(f"{site.url}/api/auth/session/", json=account).status_code == 200


async def test_a_person_has_one_name_and_no_address(kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User) -> None:
    given = replace(somebody, given_name="Mary Ann", family_name="Smith", email="mary@example.org")
    assert adapter.as_kept(given) == somebody
    (made,) = await adapter.upsert_users([given], notify=True)
    assert (made.outcome, made.before, made.after) == (Outcome.APPLIED, None, FoundUser(*_fields(somebody)))
    (again,) = await adapter.upsert_users([adapter.as_kept(given)], notify=False)
    assert again.outcome is Outcome.ALREADY_SO
    (row,) = rows(kolibri_site, somebody.member_number)
    assert (row["username"], row["full_name"], row["roles"], row["is_superuser"]) == (
        somebody.username,
        "Mary Ann Smith",
        [],
        False,
    )


async def test_where_learners_need_no_password_an_account_has_none(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User
) -> None:
    await adapter.upsert_users([somebody], notify=False)
    assert may_sign_in(kolibri_site, somebody.username)


@pytest.fixture
def with_passwords(kolibri_site: Kolibri) -> Iterator[None]:
    (facility,) = kolibri_site.ask("GET", "/api/auth/facility/")
    path = f"/api/auth/facilitydataset/{facility['dataset']['id']}/"
    kolibri_site.ask("PATCH", path, {"learner_can_login_with_no_password": False})
    yield
    kolibri_site.ask("PATCH", path, {"learner_can_login_with_no_password": True})


@pytest.mark.usefixtures("with_passwords")
async def test_where_they_need_one_nobody_knows_it(kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User) -> None:
    (made,) = await adapter.upsert_users([somebody], notify=False)
    assert made.outcome is Outcome.APPLIED
    assert not any(may_sign_in(kolibri_site, somebody.username, word) for word in ("", "NOT_SPECIFIED", PASSWORD))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"suspended": True}, "NOT_SUSPENDED"),
        ({"given_name": " ", "family_name": ""}, "INVALID_NAME"),
        ({"given_name": "x" * 121}, "INVALID_NAME"),
        ({"username": "mary@example.org"}, "INVALID_USERNAME"),
        ({"username": "mary.smith"}, "INVALID_USERNAME"),
        ({"username": "x" * 31}, "INVALID_USERNAME"),
        ({"username": ""}, "INVALID_USERNAME"),
        ({"username": USERNAME.upper()}, "USERNAME_TAKEN"),
        ({"member_number": "9" * 65}, "INVALID_MEMBER_NUMBER"),
    ],
)
async def test_what_kolibri_does_not_take_is_named_and_nobody_is_made(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User, changes: dict[str, object], code: str
) -> None:
    before = len(kolibri_site.ask("GET", USERS))
    refused, taken = await adapter.upsert_users([replace(somebody, **changes), _other(somebody)], notify=False)  # type: ignore[arg-type]
    assert (refused.outcome, refused.after) == (Outcome.REJECTED, None)
    assert refused.error is not None
    assert refused.error.code == code
    assert taken.outcome is Outcome.APPLIED
    assert len(kolibri_site.ask("GET", USERS)) == before + 1


async def test_a_username_that_differs_in_capitals_alone_is_taken_once(adapter: LmsAdapter, somebody: User) -> None:
    twin = replace(_other(somebody), username=somebody.username.upper())
    first, second = await adapter.upsert_users([somebody, twin], notify=False)
    assert (first.outcome, second.outcome) == (Outcome.APPLIED, Outcome.REJECTED)
    assert set(await adapter.find_usernames([twin.username, "nobody"])) == {twin.username}


async def test_two_accounts_of_one_number_are_both_found_and_neither_is_changed(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User
) -> None:
    for name in ("One", "Two"):
        row = {"username": f"{somebody.username}{name}", "full_name": name, "id_number": somebody.member_number}
        kolibri_site.ask("POST", USERS, row | {"facility": kolibri_site.facility_id, "password": "NOT_SPECIFIED"})
    found = await adapter.find_users([somebody.member_number])
    assert [one.given_name for one in found[somebody.member_number]] == ["One", "Two"]
    (refused,) = await adapter.upsert_users([somebody], notify=False)
    assert refused.error is not None
    assert (refused.outcome, refused.error.code) == (Outcome.REJECTED, "DUPLICATE_IDENTITY")
    assert {row["full_name"] for row in rows(kolibri_site, somebody.member_number)} == {"One", "Two"}


async def test_who_has_rights_of_their_own_is_not_touched(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User
) -> None:
    await adapter.upsert_users([somebody], notify=False)
    (row,) = rows(kolibri_site, somebody.member_number)
    kolibri_site.ask(
        "POST", "/api/auth/role/", {"user": row["id"], "collection": kolibri_site.facility_id, "kind": "coach"}
    )
    (found,) = (await adapter.find_users([somebody.member_number]))[somebody.member_number]
    assert found.protected
    (refused,) = await adapter.upsert_users([replace(somebody, given_name="Other")], notify=False)
    assert refused.error is not None
    assert (refused.outcome, refused.error.code, refused.after) == (Outcome.REJECTED, "PROTECTED", found)
    keeper = (await adapter.find_usernames([USERNAME]))[USERNAME]
    assert keeper.protected


async def test_what_kolibri_cannot_do_is_for_a_person(adapter: LmsAdapter, somebody: User) -> None:
    results: list[Result[Any]] = [
        *await adapter.suspend_users([somebody.member_number], suspended=True),
        *await adapter.reset_access([somebody.member_number], notify=False),
        await adapter.create_course(CourseFromTemplate("A-1", "A course", "T-1")),
        await adapter.publish_package(PackageToPublish("A-1", "A package", "package.zip", "0" * 64)),
    ]
    assert [(one.outcome, one.error.code if one.error else None) for one in results] == [
        (Outcome.REJECTED, "MANUAL_TASK")
    ] * 4


def _fields(user: User) -> tuple[str, str, str, str, str]:
    return user.member_number, user.username, user.email, user.given_name, user.family_name


def _other(user: User) -> User:
    return replace(user, member_number=f"{user.member_number}-2", username=f"{user.username}_2")
