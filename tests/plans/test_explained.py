"""How PostgreSQL goes about each planned query: committed beside its SQL, and seen in review.

The plan is the one that is kept for all values, on empty tables, where sequential scans are the last thing that
PostgreSQL would do: where one is left, no index leads. UPDATE_STATEMENTS=1 writes the shapes anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from core.actor import Actor
from core.db import READING, Database
from core.pool import ACTOR_SETTINGS
from tests.committed import committed
from tests.databases import OneDatabase
from tests.plans.test_plans import FOLDER, OPERATIONS, PLANS, Operation

SMALL = {"country"}
"""Tables that stay small whatever happens."""
COUNTED = {"invoices": {"invoice"}}
"""An operator who asks how many invoices there are has all of them counted."""


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
async def test_the_shape_is_as_committed(operation: Operation, database: OneDatabase) -> None:
    actor = Actor(kind=operation.kind)
    reading = PLANS.reading(PLANS.ask(operation.text, None, operation.variables), actor)
    assert reading is not None
    settings = Database(database.app_url).server_settings | READING | {"enable_seqscan": "off"}
    who = dict(zip(ACTOR_SETTINGS, actor.settings, strict=True))
    connection = await asyncpg.connect(database.app_url, server_settings=settings | who)
    await connection.execute(f"prepare reading as {reading.sql}")
    given = f"({', '.join(['null'] * len(reading.values))})" if reading.values else ""
    plan = json.loads(await connection.fetchval(f"explain (costs off, format json) execute reading{given}"))
    await connection.close()
    nodes = list(_nodes(plan[0]["Plan"], 0))
    shape = "\n".join("  " * depth + _told(node) for depth, node in nodes) + "\n"
    assert shape == committed(FOLDER / f"{operation.name}.explain", shape)
    scanned = {node["Relation Name"] for _, node in nodes if node["Node Type"] == "Seq Scan"}
    assert scanned <= SMALL | COUNTED.get(operation.name, set())


def test_no_shape_is_left_of_an_operation_that_is_gone() -> None:
    assert {file.stem for file in FOLDER.glob("*.explain")} == {operation.name for operation in OPERATIONS}


def _nodes(plan: Any, depth: int) -> Iterator[tuple[int, Any]]:  # noqa: ANN401 - JSON is anything
    yield depth, plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner, depth + 1)


def _told(node: Any) -> str:  # noqa: ANN401
    words = [node["Node Type"]]
    if "Index Name" in node:
        words.append(f"using {node['Index Name']}")
    if "Relation Name" in node:
        words.append(f"on {node['Relation Name']}")
    if "CTE Name" in node:
        words.append(f"of {node['CTE Name']}")
    if "Subplan Name" in node:
        words.append(f"({node['Subplan Name']})")
    return " ".join(words)
