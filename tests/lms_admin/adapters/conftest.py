from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager

import pytest

from tests.lms_admin.adapters.installations import INSTALLATIONS, Installation, kolibri
from tests.lms_admin.kolibri.running import Kolibri, running


@pytest.fixture(scope="session")
def kolibri_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kolibri]:
    """One Kolibri for all tests of a process, each of which brings its own people and classes."""
    with running(tmp_path_factory.mktemp("kolibri") / "home") as site:
        yield site


@pytest.fixture(params=[*sorted(INSTALLATIONS), "kolibri"])
async def installation(request: pytest.FixtureRequest) -> AsyncIterator[Installation]:
    """Each LMS that has an adapter, one after the other."""
    made: AbstractAsyncContextManager[Installation]
    if request.param == "kolibri":
        made = kolibri(request.getfixturevalue("kolibri_site"))
    else:
        made = INSTALLATIONS[request.param]()
    async with made as installation:
        yield installation
