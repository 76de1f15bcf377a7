from __future__ import annotations

import base64
import json

import pytest

from tests.bad_input.clerk import Clerk

pytestmark = pytest.mark.asyncio(loop_scope="session")

CONTRACT = "query($id: ID!) { contract(id: $id) { id } }"
PAGE = """query($first: Int, $last: Int, $after: String, $before: String) {
    contracts(first: $first, last: $last, after: $after, before: $before) { totalCount } }"""


@pytest.mark.parametrize("id_", ["", "con_", "con_zzz", "nonsense", "con_" + "A" * 43, "con_AAAA\u00e9", "1", "\0"])
async def test_an_id_that_is_none_in_a_query(clerk: Clerk, id_: str) -> None:
    answer = await clerk.send("association.owner", CONTRACT, {"id": id_})
    assert await clerk.errors(answer) == ["INVALID_ID"]


async def test_an_id_of_another_type_in_a_query(clerk: Clerk) -> None:
    for name in ("offering", "invoice", "admin", "submission"):
        answer = await clerk.send("association.owner", CONTRACT, {"id": clerk.names[name]})
        assert await clerk.errors(answer) == ["INVALID_ID"]


async def test_an_id_of_another_type_in_a_filter(clerk: Clerk) -> None:
    query = "query($filter: ContractFilter) { contracts(filter: $filter) { totalCount } }"
    answer = await clerk.send("association.owner", query, {"filter": {"offering": clerk.names["contract"]}})
    assert await clerk.errors(answer) == ["INVALID_ID"]


@pytest.mark.parametrize("name", ["offering", "invoice", "admin", "submission"])
async def test_an_id_of_another_type_in_a_mutation(clerk: Clerk, name: str) -> None:
    given = clerk.signature(contractId=clerk.names[name])
    assert await clerk.refusals("vendor.owner", "signContract", given) == [("INVALID_ID", "contractId")]


async def test_an_id_of_another_type_in_a_list_of_a_mutation(clerk: Clerk) -> None:
    given = {"contractId": clerk.names["contract"], "workRecordIds": [clerk.names["admin"], clerk.names["invoice"]]}
    assert await clerk.refusals("vendor.delivery", "submitWork", given) == [("INVALID_ID", "workRecordIds.1")]


def cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "nonsense",
        "\u00e9",
        cursor([]),
        cursor({}),
        cursor(None),
        cursor(["Contract.NEWEST"]),
        cursor(["Contract.NEWEST", 1, 2]),
        cursor(["Contract.NEWEST", "2026-01-01T00:00:00+00:00", "nonsense"]),
        cursor(["Invoice.NEWEST", "2026-01-01T00:00:00+00:00", "019ac000-0000-7000-8000-000000000000"]),
        "W" * 100_000,
    ],
)
async def test_a_cursor_made_up(clerk: Clerk, made_up: str) -> None:
    answer = await clerk.send("association.owner", PAGE, {"first": 1, "after": made_up})
    assert await clerk.errors(answer) == ["INVALID_CURSOR"]


async def test_a_cursor_of_another_order(clerk: Clerk) -> None:
    query = "query($after: String) { contracts(first: 1, after: $after, orderBy: TITLE) { edges { cursor } } }"
    newest = "{ contracts(first: 1) { edges { cursor } } }"
    found = (await clerk.send("association.owner", newest)).json()["data"]["contracts"]["edges"][0]["cursor"]
    answer = await clerk.send("association.owner", query, {"after": found})
    assert await clerk.errors(answer) == ["INVALID_CURSOR"]


@pytest.mark.parametrize("end", ["first", "last"])
async def test_a_page_of_101(clerk: Clerk, end: str) -> None:
    answer = await clerk.send("association.owner", PAGE, {end: 101})
    assert await clerk.errors(answer) == ["PAGE_TOO_LARGE"]


@pytest.mark.parametrize("given", [{"first": 0}, {"first": -1}, {"first": 1, "last": 1}])
async def test_a_page_that_is_none(clerk: Clerk, given: dict[str, int]) -> None:
    assert await clerk.errors(await clerk.send("association.owner", PAGE, given)) == ["INVALID_PAGE"]


async def test_101_ids_at_once(clerk: Clerk) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    answer = await clerk.send("association.owner", query, {"ids": [clerk.names["contract"]] * 101})
    assert await clerk.errors(answer) == ["PAGE_TOO_LARGE"]
