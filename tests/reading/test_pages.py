"""Connections: every way to walk their pages meets every row once, in order."""

# ruff: noqa: A002, ANN401, PLR0917 -- arguments are named as in the schema; JSON is anything

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.reading import InvalidCursorError, InvalidPageError, PageTooLargeError
from core.ids import encode

if TYPE_CHECKING:
    from tests.reading.conftest import Ask

GOODS = """
    query ($first: Int, $after: String, $last: Int, $before: String, $filter: GoodFilter, $order: GoodOrder) {
      goods(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $order) {
        totalCount
        edges { cursor node { id title rating } }
        nodes { id }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
"""
ORDERED = {
    "TITLE": [1, 2, 3, 4, 5, 6],
    "NEWEST": [6, 5, 4, 3, 2, 1],
    "BEST": [3, 1, 4, 6, 2, 5],
    "WORST": [5, 2, 6, 4, 1, 3],
    "CLOSEST": [1, 2, 3, 4, 5, 6],
}
"""The goods by number, in each order."""


def ids(numbers: list[int]) -> list[str]:
    return [encode("good", UUID(int=number)) for number in numbers]


@pytest.mark.parametrize("order", ORDERED)
async def test_each_order_is_as_declared(ask: Ask, order: str) -> None:
    page = (await ask(GOODS, order=order)).json["goods"]
    assert [node["id"] for node in page["nodes"]] == ids(ORDERED[order])
    assert [edge["node"]["id"] for edge in page["edges"]] == ids(ORDERED[order])
    assert page["totalCount"] == 6
    assert page["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": page["edges"][0]["cursor"],
        "endCursor": page["edges"][-1]["cursor"],
    }


async def test_the_first_order_is_the_default(ask: Ask) -> None:
    assert (await ask("{ goods { nodes { id } } }")).json["goods"]["nodes"] == [
        {"id": found} for found in ids(ORDERED["TITLE"])
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(order=st.sampled_from(list(ORDERED)), size=st.integers(1, 7), forward=st.booleans())
async def test_walking_the_pages_yields_every_row_once(ask: Ask, order: str, size: int, forward: bool) -> None:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(7):
        arguments: dict[str, Any] = {"first": size, "after": cursor} if forward else {"last": size, "before": cursor}
        page = (await ask(GOODS, order=order, **arguments)).json["goods"]
        found = [edge["node"]["id"] for edge in page["edges"]]
        seen = seen + found if forward else found + seen
        info = page["pageInfo"]
        assert info["hasPreviousPage" if forward else "hasNextPage"] == (cursor is not None)
        assert page["totalCount"] == 6
        cursor = info["endCursor" if forward else "startCursor"]
        if not info["hasNextPage" if forward else "hasPreviousPage"]:
            break
    assert seen == ids(ORDERED[order])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    order=st.sampled_from(list(ORDERED)),
    low=st.integers(0, 5),
    high=st.integers(0, 5),
    size=st.integers(1, 6),
    forward=st.booleans(),
)
async def test_a_page_between_two_cursors(ask: Ask, order: str, low: int, high: int, size: int, forward: bool) -> None:
    cursors = [edge["cursor"] for edge in (await ask(GOODS, order=order)).json["goods"]["edges"]]
    page = (
        await ask(
            GOODS, order=order, after=cursors[low], before=cursors[high], **{"first" if forward else "last": size}
        )
    ).json["goods"]
    between = ids(ORDERED[order])[low + 1 : high]
    expected = between[:size] if forward else between[-size:]
    assert [node["id"] for node in page["nodes"]] == expected
    assert page["pageInfo"]["hasNextPage"] is (True if not forward else len(between) > size or True)
    assert page["pageInfo"]["hasPreviousPage"] is True


async def test_an_empty_page(ask: Ask) -> None:
    page = (await ask(GOODS, filter={"title": "nothing"})).json["goods"]
    assert page == {
        "totalCount": 0,
        "edges": [],
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
    }


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ({"state": ["RETIRED"]}, [3, 6]),
        ({"state": ["RETIRED", "OFFERED"], "language": ["en"]}, [1, 2, 5]),
        ({"state": []}, []),
        ({"state": None}, [1, 2, 3, 4, 5, 6]),
        ({"onlyState": "RETIRED"}, [3, 6]),
        ({"priced": True}, [1, 2, 3, 4, 6]),
        ({"priced": False}, [5]),
        ({"maker": encode("maker", UUID(int=1))}, [1, 3, 5]),
        ({"makers": [encode("maker", UUID(int=2)), encode("maker", UUID(int=3))]}, [2, 4, 6]),
        ({"offeredFrom": "2026-02-05"}, [5, 6]),
        ({"title": "Chair"}, [3, 4]),
        ({}, [1, 2, 3, 4, 5, 6]),
    ],
)
async def test_filters(ask: Ask, filter: dict[str, object], expected: list[int]) -> None:
    page = (await ask(GOODS, filter=filter)).json["goods"]
    assert [node["id"] for node in page["nodes"]] == ids(expected)
    assert page["totalCount"] == len(expected)


