"""Payloads of mutations: objects are read by the ids that the mutation handed back, in its own transaction."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import asyncpg
import orjson
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)
from sqlalchemy import ARRAY, JSON, Integer, Text, Uuid, and_, case, func, literal_column, select
from sqlalchemy import column as sql_column

from api.reading.binding import SQL_TYPES, Request
from api.reading.compile import Compiler
from api.reading.declare import Declaration, Payload, declaration_of
from api.reading.document import shape_of, variable_types
from api.reading.errors import DeclarationError
from api.reading.fields import Column, Plain, Result, source_of
from api.reading.relations import aliased, column_of
from api.reading.roots import Viewer
from api.reading.schema_types import own_rows, python_type, scalar_of
from api.reading.selections import Operation
from api.reading.sql import JsonObject, Sql, formatted, json_list, name_literal
from api.reading.statements import Statement, statement_of
from core.recent import Recent

_STATEMENTS: Recent[object, Statement] = Recent(500)


async def read_payload(
    connection: "asyncpg.Connection[Any]",
    info: Any,
    payload: Payload,
    viewer: Viewer,
) -> orjson.Fragment:
    """Read what a mutation's field asks of its payload, by one statement on this connection."""
    raw = getattr(info, "_raw_info", info)
    key = (
        raw.schema,
        raw.operation.loc.source.body if raw.operation.loc else raw.operation,
        raw.operation.name.value if raw.operation.name else None,
        tuple(raw.path.as_list()),
        shape_of(variable_types(raw.schema, raw.operation), raw.variable_values),
        viewer.kind,
    )
    statement = _STATEMENTS.get(key)
    if statement is None:
        statement = _STATEMENTS.put(key, _compile(raw, viewer.kind))
    reading = statement.bind(Request(raw.variable_values, viewer, payload))
    return orjson.Fragment((await reading.read(connection))["payload"])


def _compile(raw: Any, kind: str) -> Statement:
    compiler = Compiler(Operation(raw.schema, raw.fragments, raw.variable_values), kind)
    type_: GraphQLObjectType = get_named_type(raw.return_type)
    fields: dict[str, Sql] = {}
    for key, nodes in compiler.operation.fields(type_, raw.field_nodes).items():
        name = nodes[0].name.value
        fields[key] = name_literal(type_.name) if name == "__typename" else _field(compiler, type_.fields[name], nodes)
    return statement_of({"payload": JsonObject(fields)}, compiler.parameters)


def _field(compiler: Compiler, declared: GraphQLField, nodes: list[FieldNode]) -> Sql:
    definition = declared.extensions["strawberry-definition"]
    name: str = definition.python_name
    bare = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
    many, target = isinstance(bare, GraphQLList), get_named_type(declared.type)
    match source_of(definition):
        case Result() if isinstance(target, GraphQLObjectType):
            declaration = declaration_of(python_type(target))
            assert declaration is not None
            read = _objects if many else _object
            return read(compiler, name, declaration, target, nodes)
        case Plain() if isinstance(target, GraphQLObjectType):
            return _values(compiler, name, target, nodes, many=many)
        case Plain():
            sql_type = SQL_TYPES.get(target.name, Text())
            value = compiler.parameters.add(
                lambda request: _plain(getattr(request.payload, name)), ARRAY(sql_type) if many else sql_type
            )
            return formatted(value, scalar_of(declared.type))
    raise DeclarationError(f"{name}: a field of a payload is result(…) or plain(…)")


def _object(
    compiler: Compiler, name: str, declaration: Declaration, type_: GraphQLObjectType, nodes: list[FieldNode]
) -> Sql:
    rows = aliased(own_rows(declaration), compiler.alias())
    found = and_(
        *(
            column_of(rows.row, part)
            == compiler.parameters.add(lambda request, at=at: _part(getattr(request.payload, name), at), Uuid())  # type: ignore[misc]
            for at, part in enumerate(declaration.key)
        )
    )
    return select(compiler.object(type_, nodes, rows.row)).select_from(rows.source).where(found).scalar_subquery()


def _objects(
    compiler: Compiler, name: str, declaration: Declaration, type_: GraphQLObjectType, nodes: list[FieldNode]
) -> Sql:
    halves = [
        compiler.parameters.add(
            lambda request, at=at: (
                None  # type: ignore[misc]
                if getattr(request.payload, name) is None
                else [_part(key, at) for key in getattr(request.payload, name)]
            ),
            ARRAY(Uuid()),
        )
        for at in range(len(declaration.key))
    ]
    wanted_alias = compiler.alias()
    columns = [f"key_{at}" for at in range(len(halves))]
    wanted = func.unnest(*halves).table_valued(*columns, with_ordinality="position").render_derived(name=wanted_alias)
    rows = aliased(own_rows(declaration), compiler.alias())
    found = and_(
        *(
            column_of(rows.row, part) == literal_column(f"{wanted_alias}.{half}", Uuid())
            for part, half in zip(declaration.key, columns, strict=True)
        )
    )
    position: Sql = literal_column(f"{wanted_alias}.position", Integer())
    item = json_list(compiler.object(type_, nodes, rows.row), [position])
    listed = select(item).select_from(wanted.join(rows.source, found))
    return case((halves[0].is_not(None), listed.scalar_subquery()), else_=None)


def _values(compiler: Compiler, name: str, type_: GraphQLObjectType, nodes: list[FieldNode], *, many: bool) -> Sql:
    """Objects that the mutation made itself travel to PostgreSQL as JSON, and come back as they were asked for."""
    columns, names = [], {}
    for field in type_.fields.values():
        definition = field.extensions["strawberry-definition"]
        read_from = source_of(definition)
        if isinstance(read_from, Column):
            bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
            kind = SQL_TYPES.get(cast("GraphQLNamedType", get_named_type(bare)).name, Text())
            named = read_from.name or definition.python_name
            names[named] = definition.python_name
            columns.append(sql_column(named, ARRAY(kind) if isinstance(bare, GraphQLList) else kind))

    def find(request: Request) -> bytes:
        value = getattr(request.payload, name)
        objects = [] if value is None else value if many else [value]
        written = [{column: getattr(item, field) for column, field in names.items()} for item in objects]
        return orjson.dumps(written, default=str)

    made = compiler.parameters.add(find, JSON())
    recordset = func.json_to_recordset(made).table_valued(*columns, name="made").render_derived(with_types=True)
    rows = aliased(select(recordset), compiler.alias())
    item = compiler.object(type_, nodes, rows.row)
    return select(json_list(item, []) if many else item).select_from(rows.source).scalar_subquery()


def _part(key: UUID | Sequence[UUID] | None, at: int) -> UUID | None:
    return key if key is None or isinstance(key, UUID) else key[at]


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list) else getattr(value, "name", value)
