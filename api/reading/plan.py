"""From the text of an operation to the one statement that answers it, made once per shape of its variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import GraphQLSchema
from strawberry import Schema

from api.reading.arguments import given_arguments
from api.reading.binding import Request
from api.reading.compile import Compiler
from api.reading.document import Defined, Document, Measure
from api.reading.ids import decode_id
from api.reading.roots import Viewer
from api.reading.schema_types import declared, named_object
from api.reading.selections import Operation
from api.reading.sql import JsonObject, Sql, name_literal
from api.reading.statements import Reading, Statement, statement_of
from core.recent import Recent

DOCUMENTS, STATEMENTS = 500_000, 10_000_000
"""Characters of all texts, and of all statements, that are kept. A document takes up to a hundred bytes of memory for
each character of its text."""
AT_LEAST = 500
"""Characters that even the shortest counts for."""


@dataclass(frozen=True)
class Asked:
    """An operation with the values of its variables."""

    operation: Defined
    variables: Mapping[str, Any]
    """As they were sent."""
    values: Mapping[str, Any]
    """By their types."""


class Plans:
    """What is known of the documents and operations of one schema."""

    def __init__(self, schema: Schema, measure: Measure = lambda _schema, _document: {}) -> None:
        """Plan for `schema`; `measure` says what an operation costs, or refuses its document before it is validated."""
        self._schema: GraphQLSchema = schema._schema  # noqa: SLF001 -- Strawberry has no other way to graphql-core's
        self._measure = measure
        self.documents: Recent[str, Document] = Recent(DOCUMENTS)
        self.statements: Recent[object, Statement] = Recent(STATEMENTS)

    def ask(self, text: str, operation_name: str | None, variables: Mapping[str, Any] | None) -> Asked:
        """Understand what is asked; the document is parsed and validated once.

        Raises InvalidDocumentError for a text that is no document of this schema, and RequestError when it is left open
        which operation is to run, or its variables do not fit.
        """
        operation = self.document(text).operation(operation_name)
        given = variables or {}
        return Asked(operation, given, operation.coercion.values(given))

    def knows(self, text: str) -> bool:
        """Whether a text was parsed and validated lately."""
        return text in self.documents

    def document(self, text: str) -> Document:
        """Parse and validate a text, if that was not done lately."""
        document = self.documents.get(text)
        if document is None:
            document = Document.of(text, self._schema, self._measure)
            self.documents.put(text, document, weight=AT_LEAST + len(text))
        return document

    def reading(self, asked: Asked, viewer: Viewer) -> Reading | None:
        """The one statement that answers what is planned of an operation, with its values; None if nothing is.

        Raises a RequestError for ids, cursors and pages that are refused.
        """
        operation, values = asked.operation, asked.values
        if not operation.planned and not operation.whole:
            return None
        key = (operation, operation.shape(values), viewer.kind)
        statement = self.statements.get(key)
        if statement is None:
            statement = self._compile(operation, values, viewer.kind)
            self.statements.put(key, statement, weight=AT_LEAST + 2 * len(statement.sql))
        return statement.bind(Request(values, viewer))

    def _compile(self, operation: Defined, values: Mapping[str, Any], kind: str) -> Statement:
        root = self._schema.get_root_type(operation.type)
        assert root is not None
        selections = Operation(self._schema, operation.fragments, values)
        compiler = Compiler(selections, kind)
        fields: dict[str, Sql] = {}
        for key, nodes in selections.roots(root, operation.node.selection_set).items():
            name = nodes[0].name.value
            if name in operation.planned:
                fields[key] = compiler.root(root.fields[name], nodes)
            elif operation.whole:
                fields[key] = name_literal(root.name)
        if operation.whole:
            return statement_of({"data": JsonObject(fields)}, compiler.parameters)
        return statement_of(fields, compiler.parameters)


def subscribed(asked: Asked) -> tuple[UUID, ...]:
    """Return the key of the row that a subscription is about, whose id its one field takes. Raises InvalidIdError."""
    operation = asked.operation
    root = operation.schema.subscription_type
    assert root is not None, "only a subscription is followed"
    selections = Operation(operation.schema, operation.fragments, asked.values)
    ((node, *_),) = selections.roots(root, operation.node.selection_set).values()
    field = root.fields[node.name.value]
    declaration = declared(named_object(field.type))
    given = given_arguments(field.args, node.arguments, asked.values)["id"].get(asked.values)
    return decode_id(given, declaration.prefix or "", parts=len(declaration.key))
