from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from core.connecting import connected
from tests.bad_input.clerk import Clerk
from tests.databases import OneDatabase, Server
from tests.worlds import marketplace


@pytest.fixture(scope="session")
def untouched(postgres: Server) -> Iterator[OneDatabase]:
    """One database for all files of this folder: nothing that is sent here may change it."""
    with postgres.clone() as database:
        yield database


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def clerk(untouched: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clerk]:
    """Who sends what is wrong to a marketplace where there is something to lose."""
    async with (
        marketplace(untouched, tmp_path_factory.mktemp("bad-input")) as world,
        connected(untouched.superuser_url, variable="the superuser") as superuser,
    ):
        clerk = Clerk(world, superuser)
        await clerk.lay_out()
        yield clerk
