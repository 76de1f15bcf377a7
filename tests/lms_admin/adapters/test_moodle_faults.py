"""What the adapter says when Moodle goes wrong: in the end it is true to what the site holds."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from services.lms_admin.adapters.moodle.adapter import Moodle
from services.lms_admin.adapters.port import Condition, Enrolment, LmsUnavailable, Outcome, Result, User, Verification
from services.lms_admin.adapters.sending import connected
from simulators.moodle.faults import Fault, Faults, Kind
from simulators.moodle.records import Token
from simulators.moodle.serving import serving
from simulators.moodle.site import ADMIN_TOKEN, SAVED_REPORT, Site

CREATE, UPDATE, FIND = "core_user_create_users", "core_user_update_users", "core_user_get_users_by_field"
ENROL, REPORT = "enrol_manual_enrol_users", "core_reportbuilder_retrieve_report"
UNTIL = datetime(2099, 12, 31, 22, 59, tzinfo=UTC)
SECONDS = 20.0
IMPATIENT_SECONDS = 1.0
"""How long an answer is waited for that never comes."""


@dataclasses.dataclass
class Campus:
    """A Moodle that can be made to go wrong, and the adapter open to it."""

    site: Site
    faults: Faults
    moodle: Moodle

    def holds(self, users: Sequence[User]) -> list[bool]:
        """Whether each is there, under the number and the name asked for."""
        return [
            [user.username for user in self.site.by_idnumber.get(asked.member_number, ())] == [asked.username]
            for asked in users
        ]


@asynccontextmanager
async def opened(site: Site, **options: Any) -> AsyncIterator[Campus]:  # noqa: ANN401 - Moodle's own
    faults = Faults()
    given: dict[str, Any] = {"token": ADMIN_TOKEN, "roster_report_id": SAVED_REPORT, "seconds": SECONDS} | options
    async with serving(site, faults) as url, connected(url, allow_loopback=True) as sender:
        yield Campus(site, faults, Moodle(sender, **given))


@pytest.fixture
async def campus() -> AsyncIterator[Campus]:
    site = Site()
    site.add_course("ETH-1")
    site.seed_users(10)
    async with opened(site) as campus:
        yield campus


def member(at: int, **changes: str | bool) -> User:
    made = User(f"AMS-{at}", f"ams{at}", f"ams{at}@example.org", f"Given {at}", f"Family {at}")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def part(at: int, course_key: str = "ETH-1") -> Enrolment:
    return Enrolment(f"M-{at:06}", course_key, ends_at=UNTIL)


def outcomes(results: Sequence[Result[Any]]) -> list[Outcome]:
    return [result.outcome for result in results]


def codes(results: Sequence[Result[Any]]) -> list[str | None]:
    return [result.error.code if result.error else None for result in results]


async def unavailable(coroutine: Coroutine[Any, Any, Any]) -> LmsUnavailable:
    with pytest.raises(LmsUnavailable) as raised:
        await coroutine
    return raised.value


@pytest.mark.parametrize("kind", [Kind.BREAK, Kind.HTML, Kind.EMPTY, Kind.HALF])
@pytest.mark.parametrize("applied", [True, False])
async def test_an_answer_that_is_none_leaves_unknown_what_became_of_a_write(
    campus: Campus, kind: Kind, *, applied: bool
) -> None:
    users = [member(1), member(2)]
    campus.faults.ordered.append(Fault(kind, CREATE, applied=applied))
    results = await campus.moodle.upsert_users(users, notify=False)
    assert outcomes(results) == [Outcome.UNKNOWN] * 2
    assert codes(results) == ["NO_ANSWER" if kind is Kind.BREAK else "NOT_UNDERSTOOD"] * 2
    assert campus.holds(users) == [applied] * 2
    again = await campus.moodle.upsert_users(users, notify=False)
    assert outcomes(again) == [Outcome.ALREADY_SO if applied else Outcome.APPLIED] * 2
    assert campus.holds(users) == [True] * 2


async def test_an_answer_that_does_not_come_in_time_leaves_it_unknown() -> None:
    async with opened(Site()) as campus:
        calling = campus.moodle._site.calling  # noqa: SLF001 - its 40 s would be long
        calling.write = _before(calling.write, CREATE, lambda: setattr(calling, "_seconds", IMPATIENT_SECONDS))  # type: ignore[method-assign]
        campus.faults.order(Kind.HANG, CREATE)
        (result,) = await campus.moodle.upsert_users([member(1)], notify=False)
        assert (result.outcome, codes([result])) == (Outcome.UNKNOWN, ["NO_ANSWER"])
        assert campus.holds([member(1)]) == [True]


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        (Kind.BREAK, Condition.DOWN),
        (Kind.HTML, Condition.MISCONFIGURED),
        (Kind.EMPTY, Condition.MISCONFIGURED),
        (Kind.HALF, Condition.MISCONFIGURED),
        (Kind.MAINTENANCE, Condition.MAINTENANCE),
        (Kind.EXPIRE_TOKEN, Condition.UNAUTHORIZED),
    ],
)
async def test_what_cannot_be_read_is_unavailable_and_never_nobody(
    campus: Campus, kind: Kind, condition: Condition
) -> None:
    campus.faults.order(kind, FIND)
    assert (await unavailable(campus.moodle.find_users(["M-000001"]))).condition is condition


@pytest.mark.parametrize("kind", [Kind.MAINTENANCE, Kind.EXPIRE_TOKEN])
async def test_a_write_that_is_turned_away_at_once_applied_nothing_and_says_so(campus: Campus, kind: Kind) -> None:
    campus.faults.order(kind, CREATE)
    reason = await unavailable(campus.moodle.upsert_users([member(1)], notify=False))
    assert reason.condition in {Condition.MAINTENANCE, Condition.UNAUTHORIZED}
    assert campus.holds([member(1)]) == [False]


@pytest.mark.parametrize(("kind", "code"), [(Kind.MAINTENANCE, "MAINTENANCE"), (Kind.EXPIRE_TOKEN, "UNAUTHORIZED")])
async def test_a_write_that_is_turned_away_in_the_middle_is_unknown_for_the_rest(
    campus: Campus, kind: Kind, code: str
) -> None:
    there = User("M-000001", "m000001", "m000001@example.org", "Other", "Name")
    campus.faults.order(kind, UPDATE)
    results = await campus.moodle.upsert_users([member(1), there], notify=False)
    assert (outcomes(results), codes(results)) == ([Outcome.UNKNOWN] * 2, [code] * 2)
    assert campus.holds([member(1)]) == [True]
    assert campus.site.user_named("M-000001").firstname == "Given1"


async def test_fewer_rows_in_the_answer_are_no_fewer_accounts(campus: Campus) -> None:
    users = [member(at) for at in range(5)]
    campus.faults.order(Kind.FEWER, CREATE)
    results = await campus.moodle.upsert_users(users, notify=False)
    assert outcomes(results) == [Outcome.APPLIED] * 5
    assert campus.holds(users) == [True] * 5


@pytest.mark.parametrize("most", [*range(60, 75), 203])
async def test_what_php_cuts_off_is_never_said_to_be_there(campus: Campus, most: int) -> None:
    users = [member(at) for at in range(25)]
    campus.site.max_input_vars = most
    results = await campus.moodle.upsert_users(users, notify=False)
    assert [result.outcome is Outcome.APPLIED for result in results] == campus.holds(users)
    assert {result.outcome for result in results} <= {Outcome.APPLIED, Outcome.UNKNOWN}
    assert len(campus.site.users) - 12 == campus.holds(users).count(True), "nobody is there without a number"


async def test_an_error_of_the_database_names_the_rows_that_it_is_owed_to(campus: Campus) -> None:
    users = [member(at) for at in range(10)]
    users[3] = member(3, email="m000004@example.org")
    users[7] = member(7, username="m000005")
    results = await campus.moodle.upsert_users(users, notify=False)
    wrong = {3: "EMAIL_TAKEN", 7: "USERNAME_TAKEN"}
    assert codes(results) == [wrong.get(at) for at in range(10)]
    assert outcomes(results) == [Outcome.REJECTED if at in wrong else Outcome.APPLIED for at in range(10)]
    assert campus.holds(users) == [at not in wrong for at in range(10)]


async def test_an_error_that_passes_is_met_by_halves(campus: Campus) -> None:
    users = [member(at) for at in range(10)]
    campus.faults.order(Kind.ERROR, CREATE)
    assert outcomes(await campus.moodle.upsert_users(users, notify=False)) == [Outcome.APPLIED] * 10


async def test_dates_that_moodle_did_not_keep_are_found_when_read_back(campus: Campus) -> None:
    campus.faults.order(Kind.RESET_DATES, ENROL)
    results = await campus.moodle.apply_enrolments([part(1), part(2)])
    assert (outcomes(results), codes(results)) == ([Outcome.UNKNOWN] * 2, ["DIFFERS"] * 2)
    assert [result.after.ends_at for result in results if result.after] == [None, None]
    assert outcomes(await campus.moodle.apply_enrolments([part(1), part(2)])) == [Outcome.APPLIED] * 2
    assert {one.timeend for one in campus.site.course_named("ETH-1").enrolments.values()} == {int(UNTIL.timestamp())}


async def test_dates_are_sent_as_they_can_be_told(campus: Campus) -> None:
    finer = dataclasses.replace(part(1), ends_at=UNTIL.replace(second=59))
    for outcome in (Outcome.APPLIED, Outcome.ALREADY_SO):
        (result,) = await campus.moodle.apply_enrolments([finer])
        assert result.after is not None
        assert (result.outcome, result.after.ends_at) == (outcome, UNTIL)
    (enrolment,) = campus.site.course_named("ETH-1").enrolments.values()
    assert enrolment.timeend == int(UNTIL.timestamp())


async def test_one_who_is_gone_does_not_keep_a_batch_from_being_enrolled(campus: Campus) -> None:
    asked = [part(at) for at in range(8)]
    gone = campus.site.user_named("M-000005")
    calling = campus.moodle._site.calling  # noqa: SLF001 - to come between look-up and call
    calling.write = _before(calling.write, ENROL, lambda: campus.site.delete_user(gone))  # type: ignore[method-assign]
    results = await campus.moodle.apply_enrolments(asked)
    assert outcomes(results) == [Outcome.REJECTED if at == 5 else Outcome.APPLIED for at in range(8)]
    assert codes(results)[5] == "NO_ACCOUNT"
    assert len(campus.site.course_named("ETH-1").enrolments) == 7


def _before(call: Callable[..., Any], function: str, do: Callable[[], None]) -> Callable[..., Any]:
    waiting = [do]

    async def called(name: str, **parameters: object) -> Any:  # noqa: ANN401 - as the call has it
        if name == function and waiting:
            waiting.pop()()
        return await call(name, **parameters)

    return called


async def test_read_back_that_fails_leaves_unknown_what_was_sent(campus: Campus) -> None:
    campus.faults.order(Kind.MAINTENANCE, FIND, skip=1)
    results = await campus.moodle.upsert_users([member(1)], notify=False)
    assert (outcomes(results), codes(results)) == ([Outcome.UNKNOWN], ["MAINTENANCE"])
    assert campus.holds([member(1)]) == [True]


async def test_a_report_in_another_language_is_a_matter_of_configuration(campus: Campus) -> None:
    await campus.moodle.apply_enrolments([part(1)])
    campus.site.language = "de"
    reason = await unavailable(campus.moodle.find_enrolments([("M-000001", "ETH-1")]))
    assert reason.condition is Condition.MISCONFIGURED
    assert "English" in reason.message


async def test_nothing_that_moodle_says_of_people_reaches_an_error() -> None:
    """Its words may be markup, a learner's name or a token: ours are our own."""
    site = Site()
    site.seed_users(1)
    async with opened(site) as campus:
        (result,) = await campus.moodle.upsert_users([member(1, email="m000000@example.org")], notify=False)
        assert result.error is not None
        assert not {"<", "m000000", ADMIN_TOKEN, "AMS-1"} & set(result.error.message.split())
        campus.site.tokens.clear()
        reason = await unavailable(campus.moodle.find_users(["M-000000"]))
        assert ADMIN_TOKEN not in str(reason)


