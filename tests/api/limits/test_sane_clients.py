"""What front ends send is far from any limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import DocumentNode, parse

from api.limits import Limits, charge, measure
from tests.api.limits.documents import SCHEMA

ROOT = Path(__file__).parents[3]
OPERATIONS = sorted(
    path
    for folder in ("tests/journeys", "tests/plans", "tests/clients", "bench/operations")
    for path in (ROOT / folder).rglob("*.graphql")
    if "node_modules" not in path.parts
)
ROOMY = Limits(
    depth=12, aliases=40, root_fields=10, edges=25, fields=400, repeats=500, largest_cost=3_000, capacity=10_000
)
"""Half of each limit at most, and a page of a hundred for whatever has a size."""


def document_of(path: Path) -> DocumentNode | None:
    document = parse(path.read_text())
    return document if any(node.kind == "operation_definition" for node in document.definitions) else None


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_operation_of_a_client_is_far_from_every_limit(path: Path) -> None:
    document = document_of(path)
    if document is None:
        pytest.skip("fragments alone")
    for cost in measure(SCHEMA, document, ROOMY).values():
        assert charge(cost, {"first": 100, "last": 100, "ids": ["x"] * 100}, ROOMY) >= 1


def test_there_are_operations_to_try() -> None:
    assert len(OPERATIONS) > 40
