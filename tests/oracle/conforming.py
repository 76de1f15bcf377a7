"""Whether an answer is what the schema promises: its keys in their order, types, nulls, enums and the forms of scalars.

Told from the schema and the document alone, so that neither side of a comparison is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
    is_leaf_type,
)

Selected = dict[str, list[FieldNode]]

PATTERNS = {
    "CountryCode": r"[A-Z]{2}",
    "CurrencyCode": r"[A-Z]{3}",
    "Date": r"\d{4}-\d\d-\d\d",
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z",
    "Decimal": r"-?(0|[1-9]\d*)(\.\d+)?",
    "ID": r"[a-z]+_[A-Za-z0-9_-]{22,43}",
    "LanguageCode": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "Percent": r"-?(0|[1-9]\d*)\.\d\d",
    "String": r"(?s:.*)",
}


@dataclass(frozen=True)
class Promise:
    """What one operation was promised."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    given: Mapping[str, object]
    """The variables, their defaults included."""
    collected: dict[tuple[object, ...], Selected] = field(default_factory=dict)
    """The fields of the objects of one place, which is asked for every item of a list."""

    def faults(self, type_: Any, nodes: Sequence[FieldNode], value: object, at: str) -> Iterator[str]:  # noqa: ANN401
        """What of a value is not as promised."""
        if isinstance(type_, GraphQLNonNull):
            if value is None:
                yield f"{at} is null"
                return
            type_ = type_.of_type
        if value is None:
            return
        if isinstance(type_, GraphQLList):
            if not isinstance(value, list):
                yield f"{at} is no list"
                return
            for index, item in enumerate(value):
                yield from self.faults(type_.of_type, nodes, item, f"{at}.{index}")
        elif is_leaf_type(type_):
            if not _fits(type_, value):
                yield f"{at} is no {type_}: {value!r}"
        elif not isinstance(value, dict):
            yield f"{at} is no object"
        else:
            yield from self.of_object(type_, [node.selection_set for node in nodes if node.selection_set], value, at)

    def of_object(
        self,
        type_: Any,  # noqa: ANN401 - an object type or an interface
        sets: Sequence[SelectionSetNode],
        value: dict[str, object],
        at: str,
    ) -> Iterator[str]:
        """The same of an object, of which `sets` ask together."""
        candidates = self.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        collected = [(candidate, self._collected(candidate, sets)) for candidate in candidates]
        fitting = [(candidate, fields) for candidate, fields in collected if [*fields] == [*value]]
        if not fitting:
            yield f"{at} has the keys {[*value]}, and not {[[*fields] for _, fields in collected]}"
            return
        found = [[*self._fields(candidate, fields, value, at)] for candidate, fields in fitting]
        yield from min(found, key=len)

    def _fields(self, type_: GraphQLObjectType, fields: Selected, value: dict[str, object], at: str) -> Iterator[str]:
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "__typename":
                if value[key] != type_.name:
                    yield f"{at}.{key} is {value[key]!r}, and not {type_.name}"
            elif not name.startswith("__"):
                yield from self.faults(type_.fields[name].type, nodes, value[key], f"{at}.{key}")

    def _collected(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> Selected:
        known = (type_.name, *map(id, sets))
        if known not in self.collected:
            found = self.collected[known] = {}
            for selections in sets:
                for key, node in self._asked(type_, selections):
                    found.setdefault(key, []).append(node)
        return self.collected[known]

    def _asked(self, type_: GraphQLObjectType, selections: SelectionSetNode) -> Iterator[tuple[str, FieldNode]]:
        for node in selections.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield (node.alias or node.name).value, node
                continue
            assert isinstance(node, InlineFragmentNode | FragmentSpreadNode)
            fragment = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            condition = fragment.type_condition.name.value if fragment.type_condition else type_.name
            if condition in {type_.name, *(interface.name for interface in type_.interfaces)}:
                yield from self._asked(type_, fragment.selection_set)

    def _included(self, node: Any) -> bool:  # noqa: ANN401 - any selection
        for directive in node.directives or ():
            value = directive.arguments[0].value
            holds = self.given[value.name.value] if isinstance(value, VariableNode) else value.value
            if holds is (directive.name.value == "skip"):
                return False
        return True


def faults(
    schema: GraphQLSchema,
    document: DocumentNode,
    name: str | None,
    variables: Mapping[str, object],
    data: dict[str, object],
) -> list[str]:
    """What of an operation's data is not as the schema promises."""
    operation = next(
        node
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode) and name in {None, node.name and node.name.value}
    )
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    defaults = {
        definition.variable.name.value: getattr(definition.default_value, "value", None)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    promise = Promise(schema, fragments, {**defaults, **variables})
    return [*promise.of_object(schema.query_type, [operation.selection_set], data, "data")]


def _fits(type_: Any, value: object) -> bool:  # noqa: ANN401 - any leaf type
    if isinstance(type_, GraphQLEnumType):
        return value in type_.values
    match type_.name:
        case "JSON":
            return True
        case "Boolean":
            return isinstance(value, bool)
        case "Int":
            return isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31
    return isinstance(value, str) and re.fullmatch(PATTERNS[type_.name], value) is not None
