from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.lms_admin.adapters.installations import INSTALLATIONS, Installation


@pytest.fixture(params=sorted(INSTALLATIONS))
async def installation(request: pytest.FixtureRequest) -> AsyncIterator[Installation]:
    """Each LMS that has an adapter, one after the other."""
    async with INSTALLATIONS[request.param]() as installation:
        yield installation