async def test_an_order_may_look_at_the_filter(ask: Ask) -> None:
    query = "{ goods(orderBy: CLOSEST, first: 2, filter: {state: [OFFERED]}) { nodes { title } } }"
    assert (await ask(query)).json["goods"]["nodes"] == [{"title": "Anvil"}, {"title": "Bell"}]
    page = (await ask(GOODS, order="CLOSEST", filter={"title": "Chair"}, first=1)).json["goods"]
    assert [node["id"] for node in page["nodes"]] == ids([4])
    page = (await ask(GOODS, order="CLOSEST", filter={"title": "Chair"}, after=page["pageInfo"]["endCursor"])).json[
        "goods"
    ]
    assert [node["id"] for node in page["nodes"]] == ids([3])


async def test_facets_ignore_the_filter_of_their_own_name(ask: Ask) -> None:
    query = "query ($f: GoodFilter) { goods(filter: $f) { facets { field values { value count } } } }"
    assert (await ask(query, f={"state": ["OFFERED"], "language": ["en"]})).json["goods"]["facets"] == [
        {"field": "state", "values": [{"value": "OFFERED", "count": 3}]},
        {
            "field": "language",
            "values": [{"value": "en", "count": 3}, {"value": "fr", "count": 2}, {"value": "es", "count": 1}],
        },
    ]


async def test_a_connection_below_a_connection(ask: Ask) -> None:
    query = """
        query ($at: Decimal) {
          makers(first: 1) {
            edges { node { name goods(last: 2, orderBy: TITLE) { totalCount nodes { title
              salePage(filter: {atLeast: $at}, orderBy: DEAREST) {
                totalCount nodes { position } pageInfo { hasNextPage }
              }
            } } } }
          }
        }
    """
    assert (await ask(query, at="0.5")).json["makers"]["edges"] == [
        {
            "node": {
                "name": "Bob",
                "goods": {
                    "totalCount": 3,
                    "nodes": [
                        {
                            "title": "Chair",
                            "salePage": {
                                "totalCount": 1,
                                "nodes": [{"position": 1}],
                                "pageInfo": {"hasNextPage": False},
                            },
                        },
                        {
                            "title": 'Eel "smoked"',
                            "salePage": {"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False}},
                        },
                    ],
                },
            }
        }
    ]


async def test_only_what_is_asked_for_is_computed(ask: Ask) -> None:
    assert "count(*)" not in (await ask("{ goods { nodes { title } } }")).sql.replace("count(*) > ", "")
    counted = await ask("{ goods { totalCount } }")
    assert "row_number" not in counted.sql
    assert counted.json == {"goods": {"totalCount": 6}}


@pytest.mark.parametrize("arguments", [{"first": 0}, {"first": -1}, {"last": 0}, {"first": 1, "last": 1}])
async def test_a_page_that_is_none(ask: Ask, arguments: dict[str, int]) -> None:
    with pytest.raises(InvalidPageError) as refused:
        await ask(GOODS, **arguments)
    assert refused.value.extensions == {"code": "INVALID_PAGE"}


@pytest.mark.parametrize("query", ["{ goods(first: 101) { totalCount } }", "{ goods(last: 101) { nodes { id } } }"])
async def test_a_page_of_101(ask: Ask, query: str) -> None:
    with pytest.raises(PageTooLargeError) as refused:
        await ask(query)
    assert refused.value.extensions == {"code": "PAGE_TOO_LARGE"}
    assert (await ask(query.replace("101", "100"))).json["goods"]


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "made up",
        "é",
        cursor("[]"),
        cursor("{}"),
        cursor("null"),
        cursor('["Good.TITLE"]'),
        cursor('["Good.TITLE", "a"]'),
        cursor('["Good.TITLE", "a", "no uuid"]'),
        cursor('["Good.TITLE", 1, "00000000-0000-0000-0000-000000000001"]'),
        cursor('["Good.TITLE", "\\u0000", "00000000-0000-0000-0000-000000000001"]'),
        cursor('["Good.TITLE", "\\ud800", "00000000-0000-0000-0000-000000000001"]'),
        cursor('["Good.NEWEST", "2026-01-01T00:00:00+00:00", "00000000-0000-0000-0000-000000000001"]'),
        cursor("[" * 5000),
    ],
)
async def test_a_cursor_that_is_none(ask: Ask, made_up: str) -> None:
    for argument in ("after", "before"):
        with pytest.raises(InvalidCursorError) as refused:
            await ask(GOODS, order="TITLE", **{argument: made_up})
        assert refused.value.extensions == {"code": "INVALID_CURSOR"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(values=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
async def test_whatever_is_in_a_cursor_it_is_read_or_refused(ask: Ask, values: Any) -> None:
    text = json.dumps(["Good.BEST", values, "t", str(UUID(int=1))])
    with suppress(InvalidCursorError):
        await ask(GOODS, order="BEST", after=cursor(text))


async def test_a_cursor_of_another_order(ask: Ask) -> None:
    page = (await ask(GOODS, order="BEST", first=1)).json["goods"]
    with pytest.raises(InvalidCursorError):
        await ask(GOODS, order="WORST", after=page["pageInfo"]["endCursor"])
