"""Serving the double on loopback: beside whoever speaks to it, or for as long as a process lasts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

from simulators.moodle.app import create_app
from simulators.moodle.faults import Faults
from simulators.moodle.site import Site

LOOPBACK = "127.0.0.1"


@contextlib.asynccontextmanager
async def serving(site: Site, faults: Faults | None = None, *, door_path: str | None = None) -> AsyncIterator[str]:
    """Serve a site in this event loop, around the block; its base URL."""
    # Named TCP, or asyncio leaves it waiting 40 ms for more to send.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind((LOOPBACK, 0))
        server = _Beside(_config(create_app(site, faults, door_path=door_path)))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await server.begun.wait()
            yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            await task


def serve(site: Site, *, port: int, door_path: str | None = None) -> None:
    """Serve a site on `port` of this machine alone, until SIGTERM or Ctrl-C."""
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(_config(create_app(site, door_path=door_path), port)).run()


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
