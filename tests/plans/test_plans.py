"""Each read has its SQL committed beside it: a changed plan is seen in review. UPDATE_STATEMENTS=1 writes them anew."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.graphql_schema import schema
from api.reading import Plans
from api.reading.declare import NODES, declaration_of
from core.actor import Actor
from core.ids import encode
from demo.seats import SEATS
from tests.committed import committed
from tests.plans.layout import laid_out

FOLDER = Path(__file__).parent
JOURNEY = FOLDER.parent / "journeys"
PLANS = Plans(schema)
GRAPHQL = schema._schema  # noqa: SLF001 - Strawberry has no other way to the types
NAMED_BY_THE_JOURNEY = {"admin": "WorkRecord", "record": "WorkRecord"}


@dataclass(frozen=True)
class Operation:
    """A query as one kind of organization sends it."""

    name: str
    text: str
    kind: str
    variables: dict[str, Any]

    @classmethod
    def read(cls, file: Path) -> Operation:
        text = file.read_text()
        notes = dict(re.findall(r"^#: (seat|kind|variables) (.*)$", text, re.MULTILINE))
        seat = SEATS.get(notes.get("seat", ""))
        kind = notes.get("kind") or (seat.organization.kind if seat else "ANONYMOUS")
        variables = re.sub(r'"@(\w+)"', lambda found: f'"{_id(found[1])}"', notes["variables"])
        variables = variables.replace("{last_year}", "2025")
        return cls(file.stem, text, kind, json.loads(variables))


def _id(name: str) -> str:
    """Any id of a type, or of what the journey calls so."""
    name = NAMED_BY_THE_JOURNEY.get(name, name.capitalize() if name.islower() else name)
    prefix, cls = next((prefix, cls) for prefix, cls in NODES.items() if cls.__name__ == name)
    declared = declaration_of(cls)
    assert declared is not None
    return encode(prefix, *(UUID(int=at) for at in range(1, len(declared.key) + 1)))


OF_THE_JOURNEY = [Operation.read(file) for file in JOURNEY.glob("*.graphql") if "\nquery " in file.read_text()]
OF_EACH_ROOT = [Operation.read(file) for file in FOLDER.glob("*.graphql")]
OPERATIONS = sorted([*OF_THE_JOURNEY, *OF_EACH_ROOT], key=lambda operation: operation.name)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_statement_is_as_committed(operation: Operation) -> None:
    reading = PLANS.reading(PLANS.ask(operation.text, None, operation.variables), Actor(kind=operation.kind))
    assert reading is not None, "it goes through the ordinary executor, or is invalid"
    statement = laid_out(reading.sql)
    assert "".join(statement.split()) == "".join(reading.sql.split())
    assert statement == committed(FOLDER / f"{operation.name}.sql", statement)


def test_every_field_of_query_has_its_statement() -> None:
    assert GRAPHQL.query_type is not None
    assert {operation.name for operation in OF_EACH_ROOT} == set(GRAPHQL.query_type.fields)


def test_no_statement_is_left_of_an_operation_that_is_gone() -> None:
    assert {file.stem for file in FOLDER.glob("*.sql")} == {operation.name for operation in OPERATIONS}
