"""A server in a process of its own, on a real port."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.commanding import free_port, start
from tests.databases import OneDatabase

LONGEST_START_SECONDS = 300


@contextmanager
def served(database: OneDatabase, folder: Path, **variables: str) -> Iterator[str]:
    """`chapterhouse serve` around the block, and its URL; what stands in its log are errors alone."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    everything = database.environment(folder) | {"PORT": str(port), "LOG_LEVEL": "error"} | variables
    server = start("serve", folder=folder, **everything)
    try:
        _await_readiness(url)
        yield url
    finally:
        server.kill()
        server.communicate()


def _await_readiness(url: str) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < give_up_at:
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail("the server did not become ready")
