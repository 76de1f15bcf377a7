"""Which fields of an object are asked for: fragments opened, duplicates merged, @skip and @include applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)

from api.reading.errors import BadUserInputError

Selected = dict[str, list[FieldNode]]
"""Fields by response key, in the order of their first mention."""


@dataclass(frozen=True)
class Operation:
    """What the selections of an operation are read against."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def fields(self, type_: GraphQLObjectType, nodes: Iterable[FieldNode]) -> Selected:
        """The fields that `nodes` together ask of an object of this type."""
        found: Selected = {}
        opened: set[str] = set()
        for node in nodes:
            if node.selection_set:
                self._collect(type_, node.selection_set, found, opened)
        return found

    def roots(self, type_: GraphQLObjectType, selections: SelectionSetNode) -> Selected:
        """The fields that an operation asks of its root."""
        found: Selected = {}
        self._collect(type_, selections, found, set())
        return found

    def _collect(
        self, type_: GraphQLObjectType, selections: SelectionSetNode, found: Selected, opened: set[str]
    ) -> None:
        for selection in selections.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                found.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                if self._applies(selection, type_):
                    self._collect(type_, selection.selection_set, found, opened)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in opened:
                opened.add(selection.name.value)
                fragment = self.fragments[selection.name.value]
                if self._applies(fragment, type_):
                    self._collect(type_, fragment.selection_set, found, opened)

    def _included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives or ():
            if directive.name.value in {"skip", "include"}:
                (argument,) = directive.arguments or ()
                value = argument.value
                if isinstance(value, VariableNode):
                    holds = self.variables[value.name.value]
                    # a variable with a default may stand here, and be null all the same
                    if holds is None:
                        raise BadUserInputError(f"The if of @{directive.name.value} must not be null.")
                else:
                    assert isinstance(value, BooleanValueNode)
                    holds = value.value
                if holds == (directive.name.value == "skip"):
                    return False
        return True

    def _applies(self, fragment: InlineFragmentNode | FragmentDefinitionNode, type_: GraphQLObjectType) -> bool:
        if fragment.type_condition is None:
            return True
        condition = self.schema.type_map[fragment.type_condition.name.value]
        if isinstance(condition, GraphQLInterfaceType | GraphQLUnionType):
            abstract: GraphQLAbstractType = condition
            return self.schema.is_sub_type(abstract, type_)
        return condition is type_
