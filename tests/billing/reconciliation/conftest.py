from __future__ import annotations

import pytest

from tests.databases import OneDatabase


@pytest.fixture
def database(fresh_database: OneDatabase) -> OneDatabase:
    """A database for each test alone: the books are of all contracts."""
    return fresh_database
