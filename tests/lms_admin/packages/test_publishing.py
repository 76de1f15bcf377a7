"""From a checked package to a course: what it takes, what a plan says, what the LMS serves afterwards."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from core.actor import ANONYMOUS, SYSTEM
from core.ids import decode
from services.lms_admin.adapters.port import Capability
from tests.delivery.guild import refusals
from tests.lms_admin.packages import harming
from tests.lms_admin.packages.library import Press
from tests.lms_admin.packages.making import Sco, page, scorm_12
from tests.lms_admin.packages.shelf import WAIVE, WITHDRAW, Shelf
from tests.lms_admin.places import grant_administration, narrow
from worker.publishing_packages import publishing_left
from worker.table import ERRANDS, LOOKED_OUT_FOR

FIRST = scorm_12().bytes()
SECOND = scorm_12(files={"more.html": page()}).bytes()
PUBLISH = """mutation($input: PreviewPublishingInput!) { previewPublishing(input: $input) {
  plan { id status operation } userErrors { field code } } }"""
PLAN = "query($id: ID!) { contentPackage(id: $id) { plan { id } } }"
BROKEN = scorm_12(Sco(files=("logo.png",))).bytes()


@pytest.fixture
def press(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press.build(shelf, monkeypatch)


async def left(press: Press) -> list[str]:
    """What the worker would look at, of this guild."""
    async with press.shelf.batch.transaction(SYSTEM, now=datetime.now(UTC), request_id="test") as tx:
        contract_id = press.shelf.guild.contract_id
        return [each.event for each in await publishing_left(tx) if each.contract.contract_id == contract_id]


async def test_a_package_is_published_and_the_lms_serves_it(press: Press) -> None:
    package = await press.shelf.checked(FIRST)
    plan = await press.ask(package)
    assert await press.row(plan) == ("CREATE", [])
    assert await left(press) == []
    assert await press.execute(plan) == ["APPLIED"]
    assert press.library.packages == {("safety-1", "Safety"): FIRST}
    assert await left(press) == ["PACKAGE_PUBLISHING_NOTICED"]
    assert sorted(await asyncio.gather(press.notice(package), press.notice(package))) == [False, True]
    assert await press.standing(package) == ("PUBLISHED", "MATCHES", None)
    assert await left(press) == []
    assert "PACKAGE_PUBLISHING_NOTICED" in ERRANDS
    assert publishing_left in LOOKED_OUT_FOR
    events = await press.shelf.guild.rows.fetch(
        "select type from audit_event where object_id = $1 order by id", decode("pkg", package, parts=2)[1]
    )
    told = ["PACKAGE_SUBMITTED", "PACKAGE_CHECKED", "PACKAGE_PUBLISHED", "PACKAGE_COMPARED"]
    assert [event["type"] for event in events] == told


async def test_publishing_is_asked_for_over_http(press: Press) -> None:
    guild, package = press.shelf.guild, await press.shelf.checked(FIRST)
    asked = {"packageId": package, "reason": "The course begins in May"}
    for actor, code in (
        (ANONYMOUS, ("UNAUTHENTICATED", None)),
        (guild.stranger, ("NOT_FOUND", "packageId")),
        (guild.vendor_owner, ("FORBIDDEN", None)),
    ):
        assert await press.shelf.refused(actor, PUBLISH, **asked) == [code]
    answer = (await press.shelf.desk.ask(guild.lead, PUBLISH, input=asked))["previewPublishing"]
    plan = answer["plan"]
    assert (plan["status"], plan["operation"], answer["userErrors"]) == ("PREVIEWING", "PUBLISH_PACKAGE", [])
    read = await press.shelf.desk.ask(guild.acceptor, PLAN, id=package)
    assert read == {"contentPackage": {"plan": {"id": plan["id"]}}}
    assert await press.shelf.refused(guild.lead, PUBLISH, **asked) == [("PUBLISHING_UNDER_WAY", "packageId")]


async def test_the_next_package_of_a_course_supersedes_the_one_before_it(press: Press) -> None:
    first = await press.publish(FIRST)
    second = await press.shelf.checked(SECOND)
    plan = await press.ask(second)
    assert await press.row(plan) == ("UPDATE", [])
    assert await press.execute(plan) == ["APPLIED"]
    assert await press.notice(second)
    assert (await press.standing(first))[0] == "SUPERSEDED"
    assert await press.standing(second) == ("PUBLISHED", "MATCHES", None)


async def test_what_is_there_already_is_left_as_it_is(press: Press) -> None:
    press.library.packages["safety-1", "Safety"] = FIRST
    package = await press.shelf.checked(FIRST)
    plan = await press.ask(package)
    assert await press.row(plan) == ("NOOP", [])
    assert await press.execute(plan) == ["SKIPPED"]
    assert press.library.published == 0
    assert await press.notice(package)
    assert await press.standing(package) == ("PUBLISHED", "MATCHES", None)


async def test_what_the_lms_cannot_do_is_said_in_the_plan(press: Press) -> None:
    press.library.capabilities = frozenset(Capability) - {Capability.PUBLISH_PACKAGE}
    assert await press.row(await press.ask(await press.shelf.checked(FIRST))) == ("CREATE", ["NOT_SUPPORTED"])
    press.library.courses = set()
    assert await press.row(await press.ask(await press.shelf.checked(SECOND))) == ("CONFLICT", ["NO_SUCH_COURSE"])


@pytest.mark.parametrize(
    ("tells", "content", "comparison"),
    [
        (("sha256",), FIRST, ("PUBLISHED", "MATCHES", None)),
        ((), FIRST, ("PUBLISHED", "NOT_READABLE", "the LMS does not say which content it serves")),
        (
            ("sha1",),
            SECOND,
            ("PUBLISHED", "DIFFERS", "its sha1 is " + hashlib.sha1(SECOND, usedforsecurity=False).hexdigest()),
        ),
        ((), None, ("PUBLISHED", "NOT_READABLE", "the LMS shows no package of this title in the course")),
    ],
    ids=["the same", "not told", "another", "gone"],
)
async def test_what_the_lms_serves_is_compared(
    press: Press, tells: tuple[str, ...], content: bytes | None, comparison: tuple[str, ...]
) -> None:
    package = await press.shelf.checked(FIRST)
    assert await press.execute(await press.ask(package)) == ["APPLIED"]
    press.library.tells = tells
    press.library.packages = {("safety-1", "Safety"): content} if content else {}
    assert await press.notice(package)
    assert await press.standing(package) == comparison


async def test_an_lms_that_does_not_answer_is_asked_again_for_a_day(press: Press) -> None:
    package = await press.shelf.checked(FIRST)
    assert await press.execute(await press.ask(package)) == ["APPLIED"]
    press.library.is_up = False
    assert await press.notice(package)
    assert not await press.notice(package)
    assert await press.standing(package) == ("PUBLISHED", None, None)
    assert await left(press) == ["PACKAGE_PUBLISHING_NOTICED"]
    await press.shelf.guild.rows.execute(
        "update content_package set published_at = now() - interval '25 hours' where status = 'PUBLISHED'"
    )
    assert await press.notice(package)
    assert await press.standing(package) == ("PUBLISHED", "NOT_READABLE", "the LMS is DOWN: it does not answer")


async def test_what_fails_takes_a_waiver_that_holds_today(press: Press) -> None:
    guild, package = press.shelf.guild, await press.shelf.checked(BROKEN)
    assert await refusals(guild, press.ask(package)) == [("RULES_NOT_WAIVED", "packageId")]
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    waiver = {"packageId": package, "rules": ["REFERENCE_MISSING"], "reason": "A logo", "endsOn": str(tomorrow)}
    assert await press.shelf.refused(guild.acceptor, WAIVE, **waiver) == []
    later = datetime.now(UTC) + timedelta(days=3)
    assert await refusals(guild, press.ask(package, now=later)) == [("RULES_NOT_WAIVED", "packageId")]
    assert await press.execute(await press.ask(package)) == ["APPLIED"]


async def test_what_does_harm_is_published_by_no_waiver(press: Press) -> None:
    guild, package = press.shelf.guild, await press.shelf.checked(harming.link())
    # even a row that somebody wrote beside the service opens nothing
    await guild.rows.execute(
        "insert into package_waiver (contract_id, association_id, vendor_id, id, package_id, rules, reason, ends_on, "
        "signed_at) select contract_id, association_id, vendor_id, id, id, array['ZIP_LINK'], '-', '2099-12-31', now() "
        "from content_package where id = $1",
        decode("pkg", package, parts=2)[1],
    )
    assert await refusals(guild, press.ask(package)) == [("RULES_NOT_WAIVED", "packageId")]


async def test_one_plan_at_a_time_publishes_a_package(press: Press) -> None:
    guild, package = press.shelf.guild, await press.shelf.checked(FIRST)
    asked = await asyncio.gather(press.ask(package), press.ask(package), return_exceptions=True)
    assert sorted(type(each).__name__ for each in asked) == ["PublishingUnderWay", "UUID"]
    withdraw = {"packageId": package, "reason": "Wrong"}
    assert await press.shelf.refused(guild.lead, WITHDRAW, **withdraw) == [("PUBLISHING_UNDER_WAY", "packageId")]


async def test_who_may_ask(press: Press) -> None:
    guild, package = press.shelf.guild, await press.shelf.checked(FIRST)
    lina = await grant_administration(guild)
    await narrow(guild, lina, press.shelf.site, "ENROL")
    for actor, refused in (
        (ANONYMOUS, ("UNAUTHENTICATED", None)),
        (guild.stranger, ("NOT_FOUND", "packageId")),
        (guild.worker, ("FORBIDDEN", None)),
        (guild.acceptor, ("FORBIDDEN", None)),
        (lina, ("OUTSIDE_GRANT", "siteId")),
    ):
        assert await refusals(guild, press.ask(package, by=actor)) == [refused]
    waiting = str((await press.shelf.submit(SECOND))["id"])
    assert await refusals(guild, press.ask(waiting)) == [("PACKAGE_NOT_CHECKED", "packageId")]
