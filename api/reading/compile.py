"""From the selections of an operation to one SQL expression that writes its JSON."""

from collections.abc import Mapping
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLList, GraphQLNonNull, GraphQLObjectType

from api.reading import nodes as node_fields
from api.reading import paging
from api.reading.amounts import Money
from api.reading.arguments import given_arguments, symbol
from api.reading.binding import Parameters
from api.reading.declare import Declaration
from api.reading.errors import DeclarationError
from api.reading.fields import Amount, Column, ConnectionEdge, Edge, Expression, Key, Part, Source, source_of
from api.reading.relations import Relation, Row, aliased, call, column_of
from api.reading.roots import Root
from api.reading.schema_types import declared as declared_type
from api.reading.schema_types import is_connection_type, named_object, own_rows, scalar_of
from api.reading.selections import Operation
from api.reading.sql import (
    JsonObject,
    Sql,
    formatted,
    id_text,
    json_row,
    json_rows,
    minor_units,
    name_literal,
    unit_amount,
    when,
)


class Compiler:
    """Makes the statement of one operation, in one shape, for one kind of reader."""

    def __init__(self, operation: Operation, kind: str) -> None:
        """Begin a statement without parameters or aliases."""
        self.operation = operation
        self.parameters = Parameters(kind)
        self._aliases = 0

    @property
    def reader(self) -> object:
        """Who reads, as lambdas and root functions see it."""
        return self.parameters.reader

    def alias(self) -> str:
        """A name for a relation that is used nowhere else in the statement."""
        self._aliases += 1
        return f"r{self._aliases}"

    def root(self, declared: GraphQLField, nodes: list[FieldNode]) -> Sql:
        """A field of Query."""
        source = source_of(declared.extensions["strawberry-definition"])
        if isinstance(source, node_fields.ById):
            return node_fields.compile_by_id(self, declared, nodes[0], nodes)
        assert isinstance(source, Root)
        given = given_arguments(declared.args, nodes[0].arguments, self.operation.variables)
        arguments = {
            argument.extensions["strawberry-definition"].python_name: symbol(given[name], self.parameters)
            if name in given
            else None
            for name, argument in declared.args.items()
            if name not in paging.ARGUMENTS
        }
        rows = source.rows(None, self.reader, **arguments)
        return self.edge(declared, nodes, rows, source.page, None)

    def object(self, type_: GraphQLObjectType, nodes: list[FieldNode], row: Row) -> JsonObject:
        """The object that `nodes` ask for, of a row."""
        declaration = declared_type(type_)
        fields: dict[str, Sql] = {}
        for key, same in self.operation.fields(type_, nodes).items():
            name = same[0].name.value
            fields[key] = (
                name_literal(type_.name) if name == "__typename" else self.field(type_, declaration, name, same, row)
            )
        return JsonObject(fields)

    def field(
        self, type_: GraphQLObjectType, declaration: Declaration, name: str, nodes: list[FieldNode], row: Row
    ) -> Sql:
        """One field of a row."""
        declared = type_.fields[name]
        definition = declared.extensions["strawberry-definition"]
        source = source_of(definition)
        try:
            return self._read(source, declared, definition.python_name, declaration, nodes, row)
        except DeclarationError as error:
            raise DeclarationError(f"{type_.name}.{name}: {error}") from error

    def _read(  # noqa: PLR0917 -- the way of one value, never called from elsewhere
        self,
        source: Source | None,
        declared: GraphQLField,
        python_name: str,
        declaration: Declaration,
        nodes: list[FieldNode],
        row: Row,
    ) -> Sql:
        match source:
            case Key():
                return id_text(declaration.prefix or "", [column_of(row, part) for part in declaration.key])
            case Column(name):
                return formatted(column_of(row, name or python_name), scalar_of(declared.type))
            case Expression(sql):
                return formatted(call(sql, row, self.reader), scalar_of(declared.type))
            case Amount():
                return self._money(source, named_object(declared.type), nodes, row)
            case Part(present):
                whole = self.object(named_object(declared.type), nodes, row)
                return when(call(present, row, self.reader), whole) if present else whole
            case Edge(_, rows):
                relation = call(rows, row, self.reader) if rows else None
                return self.edge(declared, nodes, relation, source, row)
        raise DeclarationError("the field does not say where it is read from")

    def edge(
        self, declared: GraphQLField, nodes: list[FieldNode], relation: Relation | None, edge: Edge, parent: Row | None
    ) -> Sql:
        """One row, a list of rows, or a connection, of `relation` or of the target's own rows."""
        type_ = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
        target = named_object(declared.type)
        if is_connection_type(target):
            assert isinstance(edge, ConnectionEdge)
            return paging.compile_connection(self, declared, nodes, relation, edge, parent)
        declaration = declared_type(target)
        rows = aliased(own_rows(declaration) if relation is None else relation, self.alias())
        item = self.object(target, nodes, rows.row)
        joined = self.joined(edge, parent, rows.row)
        if isinstance(type_, GraphQLList):
            order = call(edge.order, rows.row, self.reader) if edge.order else []
            return json_rows(item, rows.source, joined, order, self.alias())
        return json_row(item, rows.source, joined, self.alias())

    def joined(self, edge: Edge, parent: Row | None, row: Row) -> list[Sql]:
        """What the edge asks of a row, to belong to its parent."""
        return [call(edge.join, parent, row, self.reader)] if edge.join else []

    def _money(self, source: Amount, type_: GraphQLObjectType, nodes: list[FieldNode], row: Row) -> Sql:
        def read(name: Any) -> Sql:
            return column_of(row, name) if isinstance(name, str) else call(name, row, self.reader)

        amount, currency = read(source.amount), read(source.currency)
        written = unit_amount(amount, currency) if source.unit else minor_units(amount, currency)
        parts: Mapping[str, Sql] = {
            "amount": written,
            "currencyCode": currency,
            "__typename": name_literal(Money.__name__),
        }
        selected = self.operation.fields(type_, nodes)
        return when(amount.is_not(None), JsonObject({key: parts[same[0].name.value] for key, same in selected.items()}))
