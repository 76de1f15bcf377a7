"""GraphQL over HTTP: which media type answers, which status says what, which methods there are."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from tests.api.requests import BROWSER, CREATE, GRAPHQL, JSON, body, codes, listed, post
from tests.digests import digests
from tests.guards.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (GRAPHQL.upper(), GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON};q=0.9", JSON),
        (f"{GRAPHQL};q=0.9, */*;q=0.1", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"text/html, {GRAPHQL};q=0.2", GRAPHQL),
        (BROWSER, JSON),
    ],
)
async def test_the_media_type_that_is_wanted_most(world: World, accept: str, answered: str) -> None:
    answer = await post(world, accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, answered)
    assert answer.json()["data"] == {"__typename": "Query"}
    assert "accept" in listed(answer, "vary")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", f"{JSON};q=0", "nonsense"])
async def test_an_answer_that_cannot_be_given_is_not_begun(
    world: World, superuser: asyncpg.Connection[Any], accept: str
) -> None:
    before = await digests(superuser)
    answer = await post(world, "vendor.catalog", body(CREATE), accept=accept)
    assert (answer.status_code, codes(answer)) == (406, ["NOT_ACCEPTABLE"])
    assert await digests(superuser) == before


WRONG = [
    (body("{"), "GRAPHQL_PARSE_FAILED"),
    (body("{ nothing }"), "GRAPHQL_VALIDATION_FAILED"),
    (body("query($id: ID!) { contract(id: $id) { id } }"), "BAD_USER_INPUT"),
    (body("query($id: ID!) { contract(id: $id) { id } }", id=None), "BAD_USER_INPUT"),
    (body('{ contract(id: "x") { id } }'), "INVALID_ID"),
    (body("query A { __typename } query B { __typename }"), "BAD_REQUEST"),
    (body("mutation($input: CreateOfferingInput!) { createOffering(input: $input) { __typename } }"), "BAD_USER_INPUT"),
]


@pytest.mark.parametrize(("content", "code"), WRONG, ids=[content[:40].decode() for content, _ in WRONG])
@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
async def test_a_document_that_is_wrong(world: World, content: bytes, code: str, accept: str, status: int) -> None:
    answer = await post(world, "vendor.catalog", content, accept=accept)
    assert (answer.status_code, codes(answer)) == (status, [code])
    assert answer.headers["content-type"] == accept


@pytest.mark.parametrize("content", [b"", b"null", b"{", b'"{ __typename }"', b"{}", b'{"query": 1}'])
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_a_body_that_is_no_request_is_a_bad_one_in_either_media_type(
    world: World, content: bytes, accept: str
) -> None:
    answer = await post(world, content=content, accept=accept)
    assert (answer.status_code, codes(answer)) == (400, ["BAD_REQUEST"])
    assert answer.headers["content-type"] == accept


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_a_refusal_of_the_business_is_an_answer(world: World, accept: str) -> None:
    content = body(CREATE)
    answer = await post(world, "association.owner", content, accept=accept)
    assert answer.status_code == 200
    assert answer.json()["data"]["createOffering"]["userErrors"][0]["code"] == "FORBIDDEN"


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_a_token_that_is_none_has_the_status_of_one(world: World, accept: str) -> None:
    answer = await post(world, accept=accept, authorization="Bearer nonsense")
    assert (answer.status_code, codes(answer), answer.headers["content-type"]) == (401, ["TOKEN_INVALID"], accept)
    assert answer.headers["www-authenticate"].startswith("Bearer ")


async def test_a_browser_is_shown_the_page_and_a_link_with_a_query_its_answer(world: World) -> None:
    page = await world.client.get("/graphql", headers={"accept": BROWSER})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "GraphiQL" in page.text
    link = await world.client.get("/graphql", params={"query": "{ __typename }"}, headers={"accept": BROWSER})
    assert (link.status_code, link.headers["content-type"]) == (200, JSON)


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_told_which_there_are(
    world: World, superuser: asyncpg.Connection[Any], method: str
) -> None:
    before = await digests(superuser)
    headers = {**world.onlookers["vendor.catalog"].headers, "content-type": JSON}
    answer = await world.client.request(method, "/graphql", content=body(CREATE), headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    assert await digests(superuser) == before
