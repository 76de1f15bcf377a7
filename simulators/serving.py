"""Serving a double on loopback: beside whoever speaks to it, or for as long as a process lasts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


@contextlib.asynccontextmanager
async def beside(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an application in this event loop, around the block; its base URL."""
    # Named TCP, or asyncio leaves it waiting 40 ms for more to send.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind((LOOPBACK, 0))
        server = _Beside(_config(app))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await server.begun.wait()
            yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            await task


def until_stopped(app: ASGIApp, *, port: int) -> None:
    """Serve an application on `port` of this machine alone, until SIGTERM or Ctrl-C."""
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(_config(app, port)).run()


class _Beside(uvicorn.Server):
    """A server that leaves signals to whoever it runs beside."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.begun.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


def _config(app: ASGIApp, port: int = 0) -> uvicorn.Config:
    return uvicorn.Config(
        app, host=LOOPBACK, port=port, log_config=None, log_level=None, access_log=False, lifespan="off"
    )
