from __future__ import annotations

import pytest

from core.db import Database
from core.settings import Settings
from services.lms_admin.packages import browsing
from tests.delivery.desk import Desk
from tests.lms_admin.packages.shelf import Shelf


@pytest.fixture
async def shelf(desk: Desk, batch: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A guild's site, and a worker on a machine without a browser."""
    monkeypatch.setattr(browsing, "PROGRAMS", ())
    return await Shelf.build(desk, batch, settings)
