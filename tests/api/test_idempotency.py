from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx2
import pytest

from core.idempotency import LONGEST_KEY
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.digests import digests
from tests.guards.world import LAST_YEAR, World

pytestmark = pytest.mark.asyncio(loop_scope="module")

CREATE = """mutation($input: CreateOfferingInput!) {
    createOffering(input: $input) { offering { id } userErrors { field message code } } }"""
RECORD = """mutation($input: RecordWorkInput!) {
    recordWork(input: $input) { workRecords { id } userErrors { field message code } } }"""
CREATE_KEY = """mutation($input: CreateApiKeyInput!) {
    createApiKey(input: $input) { apiKey { id name } secret userErrors { field message code } } }"""


async def send(
    world: World, seat: str, key: str, query: str, variables: object = None, **headers: str
) -> httpx2.Response:
    everything = {
        **world.onlookers[seat].headers,
        "content-type": "application/json",
        "idempotency-key": key,
        **headers,
    }
    body = json.dumps({"query": query, "variables": variables or {}})
    return await world.client.post("/graphql", content=body, headers=everything)


async def answered(world: World, seat: str, key: str, query: str, variables: object = None) -> dict[str, Any]:
    answer = await send(world, seat, key, query, variables)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert "errors" not in body, body
    (payload,) = body["data"].values()
    return dict(payload)


def titled(title: str) -> dict[str, object]:
    return {"input": {"title": title}}


def work(world: World, **changed: object) -> dict[str, Any]:
    day = f"{LAST_YEAR}-05-04"
    record = {"lineKey": "admin", "quantity": "1", "performedFrom": day, "performedTo": day, "performedBy": "LLS-0142"}
    return {
        "input": {"contractId": world.names["contract"], "records": [{**record, "description": "Roster", **changed}]}
    }


async def count(superuser: asyncpg.Connection[Any], query: str, *values: object) -> int:
    return int(await superuser.fetchval(query, *values))


async def test_fifty_of_the_same_at_once_have_one_effect(world: World, superuser: asyncpg.Connection[Any]) -> None:
    answers = await asyncio.gather(*(send(world, "vendor.catalog", "fifty", CREATE, titled("Once")) for _ in range(50)))
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) <= {200, 409}
    assert statuses[200] >= 1
    for answer in answers:
        if answer.status_code == 409:
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "IDEMPOTENCY_REQUEST_RUNNING"
            assert answer.json()["data"] is None
    told = {json.dumps(answer.json()["data"]) for answer in answers if answer.status_code == 200}
    assert len(told) == 1
    again = await send(world, "vendor.catalog", "fifty", CREATE, titled("Once"))
    assert told == {json.dumps(again.json()["data"])}
    assert await count(superuser, "select count(*) from offering_version where title = 'Once'") == 1
    offering = again.json()["data"]["createOffering"]["offering"]["id"]
    assert offering is not None
    kept = "select count(*) from audit_event where type = 'OFFERING_CREATED' and after->>'title' = 'Once'"
    assert await count(superuser, kept) <= 1
    assert await count(superuser, "select count(*) from idempotency_key where key = 'fifty'") == 1


