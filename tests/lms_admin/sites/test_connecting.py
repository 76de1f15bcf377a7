"""Connecting sites over HTTP: who may, what is refused, and what becomes of a changed address."""

from __future__ import annotations

import asyncio

import pytest

from core.actor import ANONYMOUS, Actor
from core.db import Database, Transaction
from core.ids import decode
from services.lms_admin.adapters.opening import Connection
from services.lms_admin.sites.connections import connection_of
from tests.delivery.desk import Desk
from tests.delivery.guild import NOW, Guild
from tests.lms_admin.places import KEYS, clear, grant_administration, join, narrow
from tests.lms_admin.sites.asking import (
    BY_HAND,
    CHANGE,
    CONFIGURE,
    CONNECT,
    DISCONNECT,
    KOLIBRI,
    MOODLE,
    REPLACE,
    TOKEN,
    done,
    refused,
)

LOOKING_AFTER: dict[str, dict[str, object]] = {
    CHANGE: {"name": "Other"},
    REPLACE: {"secret": MOODLE["secret"]},
    CONFIGURE: {"removalThresholdRows": 3},
    DISCONNECT: {"reason": "Moved"},
}


@pytest.fixture
async def owner(desk: Desk, guild: Guild) -> Actor:
    """The association's OWNER, in a database without sites."""
    await clear(guild)
    owner = await join(guild, "Oona", "ASSOCIATION", guild.association, "OWNER")
    for actor in (owner, guild.lead):
        await desk.headers(actor)  # those who ask at once have their tokens before
    return owner


async def opened(batch: Database, site: str) -> Connection:
    contract_id, site_id = decode("sit", site, parts=2)

    async def look(tx: Transaction) -> Connection:
        return await connection_of(tx, contract_id, site_id, KEYS, allow_loopback=False)

    return await batch.write(ANONYMOUS, look, now=NOW, request_id="test")


async def test_a_site_is_connected_and_says_all_but_its_credential(desk: Desk, owner: Actor, batch: Database) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    assert site == {
        "id": site["id"],
        "name": "Academy",
        "system": "MOODLE",
        "baseUrl": "https://academy.guild.example/moodle",
        "status": "CONNECTED",
        "condition": None,
        "conditionSince": None,
        "probedAt": None,
        "version": None,
        "capabilities": [],
        "removalThresholdPercent": "10.00",
        "removalThresholdRows": 25,
        "protectedCount": 0,
        "protectedMemberNumbers": [],
        "connectedBy": {"name": "Oona"},
        "credentialStoredAt": site["credentialStoredAt"],
        "disconnectedAt": None,
    }
    assert site["credentialStoredAt"] is not None
    assert (await opened(batch, site["id"])).secret == {"token": TOKEN}
    # it is asked how it is at once
    queued = await desk.guild.rows.fetch("select entrypoint, payload from pgqueuer where entrypoint like 'LMS%'")
    _, site_id = decode("sit", site["id"], parts=2)
    assert [row["entrypoint"] for row in queued if str(site_id).encode() in row["payload"]] == ["LMS_SITE_CONNECTED"]


async def test_who_may_connect(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    administrator = await grant_administration(guild)
    for at, actor in enumerate((owner, guild.lead, administrator)):
        site = await done(desk, actor, CONNECT, contractId=desk.contract, **MOODLE | {"name": f"Site {at}"})
        assert site["connectedBy"] == {"name": actor.name}
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (guild.worker, "FORBIDDEN"),
    ):
        asked = {"contractId": desk.contract, **MOODLE, "name": "Another"}
        field = "contractId" if code == "NOT_FOUND" else None
        assert await refused(desk, actor, CONNECT, **asked) == [(code, field)]


@pytest.mark.parametrize("mutation", [CHANGE, REPLACE, CONFIGURE, DISCONNECT])
async def test_who_may_look_after_a_connection(desk: Desk, owner: Actor, mutation: str) -> None:
    guild = desk.guild
    given = LOOKING_AFTER[mutation]
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (guild.worker, "FORBIDDEN"),
    ):
        field = "siteId" if code == "NOT_FOUND" else None
        assert await refused(desk, actor, mutation, siteId=site["id"], **given) == [(code, field)]
    administrator = await grant_administration(guild)
    other = await done(desk, owner, CONNECT, contractId=desk.contract, **KOLIBRI)
    await narrow(guild, administrator, decode("sit", other["id"], parts=2)[1], "ENROL")
    assert await refused(desk, administrator, mutation, siteId=site["id"], **given) == [("OUTSIDE_GRANT", "siteId")]
    await narrow(guild, administrator, decode("sit", site["id"], parts=2)[1], "ENROL")
    await done(desk, administrator, mutation, siteId=site["id"], **given)
    if mutation == DISCONNECT:
        assert await refused(desk, owner, mutation, siteId=site["id"], **given) == [("SITE_DISCONNECTED", "siteId")]
    else:
        await done(desk, owner, mutation, siteId=site["id"], **given)


