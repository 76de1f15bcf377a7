"""The double in a process of its own, with its control door open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.commanding import free_port, start

DOOR = "/_simulator"
LONGEST_START_SECONDS = 60


@contextmanager
def simulated_moodle(folder: Path) -> Iterator[httpx2.Client]:
    """`chapterhouse simulate moodle` around the block, and a client of its door, whose `base_url` is the site's."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    double = start("simulate", "moodle", "--port", str(port), "--door", DOOR, folder=folder)
    try:
        with httpx2.Client(base_url=url, timeout=LONGEST_START_SECONDS) as client:
            _await(client)
            yield client
    finally:
        double.kill()
        double.communicate()


def _await(client: httpx2.Client) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < give_up_at:
        try:
            client.get(f"{DOOR}/users")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the double did not start")
