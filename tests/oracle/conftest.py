"""A stage for each file: its own marketplace, so that files can run side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import OneDatabase
from tests.oracle.stage import Stage, staged


@pytest.fixture(scope="module")
def stage(database: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(database, tmp_path_factory.mktemp("oracle")) as stage:
        yield stage