async def test_a_token_without_a_right_is_told_apart_from_a_bad_row() -> None:
    site = Site()
    site.tokens["poor"] = Token(2, capabilities=frozenset({"moodle/user:update", "moodle/course:viewparticipants"}))
    site.seed_users(1)
    async with opened(site, token="poor") as campus:
        reason = await unavailable(campus.moodle.find_users(["M-000000"]))
        assert (reason.condition, "moodle/role:review" in reason.message) == (Condition.UNAUTHORIZED, True)
        assert (await campus.moodle.probe()).missing == ("moodle/role:review", "moodle/reportbuilder:view")
        site.tokens["poor"].capabilities = frozenset({"moodle/user:update", "moodle/role:review"}) | frozenset(
            {"moodle/course:viewparticipants"}
        )
        reason = await unavailable(campus.moodle.upsert_users([member(1)], notify=False))
        assert reason.condition is Condition.UNAUTHORIZED


async def test_a_service_that_lacks_functions_is_probed_by_their_names() -> None:
    site = Site()
    site.tokens["narrow"] = Token(
        2, functions=frozenset({"core_webservice_get_site_info", "core_enrol_get_enrolled_users", FIND, CREATE, UPDATE})
    )
    async with opened(site, token="narrow") as campus:
        probe = await campus.moodle.probe()
        assert probe.condition is Condition.UP
        assert {ENROL, REPORT} <= set(probe.missing)
        assert CREATE not in probe.missing


