"""Narrowed grants: what they reach, as the code and the database tell it; and the review of who may do what."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, Actor
from core.db import Transaction
from core.errors import DomainError
from core.ids import encode, new_id
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation
from tests.delivery.desk import Desk
from tests.delivery.guild import LONG_AGO, NOW, Guild, insert
from tests.lms_admin.places import clear, connect, grant_administration, join, key_of, narrow
from tests.lms_admin.sites.asking import everything

NARROW = """mutation($input: NarrowGrantInput!) { narrowGrant(input: $input) {
  narrowing { id operations reason inForce liftedAt site { name } grant { role grantee { name } } narrowedBy { name } }
  userErrors { code field } } }"""
LIFT = """mutation($input: LiftNarrowingInput!) { liftNarrowing(input: $input) {
  narrowing { id inForce } userErrors { code field } } }"""
REVIEW = """query($id: ID!) { contract(id: $id) { lmsAccessReview(first: 50) { totalCount nodes {
  member { name } role site { name } operations reason grantedBy { name } endsOn lastActedAt narrowing { id }
  grant { id } } } } }"""
ALL = [str(operation) for operation in Operation]


@pytest.fixture
async def owner(desk: Desk, guild: Guild) -> Actor:
    """The association's OWNER, in a database without sites."""
    await clear(guild)
    owner = await join(guild, "Oona", "ASSOCIATION", guild.association, "OWNER")
    await desk.headers(owner)
    return owner


async def reaches(guild: Guild, actor: Actor, site: UUID, operation: Operation) -> str:
    """What becomes of an operation: nothing, or the code it is refused with."""

    async def ask(tx: Transaction) -> None:
        await site_for(tx, actor=actor, contract_id=guild.contract_id, site_id=site, operation=operation, now=NOW)

    try:
        await guild.database.write(actor, ask, now=NOW, request_id="test")
    except DomainError as refused:
        return refused.code()
    return ""


async def administers(guild: Guild, actor: Actor, site: UUID) -> bool:
    """What row-level security says."""

    async def ask(tx: Transaction) -> bool:
        found: bool = await (await tx.raw()).fetchval("select app.administers($1, $2)", guild.contract_id, site)
        return found

    return await guild.database.write(actor, ask, now=NOW, request_id="test")


async def grant_of(guild: Guild, actor: Actor) -> str:
    grant_id = await guild.rows.fetchval(
        "select id from contract_grant where contract_id = $1 and member_id = $2", guild.contract_id, actor.member_id
    )
    return encode("grt", guild.contract_id, grant_id)


def public(guild: Guild, site: UUID) -> str:
    return encode("sit", guild.contract_id, site)


async def asked(desk: Desk, actor: Actor, mutation: str, given: dict[str, object]) -> dict[str, Any]:
    (payload,) = (await desk.ask(actor, mutation, input=given)).values()
    answer: dict[str, Any] = payload
    return answer


async def codes(desk: Desk, actor: Actor, mutation: str, given: dict[str, object]) -> list[tuple[str, str | None]]:
    before = await everything(desk)
    payload = await asked(desk, actor, mutation, given)
    assert payload["narrowing"] is None
    assert await everything(desk) == before
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


OPERATIONS = (Operation.ENROL, Operation.SUSPEND)

REACH: dict[str, dict[tuple[str, Operation], bool]] = {
    "lead": dict.fromkeys(product(("here", "there"), OPERATIONS), True),
    "un-narrowed": dict.fromkeys(product(("here", "there"), OPERATIONS), True),
    "narrowed here": {("here", Operation.ENROL): True},
    "narrowed to another operation": {("here", Operation.SUSPEND): True},
    "narrowed there": {("there", Operation.ENROL): True, ("there", Operation.SUSPEND): True},
    "narrowed to both": {("here", Operation.ENROL): True, ("there", Operation.SUSPEND): True},
    "one of two lifted": {("there", Operation.SUSPEND): True},
    "all lifted": dict.fromkeys(product(("here", "there"), OPERATIONS), True),
    "narrowed elsewhere by another grant": dict.fromkeys(product(("here", "there"), OPERATIONS), True),
}