async def test_fifty_records_at_once_count_once_in_the_scope(world: World, superuser: asyncpg.Connection[Any]) -> None:
    totals = "select sum(recorded_quantity) from contract_line"
    before = await superuser.fetchval(totals)
    events = await count(superuser, "select count(*) from audit_event")
    sent = work(world, quantity="2")
    answers = await asyncio.gather(*(send(world, "vendor.delivery", "work", RECORD, sent) for _ in range(50)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert await superuser.fetchval(totals) - before == 2
    assert await count(superuser, "select count(*) from audit_event") == events + 1


async def test_the_same_key_of_another_member_is_another_key(world: World) -> None:
    first = await answered(world, "vendor.catalog", "shared", CREATE, titled("Shared"))
    second = await answered(world, "vendor.owner", "shared", CREATE, titled("Shared"))
    strange = await answered(world, "stranger.vendor", "shared", CREATE, titled("Shared"))
    assert len({payload["offering"]["id"] for payload in (first, second, strange)}) == 3
    assert await answered(world, "vendor.catalog", "shared", CREATE, titled("Shared")) == first
    assert await answered(world, "stranger.vendor", "shared", CREATE, titled("Shared")) == strange


@pytest.mark.parametrize("other", [(CREATE, titled("Another")), (CREATE_KEY, {"input": {"name": "x", "roles": []}})])
async def test_another_body_under_the_same_key_is_refused(
    world: World, superuser: asyncpg.Connection[Any], other: tuple[str, object]
) -> None:
    await answered(world, "vendor.owner", "reused", CREATE, titled("First"))
    before = await digests(superuser)
    payload = await answered(world, "vendor.owner", "reused", *other)
    assert [error["code"] for error in payload["userErrors"]] == ["IDEMPOTENCY_KEY_REUSED"]
    assert [error["field"] for error in payload["userErrors"]] == [None]
    assert await digests(superuser) == before


async def test_a_refusal_is_not_kept(world: World, superuser: asyncpg.Connection[Any]) -> None:
    before = await digests(superuser)
    refused = await answered(world, "vendor.delivery", "corrected", RECORD, work(world, quantity="0"))
    assert [error["code"] for error in refused["userErrors"]] == ["INVALID_QUANTITY"]
    assert await digests(superuser) == before
    taken = await answered(world, "vendor.delivery", "corrected", RECORD, work(world))
    assert taken["userErrors"] == []
    assert len(taken["workRecords"]) == 1


async def test_a_secret_is_shown_once(world: World, superuser: asyncpg.Connection[Any]) -> None:
    wanted = {"input": {"name": "Pipeline two", "roles": ["CATALOG_MANAGER"]}}
    first = await answered(world, "vendor.owner", "key", CREATE_KEY, wanted)
    assert len(first["secret"]) > 20
    again = await answered(world, "vendor.owner", "key", CREATE_KEY, wanted)
    assert again == {**first, "secret": None}
    kept = await superuser.fetchval("select payload::text from idempotency_key where key = 'key'")
    assert first["secret"] not in kept


async def test_an_answer_is_read_again_with_the_rights_of_the_day(
    world: World, superuser: asyncpg.Connection[Any]
) -> None:
    grant = {
        "contractId": world.names["contract"],
        "member": {"email": "vendor.ungranted@guard.example"},
        "role": "DELIVERY",
    }
    granted = await world.do("association.owner", "grantContractAccess", "grant { id }", grant)
    first = await answered(world, "vendor.ungranted", "rights", RECORD, work(world))
    assert len(first["workRecords"]) == 1
    assert await answered(world, "vendor.ungranted", "rights", RECORD, work(world)) == first
    revoke = {"grantId": granted["grant"]["id"]}
    await world.do("association.owner", "revokeContractAccess", "grant { id }", revoke)
    before = await digests(superuser)
    again = await answered(world, "vendor.ungranted", "rights", RECORD, work(world))
    assert again == {"workRecords": [], "userErrors": []}
    assert await digests(superuser) == before


async def test_what_changed_since_is_told_as_it_is_now(world: World) -> None:
    query = (
        "mutation($input: CreateOfferingInput!) { createOffering(input: $input) { offering { id draft { title } } } }"
    )
    first = await answered(world, "vendor.catalog", "now", query, titled("Before"))
    change = {"offeringId": first["offering"]["id"], "title": "After"}
    await world.do("vendor.catalog", "updateOffering", "offering { id }", change)
    again = await answered(world, "vendor.catalog", "now", query, titled("Before"))
    assert again["offering"] == {"id": first["offering"]["id"], "draft": {"title": "After"}}


TWO = {
    "side by side": """mutation {
        a: createOffering(input: {title: "Two"}) { offering { id } }
        b: createOffering(input: {title: "Two"}) { offering { id } } }""",
    "in a fragment": """mutation { ...Both }
        fragment Both on Mutation {
        a: createOffering(input: {title: "Two"}) { offering { id } }
        b: createOffering(input: {title: "Two"}) { offering { id } } }""",
    "in a fragment, of two kinds": """mutation { ... on Mutation {
        createOffering(input: {title: "Two"}) { offering { id } }
        createApiKey(input: {name: "Two", roles: [CATALOG_MANAGER]}) { apiKey { id } } } }""",
}


@pytest.mark.parametrize("query", TWO.values(), ids=TWO)
async def test_two_mutations_with_one_key_are_refused(
    world: World, superuser: asyncpg.Connection[Any], query: str
) -> None:
    before = await digests(superuser)
    answer = await send(world, "vendor.owner", "two", query)
    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert codes == {"INVALID_IDEMPOTENCY_KEY"}
    assert answer.json()["data"] is None
    assert await digests(superuser) == before


async def test_one_mutation_in_a_fragment_takes_a_key(world: World, superuser: asyncpg.Connection[Any]) -> None:
    query = """mutation($no: Boolean = false) { __typename ...One
        createOffering(input: {title: "Not asked for"}) @include(if: $no) { offering { id } } }
        fragment One on Mutation { only: createOffering(input: {title: "Only"}) { offering { id } } }"""
    first = await send(world, "vendor.owner", "one", query)
    assert "errors" not in first.json()
    assert (await send(world, "vendor.owner", "one", query)).json()["data"] == first.json()["data"]
    assert await count(superuser, "select count(*) from offering_version where title = 'Only'") == 1


@pytest.mark.parametrize("key", ["", "x" * (LONGEST_KEY + 1)])
async def test_a_key_that_is_none_is_refused(world: World, superuser: asyncpg.Connection[Any], key: str) -> None:
    before = await digests(superuser)
    answer = await send(world, "vendor.owner", key, CREATE, titled("No key"))
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["INVALID_IDEMPOTENCY_KEY"]
    assert await digests(superuser) == before


async def test_a_key_is_forgotten_after_a_day(world: World, superuser: asyncpg.Connection[Any]) -> None:
    first = await answered(world, "vendor.catalog", "old", CREATE, titled("Daily"))
    age = "update idempotency_key set created_at = $1 where key = 'old'"
    await superuser.execute(age, datetime.now(UTC) - timedelta(hours=23, minutes=59))
    assert await answered(world, "vendor.catalog", "old", CREATE, titled("Daily")) == first
    await superuser.execute(age, datetime.now(UTC) - timedelta(hours=24, seconds=1))
    later = await answered(world, "vendor.catalog", "old", CREATE, titled("Another day"))
    assert later["userErrors"] == []
    assert later["offering"]["id"] != first["offering"]["id"]


async def test_nobody_with_a_key_is_nobody(world: World, superuser: asyncpg.Connection[Any]) -> None:
    before = await digests(superuser)
    for _ in range(2):
        payload = await answered(world, "nobody", "anonymous", CREATE, titled("Nobody's"))
        assert [error["code"] for error in payload["userErrors"]] == ["UNAUTHENTICATED"]
    assert await digests(superuser) == before


async def test_an_invitation_accepted_twice_with_one_key_is_accepted_once(
    world: World, superuser: asyncpg.Connection[Any]
) -> None:
    person = {"name": "Nia Cole", "email": "nia@lakeside.example", "roles": ["DELIVERY"]}
    invited = await world.do("vendor.owner", "inviteMember", "invitation { id } code", person)
    token = issue_token(
        SigningKeys(world.settings.signing_keys_dir),
        issuer=world.settings.issuer,
        audience=world.settings.issuer,
        subject="nia",
        lifetime=timedelta(hours=1),
        now=datetime.now(UTC),
    )
    accept = """mutation($input: AcceptInvitationInput!) {
        acceptInvitation(input: $input) { member { name } userErrors { code } } }"""
    code = {"input": {"code": invited["code"]}}
    for _ in range(2):
        answer = await send(world, "nobody", "accept", accept, code, authorization=f"Bearer {token}")
        assert answer.json()["data"] == {"acceptInvitation": {"member": {"name": "Nia Cole"}, "userErrors": []}}
    assert await count(superuser, "select count(*) from member where name = 'Nia Cole'") == 1


async def test_a_query_needs_no_key_and_keeps_none(world: World, superuser: asyncpg.Connection[Any]) -> None:
    before = await digests(superuser)
    answer = await send(world, "vendor.owner", "query", "{ viewer { roles } }")
    assert answer.json()["data"] == {"viewer": {"roles": ["OWNER", "SIGNATORY"]}}
    assert await digests(superuser) == before
