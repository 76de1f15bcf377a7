"""What becomes of calls when the session ends, the account may not, another program answers, or Kolibri dies."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from services.lms_admin.adapters.opening import Connection, opened
from services.lms_admin.adapters.port import Condition, LmsAdapter, LmsUnavailable, Outcome, User, Verification
from tests.lms_admin.adapters.listening import listening, saying
from tests.lms_admin.kolibri.running import Kolibri, running
from tests.lms_admin.kolibri.test_accounts import USERS, rows

HTML = b"HTTP/1.1 %d Said\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"
JSON = b"HTTP/1.1 %d Said\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


def end_all_sessions(site: Kolibri) -> None:
    """As Kolibri does by itself when nothing is asked for 20 minutes; but not the test's own."""
    own = site.keeper.cookies["kolibri"]
    with sqlite3.connect(site.home / "sessions.sqlite3", timeout=30) as sessions:
        sessions.execute("delete from kolibriauth_session where session_key <> ?", [own])
    sessions.close()


async def test_a_session_that_ended_is_begun_again_before_its_silence_is_believed(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User
) -> None:
    await adapter.upsert_users([somebody], notify=False)
    end_all_sessions(kolibri_site)
    assert set(await adapter.find_users([somebody.member_number])) == {somebody.member_number}
    end_all_sessions(kolibri_site)
    (changed,) = await adapter.upsert_users([replace(somebody, given_name="Other")], notify=False)
    assert (changed.outcome, changed.verification) == (Outcome.APPLIED, Verification.READ_BACK)
    assert len(rows(kolibri_site, somebody.member_number)) == 1


async def test_a_write_whose_session_ended_is_sent_again_since_it_was_refused(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.lms_admin.adapters.kolibri import users  # noqa: PLC0415 - only to stand in its way

    async def end_sessions_first(*_: object) -> bool:
        end_all_sessions(kolibri_site)
        return True

    monkeypatch.setattr(users, "_without_password", end_sessions_first)
    (made,) = await adapter.upsert_users([somebody], notify=False)
    assert made.outcome is Outcome.APPLIED
    assert len(rows(kolibri_site, somebody.member_number)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "another"},
        {"username": "nobody"},
        {"facility_id": "0" * 32},
    ],
)
async def test_an_account_that_is_refused_is_unauthorized(kolibri_site: Kolibri, changes: dict[str, str]) -> None:
    secret = dict(kolibri_site.connection.secret) | changes
    async with opened(replace(kolibri_site.connection, secret=secret)) as adapter:
        probe = await adapter.probe()
        assert (probe.condition, probe.version) == (Condition.UNAUTHORIZED, "0.19.5")
        with pytest.raises(LmsUnavailable) as refused:
            await adapter.find_users(["1"])
    assert refused.value.condition is Condition.UNAUTHORIZED


async def test_an_account_that_is_no_administrator_is_unauthorized(
    kolibri_site: Kolibri, adapter: LmsAdapter, somebody: User
) -> None:
    await adapter.upsert_users([somebody], notify=False)
    secret = {"username": somebody.username, "password": "any"}
    async with opened(replace(kolibri_site.connection, secret=secret)) as learner:
        probe = await learner.probe()
    assert (probe.condition, probe.message) == (
        Condition.UNAUTHORIZED,
        "the account is no administrator of the facility",
    )


@pytest.mark.parametrize("secret", [{}, {"username": "a"}, {"username": "a", "password": "b", "facility_id": "../x"}])
async def test_a_secret_that_is_none_of_kolibris_is_refused(kolibri_site: Kolibri, secret: dict[str, str]) -> None:
    with pytest.raises(LmsUnavailable) as refused:
        async with opened(replace(kolibri_site.connection, secret=secret)):
            pytest.fail("it was opened")
    assert refused.value.condition is Condition.MISCONFIGURED


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        (HTML % 200, Condition.MISCONFIGURED),
        (JSON % 200, Condition.MISCONFIGURED),
        (JSON % 302, Condition.MISCONFIGURED),
        (HTML % 404, Condition.MISCONFIGURED),
        (JSON % 404, Condition.MISCONFIGURED),
        (HTML % 403, Condition.MISCONFIGURED),
        (JSON % 429, Condition.THROTTLED),
        (HTML % 503, Condition.DOWN),
        (b"", Condition.DOWN),
        ((JSON % 200)[:-1], Condition.DOWN),
    ],
)
async def test_another_program_at_the_address_is_told_from_kolibri(said: bytes, condition: Condition) -> None:
    async with listening(saying(said)) as other:
        secret = {"username": "a", "password": "b"}
        connection = Connection("KOLIBRI", f"http://127.0.0.1:{other.port}", secret, allow_loopback=True)
        async with opened(connection) as adapter:
            assert (await adapter.probe()).condition is condition
            with pytest.raises(LmsUnavailable) as unavailable:
                await adapter.upsert_users([User("1", "a", "", "A", "")], notify=False)
    assert unavailable.value.condition is condition


async def test_when_kolibri_dies_in_the_middle_every_item_ends_true_to_it(tmp_path: Path) -> None:
    people = [User(f"N-{at}", f"n{at}", "", f"Name {at}", "") for at in range(100)]
    with running(tmp_path / "home") as site:
        async with opened(site.connection) as adapter:
            sending = asyncio.create_task(adapter.upsert_users(people, notify=False))
            while len(await asyncio.to_thread(site.ask, "GET", USERS)) < 10:  # noqa: ASYNC110 - Kolibri tells nobody
                await asyncio.sleep(0)
            site.process.kill()
            results = await sending
    outcomes = [result.outcome for result in results]
    assert set(outcomes) == {Outcome.APPLIED, Outcome.UNKNOWN}
    with running(tmp_path / "home") as site:
        there = {row["id_number"] for row in site.ask("GET", USERS)}
        applied = {
            user.member_number for user, outcome in zip(people, outcomes, strict=True) if outcome is Outcome.APPLIED
        }
        assert applied <= there
        async with opened(site.connection) as adapter:
            again = await adapter.upsert_users(people, notify=False)
        numbers = [row["id_number"] for row in site.ask("GET", USERS) if row["id_number"]]
    assert {result.outcome for result in again} == {Outcome.APPLIED, Outcome.ALREADY_SO}
    assert [result.outcome for result in again].count(Outcome.ALREADY_SO) == len(there - {""})
    assert sorted(numbers) == sorted(user.member_number for user in people)
