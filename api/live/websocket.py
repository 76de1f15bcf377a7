"""GraphQL over WebSocket, by the protocol `graphql-transport-ws`; Strawberry speaks it, we say what is followed.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from graphql import GraphQLError, OperationType
from starlette.datastructures import Headers
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.async_base_view import AsyncWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.unset import UNSET

from api.answering import errors_of
from api.asking import sent_of
from api.failures import Refusal
from api.limits import owner_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from strawberry.types.unset import UnsetType

    from api.live.following import Live
    from api.reading import Asked

SECONDS_TO_INTRODUCE_ONESELF: Final = timedelta(seconds=10)
MOST_OPERATIONS: Final = 50
"""That one connection follows at a time."""
LARGEST_MESSAGE: Final = 256 * 1024
"""Characters of what a client sends."""
FORBIDDEN: Final = 4403
BAD_REQUEST: Final = 4400


def websocket_endpoint(live: Live) -> Callable[[WebSocket], Awaitable[None]]:
    """What answers the WebSockets of `/graphql`."""

    async def answer(socket: WebSocket) -> None:
        if GRAPHQL_TRANSPORT_WS_PROTOCOL not in socket.scope["subprotocols"]:
            await socket.close(4406, "the protocol is graphql-transport-ws")
            return
        await socket.accept(GRAPHQL_TRANSPORT_WS_PROTOCOL)
        conversation = Conversation(live, socket)
        await BaseGraphQLTransportWSHandler(
            view=conversation,  # type: ignore[arg-type]  # of a view it asks for `on_ws_connect` alone
            websocket=Wire(socket),
            context=conversation,
            root_value=None,
            schema=conversation,  # type: ignore[arg-type]  # of a schema it asks for `stream` alone
            connection_init_wait_timeout=SECONDS_TO_INTRODUCE_ONESELF,
            max_subscriptions_per_connection=MOST_OPERATIONS,
        ).handle()

    return answer


class Wire(AsyncWebSocketAdapter):
    """The messages of one WebSocket; data that PostgreSQL wrote pass through as they are."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """Yield what the client sends. Raises NonTextMessageReceived and NonJsonMessageReceived."""
        assert not ignore_parsing_errors, "the legacy protocol is not spoken here"
        try:
            while self._socket.application_state is not WebSocketState.DISCONNECTED:
                yield _read(await self._socket.receive_text())
        except KeyError:
            raise NonTextMessageReceived from None
        except WebSocketDisconnect:
            return

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send a message; to a client that has gone away, nothing."""
        try:
            await self._socket.send_text(orjson.dumps(message).decode())
        except (WebSocketDisconnect, RuntimeError):
            return

    async def close(self, code: int, reason: str) -> None:
        """End the conversation."""
        if self._socket.application_state is not WebSocketState.DISCONNECTED:
            await self._socket.close(code, reason[:100])


class Conversation:
    """One connection: who is at its other end, and what they follow."""

    def __init__(self, live: Live, socket: WebSocket) -> None:
        self.connection_params: dict[str, object] = {}
        self._live = live
        self._socket = socket

    async def on_ws_connect(self, _: object) -> UnsetType:
        """Let somebody in who proves who they are, or says nothing of that. Raises ConnectionRejectionError."""
        try:
            await self._live.view.authenticator.bearer(self._headers())
        except Refusal as refused:
            raise ConnectionRejectionError({"code": refused.code}) from None
        return cast("UnsetType", UNSET)

    async def stream(self, query: Mapping[str, Any], **_: object) -> AsyncGenerator[Any, None]:
        """Follow what a client subscribes to; `query` is all that it sent, since a document may be named by its id."""
        return self._answers(query)

    async def _answers(self, payload: Mapping[str, Any]) -> AsyncGenerator[Any, None]:
        headers = self._headers()
        first = True
        try:
            sent = sent_of(payload)
            bearer = await self._live.view.authenticator.bearer(headers)
            who = owner_of(self._socket.scope, bearer and bearer.subject)
            asked = await self._live.view.asked(sent, who)
            _require_subscription(asked)
            async for data in self._live.follow(asked, headers, who):
                yield ExecutionResult(data=orjson.Fragment(data), errors=None)  # type: ignore[arg-type]  # JSON it is
                first = False
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it was, the client hears of it
            errors = [GraphQLError(told["message"], extensions=told["extensions"]) for told in errors_of(error)]
            yield PreExecutionError(data=None, errors=errors) if first else ExecutionResult(data=None, errors=errors)

    def _headers(self) -> Headers:
        """What says who asks: the first message, since browsers send no headers with a WebSocket; else the headers."""
        said = {name.lower(): str(value) for name, value in self.connection_params.items() if isinstance(value, str)}
        kept = {name: value for name, value in said.items() if name in {"authorization", "x-organization"}}
        return Headers(dict(self._socket.headers) | kept)


def _require_subscription(asked: Asked) -> None:
    if asked.operation.type is not OperationType.SUBSCRIPTION:
        raise Refusal(405, "METHOD_NOT_ALLOWED", "queries and mutations are sent by POST")


def _read(text: str) -> object:
    if len(text) > LARGEST_MESSAGE:
        raise NonJsonMessageReceived
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise NonJsonMessageReceived from None
    if not isinstance(message, dict):
        raise NonJsonMessageReceived
    if message.get("type") == "subscribe" and isinstance(message.get("payload"), dict):
        # the handler looks for a text alone, and hands on what it finds
        message["payload"] = {"query": message["payload"]}
    return message
