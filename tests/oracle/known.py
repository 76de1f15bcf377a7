"""What there is to ask for: ids of every type, whoever may see them, cursors of real answers, words that occur."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.ids import encode
from demo.organizations import organization_id
from demo.seats import LAKESIDE
from tests.guards.world import LAST_YEAR
from tests.oracle.declarations import Declarations


@dataclass(frozen=True)
class Known:
    """What the operations are made of; in the same order in every run, so that a seed means the same."""

    ids: Mapping[str, Sequence[str]]
    """By type."""
    words: Mapping[str, Sequence[str]]
    """By the name of the argument or field that takes them."""
    actors: Sequence[str]
    cursors: Mapping[str, Sequence[str]]
    """By what `kind_of_cursor` says."""


def connections(declarations: Declarations) -> list[tuple[str, str]]:
    """Every connection: the type it is a field of, and its name."""
    found = []
    for type_ in declarations.plain.type_map.values():
        fields: Mapping[str, Any] = getattr(type_, "fields", {})
        for name, field in fields.items():
            target: Any = named(getattr(field, "type", None))
            if "pageInfo" in getattr(target, "fields", {}):
                found.append((type_.name, name))
    return found


def named(type_: Any) -> Any:  # noqa: ANN401 - any type of the schema
    while hasattr(type_, "of_type"):
        type_ = type_.of_type
    return type_


TAKEN = {
    "memberNumber": '"104233"',
    "vendorId": f'"{encode("org", organization_id(LAKESIDE))}"',
    "asOf": f'"{LAST_YEAR + 1}-12-31"',
}
"""What lists take besides an order and a page."""

AT_ONCE = 20
"""How many connections are asked for by one query: fewer root fields than an operation may have."""


def walks(declarations: Declarations, ids: Mapping[str, Sequence[str]]) -> list[tuple[str, dict[str, str]]]:
    """Queries that visit the connections, each in all its orders."""
    found: dict[str, list[str]] = defaultdict(list)
    for on, name in connections(declarations):
        arguments = declarations.fields(on)[name].args
        orders = list(named(arguments["orderBy"].type).values) if "orderBy" in arguments else [""]
        for order in orders:
            given = f"first: 100, orderBy: {order}" if order else "first: 100"
            if "contractId" in arguments:
                given += ", contractId: $id"
            given += "".join(f", {taken}: {value}" for taken, value in TAKEN.items() if taken in arguments)
            found[on].append(f"a{len(found[on])}: {name}({given}) {{ edges {{ cursor }} }}")
    asked: list[tuple[str, dict[str, str]]] = []
    parts = [(on, fields[at : at + AT_ONCE]) for on, fields in found.items() for at in range(0, len(fields), AT_ONCE)]
    for on, fields in parts:
        text = " ".join(fields)
        if on == "Query":
            needed = [{"id": public_id} for public_id in ids["Contract"]] if "$id" in text else [{}]
            asked += [(f"query{'($id: ID!)' if needed[0] else ''} {{ {text} }}", given) for given in needed]
        elif on in ids:
            query = f"query($id: ID!) {{ node(id: $id) {{ ... on {on} {{ {text} }} }} }}"
            asked += [(query, {"id": public_id}) for public_id in ids[on]]
    return asked


def kind_of_cursor(order_name: str, length: int) -> str:
    """What tells cursors apart: the type of the nodes, the order, and how many values a place in it has."""
    return f"{order_name} {length}"


def cursors_in(answer: object, found: dict[str, set[str]]) -> None:
    """Collect the cursors of an answer, wherever they are, by their kinds."""
    if isinstance(answer, dict):
        if "cursor" in answer:
            text = answer["cursor"]
            name, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            found.setdefault(kind_of_cursor(name, len(values)), set()).add(text)
        for value in answer.values():
            cursors_in(value, found)
    elif isinstance(answer, list):
        for item in answer:
            cursors_in(item, found)
