"""Serving: looked at before it starts, drained before it stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from prometheus_client import CollectorRegistry, start_http_server
from starlette.types import ASGIApp, Receive, Scope, Send

from cli.listening import listen
from cli.migrating import behind
from core.connecting import DatabaseUnusableError, connected
from core.database_roles import unfit_to_serve
from core.hindrance import Hindrance
from core.log import configure_logging
from core.settings import Settings

LONGEST_REQUEST_AT_STOP_SECONDS = 20
LARGEST_MESSAGE_BYTES = 256 * 1024
"""Of a WebSocket's client, who sends operations and no files."""


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C. Refused with Hindrance: a taken port, a database or a role unfit to serve."""
    configure_logging(settings.log_level)
    listening = listen(settings)
    asyncio.run(_look_before(settings))
    # What stands in the way is told at once, before the whole API is loaded.
    from api.app import create_app  # noqa: PLC0415

    app = create_app(settings)
    if settings.metrics_port is not None:
        _show_metrics(settings.host, settings.metrics_port, app.metrics)
    readiness = Readiness(app, app.changes.end)
    config = uvicorn.Config(
        readiness,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_REQUEST_AT_STOP_SECONDS,
        access_log=settings.log_level == "debug",
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE_BYTES,
    )
    try:
        Draining(config, readiness, settings.drain_seconds).run(sockets=[listening])
    except KeyboardInterrupt:
        return


def _show_metrics(host: str, port: int, registry: CollectorRegistry) -> None:
    try:
        start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        raise Hindrance(f"METRICS_PORT {port} cannot be had on {host}: {error.strerror}") from None


async def _look_before(settings: Settings) -> None:
    async with connected(settings.app_url, variable="DATABASE_URL") as connection:
        unfit = await unfit_to_serve(connection)
    missing = None if unfit else await behind(settings.app_url, variable="DATABASE_URL")
    if unfit or missing:
        raise DatabaseUnusableError(unfit or missing)


class Readiness:
    """The app, whose `/readyz` says no from the moment on which it is to stop."""

    def __init__(self, app: ASGIApp, end_streams: Callable[[], None]) -> None:
        self.app = app
        self.end_streams = end_streams
        self.draining = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer `/readyz` ourselves once draining; everything else is the app's."""
        if self.draining and scope["type"] == "http" and scope["path"] == "/readyz":
            await send({"type": "http.response.start", "status": 503, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"draining\n"})
            return
        await self.app(scope, receive, send)


class Draining(uvicorn.Server):
    """A server that tells load balancers first, goes on answering while they notice, and only then stops."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness, drain_seconds: float) -> None:
        super().__init__(config)
        self.readiness = readiness
        self.drain_seconds = drain_seconds
        self.loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and remember the loop for the signal to come."""
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; subscriptions, which would never end by themselves, are ended first."""
        self.readiness.end_streams()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal drains, where draining takes time; the next one stops."""
        if self.readiness.draining or not self.drain_seconds or self.loop is None:
            super().handle_exit(sig, frame)
            return
        self.readiness.draining = True
        stop = super().handle_exit
        self.loop.call_soon_threadsafe(self.loop.call_later, self.drain_seconds, stop, sig, frame)
