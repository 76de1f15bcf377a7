from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

import pytest

from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import LmsAdapter, User
from tests.lms_admin.kolibri.running import Kolibri


@pytest.fixture
async def adapter(kolibri_site: Kolibri) -> AsyncIterator[LmsAdapter]:
    async with opened(kolibri_site.connection) as adapter:
        yield adapter


@pytest.fixture
def somebody() -> User:
    """Somebody who is not there yet."""
    name = f"u{secrets.token_hex(6)}"
    return User(name.upper(), name, "", "Mary Ann Smith", "")
