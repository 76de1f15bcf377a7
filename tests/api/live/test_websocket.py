"""Subscriptions over graphql-transport-ws, message by message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.api.live.conftest import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROTOCOL = Subprotocol("graphql-transport-ws")
INVOICE = "subscription($id: ID!) { invoice(id: $id) { status lines { id } } }"


@asynccontextmanager
async def socket(town: Town, *, protocol: Subprotocol = PROTOCOL) -> AsyncIterator[ClientConnection]:
    url = town.url.replace("http://", "ws://") + "/graphql"
    async with connect(url, subprotocols=[protocol], proxy=None) as connection:
        yield connection


async def say(connection: ClientConnection, **message: Any) -> None:  # noqa: ANN401  (any message)
    await connection.send(json.dumps(message))


async def hear(connection: ClientConnection) -> Any:  # noqa: ANN401  (any message)
    async with asyncio.timeout(30):
        return json.loads(await connection.recv())


async def introduced(connection: ClientConnection, town: Town, onlooker: str) -> None:
    await say(connection, type="connection_init", payload=dict(town.world.onlookers[onlooker].headers))
    assert await hear(connection) == {"type": "connection_ack"}


async def subscribe(connection: ClientConnection, town: Town, **others: Any) -> None:  # noqa: ANN401
    payload = {"query": INVOICE, "variables": {"id": town.world.names["standbyInvoice"]}} | others
    await say(connection, id="1", type="subscribe", payload=payload)


async def closing_code(connection: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed) as closed:
        await hear(connection)
    return closed.value.rcvd.code if closed.value.rcvd else None


async def test_what_is_followed_is_told_and_can_be_left(town: Town) -> None:
    async with socket(town) as connection:
        await introduced(connection, town, "association.owner")
        await subscribe(connection, town)
        told = await hear(connection)
        assert (told["id"], told["type"]) == ("1", "next")
        assert told["payload"]["data"]["invoice"]["status"] == "VOID"
        await say(connection, id="1", type="complete")
        await say(connection, type="ping")
        assert await hear(connection) == {"type": "pong"}


async def test_a_stranger_hears_null_and_the_end(town: Town) -> None:
    async with socket(town) as connection:
        await introduced(connection, town, "stranger.delivery")
        await subscribe(connection, town)
        assert await hear(connection) == {"id": "1", "type": "next", "payload": {"data": {"invoice": None}}}
        assert await hear(connection) == {"id": "1", "type": "complete"}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"query": "{ __typename }"}, "METHOD_NOT_ALLOWED"),
        ({"query": "subscription { nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "subscription {"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": 'subscription { invoice(id: "x") { id } }'}, "INVALID_ID"),
        ({"variables": []}, "BAD_REQUEST"),
    ],
)
async def test_what_is_wrong_is_told_with_its_code(town: Town, payload: dict[str, Any], code: str) -> None:
    async with socket(town) as connection:
        await introduced(connection, town, "nobody")
        await say(connection, id="7", type="subscribe", payload=payload)
        told = await hear(connection)
        assert (told["id"], told["type"]) == ("7", "error")
        assert [error["extensions"]["code"] for error in told["payload"]] == [code]


async def test_nobody_follows_before_they_have_said_who_they_are(town: Town) -> None:
    async with socket(town) as connection:
        await subscribe(connection, town)
        assert await closing_code(connection) == 4401


async def test_a_bad_token_is_not_let_in(town: Town) -> None:
    async with socket(town) as connection:
        await say(connection, type="connection_init", payload={"Authorization": "Bearer nonsense"})
        assert await closing_code(connection) == 4403


@pytest.mark.parametrize("text", ["no json", "[]", '{"type": "nonsense"}', '{"type": "subscribe", "id": "1"}'])
async def test_what_is_no_message_ends_the_conversation(town: Town, text: str) -> None:
    async with socket(town) as connection:
        await introduced(connection, town, "nobody")
        await connection.send(text)
        assert await closing_code(connection) == 4400


async def test_the_legacy_protocol_is_not_spoken(town: Town) -> None:
    with pytest.raises(Exception, match=r"403|4406|subprotocol|rejected"):
        async with socket(town, protocol=Subprotocol("graphql-ws")):
            pass