@pytest.mark.parametrize("lacking", ["Time created", "Status"])
async def test_a_report_that_lacks_a_column_is_probed_by_its_name(campus: Campus, lacking: str) -> None:
    campus.site.report_headers = tuple(header for header in campus.site.report_headers if header != lacking)
    probe = await campus.moodle.probe()
    assert (probe.condition, probe.message) == (Condition.MISCONFIGURED, f"the report has no column {lacking}")


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"maintenance": True}, Condition.MAINTENANCE),
        ({"services_on": False}, Condition.MISCONFIGURED),
        ({"tokens": {}}, Condition.UNAUTHORIZED),
    ],
)
async def test_a_site_is_probed_as_it_is(campus: Campus, change: dict[str, Any], condition: Condition) -> None:
    for name, value in change.items():
        setattr(campus.site, name, value)
    assert (await campus.moodle.probe()).condition is condition


async def test_a_site_that_is_not_there_is_down() -> None:
    async with opened(Site()) as campus:
        pass
    assert (await campus.moodle.probe()).condition is Condition.DOWN


async def test_who_works_on_the_site_is_not_touched(campus: Campus) -> None:
    campus.site.users[2].idnumber = "ADM-1"
    campus.site.index(campus.site.users[2])
    campus.site.user_named("M-000001").site_role = 1
    found = await campus.moodle.find_users(["ADM-1", "M-000001", "M-000002"])
    assert {number: [one.protected for one in people] for number, people in found.items()} == {
        "ADM-1": [True],
        "M-000001": [True],
        "M-000002": [False],
    }
    numbers = ["ADM-1", "M-000001"]
    assert codes(await campus.moodle.suspend_users(numbers, suspended=True)) == ["PROTECTED"] * 2
    assert codes(await campus.moodle.reset_access(numbers, notify=True)) == ["PROTECTED"] * 2
    assert codes(await campus.moodle.apply_enrolments([part(1)])) == ["PROTECTED"]
    assert UPDATE not in campus.site.calls


