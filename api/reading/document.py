"""A document: parsed and validated once, and what is known of each of its operations without its variables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    type_from_ast,
    validate,
)

from api.reading.arguments import shape_of_variable
from api.reading.coercing import Coercion
from api.reading.errors import InvalidDocumentError, RequestError
from api.reading.fields import source_of

VariableTypes: TypeAlias = tuple[tuple[str, GraphQLInputType], ...]

MOST_ERRORS = 5
"""That are told of one document: wording each takes longer than finding it."""

MOST_TOKENS = 5000
"""The words, numbers and brackets of a document; what is longer is not read to its end."""


Measure: TypeAlias = Callable[[GraphQLSchema, DocumentNode], Mapping[str, Any]]
"""Says what each operation of a document that was parsed costs, or refuses it with a GraphQLError."""


@dataclass(frozen=True, eq=False)
class Defined:
    """One operation of a document."""

    schema: GraphQLSchema
    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableTypes
    planned: frozenset[str]
    """The fields of its root that it mentions and that are read by a statement, skipped or not."""
    whole: bool
    """Whether that is all that it mentions."""
    coercion: Coercion
    cost: Any
    """What `Measure` said of it."""

    @property
    def type(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.node.operation

    def shape(self, values: Mapping[str, Any]) -> tuple[object, ...]:
        """What of the values of its variables changes its statement."""
        return shape_of(self.variables, values)


@dataclass(frozen=True)
class Document:
    """The operations of a text, or what is wrong with it."""

    operations: Mapping[str, Defined]
    errors: Sequence[GraphQLError] = ()

    @classmethod
    def of(cls, text: str, schema: GraphQLSchema, measure: Measure) -> "Document":
        """Read a text; what `measure` refuses is not validated, since that may take long."""
        try:
            parsed = parse(text, max_tokens=MOST_TOKENS)
            costs = measure(schema, parsed)
        except GraphQLError as error:
            return cls({}, [error])
        if errors := validate(schema, parsed, max_errors=MOST_ERRORS):
            return cls({}, [_without_nodes(error) for error in errors])
        operations = _operations(schema, parsed, costs)
        if all(operation.whole for operation in operations.values()):
            # only the executor says where in the text an error is, and what says so is more than half of the memory
            operations = _operations(schema, parse(text, max_tokens=MOST_TOKENS, no_location=True), costs)
        return cls(operations)

    def operation(self, name: str | None) -> Defined:
        """The operation of this name, or the only one.

        Raises InvalidDocumentError for a document that is none, RequestError when it is not said which of several
        operations is to run, or one is named that is not there.
        """
        if self.errors:
            raise InvalidDocumentError(self.errors)
        if not name and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if not name:
            raise RequestError(f"Say in operationName which one is to run: {', '.join(self.operations) or 'none'}.")
        if name not in self.operations:
            raise RequestError(f"There is no operation {name!r} in the document: {', '.join(self.operations)}.")
        return self.operations[name]


def _without_nodes(error: GraphQLError) -> GraphQLError:
    """The same error, without the whole document behind it."""
    return GraphQLError(error.message, source=error.source, positions=error.positions, extensions=error.extensions)


def _operations(schema: GraphQLSchema, document: DocumentNode, costs: Mapping[str, Any]) -> dict[str, Defined]:
    nodes = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    names = [node.name.value if node.name else "" for node in nodes]
    return {name: _defined(schema, document, node, costs.get(name)) for name, node in zip(names, nodes, strict=True)}


def _defined(schema: GraphQLSchema, document: DocumentNode, node: OperationDefinitionNode, cost: Any) -> Defined:
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    names = frozenset(_root_names(node.selection_set, fragments, set()))
    variables = variable_types(schema, node)
    planned = frozenset(name for name in names if _is_planned(schema, node.operation, name))
    return Defined(
        schema=schema,
        document=document,
        node=node,
        fragments=fragments,
        variables=variables,
        coercion=Coercion(schema, node, dict(variables)),
        planned=planned,
        whole=node.operation is not OperationType.MUTATION and names - planned <= {"__typename"},
        cost=cost,
    )


def variable_types(schema: GraphQLSchema, node: OperationDefinitionNode) -> VariableTypes:
    """The variables that an operation declares, in its order."""
    return tuple(
        (defined.variable.name.value, cast("GraphQLInputType", type_from_ast(schema, defined.type)))
        for defined in node.variable_definitions or ()
    )


def shape_of(variables: VariableTypes, values: Mapping[str, Any]) -> tuple[object, ...]:
    """What of the values of an operation's variables changes its statement."""
    return tuple([shape_of_variable(values[name], type_) if name in values else "" for name, type_ in variables])


def _is_planned(schema: GraphQLSchema, type_: OperationType, name: str) -> bool:
    root = schema.get_root_type(type_)
    field = root.fields.get(name) if root else None
    return field is not None and source_of(field.extensions["strawberry-definition"]) is not None


def _root_names(
    selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], opened: set[str]
) -> Iterator[str]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            yield selection.name.value
        elif isinstance(selection, InlineFragmentNode):
            yield from _root_names(selection.selection_set, fragments, opened)
        elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in opened:
            opened.add(selection.name.value)
            yield from _root_names(fragments[selection.name.value].selection_set, fragments, opened)
