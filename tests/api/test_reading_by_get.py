"""Queries by GET: what may be kept, by whom, and that nothing is changed that way."""

from __future__ import annotations

import json
from typing import Any

import asyncpg
import pytest

from tests.api.requests import CREATE, GRAPHQL, JSON, body, codes, get, listed, post
from tests.digests import digests
from tests.guards.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

OFFERINGS = "{ offerings(first: 50) { totalCount nodes { title } } }"


async def test_what_everybody_sees_may_be_kept_by_everybody(world: World) -> None:
    answer = await get(world, query=OFFERINGS)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == GRAPHQL
    assert answer.headers["cache-control"] == f"public, max-age={world.settings.public_seconds}"
    differs_by = listed(answer, "vary")
    assert {"accept", "accept-encoding", "authorization", "x-organization"} <= differs_by


async def test_what_one_member_sees_is_kept_by_nobody_else(world: World) -> None:
    query = "query($id: ID!) { contract(id: $id) { title } }"
    variables = json.dumps({"id": world.names["contract"]})
    answer = await get(world, "association.owner", query=query, variables=variables)
    assert answer.json()["data"] == {"contract": {"title": "LMS administration"}}
    assert answer.headers["cache-control"] == "private, no-cache"
    known = {"if-none-match": answer.headers["etag"]}
    again = await get(world, "association.owner", known, query=query, variables=variables)
    assert (again.status_code, again.content) == (304, b"")
    # the tag says what was seen, and opens nothing to somebody else
    stranger = await get(world, "stranger.association", known, query=query, variables=variables)
    assert (stranger.status_code, stranger.json()["data"]) == (200, {"contract": None})


@pytest.mark.parametrize("known", ["{tag}", '"other", {tag}', "*", "{strong}"])
async def test_what_is_known_is_not_sent_again(world: World, known: str) -> None:
    tag = (await get(world, query=OFFERINGS)).headers["etag"]
    again = await get(world, headers={"if-none-match": known.format(tag=tag, strong=tag[2:])}, query=OFFERINGS)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert {"cache-control", "vary"} <= set(again.headers)
    assert not {"content-length", "content-encoding"} & set(again.headers)


async def test_what_changed_is_sent_again(world: World) -> None:
    before = await get(world, "vendor.owner", query="{ ownOfferings { totalCount } }")
    assert (await post(world, "vendor.catalog", body(CREATE))).json()["data"]["createOffering"]["userErrors"] == []
    known = {"if-none-match": before.headers["etag"]}
    after = await get(world, "vendor.owner", known, query="{ ownOfferings { totalCount } }")
    assert after.status_code == 200
    counts = [answer.json()["data"]["ownOfferings"]["totalCount"] for answer in (before, after)]
    assert counts[1] == counts[0] + 1


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": "{"},
        {"query": "{ nothing }"},
        {"query": '{ contract(id: "x") { id } }'},
        {"query": "{ __typename }", "variables": "{"},
        {"query": "{ __schema { queryType { name } } }"},
        {"variables": "{}"},
        {"query": "mutation { __typename }"},
    ],
    ids=str,
)
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_nothing_else_may_be_kept(world: World, parameters: dict[str, str], accept: str) -> None:
    answer = await get(world, headers={"accept": accept}, **parameters)
    assert answer.headers["cache-control"] in {"no-store", "private, no-cache"}


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": CREATE},
        {"query": f"query A {{ __typename }} {CREATE.replace('mutation', 'mutation B')}", "operationName": "B"},
    ],
    ids=["alone", "chosen"],
)
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_no_mutation_by_get(
    world: World, superuser: asyncpg.Connection[Any], parameters: dict[str, str], accept: str
) -> None:
    before = await digests(superuser)
    answer = await get(world, "vendor.catalog", {"accept": accept}, **parameters)
    assert (answer.status_code, codes(answer), answer.headers["allow"]) == (405, ["METHOD_NOT_ALLOWED"], "POST")
    assert await digests(superuser) == before


@pytest.mark.parametrize("parameters", ["", "query=", "query=%ff", "query={__typename}&query={__typename}"])
async def test_a_url_that_is_no_request(world: World, parameters: str) -> None:
    answer = await world.client.get(f"/graphql?{parameters}", headers={"accept": GRAPHQL})
    assert answer.status_code == 400
    assert codes(answer)[0] in {"BAD_REQUEST", "GRAPHQL_PARSE_FAILED"}
