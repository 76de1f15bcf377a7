"""Kolibri, the real one, on a port of this machine: with one facility, its administrator, and nobody else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.lms_admin.adapters.opening import Connection
from tests.commanding import free_port

INSTALLED = Path(sys.executable).parent.parent / "kolibri"
PROGRAM = INSTALLED / "bin" / "kolibri"
PROVISIONED = INSTALLED / "provisioned"
"""What a new Kolibri keeps on disk, made once: each one that is started begins with a copy of it."""
USERNAME = "keeper"
PASSWORD = "a long word for the keeper"
LONGEST_START_SECONDS = 120


@dataclass(frozen=True)
class Kolibri:
    """A Kolibri that serves."""

    url: str
    home: Path
    keeper: httpx2.Client = field(repr=False)
    facility_id: str
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def connection(self) -> Connection:
        """What an adapter is opened with."""
        return Connection("KOLIBRI", self.url, {"username": USERNAME, "password": PASSWORD}, allow_loopback=True)

    def ask(self, method: str, path: str, body: object = None, **params: str) -> Any:  # noqa: ANN401 - JSON
        """Do something as its administrator does, by another way than the adapter's."""
        token = {"x-csrftoken": self.keeper.cookies["kolibri_csrftoken"]}
        answer = self.keeper.request(method, path, headers=token, json=body, params=params).raise_for_status()
        return answer.json() if answer.content else None

    def add_class(self, name: str) -> str:
        """Add a class, and return its id."""
        return str(self.ask("POST", "/api/auth/classroom/", {"name": name, "parent": self.facility_id})["id"])


@contextmanager
def running(folder: Path) -> Iterator[Kolibri]:
    """Serve one, with its data in a folder that is not there yet, or that another one left."""
    if sys.version_info >= (3, 15):
        pytest.skip("Kolibri runs on no Python beyond 3.14")
    assert PROGRAM.exists(), "Kolibri is not installed: `make test` installs it"
    if not PROVISIONED.exists():
        _provision()
    if not folder.exists():
        shutil.copytree(PROVISIONED, folder)
    with (
        _process("start", "--foreground", home=folder) as (url, process),
        httpx2.Client(base_url=url, trust_env=False) as keeper,
    ):
        account = {"username": USERNAME, "password": PASSWORD}
        about = keeper.post("/api/auth/session/", json=account).raise_for_status().json()
        yield Kolibri(url, folder, keeper, about["facility_id"], process)


def _provision() -> None:
    """Make what a new Kolibri keeps, once; of several that do so at the same time, the first is kept."""
    home = Path(tempfile.mkdtemp(dir=INSTALLED))
    asked = ["manage", "provisiondevice", "--facility", "Academy", "--preset", "formal", "--language_id", "en"]
    asked += ["--superusername", USERNAME, "--superuserpassword", PASSWORD, "--no-input"]
    done = subprocess.run(
        [PROGRAM, *asked],
        env=_environment(home),
        capture_output=True,
        text=True,
        timeout=LONGEST_START_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    try:
        home.rename(PROVISIONED)
    except OSError:
        shutil.rmtree(home)


@contextmanager
def _process(*words: str, home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port, other = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    ports = {"KOLIBRI_HTTP_PORT": str(port), "KOLIBRI_ZIP_CONTENT_PORT": str(other)}
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [PROGRAM, *words],
            env=_environment(home) | ports,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        try:
            _await_readiness(url, process)
            yield url, process
        finally:
            process.kill()
            process.wait()


def _environment(home: Path) -> dict[str, str]:
    """It listens on this machine alone, and says nothing to anybody."""
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "KOLIBRI_HOME": str(home),
        "KOLIBRI_LISTEN_ADDRESS": "127.0.0.1",
        "KOLIBRI_ZEROCONF_ENABLED": "false",
        "KOLIBRI_DISABLE_PING": "true",
        "KOLIBRI_NO_FILE_BASED_LOGGING": "true",
    }


def _await_readiness(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            if json.loads(httpx2.get(f"{url}/api/public/info/").content)["application"] == "kolibri":
                return
        except (httpx2.TransportError, ValueError):
            pass
        time.sleep(0.1)
    pytest.fail("Kolibri did not become ready")
