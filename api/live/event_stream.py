"""GraphQL over server-sent events, in its "distinct connections mode": one request, its answers, and `complete`.

https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final

import orjson

from api.answering import errors_of
from api.asking import EVENT_STREAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Send

SECONDS_BETWEEN_SIGNS: Final = 12.0
"""How long nothing may be said before a comment shows that the connection lives; proxies cut after some 15 to 60."""

SIGN_OF_LIFE: Final = b":\n\n"
COMPLETE: Final = b"event: complete\ndata:\n\n"


async def stream_events(answers: AsyncIterator[bytes], receive: Receive, send: Send, *, request_id: str) -> None:
    """Send answers, each JSON without a line break, as they come, until they end or the client goes away.

    The first answer decides whether there is a stream at all: what refuses it is raised.
    """
    async with aclosing(answers):  # type: ignore[type-var]  # every one is a generator
        first = await anext(answers)
        headers = [
            (b"content-type", EVENT_STREAM.encode()),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
            (b"x-request-id", request_id.encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _send(send, _event(first))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await _send_rest(answers, gone, send)
        finally:
            gone.cancel()
        await _send(send, COMPLETE, more=False)


async def _send_rest(answers: AsyncIterator[bytes], gone: asyncio.Future[None], send: Send) -> None:
    waiting = asyncio.ensure_future(anext(answers, None))
    try:
        while not gone.done():
            both: set[asyncio.Future[Any]] = {waiting, gone}
            await asyncio.wait(both, timeout=SECONDS_BETWEEN_SIGNS, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                await _send(send, SIGN_OF_LIFE)
                continue
            answer = _outcome(waiting)
            if answer is None:
                return
            await _send(send, _event(answer))
            if waiting.exception() is not None:
                return
            waiting = asyncio.ensure_future(anext(answers, None))
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


def _outcome(waiting: asyncio.Future[bytes | None]) -> bytes | None:
    """The next answer, or what ended the answers, in the form of an answer: the status has been sent long since."""
    error = waiting.exception()
    if error is None:
        return waiting.result()
    assert isinstance(error, Exception), "nobody cancels it"
    return orjson.dumps({"errors": errors_of(error)})


def _event(answer: bytes) -> bytes:
    return b"event: next\ndata: %b\n\n" % answer


async def _send(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
