"""Every list that can be paged, in every order, from every side: the shortest query for each."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import GraphQLEnumType, GraphQLField, GraphQLObjectType, get_named_type

from api.graphql_schema import schema
from api.reading import InvalidCursorError, Reading
from core.actor import Actor
from tests.plans.operations import PLANS, any_id

CORE = schema._schema  # noqa: SLF001 - Strawberry has no other way to the types
KINDS = ("ASSOCIATION", "VENDOR", "OPERATOR")
TAKEN = {"audit": "contractId: $id, ", "lmsTrace": 'contractId: $id, memberNumber: "1", '}
"""What a list of Query takes besides an order and a page."""
SIDES = ("first: 20", "last: 20", "first: 20, after: $at", "last: 20, before: $at")


@dataclass(frozen=True)
class Listing:
    """A list of a kind of organization in an order, from one side."""

    kind: str
    of_contract: bool
    field: str
    order: str
    side: str
    node: str

    def __str__(self) -> str:
        return f"{'contract.' if self.of_contract else ''}{self.field}.{self.order}"

    @property
    def reading(self) -> Reading:
        taken = TAKEN.get(self.field, "")
        order = f"orderBy: {self.order}, " if self.order else ""
        page = (
            f"{self.field}({taken}{order}{self.side}) {{ pageInfo {{ hasNextPage hasPreviousPage }} nodes {{ id }} }}"
        )
        whole = f"contract(id: $id) {{ {page} }}" if self.of_contract else page
        declared = [*(["$id: ID!"] if "$id" in whole else []), *(["$at: String"] if "$at" in whole else [])]
        text = f"query{'(' + ', '.join(declared) + ')' if declared else ''} {{ {whole} }}"
        for values in range(1, 6):
            cursor = json.dumps([f"{self.node}.{self.order}", *[None] * values]).encode()
            at = base64.urlsafe_b64encode(cursor).decode()
            try:
                asked = PLANS.ask(text, None, {"id": any_id("Contract"), "at": at})
                reading = PLANS.reading(asked, Actor(kind=self.kind))
            except InvalidCursorError:
                continue
            assert reading is not None
            return reading
        raise AssertionError("no cursor of this order is taken")


def listings(kind: str) -> Iterator[Listing]:
    """All lists as one kind of organization reads them."""
    assert CORE.query_type is not None
    contract = CORE.type_map["Contract"]
    assert isinstance(contract, GraphQLObjectType)
    for of_contract, parent in ((False, CORE.query_type), (True, contract)):
        for name, field in parent.fields.items():
            for order, side in itertools.product(_orders(field), SIDES):
                connection = get_named_type(field.type)
                assert isinstance(connection, GraphQLObjectType)
                node = get_named_type(connection.fields["nodes"].type)
                yield Listing(kind, of_contract, name, order, side, node.name)


def _orders(field: GraphQLField) -> list[str]:
    if "orderBy" not in field.args:
        return []
    order = get_named_type(field.args["orderBy"].type)
    assert isinstance(order, GraphQLEnumType)
    return list(order.values)
