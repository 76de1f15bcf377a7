"""What the tests of limits share: the schema as it is served, documents that count who looks at them, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import DocumentNode, GraphQLSchema, SelectionSetNode, Visitor, parse, visit
from typing_extensions import override

from api.graphql_schema import schema as served
from api.limits import Cost, Limits, measure
from api.reading import RequestError

SCHEMA: GraphQLSchema = served._schema  # noqa: SLF001 - Strawberry has no other way to it
MOST_TOKENS = 5000


class Visited:
    """How many selections were looked at, each time that one was."""

    def __init__(self) -> None:
        self.selections = 0


class Counting(tuple[Any, ...]):  # noqa: SLOT001 - it has to remember who counts
    """Selections that count how often they are walked over."""

    visited: Visited

    @override
    def __iter__(self) -> Iterator[Any]:
        for selection in super().__iter__():
            self.visited.selections += 1
            yield selection


def counting(text: str) -> tuple[DocumentNode, Visited]:
    """A parsed document, and how many of its selections are looked at from now on."""
    visited, document = Visited(), parse(text, max_tokens=MOST_TOKENS)

    class Replace(Visitor):
        def enter_selection_set(self, node: SelectionSetNode, *_: object) -> None:
            found.append(node)

    found: list[SelectionSetNode] = []
    visit(document, Replace())
    for node in found:
        counted = Counting(node.selections)
        counted.visited = visited
        object.__setattr__(node, "selections", counted)  # a node is frozen
    return document, visited


def costs(text: str, schema: GraphQLSchema = SCHEMA, **limits: int) -> dict[str, Cost]:
    """The costs of a document's operations."""
    return dict(measure(schema, parse(text, max_tokens=MOST_TOKENS), Limits(**limits)))


def cost(text: str, schema: GraphQLSchema = SCHEMA, **variables: object) -> int:
    """The cost of a document's only operation."""
    (only,) = costs(text, schema).values()
    return only.of(variables)


def refusal(text: str, schema: GraphQLSchema = SCHEMA, **limits: int) -> tuple[str, str]:
    """The code and the message of what is refused."""
    with pytest.raises(RequestError) as refused:
        costs(text, schema, **limits)
    assert refused.value.extensions is not None
    return refused.value.extensions["code"], refused.value.message