async def test_an_administrator_that_the_token_cannot_see_is_refused_by_moodle_itself() -> None:
    site = Site()
    site.seed_users(1)
    site.users[2].idnumber = "ADM-1"
    site.index(site.users[2])
    site.tokens["service"] = Token(user_id=site.user_named("M-000000").id)
    async with opened(site, token="service") as campus:
        (result,) = await campus.moodle.suspend_users(["ADM-1"], suspended=True)
        assert (result.outcome, codes([result])) == (Outcome.REJECTED, ["PROTECTED"])
        assert not site.users[2].suspended


async def test_a_number_that_several_carry_is_for_a_person_to_settle(campus: Campus) -> None:
    campus.site.user_named("M-000002").idnumber = "M-000001"
    campus.site.by_idnumber["M-000001"] += campus.site.by_idnumber.pop("M-000002")
    found = await campus.moodle.find_users(["M-000001"])
    assert [one.username for one in found["M-000001"]] == ["m000001", "m000002"]
    assert codes(await campus.moodle.suspend_users(["M-000001"], suspended=True)) == ["DUPLICATE_IDENTITY"]
    assert codes(await campus.moodle.apply_enrolments([part(1)])) == ["DUPLICATE_IDENTITY"]


async def test_the_deleted_are_not_found(campus: Campus) -> None:
    user = campus.site.user_named("M-000001")
    campus.site.delete_user(user)
    assert await campus.moodle.find_users(["M-000001"]) == {}
    assert await campus.moodle.find_usernames([user.username, "m000001"]) == {}


async def test_nobody_is_written_to_unless_asked(campus: Campus) -> None:
    await campus.moodle.upsert_users([member(1)], notify=False)
    await campus.moodle.reset_access(["M-000001"], notify=False)
    assert campus.site.mails == []
    await campus.moodle.upsert_users([member(2)], notify=True)
    await campus.moodle.reset_access(["M-000001"], notify=True)
    ids = [campus.site.user_named(number).id for number in ("AMS-2", "M-000001")]
    assert campus.site.mails == [(ids[0], "your new account"), (ids[1], "reset your password")]


async def test_a_password_is_nobodys_and_has_to_be_changed(campus: Campus) -> None:
    await campus.moodle.upsert_users([member(1), member(2)], notify=False)
    await campus.moodle.reset_access(["AMS-2"], notify=False)
    people = [campus.site.user_named(number) for number in ("AMS-1", "AMS-2")]
    assert all(user.must_change_password and len(user.password) == 28 for user in people)
    assert people[0].password != people[1].password


async def test_what_was_not_refused_was_read_back(campus: Campus) -> None:
    (result,) = await campus.moodle.apply_enrolments([part(1)])
    assert (result.outcome, result.verification) == (Outcome.APPLIED, Verification.READ_BACK)