@pytest.mark.parametrize("case", REACH)
async def test_code_and_database_agree_on_what_a_grant_reaches(guild: Guild, owner: Actor, case: str) -> None:
    del owner
    here, there = await connect(guild, "Here"), await connect(guild, "There")
    administrator = guild.lead if case == "lead" else await grant_administration(guild)
    for site, operations in {
        "narrowed here": [(here, ["ENROL"])],
        "narrowed to another operation": [(here, ["SUSPEND"])],
        "narrowed there": [(there, ["ENROL", "SUSPEND"])],
        "narrowed to both": [(here, ["ENROL"]), (there, ["SUSPEND"])],
        "one of two lifted": [(here, ["ENROL"]), (there, ["SUSPEND"])],
        "all lifted": [(here, ["ENROL"]), (there, ["SUSPEND"])],
    }.get(case, []):
        narrowed = await narrow(guild, administrator, site, *operations)
        if case == "all lifted" or (case == "one of two lifted" and site == here):
            await guild.rows.execute("update lms_grant set lifted_at = now() where id = $1", narrowed)
    if case == "narrowed elsewhere by another grant":
        await narrow(guild, await grant_administration(guild, "Lars"), there, "SUSPEND")
    for name, site in (("here", here), ("there", there)):
        any_operation = False
        for operation in OPERATIONS:
            expected = REACH[case].get((name, operation), False)
            found = await reaches(guild, administrator, site, operation)
            assert found == ("" if expected else "OUTSIDE_GRANT"), (name, operation)
            any_operation |= expected
        assert await administers(guild, administrator, site) is any_operation


@pytest.mark.parametrize("ending", ["revoked_at = now()", "effective = tstzrange(lower(effective), now())"])
async def test_a_grant_that_has_ended_reaches_nothing(guild: Guild, owner: Actor, ending: str) -> None:
    del owner
    site, administrator = await connect(guild), await grant_administration(guild)
    for narrowed in (False, True):
        if narrowed:
            await narrow(guild, administrator, site, "ENROL")
        assert await reaches(guild, administrator, site, Operation.ENROL) == ""
        await guild.rows.execute(
            f"update contract_grant set {ending} where member_id = $1",  # noqa: S608  (our own words)
            administrator.member_id,
        )
        assert await reaches(guild, administrator, site, Operation.ENROL) in {"FORBIDDEN", "NOT_FOUND", "OUTSIDE_GRANT"}
        assert await administers(guild, administrator, site) is False
        await guild.rows.execute(
            "update contract_grant set revoked_at = null, effective = tstzrange($2, $3) where member_id = $1",
            administrator.member_id, LONG_AGO, LONG_AGO + timedelta(days=9000),
        )  # fmt: skip


