"""The endpoint `/graphql`: a planned query is read as bytes, everything else goes through the ordinary executor."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import GraphQLError, OperationType
from starlette.datastructures import Headers
from strawberry.http.ides import get_graphql_ide_html

from api.answering import Answer, cached, of_data, of_errors, of_refusal, of_result
from api.asking import JSON, Sent, accepts_gzip, from_body, from_url, negotiated, wants_page
from api.context import RequestContext
from api.failures import Refusal, refusal_of
from api.reading import InvalidDocumentError, Plans, execute_asked
from core.actor import ANONYMOUS
from core.ids import new_id
from core.log import bound

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send
    from strawberry import Schema

    from api.auth import Authenticator, Bearer
    from api.reading import Asked
    from core.actor import Actor
    from core.db import Database
    from core.settings import Settings
    from services.delivery.blobs import BlobStore


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request, and in which form it is answered."""

    scope: Scope
    headers: Headers
    receive: Receive
    request_id: str
    media_type: str

    @property
    def method(self) -> str:
        """GET, POST or another."""
        return str(self.scope["method"])

    @property
    def by_get(self) -> bool:
        """Whether it can only read."""
        return self.method == "GET"


class GraphQLView:
    """Answers one request after another; what is wrong with one is said as a GraphQL error with a code."""

    def __init__(
        self, schema: Schema, database: Database, blobs: BlobStore, authenticator: Authenticator, settings: Settings
    ) -> None:
        self.database = database
        self.blobs = blobs
        self.authenticator = authenticator
        self.settings = settings
        self.plans = Plans(schema)
        self.page = get_graphql_ide_html(graphql_ide="graphiql").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever becomes of it."""
        headers, request_id = Headers(scope=scope), str(new_id())
        media_type = JSON
        try:
            if wants_page(scope, headers):
                answer = Answer("text/html; charset=utf-8", self.page)
            else:
                media_type = negotiated(headers.get("accept", ""))
                answer = await self.answer(Call(scope, headers, receive, request_id, media_type))
        except Refusal as refused:
            answer = of_refusal(media_type, refused)
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it was, the client hears of it
            with bound(request_id=request_id):
                answer = of_refusal(media_type, refusal_of(error))
        await answer.send(send, request_id=request_id, compressed=accepts_gzip(headers))

    async def answer(self, call: Call) -> Answer:
        """Answer a request that is one, as far as its media type tells."""
        if call.method not in {"GET", "POST"}:
            raise _method_not_allowed("send requests by POST, or queries by GET", "GET, POST")
        bearer = await self.authenticator.bearer(call.headers)
        sent = await self.sent(call)
        try:
            asked = self.plans.ask(str(sent.query), sent.operation_name, sent.variables)
            if call.by_get and asked.operation.type is not OperationType.QUERY:
                raise _method_not_allowed("a mutation is sent by POST", "POST")
            if not asked.operation.whole:
                return await self.execute(call, sent, asked, await self.actor(bearer))
            data = await self.read(asked, bearer)
        except InvalidDocumentError as invalid:
            return of_errors(call.media_type, invalid.errors)
        except GraphQLError as refused:
            return of_errors(call.media_type, [refused])
        answer = of_data(call.media_type, data, None)
        if call.by_get:
            public = self.settings.public_seconds if bearer is None else None
            return cached(answer, data, asked_before=call.headers.get("if-none-match"), public_seconds=public)
        return answer

    async def sent(self, call: Call) -> Sent:
        """Read what was sent."""
        if call.by_get:
            return from_url(call.scope)
        return await from_body(call.headers, call.receive, seconds=self.settings.body_seconds)

    async def read(self, asked: Asked, bearer: Bearer | None) -> bytes:
        """Answer a query that is planned as a whole by its one statement."""
        actor = await self.actor(bearer)
        reading = self.plans.reading(asked, actor)
        assert reading is not None, "it is planned"
        row = await self.database.read(actor, reading.sql, reading.values)
        return row[0]  # type: ignore[no-any-return]  # JSON comes as bytes

    async def execute(self, call: Call, sent: Sent, asked: Asked, actor: Actor) -> Answer:
        """Run a mutation, or a query that asks for more than is planned, through the ordinary executor."""
        key = call.headers.get("idempotency-key")
        context = RequestContext(
            actor=actor,
            database=self.database,
            blobs=self.blobs,
            request_id=call.request_id,
            idempotency_key=key,
            request_hash=hashlib.sha256(sent.body).digest() if key else b"",
        )
        reading = self.plans.reading(asked, actor)
        if reading is not None:
            context.read = reading.answer(await self.database.read(actor, reading.sql, reading.values))
        with bound(request_id=call.request_id):
            result = await execute_asked(asked, context)
            return of_result(call.media_type, result.data, result.errors or (), None)

    async def actor(self, bearer: Bearer | None) -> Actor:
        """Who asks, looked up now."""
        return ANONYMOUS if bearer is None else await self.authenticator.look_up(bearer)


def _method_not_allowed(message: str, allowed: str) -> Refusal:
    return Refusal(405, "METHOD_NOT_ALLOWED", message, {"Allow": allowed})
