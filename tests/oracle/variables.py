"""Variables in the place of values: with and without defaults, given, null or absent, for each request anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    parse_type,
    value_from_ast_untyped,
)

from tests.oracle.dice import Dice

Make = Callable[[], ValueNode]
"""Draws one more value for the same place."""


class Variables:
    """The variables of one operation."""

    def __init__(self, dice: Dice, *, requests: int) -> None:
        """Give values for so many `requests`."""
        self.definitions: list[VariableDefinitionNode] = []
        self.given: list[dict[str, Any]] = [{} for _ in range(requests)]
        self._dice = dice
        self._by_type: dict[tuple[str, str], str] = {}

    def value(self, type_: GraphQLInputType, make: Make, *, kind: str) -> ValueNode:
        """A value for a place of this type, or a variable, or a value with variables in it.

        Places of the same `kind` take the same values, and may share a variable.
        """
        if self._dice.chance(22):
            return VariableNode(name=NameNode(value=self._variable(type_, make, kind)))
        return self._with_variables_inside(make(), type_, kind)

    def _with_variables_inside(self, node: ValueNode, type_: GraphQLInputType, kind: str) -> ValueNode:
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if isinstance(node, ListValueNode) and isinstance(type_, GraphQLList):
            below = type_.of_type
            items = [
                self.value(below, partial(_same, item), kind=f"{kind}[]") if self._dice.chance(50) else item
                for item in node.values
            ]
            return ListValueNode(values=tuple(items))
        if isinstance(node, ObjectValueNode) and isinstance(type_, GraphQLInputObjectType):
            fields = [
                ObjectFieldNode(
                    name=field.name,
                    value=self.value(
                        type_.fields[field.name.value].type,
                        partial(_same, field.value),
                        kind=f"{type_.name}.{field.name.value}",
                    ),
                )
                for field in node.fields
            ]
            return ObjectValueNode(fields=tuple(fields))
        return node

    def _variable(self, type_: GraphQLInputType, make: Make, kind: str) -> str:
        shared = self._by_type.get((str(type_), kind))
        if shared is not None and self._dice.chance(30):
            return shared
        name = f"v{len(self.definitions)}"
        needed = isinstance(type_, GraphQLNonNull)
        bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        default = make() if self._dice.chance(35) else None
        if isinstance(default, NullValueNode):
            default = None
        # where a value is needed, a default makes up for a variable that may be absent
        nullable = self._dice.chance(70) if default is not None else not needed and self._dice.chance(70)
        self.definitions.append(
            VariableDefinitionNode(
                variable=VariableNode(name=NameNode(value=name)),
                type=parse_type(f"{bare}" if nullable else f"{bare}!"),
                default_value=default,  # type: ignore[arg-type]  # there is no variable in it
                directives=(),
            )
        )
        for given in self.given:
            value = make()
            if nullable and self._dice.chance(2 if needed else 20):
                given[name] = None
            elif (nullable or default is not None) and self._dice.chance(30):
                continue
            elif not isinstance(value, NullValueNode) or nullable:
                given[name] = value_from_ast_untyped(value)
            elif default is None:
                given[name] = None  # null where nothing may be: refused, and a rare draw
        self._by_type[str(type_), kind] = name
        return name


def _same(node: ValueNode) -> ValueNode:
    return node
