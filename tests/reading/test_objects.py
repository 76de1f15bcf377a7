"""Objects come out exactly as the schema promises: values, formats, names and order."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.actor import ANONYMOUS
from core.ids import encode

if TYPE_CHECKING:
    from tests.reading.conftest import Ask

ANVIL = encode("good", UUID(int=1))


def good(number: int) -> str:
    return encode("good", UUID(int=number))


async def test_an_object_has_its_fields_in_the_order_they_are_asked_for(ask: Ask) -> None:
    answer = await ask("query ($id: ID!) { good(id: $id) { title id state languages rating offeredOn } }", id=ANVIL)
    assert answer.text == (
        b'{"good":{"title":"Anvil","id":"' + ANVIL.encode() + b'","state":"OFFERED","languages":["en"],"rating":3,'
        b'"offeredOn":"2026-02-01"}}'
    )


async def test_what_does_not_exist_is_null(ask: Ask) -> None:
    assert (await ask("query ($id: ID!) { good(id: $id) { title } }", id=good(99))).text == b'{"good":null}'


async def test_money_has_the_digits_of_its_currency_and_a_unit_price_up_to_six(ask: Ask) -> None:
    prices = [
        (await ask("query ($id: ID!) { good(id: $id) { price { amount currencyCode } } }", id=good(number))).json
        for number in range(1, 7)
    ]
    assert [price["good"]["price"] for price in prices] == [
        {"amount": "52.00", "currencyCode": "USD"},
        {"amount": "0.0725", "currencyCode": "USD"},
        {"amount": "6.123456", "currencyCode": "USD"},
        {"amount": "1200", "currencyCode": "JPY"},
        None,
        {"amount": "7.500", "currencyCode": "KWD"},
    ]


async def test_minor_units_and_quantities(ask: Ask) -> None:
    query = "query ($id: ID!) { good(id: $id) { sales { position quantity total { amount } } } }"
    assert (await ask(query, id=good(1))).json["good"]["sales"] == [
        {"position": 1, "quantity": "2.5", "total": {"amount": "130.00"}},
        {"position": 2, "quantity": "1", "total": {"amount": "52.00"}},
    ]
    assert (await ask(query, id=good(4))).json["good"]["sales"] == [
        {"position": 1, "quantity": "3", "total": {"amount": "3600"}},
        {"position": 2, "quantity": "0.25", "total": None},
    ]
    assert (await ask(query, id=good(2))).json["good"]["sales"] == []


async def test_percentages_are_rounded_half_even_to_two_decimals_and_a_part_may_be_absent(ask: Ask) -> None:
    query = "query ($id: ID!) { good(id: $id) { discount { percent floor } } }"
    assert (await ask(query, id=good(1))).json["good"]["discount"] == {"percent": "12.34", "floor": None}
    assert (await ask(query, id=good(3))).json["good"]["discount"] == {"percent": "0.12", "floor": "0.10"}
    assert (await ask(query, id=good(2))).json["good"]["discount"] is None


async def test_instants_are_utc_whatever_the_session_thinks(ask: Ask) -> None:
    query = "query ($id: ID!) { good(id: $id) { madeAt } }"
    assert (await ask(query, id=good(1))).json["good"]["madeAt"] == "2026-01-01T12:30:00.12Z"
    assert (await ask(query, id=good(2))).json["good"]["madeAt"] == "2026-01-02T12:30:00Z"


async def test_expressions_know_the_row_and_the_reader(ask: Ask) -> None:
    query = "query ($id: ID!) { good(id: $id) { shouted mine } }"
    assert (await ask(query, id=good(1))).json["good"] == {"shouted": "ANVIL", "mine": True}
    assert (await ask(query, id=good(4))).json["good"] == {"shouted": "CHAIR", "mine": False}


async def test_edges_lead_to_own_rows_and_to_rows_that_were_handed_over(ask: Ask) -> None:
    query = """
        query ($id: ID!) {
          good(id: $id) { maker { name country best { title maker { name } } } turnover { quantity total { amount } } }
        }
    """
    assert (await ask(query, id=good(1))).json["good"] == {
        "maker": {"name": "Ann", "country": "US", "best": {"title": "Chair", "maker": {"name": "Ann"}}},
        "turnover": {"quantity": "3.5", "total": {"amount": "182.00"}},
    }


async def test_an_object_without_a_column_of_its_rows_still_has_the_rows_number(ask: Ask) -> None:
    query = "query ($id: ID!) { good(id: $id) { turnover { __typename } } }"
    assert (await ask(query, id=good(1))).json == {"good": {"turnover": {"__typename": "Turnover"}}}


async def test_aliases_fragments_duplicates_and_typenames(ask: Ask) -> None:
    query = """
        query Look($id: ID!) {
          __typename
          first: good(id: $id) { ...Named ... on Node { id } ... on Good { called: title } ...Named ... { mine } }
          second: good(id: $id) { maker { name } __typename maker { home: country } }
        }
        fragment Named on Good { title maker { ...Who } }
        fragment Who on Maker { __typename name }
    """
    answer = await ask(query, operation="Look", id=ANVIL)
    assert answer.json == {
        "__typename": "Query",
        "first": {
            "title": "Anvil",
            "maker": {"__typename": "Maker", "name": "Ann"},
            "id": ANVIL,
            "called": "Anvil",
            "mine": True,
        },
        "second": {"maker": {"name": "Ann", "home": "US"}, "__typename": "Good"},
    }
    assert list(answer.json) == ["__typename", "first", "second"]
    assert list(answer.json["second"]) == ["maker", "__typename"]


async def test_skip_and_include(ask: Ask) -> None:
    query = """
        query ($id: ID!, $yes: Boolean!, $no: Boolean = false) {
          good(id: $id) {
            a: title @include(if: $yes)
            b: title @skip(if: $yes)
            ... @include(if: $no) { c: title }
            ...Rest @skip(if: false)
            d: title @include(if: true) @skip(if: $no)
          }
        }
        fragment Rest on Good { e: title @include(if: $yes) }
    """
    assert (await ask(query, id=ANVIL, yes=True)).json == {"good": {"a": "Anvil", "e": "Anvil", "d": "Anvil"}}
    assert (await ask(query, id=ANVIL, yes=False, no=True)).json == {"good": {"b": "Anvil", "c": "Anvil"}}


async def test_objects_of_which_nothing_is_asked(ask: Ask) -> None:
    query = """
        query ($id: ID!, $no: Boolean!) {
          good(id: $id) { title @include(if: $no) }
          node(id: $id) { id @include(if: $no) }
          nodes(ids: [$id]) { id @include(if: $no) }
          goodsOf(days: {startsOn: "2026-02-06"}) { title @include(if: $no) }
          whole: good(id: $id) {
            price { amount @include(if: $no) }
            discount { floor @include(if: $no) }
            turnover { quantity @include(if: $no) }
            maker { name @include(if: $no) }
            sales { quantity @include(if: $no) }
          }
          makers(first: 1) {
            nodes { name @include(if: $no) }
            edges { cursor @include(if: $no) }
            pageInfo { hasNextPage @include(if: $no) }
          }
          goods { totalCount @include(if: $no) }
        }
    """
    assert (await ask(query, id=ANVIL, no=False)).json == {
        "good": {},
        "node": {},
        "nodes": [{}],
        "goodsOf": [{}],
        "whole": {"price": {}, "discount": {}, "turnover": {}, "maker": {}, "sales": [{}, {}]},
        "makers": {"nodes": [{}], "edges": [{}], "pageInfo": {}},
        "goods": {},
    }


async def test_response_keys_longer_than_an_identifier(ask: Ask) -> None:
    long, longer = "a" * 64, "a" * 63 + "b"
    query = f"query ($id: ID!) {{ good(id: $id) {{ {long}: title {longer}: rating maker {{ {long}: name }} }} }}"
    answer = await ask(query, id=ANVIL)
    assert answer.json == {"good": {long: "Anvil", longer: 3, "maker": {long: "Ann"}}}


async def test_text_is_escaped_by_postgresql(ask: Ask) -> None:
    assert (await ask("query ($id: ID!) { good(id: $id) { title } }", id=good(6))).json == {
        "good": {"title": 'Eel "smoked"'}
    }


async def test_ids_of_rows_with_two_columns_lead_back(ask: Ask) -> None:
    sale = encode("sale", UUID(int=1), UUID(int=12))
    query = "query ($id: ID!) { sale(id: $id) { id position good { title } } }"
    assert (await ask(query, id=sale)).json == {"sale": {"id": sale, "position": 1, "good": {"title": "Anvil"}}}


async def test_node_dispatches_on_the_prefix(ask: Ask) -> None:
    query = "query ($id: ID!) { node(id: $id) { id __typename ... on Good { title } ... on Sale { position } } }"
    sale = encode("sale", UUID(int=1), UUID(int=11))
    assert (await ask(query, id=ANVIL)).json == {"node": {"id": ANVIL, "__typename": "Good", "title": "Anvil"}}
    assert (await ask(query, id=sale)).json == {"node": {"id": sale, "__typename": "Sale", "position": 2}}
    assert (await ask(query, id=good(99))).json == {"node": None}


async def test_nodes_keep_the_order_of_the_ids(ask: Ask) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    ids = [good(2), encode("sale", UUID(int=1), UUID(int=11)), good(99), good(1), good(2)]
    assert (await ask(query, ids=ids)).json["nodes"] == [
        {"id": ids[0]},
        {"id": ids[1]},
        None,
        {"id": ids[3]},
        {"id": ids[0]},
    ]
    assert (await ask(query, ids=[])).json == {"nodes": []}


async def test_symbolic_arguments_of_a_root(ask: Ask) -> None:
    query = "query ($days: Days!, $mine: Boolean) { goodsOf(days: $days, mine: $mine) { title } }"
    everything = await ask('{ goodsOf(days: {startsOn: "2026-02-04"}) { title } }')
    assert everything.json["goodsOf"] == [{"title": "Chair"}, {"title": "Desk"}, {"title": 'Eel "smoked"'}]
    some = await ask(
        query.replace("$mine: Boolean", "$mine: Boolean!"),
        days={"startsOn": "2026-02-02", "endsOn": "2026-02-05"},
        mine=True,
    )
    assert some.json["goodsOf"] == [{"title": "Chair"}, {"title": "Desk"}]


async def test_variables_inside_literals_and_defaults(ask: Ask) -> None:
    query = """
        query ($from: Date!, $state: GoodState = RETIRED) {
          goods(filter: {offeredFrom: $from, state: [$state, OFFERED]}) { totalCount }
          goodsOf(days: {startsOn: $from, endsOn: "2026-02-05"}) { title }
        }
    """
    assert (await ask(query, **{"from": "2026-02-05"})).json == {
        "goods": {"totalCount": 2},
        "goodsOf": [{"title": "Desk"}],
    }


async def test_a_root_may_depend_on_the_kind_of_reader(ask: Ask) -> None:
    query = "{ makers { totalCount nodes { name } } }"
    assert (await ask(query)).json == {"makers": {"totalCount": 2, "nodes": [{"name": "Bob"}, {"name": "Ann"}]}}
    assert (await ask(query, actor=ANONYMOUS)).json == {"makers": {"totalCount": 0, "nodes": []}}
