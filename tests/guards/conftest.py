"""What a guard has proven is said at the end of every run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.conftest import PROVED

Proved: TypeAlias = Callable[[str], None]


@pytest.fixture
def proved(record_property: Callable[[str, object], None]) -> Proved:
    """Say what this test has proven, as a count."""
    return lambda words: record_property(PROVED, words)
