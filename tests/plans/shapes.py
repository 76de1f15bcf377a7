"""What PostgreSQL is going to do with a statement, for whatever values: its plan without costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

INDENT = "  "
SAID = {
    "Strategy": "{}",
    "Scan Direction": "{}",
    "Index Name": "using {}",
    "Relation Name": "on {}",
    "CTE Name": "of {}",
    "Subplan Name": "({})",
}
UNSAID = {"Plain", "Forward"}

Plan = dict[str, Any]


async def plan_of(connection: asyncpg.Connection[Any], sql: str, parameters: int) -> Plan:
    """The plan that is kept of a prepared statement; `connection` is one that keeps plans for all values."""
    await connection.execute(f"prepare reading as {sql}")
    try:
        values = f"({', '.join(['null'] * parameters)})" if parameters else ""
        (answer,) = json.loads(await connection.fetchval(f"explain (format json, costs off) execute reading{values}"))
    finally:
        await connection.execute("deallocate reading")
    plan: Plan = answer["Plan"]
    return plan


def nodes(plan: Plan) -> Iterator[Plan]:
    """A plan's nodes, from above."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def shape(plan: Plan, depth: int = 0) -> str:
    """A plan to be read: a line for each node, with the index and the table it reads."""
    said = [words.format(plan[what]) for what, words in SAID.items() if what in plan and plan[what] not in UNSAID]
    line = INDENT * depth + " ".join([plan["Node Type"], *said])
    return "".join([line + "\n", *(shape(below, depth + 1) for below in plan.get("Plans", []))])
