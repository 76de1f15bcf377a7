"""Makes an operation that shows a difference as small as it can be while it shows one: for whoever has to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    NameNode,
    Node,
    ObjectFieldNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from tests.oracle.generating import Operation, Request

CAN_GO: Final = (FieldNode, InlineFragmentNode, FragmentSpreadNode, ArgumentNode, DirectiveNode, ObjectFieldNode)
MOST_TRIES: Final = 600


def reduced(
    schema: GraphQLSchema, operation: Operation, request: Request, differs: Callable[[Operation, Request], bool]
) -> Operation:
    """The smallest operation found of which `differs` still holds for the request."""
    tries = 0
    progress = True
    while progress:
        progress = False
        for smaller in _smaller(schema, operation):
            tries += 1
            if tries > MOST_TRIES:
                return operation
            if differs(smaller, request):
                operation, progress = smaller, True
                break
    return operation


def _smaller(schema: GraphQLSchema, operation: Operation) -> Iterator[Operation]:
    """The operation without one of its parts each, the largest parts first."""
    document = parse(operation.text, no_location=True)
    seen = {operation.text}
    for visitor in (_Opened(document), *map(_Without, range(_count(document)))):
        text = print_ast(_tidy(visit(document, visitor)))
        if text not in seen and _is_valid(schema, text):
            yield replace(operation, text=text)
        seen.add(text)


class _Without(Visitor):
    """Leaves out the part of this number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def enter(self, node: Node, *_: Any) -> Any:  # noqa: ANN401 - what graphql-core's visitors answer
        if isinstance(node, CAN_GO):
            self.left -= 1
            if self.left == -1:
                return REMOVE
        return None


class _Opened(Visitor):
    """Puts what is in fragments in their place."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        definitions = [node for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
        self.fragments = {node.name.value: node for node in definitions}

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode:  # noqa: ANN401 - the same
        selections: list[SelectionNode] = []
        for selection in node.selections:
            match selection:
                case InlineFragmentNode(selection_set=inside):
                    selections += inside.selections
                case FragmentSpreadNode(name=NameNode(value=name)):
                    selections += self.fragments[name].selection_set.selections
                case _:
                    selections.append(selection)
        return SelectionSetNode(selections=tuple(selections))


class _Count(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.parts = 0

    def enter(self, node: Node, *_: Any) -> None:  # noqa: ANN401 - the same
        self.parts += isinstance(node, CAN_GO)


def _count(document: DocumentNode) -> int:
    counter = _Count()
    visit(document, counter)
    return counter.parts


class _Names(Visitor):
    """Which variables and fragments are used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def enter_variable_definition(self, *_: Any) -> Any:  # noqa: ANN401 - the same
        return False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:  # noqa: ANN401 - the same
        self.used.add(f"${node.name.value}")

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:  # noqa: ANN401 - the same
        self.used.add(node.name.value)


class _Unused(Visitor):
    """Leaves out the definitions of what is not used any more, and what asks for nothing any more."""

    def __init__(self, used: set[str]) -> None:
        super().__init__()
        self.used = used

    def enter(self, node: Node, *_: Any) -> Any:  # noqa: ANN401 - the same
        if isinstance(node, VariableDefinitionNode) and f"${node.variable.name.value}" not in self.used:
            return REMOVE
        if isinstance(node, FragmentDefinitionNode) and node.name.value not in self.used:
            return REMOVE
        return None

    def leave(self, node: Node, *_: Any) -> Any:  # noqa: ANN401 - the same
        if isinstance(node, FieldNode | InlineFragmentNode | FragmentDefinitionNode):
            return REMOVE if node.selection_set is not None and not node.selection_set.selections else None
        return None


def _tidy(document: DocumentNode) -> DocumentNode:
    for _ in document.definitions:
        names = _Names()
        visit(document, names)
        document = visit(document, _Unused(names.used))
    return document


def _is_valid(schema: GraphQLSchema, text: str) -> bool:
    try:
        document = parse(text)
    except GraphQLSyntaxError:
        return False
    return any(isinstance(node, OperationDefinitionNode) for node in document.definitions) and not validate(
        schema, document
    )