async def test_others_reach_nothing(guild: Guild, owner: Actor) -> None:
    site = await connect(guild)
    for actor, code in (
        (guild.worker, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (guild.acceptor, "FORBIDDEN"),
        (owner, "FORBIDDEN"),
        (guild.stranger, "NOT_FOUND"),
    ):
        assert await reaches(guild, actor, site, Operation.ENROL) == code
        assert await administers(guild, actor, site) is False


async def test_a_grant_is_narrowed_and_let_free_again(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    administrator = await grant_administration(guild)
    here, there = await connect(guild, "Here"), await connect(guild, "There")
    given: dict[str, object] = {
        "grantId": await grant_of(guild, administrator),
        "siteId": public(guild, here),
        "operations": ["SUSPEND", "ENROL", "ENROL"],
        "reason": "For the spring intake",
    }
    narrowed = (await asked(desk, owner, NARROW, given))["narrowing"]
    assert narrowed == {
        "id": narrowed["id"],
        "operations": ["ENROL", "SUSPEND"],
        "reason": "For the spring intake",
        "inForce": True,
        "liftedAt": None,
        "site": {"name": "Here"},
        "grant": {"role": "LMS_ADMINISTRATOR", "grantee": {"name": "Lina"}},
        "narrowedBy": {"name": "Oona"},
    }
    assert await reaches(guild, administrator, here, Operation.ENROL) == ""
    assert await reaches(guild, administrator, there, Operation.ENROL) == "OUTSIDE_GRANT"
    assert await codes(desk, owner, NARROW, given) == [("ALREADY_NARROWED", "siteId")]
    lifted = {"narrowingId": narrowed["id"]}
    assert (await asked(desk, owner, LIFT, lifted))["narrowing"] == {"id": narrowed["id"], "inForce": False}
    assert await codes(desk, owner, LIFT, lifted) == [("ALREADY_LIFTED", "narrowingId")]
    assert await reaches(guild, administrator, there, Operation.ENROL) == ""
    events = await guild.rows.fetch(
        "select type, after::text from audit_event where type like 'LMS%' and contract_id = $1 order by recorded_at",
        guild.contract_id,
    )
    assert [(row["type"], row["after"]) for row in events] == [
        (
            "LMS_GRANT_NARROWED",
            '{"site": "Here", "member": "lina@somewhere.example", "operations": ["ENROL", "SUSPEND"]}',
        ),
        ("LMS_NARROWING_LIFTED", '{"reachesEverySite": true}'),
    ]


async def test_twice_at_once_it_is_narrowed_once_and_lifted_once(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    given: dict[str, object] = {
        "grantId": await grant_of(guild, await grant_administration(guild)),
        "siteId": public(guild, await connect(guild)),
        "operations": ["ENROL"],
        "reason": "Only that",
    }
    both = await asyncio.gather(*(asked(desk, owner, NARROW, given) for _ in range(2)))
    assert sorted(str([error["code"] for error in payload["userErrors"]]) for payload in both) == [
        "['ALREADY_NARROWED']",
        "[]",
    ]
    narrowed = next(payload["narrowing"]["id"] for payload in both if payload["narrowing"])
    both = await asyncio.gather(*(asked(desk, owner, LIFT, {"narrowingId": narrowed}) for _ in range(2)))
    assert sorted(str([error["code"] for error in payload["userErrors"]]) for payload in both) == [
        "['ALREADY_LIFTED']",
        "[]",
    ]


async def test_only_the_associations_owner_narrows(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    administrator = await grant_administration(guild)
    site = await connect(guild)
    given: dict[str, object] = {
        "grantId": await grant_of(guild, administrator),
        "siteId": public(guild, site),
        "operations": ["ENROL"],
        "reason": "Only that",
    }
    narrowed = encode("ngr", guild.contract_id, await narrow(guild, administrator, site, "ENROL"))
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (guild.lead, "FORBIDDEN"),
        (administrator, "FORBIDDEN"),
    ):
        at = "grantId" if code == "NOT_FOUND" else None
        assert await codes(desk, actor, NARROW, given) == [(code, at)]
        at = "narrowingId" if code == "NOT_FOUND" else None
        assert await codes(desk, actor, LIFT, {"narrowingId": narrowed}) == [(code, at)]
    other = encode("sit", new_id(), site)
    gone = await connect(guild, "Gone")
    await guild.rows.execute(
        "update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null where id = $1", gone
    )
    revoked = await grant_administration(guild, "Rita")
    await guild.rows.execute("update contract_grant set revoked_at = now() where member_id = $1", revoked.member_id)
    for changed, refusal in (
        ({"operations": []}, ("INVALID_INPUT", "operations")),
        ({"reason": ""}, ("TEXT_BLANK", "reason")),
        ({"siteId": other}, ("NOT_FOUND", "siteId")),
        ({"siteId": public(guild, gone)}, ("SITE_DISCONNECTED", "siteId")),
        ({"grantId": encode("grt", guild.contract_id, new_id())}, ("NOT_FOUND", "grantId")),
        ({"grantId": await grant_of(guild, guild.lead)}, ("GRANT_NOT_NARROWABLE", "grantId")),
        ({"grantId": await grant_of(guild, guild.worker)}, ("GRANT_NOT_NARROWABLE", "grantId")),
        ({"grantId": await grant_of(guild, revoked)}, ("GRANT_NOT_NARROWABLE", "grantId")),
    ):
        assert await codes(desk, owner, NARROW, given | changed) == [refusal]


async def acted(guild: Guild, actor: Actor, site: UUID, at: datetime) -> None:
    sequence = await guild.rows.fetchval("select count(*) + 1 from lms_act where contract_id = $1", guild.contract_id)
    digest = bytes(32)
    await insert(
        guild.rows, "lms_act", **key_of(guild), id=new_id(), sequence=sequence, site_id=site, operation="ENROL",
        action="CREATE", outcome="APPLIED", verification="READ_BACK", lms_system="MOODLE",
        on_behalf_of="ASSOCIATION Inc", acted_at=at, recorded_at=at, **actor.signed("acted_by"), subject_digest=digest,
        before_digest=digest, after_digest=digest, digest=digest, previous_hash=digest, hash=digest,
    )  # fmt: skip


async def test_the_review_says_who_may_do_what_why_and_when_they_last_did(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    lina, lars = await grant_administration(guild, "Lina"), await grant_administration(guild, "Lars")
    here, there = await connect(guild, "Here"), await connect(guild, "There")
    narrowed = await narrow(guild, lina, here, "ENROL")
    revoked = await grant_administration(guild, "Rita")
    await guild.rows.execute("update contract_grant set revoked_at = now() where member_id = $1", revoked.member_id)
    await guild.rows.execute(
        "update lms_grant set lifted_at = now() where id = $1", await narrow(guild, lars, there, "SUSPEND")
    )
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 3)]
    await acted(guild, lina, here, days[0])
    await acted(guild, lina, there, days[1])  # before her grant was narrowed
    await acted(guild, guild.lead, here, days[0])
    await acted(guild, guild.lead, there, days[2])
    expected = [
        {"name": "Lars", "site": None, "operations": ALL, "reason": None, "last": None, "narrowing": None},
        {"name": "Lee", "site": None, "operations": ALL, "reason": None, "last": days[2], "narrowing": None},
        {"name": "Lina", "site": "Here", "operations": ["ENROL"], "reason": "Only that", "last": days[0],
         "narrowing": encode("ngr", guild.contract_id, narrowed)},
    ]  # fmt: skip
    for actor in (owner, guild.vendor_owner, guild.acceptor):
        review = (await desk.ask(actor, REVIEW, id=desk.contract))["contract"]["lmsAccessReview"]
        assert review["totalCount"] == 3
        assert [
            {
                "name": node["member"]["name"],
                "site": node["site"] and node["site"]["name"],
                "operations": node["operations"],
                "reason": node["reason"],
                "last": node["lastActedAt"] and datetime.fromisoformat(node["lastActedAt"]),
                "narrowing": node["narrowing"] and node["narrowing"]["id"],
            }
            for node in review["nodes"]
        ] == expected
        assert {node["grantedBy"]["name"] for node in review["nodes"]} == {"Ada"}
        assert [node["role"] for node in review["nodes"]] == ["LMS_ADMINISTRATOR", "DELIVERY_LEAD", "LMS_ADMINISTRATOR"]
    # whoever reads by a grant sees their own grant, as in the list of grants
    review = (await desk.ask(lina, REVIEW, id=desk.contract))["contract"]["lmsAccessReview"]
    assert [node["member"]["name"] for node in review["nodes"]] == ["Lina"]
    assert (await desk.ask(guild.stranger, REVIEW, id=desk.contract))["contract"] is None
