"""From the text of an operation to the one statement that answers it, made once per shape of its variables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    ASTValidationRule,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    specified_rules,
    type_from_ast,
    validate,
)
from graphql.execution.values import get_variable_values
from strawberry import Schema

from api.reading.arguments import shape_of_variable
from api.reading.binding import Request
from api.reading.compile import Compiler
from api.reading.errors import BadUserInputError, RequestError
from api.reading.fields import source_of
from api.reading.roots import Viewer
from api.reading.selections import Operation
from api.reading.sql import JsonObject, Sql, name_literal
from api.reading.statements import Reading, Recent, Statement, statement_of

DOCUMENTS, STATEMENTS = 1000, 2000
MOST_TOKENS = 5000
"""The words, numbers and brackets of a document; what is longer is not read to its end."""


@dataclass(frozen=True)
class Document:
    """A document that was parsed and validated once."""

    operations: Mapping[str, OperationDefinitionNode]
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of this name, or the only one; RequestError when it is not said which of several."""
        if name:
            return self.operations.get(name)
        if len(self.operations) > 1:
            raise RequestError(f"Say in operationName which one is to run: {', '.join(self.operations)}.")
        return next(iter(self.operations.values()), None)


class Plans:
    """The plans of one schema."""

    def __init__(self, schema: Schema, rules: Sequence[type[ASTValidationRule]] = ()) -> None:
        """Plan for `schema`; `rules` are validated besides GraphQL's own."""
        self._schema: GraphQLSchema = schema._schema  # noqa: SLF001 -- Strawberry has no other way to graphql-core's
        self._rules = (*specified_rules, *rules)
        self._documents: Recent[Document] = Recent(DOCUMENTS)
        self._statements: Recent[Statement] = Recent(STATEMENTS)

    def __len__(self) -> int:
        """How many statements are kept."""
        return len(self._statements)

    def plan_for(
        self, text: str, operation_name: str | None, variables: Mapping[str, Any] | None, viewer: Viewer
    ) -> Reading | None:
        """The one statement that answers an operation, with its values; its answer is the operation's `data`.

        None when the ordinary executor has to answer: a document that is invalid, a mutation or subscription, a
        field of Query that is not planned. Raises a RequestError for variables, ids, cursors and pages that are
        refused, whoever would have answered, and for a document that leaves open which operation is to run.
        """
        document = self._document(text)
        operation = document.operation(operation_name) if document else None
        if document is None or operation is None:
            return None
        given = coerce_variables(self._schema, operation, variables or {})
        if not self._is_planned(document, operation):
            return None
        key = (text, operation_name, shape_of(self._schema, operation, given), viewer.kind)
        statement = self._statements.get(key)
        if statement is None:
            made = self._compile(Operation(self._schema, document.fragments, given), operation, viewer.kind)
            statement = self._statements.put(key, made)
        return statement.bind(Request(given, viewer))

    def _document(self, text: str) -> Document | None:
        known = self._documents.get(text)
        if known is None:
            try:
                parsed = parse(text, max_tokens=MOST_TOKENS)
            except GraphQLError:
                return None
            if validate(self._schema, parsed, self._rules):
                return None
            definitions = parsed.definitions
            operations = {
                node.name.value if node.name else "": node
                for node in definitions
                if isinstance(node, OperationDefinitionNode)
            }
            fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
            known = self._documents.put(text, Document(operations, fragments))
        return known

    def _is_planned(self, document: Document, operation: OperationDefinitionNode) -> bool:
        query = self._schema.query_type
        if operation.operation is not OperationType.QUERY or query is None:
            return False
        names = root_names(document, operation.selection_set)
        return all(name == "__typename" or _is_read(query.fields.get(name)) for name in names)

    def _compile(self, operation: Operation, node: OperationDefinitionNode, kind: str) -> Statement:
        query = self._schema.query_type
        assert query is not None
        compiler = Compiler(operation, kind)
        fields: dict[str, Sql] = {}
        for key, nodes in operation.roots(query, node.selection_set).items():
            name = nodes[0].name.value
            fields[key] = name_literal(query.name) if name == "__typename" else compiler.root(query.fields[name], nodes)
        return statement_of(JsonObject(fields), compiler.parameters)


def coerce_variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of an operation's variables by their types; BadUserInputError when they do not fit."""
    coerced = get_variable_values(schema, operation.variable_definitions or (), dict(variables), max_errors=10)
    if isinstance(coerced, list):
        raise BadUserInputError(" ".join(error.message for error in coerced))
    return coerced.coerced


def shape_of(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> tuple[object, ...]:
    """What of an operation's variables changes its statement."""
    return tuple(
        shape_of_variable(given[node.variable.name.value], _type(schema, node.type))
        if node.variable.name.value in given
        else ""
        for node in operation.variable_definitions or ()
    )


def _type(schema: GraphQLSchema, node: Any) -> GraphQLInputType:
    return cast("GraphQLInputType", type_from_ast(schema, node))


def _is_read(field: GraphQLField | None) -> bool:
    return field is not None and source_of(field.extensions["strawberry-definition"]) is not None


def root_names(document: Document, selections: SelectionSetNode) -> set[str]:
    """The fields of Query that an operation mentions, skipped or not."""
    names: set[str] = set()
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            names.add(selection.name.value)
        elif isinstance(selection, InlineFragmentNode):
            names |= root_names(document, selection.selection_set)
        elif isinstance(selection, FragmentSpreadNode):
            names |= root_names(document, document.fragments[selection.name.value].selection_set)
    return names
