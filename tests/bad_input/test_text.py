"""Text that PostgreSQL cannot hold: NUL, and half of a surrogate pair."""

from __future__ import annotations

import pytest

from tests.bad_input.clerk import Clerk

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNSTORABLE = ["a\0b", "a\ud800b", "\udfff"]


@pytest.mark.parametrize("text", UNSTORABLE, ids=ascii)
async def test_text_that_cannot_be_stored(clerk: Clerk, text: str) -> None:
    told = await clerk.refusals("vendor.catalog", "createOffering", clerk.offering(title=text))
    assert told == [("INVALID_INPUT", "title")]
    nested = clerk.offering(scope={"deliverables": ["a site", text]})
    told = await clerk.refusals("vendor.catalog", "createOffering", nested)
    assert told == [("INVALID_INPUT", "scope.deliverables.1")]


@pytest.mark.parametrize("text", UNSTORABLE, ids=ascii)
async def test_work_described_by_it(clerk: Clerk, text: str) -> None:
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(description=text))
    assert told == [("INVALID_INPUT", "records.0.description")]


@pytest.mark.parametrize("text", UNSTORABLE, ids=ascii)
async def test_a_search_for_it(clerk: Clerk, text: str) -> None:
    query = "query($filter: OfferingFilter) { offerings(filter: $filter) { totalCount } }"
    answer = await clerk.send("nobody", query, {"filter": {"search": text}})
    assert await clerk.errors(answer) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("text", UNSTORABLE, ids=ascii)
async def test_an_id_with_it(clerk: Clerk, text: str) -> None:
    told = await clerk.refusals("vendor.owner", "signContract", clerk.signature(contractId=text))
    assert told == [("INVALID_ID", "contractId")]
