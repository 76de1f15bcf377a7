"""The endpoint `/graphql`: a planned query is read as bytes, everything else goes through the ordinary executor."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graphql import OperationType
from starlette.datastructures import Headers
from strawberry.http.ides import get_graphql_ide_html

from api.answering import Answer, cached, of_data, of_failure, of_result
from api.asking import (
    EVENT_STREAM,
    JSON,
    Sent,
    accepts_gzip,
    from_body,
    from_url,
    negotiated,
    wants_events,
    wants_page,
)
from api.context import RequestContext
from api.failures import Refusal
from api.limits import BudgetSpentError, charge, measure, owner_of, told
from api.live.event_stream import stream_events
from api.live.following import Live
from api.reading import Plans, execute_asked
from core.actor import ANONYMOUS
from core.ids import new_id
from core.log import bound

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send
    from strawberry import Schema

    from api.auth import Authenticator, Bearer
    from api.documents import Documents
    from api.limits import Budgets, Limits, Taken
    from api.live.changes import Changes
    from api.reading import Asked, Reading
    from core.actor import Actor
    from core.db import Database
    from core.sealing import MasterKeys
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


OK: Final = 200
CHARACTERS_PER_OBJECT: Final = 4
"""Of a document that has to be parsed and validated: that takes about as long as reading so many objects."""


@dataclass(kw_only=True)
class GraphQLView:
    """Answers one request after another; what is wrong with one is said as a GraphQL error with a code."""

    schema: Schema
    database: Database
    blobs: BlobStore
    authenticator: Authenticator
    documents: Documents
    limits: Limits
    budgets: Budgets
    settings: Settings
    changes: Changes
    keys: MasterKeys
    live: Live = field(init=False)
    plans: Plans = field(init=False)
    answers: Counter[int] = field(default_factory=Counter)
    """How many there were, by status."""
    page: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.plans = Plans(self.schema, lambda schema, document: measure(schema, document, self.limits))
        self.live = Live(self, self.changes)
        self.page = get_graphql_ide_html(graphql_ide="graphiql").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever becomes of it."""
        headers, request_id = Headers(scope=scope), str(new_id())
        call = Call(scope, headers, receive, request_id, JSON)
        try:
            if wants_page(scope, headers):
                answer = Answer("text/html; charset=utf-8", self.page)
            elif wants_events(headers.get("accept", "")):
                self.answers[OK] += 1
                await stream_events(self.events(call), receive, send, request_id=request_id)
                return
            else:
                call = replace(call, media_type=negotiated(headers.get("accept", "")))
                answer = await self.answer(call)
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it was, the client hears of it
            with bound(request_id=request_id):
                answer = of_failure(call.media_type, error)
        if scope["method"] == "GET":
            answer.headers.setdefault("Cache-Control", "no-store")
        self.answers[answer.status] += 1
        compressed = accepts_gzip(headers.get("accept-encoding", ""))
        await answer.send(send, request_id=request_id, compressed=compressed)

    async def answer(self, call: Call) -> Answer:
        """Answer a request that is one, as far as its media type tells."""
        bearer, sent, asked = await self.understood(call)
        if asked.operation.type is OperationType.SUBSCRIPTION:
            message = f"a subscription is answered by a stream: accept {EVENT_STREAM}, or open a WebSocket"
            raise Refusal(406, "NOT_ACCEPTABLE", message)
        return await self.carried_out(call, bearer, sent, asked)

    async def events(self, call: Call) -> AsyncIterator[bytes]:
        """Answer a request with as many answers as there are to it: one, or those of a subscription."""
        bearer, sent, asked = await self.understood(call)
        if asked.operation.type is OperationType.SUBSCRIPTION:
            async for data in self.live.follow(asked, call.headers, owner_of(call.scope, bearer and bearer.subject)):
                yield b'{"data":%b}' % data
        else:
            yield (await self.carried_out(call, bearer, sent, asked)).body

    async def understood(self, call: Call) -> tuple[Bearer | None, Sent, Asked]:
        """Read who asks, what was sent, and which operation that is. Raises whatever refuses the request."""
        if call.method not in {"GET", "POST"}:
            raise _method_not_allowed("send requests by POST, or queries by GET", "GET, POST")
        bearer = await self.authenticator.bearer(call.headers)
        sent = await self.sent(call)
        asked = await self.asked(sent, owner_of(call.scope, bearer and bearer.subject))
        if call.by_get and asked.operation.type is OperationType.MUTATION:
            raise _method_not_allowed("a mutation is sent by POST", "POST")
        return bearer, sent, asked

    async def asked(self, sent: Sent, who: str) -> Asked:
        """Find out which operation was sent; parsing a text that nobody sent before is on the budget of `who`."""
        text = self.documents.text_of(sent.query, sent.document_id, sent.extensions or None)
        if not self.plans.knows(text) and text not in self.documents.trusted.places:
            await self.take(who, min(len(text) // CHARACTERS_PER_OBJECT, self.limits.largest_cost))
        return self.plans.ask(text, sent.operation_name, sent.variables)

    async def carried_out(self, call: Call, bearer: Bearer | None, sent: Sent, asked: Asked) -> Answer:
        """Run a query or a mutation."""
        actor = await self.actor(bearer, asked)
        cost = await self.charged(asked, owner_of(call.scope, bearer and bearer.subject))
        if not asked.operation.whole:
            return await self.execute(call, sent, asked, actor, cost)
        data = await self.read(asked, actor, bearer)
        answer = of_data(call.media_type, data, cost)
        if call.by_get:
            public = self.settings.public_seconds if bearer is None else None
            return cached(answer, data, asked_before=call.headers.get("if-none-match"), public_seconds=public)
        return answer

    async def sent(self, call: Call) -> Sent:
        """Read what was sent."""
        if call.by_get:
            return from_url(call.scope)
        return await from_body(call.headers, call.receive, seconds=self.settings.body_seconds)

    async def charged(self, asked: Asked, who: str) -> bytes:
        """Take what an operation costs from a budget; returns what `extensions` says of it.

        Raises CostTooLargeError. Refused with Refusal, 429, when its owner has to wait.
        """
        cost = charge(asked.operation.cost, asked.values, self.limits)
        return b'{"cost":%b}' % told(cost, await self.take(who, cost), self.limits)

    async def take(self, who: str, cost: int) -> Taken:
        """Take a cost from a budget. Refused with Refusal, 429, when its owner has to wait."""
        taken = await self.budgets.take(who, cost)
        if taken.wait_seconds is not None:
            spent = BudgetSpentError(taken.wait_seconds)
            raise Refusal(429, spent.code, spent.message, {"Retry-After": str(spent.retry_after)})
        return taken

    async def read(self, asked: Asked, actor: Actor, bearer: Bearer | None) -> bytes:
        """Answer a query that is planned as a whole by its one statement.

        It says itself whether the actor, who may be remembered, is still who they were; if not, they are looked up.
        """
        if bearer is not None and actor.standing:
            reading = self.planned(asked, actor)
            data, stands = await self.database.read_remembered(actor, reading.statement.watched, reading.values)
            if stands:
                return data  # type: ignore[no-any-return]  # JSON comes as bytes
            actor = await self.authenticator.look_up(bearer)
        reading = self.planned(asked, actor)
        (data,) = await self.database.read(actor, reading.sql, reading.values)
        return data  # type: ignore[no-any-return]  # JSON comes as bytes

    def planned(self, asked: Asked, actor: Actor) -> Reading:
        """The one statement of a query that is planned as a whole. Raises a RequestError."""
        reading = self.plans.reading(asked, actor)
        assert reading is not None, "it is planned as a whole"
        return reading

    async def execute(self, call: Call, sent: Sent, asked: Asked, actor: Actor, cost: bytes) -> Answer:
        """Run a mutation, or a query that asks for more than is planned, through the ordinary executor."""
        key = call.headers.get("idempotency-key")
        context = RequestContext(
            actor=actor,
            database=self.database,
            blobs=self.blobs,
            settings=self.settings,
            keys=self.keys,
            request_id=call.request_id,
            idempotency_key=key,
            request_hash=hashlib.sha256(sent.body).digest() if key else b"",
        )
        reading = self.plans.reading(asked, actor)
        if reading is not None:
            context.read = reading.answer(await self.database.read(actor, reading.sql, reading.values))
        with bound(request_id=call.request_id):
            result = await execute_asked(asked, context)
            return of_result(call.media_type, result.data, result.errors or (), cost)

    async def actor(self, bearer: Bearer | None, asked: Asked) -> Actor:
        """Who asks: looked up now, unless the one statement that answers makes sure that they are who they were."""
        if bearer is None:
            return ANONYMOUS
        remembered = self.authenticator.remembered(bearer) if asked.operation.whole else None
        return remembered or await self.authenticator.look_up(bearer)


def _method_not_allowed(message: str, allowed: str) -> Refusal:
    return Refusal(405, "METHOD_NOT_ALLOWED", message, {"Allow": allowed})
