from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.catalog import seed_catalog
from tests.clients.tools import Workshop
from tests.databases import OneDatabase, Server
from tests.guards.world import World
from tests.served import served
from tests.worlds import marketplace


@dataclass(frozen=True)
class Market:
    """A marketplace that a server of its own serves."""

    url: str
    world: World
    database: OneDatabase
    folder: Path

    def seen_by(self, seat: str, *, url: str | None = None, sends: str = "query") -> str:
        """What a client's program is given, as JSON: where to ask, how, as whom, and about what."""
        names = self.world.names
        given = {
            "url": url or self.url,
            "sends": sends,
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
        with served(database, folder, PUBLIC_URL=world.settings.public_url) as url:
            yield Market(f"{url}/graphql", world, database, folder)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.at(tmp_path_factory.mktemp("workshop") / "of a client")


async def _built(database: OneDatabase, folder: Path) -> World:
    async with marketplace(database, folder, added=False) as world:
        await seed_catalog(world.settings)
        return world
