"""Text that PostgreSQL cannot hold: NUL, and half of a surrogate pair."""

from __future__ import annotations

import pytest

from tests.bad_input.clerk import Clerk

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEARCH = "query($filter: OfferingFilter) { offerings(filter: $filter) { totalCount } }"


async def test_text_with_nul(clerk: Clerk) -> None:
    told = await clerk.refusals("vendor.catalog", "createOffering", clerk.offering(title="a\0b"))
    assert told == [("INVALID_INPUT", "title")]
    nested = clerk.offering(scope={"deliverables": ["a site", "\0"]})
    told = await clerk.refusals("vendor.catalog", "createOffering", nested)
    assert told == [("INVALID_INPUT", "scope.deliverables.1")]
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(description="a\0b"))
    assert told == [("INVALID_INPUT", "records.0.description")]


async def test_text_with_nul_in_the_query_itself(clerk: Clerk) -> None:
    create = 'mutation { createOffering(input: {title: "a\\u0000b"}) { userErrors { code field } } }'
    answer = await clerk.send("vendor.catalog", create)
    told = [{"code": "INVALID_INPUT", "field": "title"}]
    assert answer.json()["data"] == {"createOffering": {"userErrors": told}}


async def test_an_id_with_nul(clerk: Clerk) -> None:
    told = await clerk.refusals("vendor.owner", "signContract", clerk.signature(contractId="a\0b"))
    assert told == [("INVALID_ID", "contractId")]


async def test_a_search_with_nul(clerk: Clerk) -> None:
    answer = await clerk.send("nobody", SEARCH, {"filter": {"search": "a\0b"}})
    assert await clerk.errors(answer) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff", "\ud800\ud800"], ids=ascii)
async def test_half_of_a_surrogate_pair(clerk: Clerk, text: str) -> None:
    answer = await clerk.send("nobody", SEARCH, {"filter": {"search": text}})
    assert await clerk.errors(answer, 400) == ["BAD_REQUEST"]
    assert "surrogate" in answer.text


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\u{d800}"])
async def test_half_of_a_surrogate_pair_in_the_query_itself(clerk: Clerk, half: str) -> None:
    create = 'mutation { createOffering(input: {title: "' + half + '"}) { userErrors { code field } } }'
    answer = await clerk.send("vendor.catalog", create)
    assert await clerk.errors(answer) == ["GRAPHQL_PARSE_FAILED"]