async def test_a_narrowed_grant_connects_nothing(desk: Desk, owner: Actor) -> None:
    administrator = await grant_administration(desk.guild)
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    await narrow(desk.guild, administrator, decode("sit", site["id"], parts=2)[1], "ENROL")
    asked = {"contractId": desk.contract, **KOLIBRI}
    assert await refused(desk, administrator, CONNECT, **asked) == [("OUTSIDE_GRANT", "contractId")]


@pytest.mark.parametrize(
    ("changed", "refusals"),
    [
        ({"baseUrl": "http://academy.guild.example"}, [("LMS_ADDRESS_REFUSED", "baseUrl")]),
        ({"baseUrl": "https://127.0.0.1"}, [("LMS_ADDRESS_REFUSED", "baseUrl")]),
        ({"baseUrl": "https://169.254.169.254/latest"}, [("LMS_ADDRESS_REFUSED", "baseUrl")]),
        ({"baseUrl": "https://[::ffff:10.0.0.1]"}, [("LMS_ADDRESS_REFUSED", "baseUrl")]),
        ({"baseUrl": "https://user:word@academy.example"}, [("LMS_ADDRESS_REFUSED", "baseUrl")]),
        ({"baseUrl": None}, [("INVALID_INPUT", "baseUrl")]),
        ({"name": "  "}, [("TEXT_BLANK", "name")]),
        ({"name": "n" * 201}, [("TEXT_TOO_LONG", "name")]),
        ({"secret": []}, [("INVALID_INPUT", "secret")]),
        (
            {"secret": [{"name": "password", "value": "x"}]},
            [("INVALID_INPUT", "secret.0.name"), ("INVALID_INPUT", "secret")],
        ),
        ({"secret": [{"name": "token", "value": "x"}] * 2}, [("DUPLICATE_KEY", "secret.1.name")]),
        ({"secret": [{"name": "token", "value": ""}]}, [("INVALID_INPUT", "secret.0.value")]),
        ({"secret": [{"name": "token", "value": "x\r\nHost: evil"}]}, [("INVALID_INPUT", "secret.0.value")]),
        ({"secret": [{"name": "token", "value": "x" * 2001}]}, [("INVALID_INPUT", "secret.0.value")]),
        ({**BY_HAND, "secret": []}, [("INVALID_INPUT", "baseUrl")]),
        ({**BY_HAND, "baseUrl": None}, [("INVALID_INPUT", "secret.0.name")]),
    ],
)  # fmt: skip
async def test_what_cannot_be_connected(
    desk: Desk, owner: Actor, changed: dict[str, object], refusals: list[tuple[str, str]]
) -> None:
    asked = {"contractId": desk.contract, **MOODLE, **changed}
    assert await refused(desk, owner, CONNECT, **asked) == refusals


async def test_work_by_hand_has_neither_address_nor_credential(desk: Desk, owner: Actor) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **BY_HAND)
    assert (site["baseUrl"], site["credentialStoredAt"], site["status"]) == (None, None, "CONNECTED")
    assert await refused(desk, owner, REPLACE, siteId=site["id"], secret=[]) == [("INVALID_INPUT", "siteId")]
    changed = {"siteId": site["id"], "baseUrl": "https://legacy.example"}
    assert await refused(desk, owner, CHANGE, **changed) == [("INVALID_INPUT", "baseUrl")]


