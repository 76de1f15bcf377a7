"""An identity provider on this machine, that counts how often it is asked and can misbehave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

from services.identity.signing_keys import SigningKeys


@dataclass
class Provider:
    """What it answers, and what it was asked."""

    url: str
    keys: SigningKeys
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    discovery: dict[str, Any] | None = None
    wait: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)

    @property
    def jwks_uri(self) -> str:
        return f"{self.url}/jwks"

    def answer(self, path: str) -> bytes:
        if path == "/jwks":
            return self.body if self.body is not None else orjson.dumps(self.keys.jwks)
        return orjson.dumps(self.discovery or {"issuer": self.url, "jwks_uri": self.jwks_uri})


@contextmanager
def a_provider(keys: SigningKeys) -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            provider.heard.set()
            if provider.wait is not None:
                provider.wait.wait(10)
            body = provider.answer(self.path)
            try:
                self.send_response(provider.status)
                for name, value in provider.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has heard enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", keys)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
