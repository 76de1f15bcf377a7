from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from demo.catalog import seed_catalog
from tests.clients.tools import Workshop
from tests.commanding import free_port, start
from tests.databases import OneDatabase, Server
from tests.guards.world import World
from tests.worlds import marketplace

LONGEST_START_SECONDS = 30


@dataclass(frozen=True)
class Market:
    """A marketplace that a server of its own serves."""

    url: str
    world: World

    def seen_by(self, seat: str) -> str:
        """What a client's program is given, as JSON: where to ask, as whom, and about what."""
        names = self.world.names
        given = {
            "url": self.url,
            "token": self.world.onlookers[seat].headers["authorization"].removeprefix("Bearer "),
            "contractId": names["contract"],
            "invoiceId": names["invoice"],
            "submissionId": names["submission"],
            "workRecordId": names["admin"],
        }
        return json.dumps(given)


@pytest.fixture(scope="session")
def market(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    folder = tmp_path_factory.mktemp("clients")
    with postgres.clone() as database:
        world = asyncio.run(_built(database, folder))
        with _served(database, folder, world.settings.public_url) as url:
            yield Market(f"{url}/graphql", world)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.at(tmp_path_factory.mktemp("workshop") / "of a client")


async def _built(database: OneDatabase, folder: Path) -> World:
    async with marketplace(database, folder) as world:
        await seed_catalog(world.settings)
        return world


@contextmanager
def _served(database: OneDatabase, folder: Path, public_url: str) -> Iterator[str]:
    url = f"http://127.0.0.1:{(port := free_port())}"
    variables = database.environment(folder) | {"PORT": str(port), "PUBLIC_URL": public_url, "LOG_LEVEL": "error"}
    server = start("serve", folder=folder, **variables)
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
