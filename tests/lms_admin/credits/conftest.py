from __future__ import annotations

import pytest

from tests.delivery.guild import Guild
from tests.lms_admin.credits.faculty import Faculty, found_faculty


@pytest.fixture
async def faculty(guild: Guild) -> Faculty:
    """An association that approves credit, and the vendor's people who award it."""
    return await found_faculty(guild)
