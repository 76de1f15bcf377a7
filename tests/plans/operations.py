"""The queries whose statements and plans are committed: each field of Query, and those that the journey sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from api.graphql_schema import schema
from api.reading import Plans, Reading
from api.reading.declare import NODES, declaration_of
from core.actor import Actor
from core.ids import encode
from demo.seats import SEATS

FOLDER = Path(__file__).parent
JOURNEY = FOLDER.parent / "journeys"
PLANS = Plans(schema)
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
        variables = re.sub(r'"@(\w+)"', lambda found: f'"{any_id(found[1])}"', notes["variables"])
        variables = variables.replace("{last_year}", "2025")
        return cls(file.stem, text, kind, json.loads(variables))

    @property
    def actor(self) -> Actor:
        return Actor(kind=self.kind)

    @property
    def reading(self) -> Reading:
        reading = PLANS.reading(PLANS.ask(self.text, None, self.variables), self.actor)
        assert reading is not None, "it goes through the ordinary executor, or is invalid"
        return reading


def any_id(name: str) -> str:
    """Any id of a type, or of what the journey calls so."""
    name = NAMED_BY_THE_JOURNEY.get(name, name.capitalize() if name.islower() else name)
    prefix, cls = next((prefix, cls) for prefix, cls in NODES.items() if cls.__name__ == name)
    declared = declaration_of(cls)
    assert declared is not None
    return encode(prefix, *(UUID(int=at) for at in range(1, len(declared.key) + 1)))


OF_THE_JOURNEY = [Operation.read(file) for file in JOURNEY.glob("*.graphql") if "\nquery " in file.read_text()]
OF_EACH_ROOT = [Operation.read(file) for file in FOLDER.glob("*.graphql")]
OPERATIONS = sorted([*OF_THE_JOURNEY, *OF_EACH_ROOT], key=lambda operation: operation.name)
