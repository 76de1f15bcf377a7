"""One request to the app, in the words that a server would use: cheaper than a client, and it can go away."""

from __future__ import annotations

from starlette.types import ASGIApp, Message

from tests.platform.crowd import Person


class Caller:
    """Sends one request to the app, in the words that a server would use."""

    def __init__(self, app: ASGIApp, person: Person, *, gone: str = "") -> None:
        self.app = app
        self.person = person
        self.gone = gone
        self.status = 0
        self.answer = b""

    async def ask(self) -> tuple[int, bytes]:
        """The status and body of the answer."""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "root_path": "",
            "query_string": b"",
            "headers": self.person.headers,
            "client": ("127.0.0.1", 1),
            "server": ("chapterhouse.test", 80),
        }
        await self.app(scope, self._receive, self._send)
        return self.status, self.answer

    async def _receive(self) -> Message:
        if self.gone == "sending":
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": self.person.body, "more_body": False}

    async def _send(self, message: Message) -> None:
        if self.gone:
            raise ConnectionResetError("the client has gone away")
        self.status = message.get("status", self.status)
        self.answer += message.get("body", b"")
