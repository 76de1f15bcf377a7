from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import pytest

from tests.lms_admin.adapters.installations import INSTALLATIONS, Installation, kolibri


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