async def test_another_address_takes_a_credential_along(desk: Desk, owner: Actor, batch: Database) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    await desk.guild.rows.execute(
        "update lms_site set condition = 'UP', condition_since = now(), failures_in_a_row = 2"
    )
    moved = {"siteId": site["id"], "baseUrl": "https://moved.guild.example"}
    assert await refused(desk, owner, CHANGE, **moved) == [("CREDENTIAL_REQUIRED", "secret")]
    assert await refused(desk, owner, CHANGE, siteId=site["id"]) == [("INVALID_INPUT", None)]
    # the same address in other letters is no other address
    same = await done(
        desk, owner, CHANGE, siteId=site["id"], baseUrl="https://academy.guild.example/moodle", name="Home"
    )
    assert (same["name"], same["baseUrl"], same["condition"]) == ("Home", site["baseUrl"], "UP")
    assert same["credentialStoredAt"] == site["credentialStoredAt"]
    changed = await done(desk, owner, CHANGE, **moved, secret=[{"name": "token", "value": "of the new one"}])
    assert (changed["name"], changed["baseUrl"], changed["condition"]) == ("Home", moved["baseUrl"], None)
    found = await opened(batch, site["id"])
    assert (found.base_url, found.secret) == (moved["baseUrl"], {"token": "of the new one"})
    replaced = await done(desk, owner, REPLACE, siteId=site["id"], secret=[{"name": "token", "value": "third"}])
    assert replaced["baseUrl"] == moved["baseUrl"]
    assert (await opened(batch, site["id"])).secret == {"token": "third"}
    events = await desk.guild.rows.fetch(
        "select type from audit_event where type like 'LMS%' and contract_id = $1 order by recorded_at, id",
        desk.guild.contract_id,
    )
    assert [row["type"] for row in events] == [
        "LMS_SITE_CONNECTED", "LMS_CONNECTION_CHANGED", "LMS_CONNECTION_CHANGED", "LMS_CREDENTIAL_REPLACED",
    ]  # fmt: skip


async def test_address_and_credential_stay_together_whoever_is_first(desk: Desk, owner: Actor, batch: Database) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    hosts = [f"https://lms{at}.guild.example" for at in range(6)]
    await asyncio.gather(
        *(
            done(desk, actor, CHANGE, siteId=site["id"], baseUrl=host, secret=[{"name": "token", "value": host}])
            for host, actor in zip(hosts, [owner, desk.guild.lead] * 3, strict=True)
        )
    )
    found = await opened(batch, site["id"])
    assert found.secret == {"token": found.base_url}


async def test_names_are_taken_once_among_those_connected(desk: Desk, owner: Actor) -> None:
    asked = {"contractId": desk.contract, **MOODLE}
    answers = await asyncio.gather(*(desk.ask(owner, CONNECT, input=asked) for _ in range(2)))
    codes = sorted(str([error["code"] for error in answer["connectLmsSite"]["userErrors"]]) for answer in answers)
    assert codes == ["['SITE_NAME_TAKEN']", "[]"]
    (site,) = await desk.guild.rows.fetch("select id from lms_site")
    other = await done(desk, owner, CONNECT, contractId=desk.contract, **KOLIBRI)
    renamed = {"siteId": other["id"], "name": " Academy "}
    assert await refused(desk, owner, CHANGE, **renamed) == [("SITE_NAME_TAKEN", "name")]
    listed = "query($id: ID!) { contract(id: $id) { lmsSites(filter: {status: CONNECTED}) { nodes { id name } } } }"
    nodes = (await desk.ask(owner, listed, id=desk.contract))["contract"]["lmsSites"]["nodes"]
    assert [node["name"] for node in nodes] == ["Academy", "Field stations"]
    gone = await done(desk, owner, DISCONNECT, siteId=nodes[0]["id"], reason="Moved")
    assert (gone["status"], gone["disconnectedAt"] is not None) == ("DISCONNECTED", True)
    assert await desk.guild.rows.fetchval("select credential_id from lms_site where id = $1", site["id"]) is None
    await done(desk, owner, CHANGE, **renamed)
    for mutation, given in ((REPLACE, {"secret": MOODLE["secret"]}), (CONFIGURE, {}), (CHANGE, {"name": "Other"})):
        refusal = await refused(desk, owner, mutation, siteId=nodes[0]["id"], **given)
        assert refusal == [("SITE_DISCONNECTED", "siteId")]


async def test_two_let_it_go_and_one_does(desk: Desk, owner: Actor) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    asked = {"siteId": site["id"], "reason": "Moved"}
    answers = await asyncio.gather(*(desk.ask(actor, DISCONNECT, input=asked) for actor in (owner, desk.guild.lead)))
    codes = sorted(str([error["code"] for error in answer["disconnectLmsSite"]["userErrors"]]) for answer in answers)
    assert codes == ["['SITE_DISCONNECTED']", "[]"]
    events = "select count(*) from audit_event where type = 'LMS_SITE_DISCONNECTED' and contract_id = $1"
    assert await desk.guild.rows.fetchval(events, desk.guild.contract_id) == 1


