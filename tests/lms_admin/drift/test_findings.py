"""A finding lives as long as its difference: it ages, is owned, resolved, and opened again when it is seen again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, SYSTEM, Actor
from core.db import Database
from core.errors import DomainError
from core.ids import new_id
from services.contracts.granting import Grantee
from services.lms_admin.drift.resolving import Resolution, assign_drift_finding, resolve_drift_finding
from tests.delivery.guild import NOW, Guild, insert
from tests.lms_admin.drift.conftest import Campus, enrolment, user
from tests.lms_admin.places import connect, grant_administration, key_of
from worker.lms_drift import drift_due, request_daily
from worker.main import look_out
from worker.means import About


async def extra(campus: Campus) -> dict[str, Any]:
    """A site that differs in one thing: somebody takes part who should not."""
    await campus.desire("1")
    campus.lms.users, campus.lms.enrolments = [user("1")], [enrolment("1"), enrolment("9")]
    await campus.compare()
    return await campus.finding("EXTRA_ENROLMENT")


async def resolve(campus: Campus, finding: UUID, by: Actor | None = None, **resolution: Any) -> None:  # noqa: ANN401
    asked = {"finding_id": finding, "resolved": Resolution(**resolution)}
    await campus.guild.write(by or campus.guild.lead, resolve_drift_finding, datetime.now(UTC), **asked)


async def assign(campus: Campus, finding: UUID, assignee: Grantee | None, by: Actor | None = None) -> None:
    asked = {"finding_id": finding, "assignee": assignee}
    await campus.guild.write(by or campus.guild.lead, assign_drift_finding, datetime.now(UTC), **asked)


async def refused(asked: Any) -> str:  # noqa: ANN401
    with pytest.raises(DomainError) as error:
        await asked
    return error.value.code()


async def job(campus: Campus, status: str = "DONE", site: UUID | None = None) -> UUID:
    guild, plan, made = campus.guild, new_id(), new_id()
    line = await guild.rows.fetchval("select id from contract_line where contract_id = $1 limit 1", guild.contract_id)
    key = {**key_of(guild), "site_id": site or campus.site, "line_id": line, "operation": "ENROL"}
    await insert(
        guild.rows, "lms_plan", **key, id=plan, status="EXECUTING", request="{}", plan_hash="0" * 64, requested_at=NOW,
        requested_by_person_id=guild.lead.person_id,
    )  # fmt: skip
    ended = {"ended_at": NOW} if status == "DONE" else {}
    await insert(
        guild.rows, "lms_job", **key, id=made, plan_id=plan, status=status, total_count=1, ordered_at=NOW,
        ordered_by_person_id=guild.lead.person_id, **ended,
    )  # fmt: skip
    return made


async def test_a_finding_ages_until_it_is_gone_and_is_young_when_it_comes_back(campus: Campus) -> None:
    first = await extra(campus)
    second = (await campus.compare(), await campus.finding("EXTRA_ENROLMENT"))[1]
    assert second["opened_at"] == first["opened_at"] < second["last_seen_at"]
    campus.lms.enrolments = [enrolment("1")]
    await campus.compare()
    gone = await campus.finding("EXTRA_ENROLMENT")
    assert (gone["resolution"], gone["resolved_by_name"], gone["last_seen_at"]) == (
        "GONE",
        None,
        second["last_seen_at"],
    )
    campus.lms.enrolments = [enrolment("1"), enrolment("9")]
    reading = await campus.compare()
    back = await campus.finding("EXTRA_ENROLMENT")
    assert (back["id"], back["resolution"], back["reopened_count"]) == (first["id"], None, 1)
    assert back["first_seen_at"] == first["first_seen_at"] < back["opened_at"] == back["last_seen_at"]
    assert (reading["opened_count"], reading["reopened_count"], reading["open_count"]) == (0, 1, 1)


async def test_what_is_accepted_is_this_difference_and_no_other(campus: Campus) -> None:
    finding = await extra(campus)
    await resolve(campus, finding["id"], reason="  The examiner ")
    accepted = await campus.finding("EXTRA_ENROLMENT")
    assert (accepted["resolution"], accepted["resolution_reason"]) == ("ACCEPTED", "The examiner")
    assert accepted["resolved_by_name"] == "Lee"
    await campus.compare()
    assert (await campus.finding("EXTRA_ENROLMENT"))["resolution"] == "ACCEPTED"
    campus.lms.enrolments = [enrolment("1"), enrolment("9", role="teacher")]
    reading = await campus.compare()
    again = await campus.finding("EXTRA_ENROLMENT")
    assert (again["resolution"], again["resolution_reason"], again["resolved_by_name"]) == (None, None, None)
    assert reading["reopened_count"] == 1


async def test_what_is_mended_opens_again_when_it_is_not(campus: Campus) -> None:
    finding = await extra(campus)
    mended_by = await job(campus)
    await resolve(campus, finding["id"], job_id=mended_by)
    mended = await campus.finding("EXTRA_ENROLMENT")
    assert (mended["resolution"], mended["mended_by_job_id"]) == ("MENDED", mended_by)
    await campus.compare()
    assert (await campus.finding("EXTRA_ENROLMENT"))["resolution"] is None


async def test_what_is_mended_during_a_reading_is_left_to_the_next(campus: Campus) -> None:
    finding = await extra(campus)
    reading = await campus.ask()
    await resolve(campus, finding["id"], job_id=await job(campus))
    await campus.run(reading)
    assert (await campus.finding("EXTRA_ENROLMENT"))["resolution"] == "MENDED"
    await campus.compare()
    assert (await campus.finding("EXTRA_ENROLMENT"))["resolution"] is None


async def test_who_looks_after_a_finding(campus: Campus) -> None:
    finding, lina = await extra(campus), await grant_administration(campus.guild)
    await assign(campus, finding["id"], Grantee(email="LINA@somewhere.example"))
    owned = await campus.finding("EXTRA_ENROLMENT")
    assert (owned["owner_member_id"], owned["owner_name"]) == (lina.member_id, "Lina")
    for nobody in (Grantee(email="nobody@x.example"), Grantee(member_id=campus.guild.worker.member_id)):
        assert await refused(assign(campus, finding["id"], nobody)) == "ASSIGNEE_OUTSIDE_SITE"
    assert await refused(assign(campus, finding["id"], Grantee())) == "INVALID_INPUT"
    await assign(campus, finding["id"], None, by=lina)
    assert (await campus.finding("EXTRA_ENROLMENT"))["owner_name"] is None
    told = await campus.guild.rows.fetch("select after from audit_event where type = 'LMS_DRIFT_FINDING_ASSIGNED'")
    assert [row["after"] for row in told] == [
        '{"kind": "EXTRA_ENROLMENT", "owner": "lina@somewhere.example"}',
        '{"kind": "EXTRA_ENROLMENT", "owner": null}',
    ]


async def test_who_may_resolve_and_who_may_not(campus: Campus) -> None:
    finding, guild = (await extra(campus))["id"], campus.guild
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.worker, "NOT_FOUND"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
    ):
        assert await refused(resolve(campus, finding, by=actor, reason="Fine")) == code
        assert await refused(assign(campus, finding, None, by=actor)) == code
    assert await refused(resolve(campus, new_id(), reason="Fine")) == "NOT_FOUND"
    assert await refused(resolve(campus, finding)) == "INVALID_INPUT"
    assert await refused(resolve(campus, finding, reason="Fine", job_id=new_id())) == "INVALID_INPUT"
    elsewhere = await job(campus, site=await connect(guild, "Elsewhere"))
    for other in (new_id(), elsewhere, await job(campus, "QUEUED")):
        assert await refused(resolve(campus, finding, job_id=other)) == "JOB_DOES_NOT_MEND"
    assert (await campus.finding("EXTRA_ENROLMENT"))["resolution"] is None


async def test_of_two_who_resolve_at_once_one_does(campus: Campus) -> None:
    finding = (await extra(campus))["id"]
    done = await asyncio.gather(*(resolve(campus, finding, reason="Fine") for _ in range(2)), return_exceptions=True)
    assert sorted(str(type(one).__name__) for one in done) == ["FindingClosed", "NoneType"]
    assert await refused(assign(campus, finding, None)) == "FINDING_CLOSED"


async def test_readings_are_asked_for_by_those_who_administer(campus: Campus, guild: Guild) -> None:
    assert await refused(campus.ask()) == "NO_ROSTER"
    await campus.desire("1")
    assert await refused(campus.ask(guild.worker)) == "FORBIDDEN"
    assert await refused(campus.ask(guild.stranger)) == "NOT_FOUND"
    await campus.ask()
    assert await refused(campus.ask()) == "DRIFT_BEING_READ"


async def test_a_site_with_a_roster_is_compared_daily(campus: Campus, batch: Database) -> None:
    rows = campus.guild.rows
    await connect(campus.guild, "Without a roster")
    await look_out(batch)
    assert await rows.fetchval("select count(*) from pgqueuer where entrypoint = 'LMS_DRIFT_DUE'") == 0
    await campus.desire("1")
    await look_out(batch)
    await look_out(batch)
    assert await rows.fetchval("select count(*) from pgqueuer where entrypoint = 'LMS_DRIFT_DUE'") == 1

    now = datetime.now(UTC)

    async def due(at: datetime) -> bool:
        found = await batch.write(SYSTEM, drift_due, now=at, request_id="test")
        return campus.site in {each.object_id for each in found}

    async def request(at: datetime) -> bool:
        about = About(campus.guild.contract_id, campus.site)
        return await batch.write(SYSTEM, lambda tx: request_daily(tx, about), now=at, request_id="test")

    assert await due(now)
    assert sorted(await asyncio.gather(request(now), request(now))) == [False, True]
    reading = await campus.guild.one("select * from lms_drift_reading where site_id = $1", campus.site)
    assert reading["requested_by_member_id"] is None
    assert await campus.run(reading["id"])
    assert not await due(now + timedelta(hours=23))
    assert await due(now + timedelta(hours=25))
    failed = "update lms_drift_reading set status = 'FAILED', failure_code = 'DOWN' where site_id = $1"
    await rows.execute(failed, campus.site)
    assert not await due(now + timedelta(minutes=59))
    assert await due(now + timedelta(minutes=61))
    await rows.execute(
        "update contract set status = 'TERMINATED', ended_at = now() where id = $1", campus.guild.contract_id
    )
    assert not await due(now + timedelta(hours=25))
