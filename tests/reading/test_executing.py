"""Planned fields beside others, and the payloads of mutations, through the ordinary executor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
import pytest

from api.reading import InvalidCursorError, Plans, execute_asked
from core.ids import encode
from tests.reading.conftest import ACTOR, SCHEMA
from tests.reading.market import BuyPayload, UserError

if TYPE_CHECKING:
    import asyncpg

    from core.actor import Actor


PLANS = Plans(SCHEMA)


@dataclass
class Context:
    actor: Actor
    connection: asyncpg.Connection[Any]
    read: Mapping[str, bytes] = field(default_factory=dict)


async def execute(text: str, context: Any, **variables: object) -> Any:  # noqa: ANN401 -- JSON is anything
    asked = PLANS.ask(text, None, variables)
    if isinstance(context, Context) and (reading := PLANS.reading(asked, context.actor)) is not None:
        context.read = await reading.read(context.connection)
    result = await execute_asked(asked, context)
    assert result.errors is None, result.errors
    return orjson.loads(orjson.dumps(result.data))


async def test_planned_fields_beside_others(connection: asyncpg.Connection[Any]) -> None:
    query = """
        query ($id: ID!, $first: Int) {
          ping
          good(id: $id) { ...Named }
          cheap: goods(first: $first, filter: {state: [RETIRED]}) { totalCount nodes { title } }
          missing: good(id: "good_AAAAAAAAAAAAAAAAAAAAYw") { title }
          __schema { queryType { name } }
        }
        fragment Named on Good { title maker { name } }
    """
    answer = await execute(query, Context(ACTOR, connection), id=encode("good", UUID(int=1)), first=1)
    assert answer == {
        "ping": "pong",
        "good": {"title": "Anvil", "maker": {"name": "Ann"}},
        "cheap": {"totalCount": 2, "nodes": [{"title": "Chair"}]},
        "missing": None,
        "__schema": {"queryType": {"name": "Query"}},
    }


async def test_a_refused_cursor_beside_others_has_its_code(connection: asyncpg.Connection[Any]) -> None:
    with pytest.raises(InvalidCursorError):
        await execute('{ ping goods(after: "x") { totalCount nodes { id } } }', Context(ACTOR, connection))


BUY = """
    mutation ($sale: ID!) {
      made: buy(sale: $sale) {
        __typename
        sale { position good { title } }
        goods { title }
        count
        userErrors { message field }
      }
    }
"""


async def test_a_payload_is_read_by_its_ids(connection: asyncpg.Connection[Any]) -> None:
    made = BuyPayload(
        sale=(UUID(int=1), UUID(int=12)), goods=[UUID(int=6), UUID(int=2), UUID(int=99), UUID(int=1)], count=3
    )
    answer = await execute(BUY, (connection, ACTOR, made), sale="x")
    assert answer == {
        "made": {
            "__typename": "BuyPayload",
            "sale": {"position": 1, "good": {"title": "Anvil"}},
            "goods": [{"title": 'Eel "smoked"'}, {"title": "Bell"}, {"title": "Anvil"}],
            "count": 3,
            "userErrors": [],
        }
    }


async def test_a_payload_may_be_empty_but_for_its_errors(connection: asyncpg.Connection[Any]) -> None:
    refused = UserError(field="lines.0", message='No "such" thing')
    answer = await execute(BUY, (connection, ACTOR, BuyPayload(user_errors=[refused])), sale="x")
    assert answer == {
        "made": {
            "__typename": "BuyPayload",
            "sale": None,
            "goods": None,
            "count": None,
            "userErrors": [{"message": 'No "such" thing', "field": "lines.0"}],
        }
    }


async def test_a_list_of_no_ids_is_an_empty_list(connection: asyncpg.Connection[Any]) -> None:
    answer = await execute(BUY, (connection, ACTOR, BuyPayload(goods=[])), sale="x")
    assert answer["made"]["goods"] == []
