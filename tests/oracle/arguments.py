"""Arguments of fields: pages forward and backward from real cursors, filters, orders, ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    EnumValueNode,
    GraphQLBoolean,
    GraphQLNonNull,
    GraphQLObjectType,
    NameNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    is_required_argument,
)

from tests.oracle.cursors import length_of, order_of
from tests.oracle.declarations import Declarations
from tests.oracle.dice import Dice
from tests.oracle.known import Known, kind_of_cursor, named
from tests.oracle.literals import Literals
from tests.oracle.variables import Make, Variables

PAGES: Sequence[tuple[str, ...]] = (
    *([()] * 4),
    *([("first",)] * 6),
    *([("last",)] * 4),
    *([("first", "after")] * 5),
    *([("last", "before")] * 4),
    *([("first", "before"), ("last", "after"), ("first", "after", "before"), ("last", "after", "before")] * 2),
    ("after",),
    ("before",),
    ("after", "before"),
)
"""Which arguments of paging are given together."""


class Arguments:
    """Draws the arguments of one operation's fields."""

    def __init__(self, dice: Dice, declarations: Declarations, known: Known, variables: Variables) -> None:
        self._dice = dice
        self._declarations = declarations
        self._variables = variables
        self._literals = Literals(dice, declarations, known)

    def of(self, type_: GraphQLObjectType, field_name: str) -> Iterator[ArgumentNode]:
        """What is given to a field."""
        arguments = type_.fields[field_name].args
        made: dict[str, Make] = {}
        for name, argument in arguments.items():
            if name in {"first", "after", "last", "before", "orderBy"}:
                continue
            if is_required_argument(argument) or self._dice.chance(40):
                declared = self._declarations.argument(type_.name, field_name, name)
                made[name] = partial(self._literals.value, argument.type, declared, name)
        fixed: dict[str, ValueNode] = {}
        if "first" in arguments:
            self._page(type_, field_name, made, fixed)
        for name, argument in arguments.items():
            value = fixed.get(name)
            if value is None and name in made:
                value = self._variables.value(argument.type, made[name], kind=f"{type_.name}.{field_name}.{name}")
            if value is not None:
                yield ArgumentNode(name=NameNode(value=name), value=value)

    def by_id(self, field_name: str, types: Sequence[str]) -> ArgumentNode:
        """The id or ids of `node` and `nodes`, mostly of these types."""
        query = self._declarations.plain.query_type
        assert query is not None
        name, make = ("id", self._literals.node_id) if field_name == "node" else ("ids", self._literals.ids)
        type_ = query.fields[field_name].args[name].type
        value = self._variables.value(type_, partial(make, types), kind=name)
        return ArgumentNode(name=NameNode(value=name), value=value)

    def condition(self, *, usual: bool) -> ArgumentNode:
        """The `if` of a directive."""

        def make() -> ValueNode:
            return BooleanValueNode(value=usual != self._dice.chance(25))

        value = self._variables.value(GraphQLNonNull(GraphQLBoolean), make, kind=f"if {usual}")
        return ArgumentNode(name=NameNode(value="if"), value=value)

    def _page(
        self, type_: GraphQLObjectType, field_name: str, made: dict[str, Make], fixed: dict[str, ValueNode]
    ) -> None:
        paged = self._dice.pick(PAGES)
        arguments = type_.fields[field_name].args
        order = None
        if "orderBy" in arguments and self._dice.chance(60):
            order = self._literals.enum(arguments["orderBy"].type)
            made["orderBy"] = partial(self._literals.enum, arguments["orderBy"].type)
        if {"after", "before"} & {*paged}:
            # a cursor is one of an order, and of some orders only together with a search
            if order is not None:
                fixed["orderBy"] = order
            filter_ = made["filter"]() if "filter" in made else None
            if filter_ is not None:
                made["filter"] = lambda: filter_
            kind = self._kind(type_, field_name, order, filter_)
            made |= dict.fromkeys(("after", "before"), partial(self._literals.cursor, kind))
        made |= dict.fromkeys(("first", "last"), self._literals.size)
        for name in ("first", "last", "after", "before"):
            if name not in paged:
                made.pop(name, None)
                if self._dice.chance(2):
                    fixed[name] = NullValueNode()

    def _kind(
        self, type_: GraphQLObjectType, field_name: str, order: ValueNode | None, filter_: ValueNode | None
    ) -> str:
        node_type = named(named(type_.fields[field_name].type).fields["nodes"].type).name
        source: Any = self._declarations.source(type_.name, field_name)
        edge = getattr(source, "page", source)
        chosen = order.value if isinstance(order, EnumValueNode) else None
        given = {
            field.name.value: None if isinstance(field.value, NullValueNode) else field.value
            for field in (filter_.fields if isinstance(filter_, ObjectValueNode) else ())
        }
        length = length_of(self._declarations, node_type, edge, given, chosen)
        return kind_of_cursor(f"{node_type}.{order_of(edge, chosen)[0]}", length)
