"""`chapterhouse simulate stripe`, and its control door."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
import pytest

from simulators.stripe.world import SECRET_KEY
from tests.commanding import free_port, start

DOOR = "/_simulator"
LONGEST_START_SECONDS = 60


def test_a_double_of_its_own_is_spoken_to_and_told_what_shall_go_wrong(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{(port := free_port())}"
    double = start("simulate", "stripe", "--port", str(port), "--door", DOOR, folder=tmp_path)
    try:
        headers = {"Authorization": f"Bearer {SECRET_KEY}"}
        with httpx2.Client(base_url=url, timeout=LONGEST_START_SECONDS, headers=headers) as client:
            _await(client)
            assert client.post(f"{DOOR}/faults", json=[{"kind": "ERROR", "applied": False}]).json() == {"ordered": 1}
            assert client.post("/v1/customers", data={"name": "Ann"}).status_code == 500
            assert client.post("/v1/customers", data={"name": "Ann"}).json()["name"] == "Ann"
            mishaps = [{"mishap": "LOSE", "type": "customer.deleted"}]
            assert client.post(f"{DOOR}/mishaps", json=mishaps).json() == {"ordered": 1}
            before = client.post(f"{DOOR}/clock", json={}).json()["now"]
            assert client.post(f"{DOOR}/clock", json={"days": 7}).json()["now"] >= before + 7 * 86_400
            assert client.get(f"{DOOR}/seen").json()["events"] == 1
    finally:
        double.kill()
        double.communicate()


def _await(client: httpx2.Client) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < give_up_at:
        try:
            client.get(f"{DOOR}/seen")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the double did not start")