async def test_after_the_contract_a_site_can_only_be_let_go(desk: Desk, owner: Actor) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    await desk.guild.rows.execute("update contract set status = 'TERMINATED', ended_at = now(), end_reason = '-'")
    try:
        asked = {"contractId": desk.contract, **KOLIBRI}
        assert await refused(desk, owner, CONNECT, **asked) == [("CONTRACT_NOT_ACTIVE", "contractId")]
        for mutation, given in ((REPLACE, {"secret": MOODLE["secret"]}), (CHANGE, {"name": "Other"})):
            refusal = await refused(desk, owner, mutation, siteId=site["id"], **given)
            assert refusal == [("CONTRACT_NOT_ACTIVE", "contractId")]
        await done(desk, owner, DISCONNECT, siteId=site["id"], reason="The contract ended")
    finally:
        await desk.guild.rows.execute("update contract set status = 'ACTIVE', ended_at = null, end_reason = null")


async def test_only_the_associations_owner_lowers_the_guard(desk: Desk, owner: Actor) -> None:
    lead = desk.guild.lead
    site = await done(desk, lead, CONNECT, contractId=desk.contract, **MOODLE)
    careful = {"siteId": site["id"], "removalThresholdPercent": "5.00", "protectedMemberNumbers": [" 7 ", "12", "7"]}
    changed = await done(desk, lead, CONFIGURE, **careful)
    assert (changed["removalThresholdPercent"], changed["removalThresholdRows"]) == ("5.00", 25)
    assert (changed["protectedCount"], changed["protectedMemberNumbers"]) == (2, ["12", "7"])
    for given, field in (
        ({"removalThresholdPercent": "5.01"}, "removalThresholdPercent"),
        ({"removalThresholdRows": 26}, "removalThresholdRows"),
        ({"protectedMemberNumbers": ["7", "13"]}, "protectedMemberNumbers"),
    ):
        asked = {"siteId": site["id"], **given}
        assert await refused(desk, lead, CONFIGURE, **asked) == [("ASSOCIATION_OWNER_REQUIRED", field)]
    bold = {"removalThresholdPercent": "100.00", "removalThresholdRows": 1000, "protectedMemberNumbers": []}
    changed = await done(desk, owner, CONFIGURE, siteId=site["id"], **bold)
    assert {name: changed[name] for name in bold} == bold
    for given, refusal in (
        ({"removalThresholdPercent": "100.01"}, ("INVALID_INPUT", "removalThresholdPercent")),
        ({"removalThresholdRows": -1}, ("INVALID_INPUT", "removalThresholdRows")),
        ({"protectedMemberNumbers": [""]}, ("TEXT_BLANK", "protectedMemberNumbers.0")),
        ({"protectedMemberNumbers": [str(at) for at in range(1001)]}, ("LIST_TOO_LONG", "protectedMemberNumbers")),
    ):
        asked = {"siteId": site["id"], **given}
        assert await refused(desk, owner, CONFIGURE, **asked) == [refusal]
    # who is protected is nobody's business who may not see learners, and no part of the trail
    events = await desk.guild.rows.fetch(
        "select after from audit_event where type = 'LMS_SITE_CONFIGURED' and contract_id = $1 order by recorded_at",
        desk.guild.contract_id,
    )
    assert [row["after"] for row in events] == [
        '{"protectedMembers": 2, "removalThresholdRows": 25, "removalThresholdPercent": "5.00"}',
        '{"protectedMembers": 0, "removalThresholdRows": 1000, "removalThresholdPercent": "100.00"}',
    ]
    await done(desk, owner, CONFIGURE, **careful)
    finance = await join(desk.guild, "Fin", "ASSOCIATION", desk.guild.association, "FINANCE")
    shown = "query($id: ID!) { lmsSite(id: $id) { protectedCount protectedMemberNumbers } }"
    assert (await desk.ask(finance, shown, id=site["id"]))["lmsSite"] == {
        "protectedCount": 2,
        "protectedMemberNumbers": None,
    }


async def test_strangers_see_no_site(desk: Desk, owner: Actor) -> None:
    site = await done(desk, owner, CONNECT, contractId=desk.contract, **MOODLE)
    shown = "query($id: ID!) { lmsSite(id: $id) { name } node(id: $id) { id } }"
    for actor in (ANONYMOUS, desk.guild.stranger):
        assert await desk.ask(actor, shown, id=site["id"]) == {"lmsSite": None, "node": None}
    for actor in (desk.guild.acceptor, desk.guild.vendor_owner, desk.guild.worker):
        assert (await desk.ask(actor, shown, id=site["id"]))["lmsSite"] == {"name": "Academy"}
