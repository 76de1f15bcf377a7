"""The first answer of a subscription, from the app itself: a client in the same process would wait for the last."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message


async def first_event(app: ASGIApp, asked: Mapping[str, Any], headers: Mapping[str, str]) -> Any:  # noqa: ANN401  (JSON)
    """Send a request that accepts events, read the first, and go away."""
    body, heard = json.dumps(asked).encode(), asyncio.Event()
    sent: list[bytes] = []
    asking = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        if (message := next(asking, None)) is not None:
            return message
        await heard.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            sent.append(message["body"])
            heard.set()

    own = {"content-type": "application/json", "accept": "text/event-stream"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in {**own, **headers}.items()],
        "client": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)
    text = sent[0].decode()
    assert text.startswith("event: next\ndata: "), text
    return json.loads(text.removeprefix("event: next\ndata: "))
