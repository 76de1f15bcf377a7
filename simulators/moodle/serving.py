"""Serving the double of Moodle on loopback."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from simulators.moodle.app import create_app
from simulators.moodle.faults import Faults
from simulators.moodle.site import Site
from simulators.serving import beside, until_stopped


def serving(
    site: Site, faults: Faults | None = None, *, door_path: str | None = None
) -> AbstractAsyncContextManager[str]:
    """Serve a site in this event loop, around the block; its base URL."""
    return beside(create_app(site, faults, door_path=door_path))


def serve(site: Site, *, port: int, door_path: str | None = None) -> None:
    """Serve a site on `port` of this machine alone, until SIGTERM or Ctrl-C."""
    until_stopped(create_app(site, door_path=door_path), port=port)
