"""Doubles of outside systems that the demo starts beside itself."""

from __future__ import annotations

import socket
import time

from cli.children import Child
from core.hindrance import Hindrance
from simulators.serving import LOOPBACK

LONGEST_START_SECONDS = 60


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        return int(taken.getsockname()[1])


def await_double(port: int, double: Child, *, of: str) -> None:
    """Wait until it listens. Refused with Hindrance when it does not."""
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while True:
        try:
            with socket.create_connection((LOOPBACK, port), timeout=5):
                return
        except OSError:
            if double.ended or time.monotonic() > give_up_at:
                raise Hindrance(f"the double of {of} did not start: its own lines above say why") from None
            time.sleep(0.05)
