"""A server is looked at before it starts, and tells load balancers before it stops."""

from __future__ import annotations

import signal
import socket
import time
from pathlib import Path

import httpx2
import pytest

from tests.commanding import chapterhouse, free_port, start
from tests.databases import OneDatabase, Server

LONGEST_START_SECONDS = 30


def refusal(database: OneDatabase, folder: Path, **variables: str) -> str:
    done = chapterhouse(
        "serve", folder=folder, **(database.environment(folder) | {"PORT": str(free_port())} | variables)
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_taken_port_is_one_clear_line(database: OneDatabase, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refusal(database, tmp_path, PORT=str(port)) == (
            f"chapterhouse: port {port} of 127.0.0.1 cannot be used (Address already in use): "
            "stop what listens there, or set PORT to another"
        )


@pytest.mark.parametrize("user", ["postgres", "chapterhouse_owner", "chapterhouse_api_batch"])
def test_a_role_that_sees_every_row_does_not_serve(database: OneDatabase, tmp_path: Path, user: str) -> None:
    line = refusal(database, tmp_path, DATABASE_URL=database.url(user))
    assert line.startswith(f"chapterhouse: DATABASE_URL connects as {user}, who ")


def test_a_database_without_migrations_is_not_served(postgres: Server, tmp_path: Path) -> None:
    with postgres.clone("template1") as empty:
        line = refusal(empty, tmp_path)
    assert line.startswith("chapterhouse: the database is at version nothing, this code needs ")
    assert line.endswith(": run `chapterhouse migrate`")


def test_no_database_is_one_clear_line(database: OneDatabase, tmp_path: Path) -> None:
    line = refusal(database, tmp_path, DATABASE_URL="postgresql://app:hush@127.0.0.1:1/market")
    assert line == (
        "chapterhouse: DATABASE_URL (app@127.0.0.1:1/market): "
        "nothing answers there: start PostgreSQL, or correct host and port"
    )


def test_readiness_fails_first_and_requests_are_answered_meanwhile(database: OneDatabase, tmp_path: Path) -> None:
    port = free_port()
    variables = database.environment(tmp_path) | {"PORT": str(port), "DRAIN_SECONDS": "2"}
    server = start("serve", folder=tmp_path, **variables)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
            await_readiness(client)
            server.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            assert client.get("/readyz").status_code == 503
            assert client.get("/healthz").status_code == 200
        server.wait(LONGEST_START_SECONDS)
    finally:
        server.kill()
        server.communicate()


def await_readiness(client: httpx2.Client) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < give_up_at:
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail("the server did not become ready")
