"""Whatever random actors ask of whatever there is, the answer is the slow executor's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import PROVED
from tests.oracle.generating import EVERYTHING, Grammar
from tests.oracle.proving import OPERATIONS, Proof
from tests.oracle.stage import Stage

PARTS = 10


@pytest.fixture(scope="module")
def proof(stage: Stage) -> Proof:
    return Proof(stage, Grammar(stage.declarations, stage.known, EVERYTHING))


@pytest.mark.parametrize("part", range(PARTS))
def test_random_operations(proof: Proof, part: int, record_property: Callable[[str, object], None]) -> None:
    proof.go_on(OPERATIONS // 2 // PARTS, begin=part)
    if part == PARTS - 1:
        record_property(PROVED, str(proof))
