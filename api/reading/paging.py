"""Connections: a page of an order, read with everything about it in one sub-select."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField, GraphQLObjectType
from sqlalchemy import func

from api.reading.arguments import Given, Values, fields_of, given_arguments, is_one, only, symbol
from api.reading.errors import DeclarationError
from api.reading.facets import compile_facets
from api.reading.fields import ConnectionEdge, Facets, Source, Where, source_of
from api.reading.found import Found
from api.reading.page import Page
from api.reading.pager import Pager
from api.reading.relations import Relation, Row, call
from api.reading.schema_types import declared as declared_type
from api.reading.schema_types import named_object, own_rows
from api.reading.sql import Sql, name_literal
from api.reading.tally import Tally

if TYPE_CHECKING:
    from api.reading.compile import Compiler

ARGUMENTS = {"first", "after", "last", "before", "filter", "orderBy"}
OF_THE_PAGE = {"nodes", "edges", "pageInfo"}


def compile_connection(  # noqa: PLR0917 -- an edge is what it is
    compiler: "Compiler",
    declared: GraphQLField,
    nodes: list[FieldNode],
    relation: Relation | None,
    edge: ConnectionEdge,
    parent: Row | None,
) -> Sql:
    """The JSON of a connection: only what is asked for is computed."""
    type_ = named_object(declared.type)
    node_type = named_object(type_.fields["nodes"].type)
    declaration = declared_type(node_type)
    given = given_arguments(declared.args, nodes[0].arguments, compiler.operation.variables)
    conditions, values = _conditions(compiler, given.get("filter"), edge)
    rows = own_rows(declaration) if relation is None else relation
    pager = Pager(compiler, edge, parent, rows, declaration, given, conditions, values)
    selected = compiler.operation.fields(type_, nodes)
    names = dict.fromkeys(same[0].name.value for same in selected.values())
    facets = {name: source for name in names if isinstance(source := _source(type_, name), Facets)}
    found = Found(pager) if facets and not OF_THE_PAGE.isdisjoint(names) and pager.is_computed else None
    page = Page(pager, node_type, found)
    tallies = {name: Tally(pager, source, found) for name, source in facets.items()}
    fields = {key: _field(page, tallies, type_, same) for key, same in selected.items()}
    return page.read(fields, [tally.counted for tally in tallies.values()])


def _conditions(
    compiler: "Compiler", given: Given | None, edge: ConnectionEdge
) -> tuple[dict[str, Callable[[Row], Sql]], Values | None]:
    declared: dict[str, Where] = {}
    for field in edge.filter.__strawberry_definition__.fields if edge.filter else ():  # type: ignore[attr-defined]
        source = source_of(field)
        if isinstance(source, Where):
            declared[field.python_name] = source
    if edge.filter is None:
        return {}, None
    fields = fields_of(given) if given is not None and given.value is not None else []
    set_ = {field.python_name: field for field in fields if field.value is not None}
    symbols = {name: symbol(field, compiler.parameters) for name, field in set_.items()}
    asked = {name: (declared[name].sql, symbols[name]) for name in symbols}
    for name, field in set_.items():
        if (one := declared[name].one) is not None and is_one(field.value):
            asked[name] = (one, only(symbols[name], compiler.parameters))

    def condition(name: str, row: Row) -> Sql:
        sql, value = asked[name]
        return call(sql, row, value, compiler.reader)  # type: ignore[no-any-return]

    return {name: partial(condition, name) for name in symbols}, Values(list(declared), symbols)


def _source(type_: GraphQLObjectType, name: str) -> Source | None:
    field = type_.fields.get(name)
    return source_of(field.extensions["strawberry-definition"]) if field else None


def _field(page: Page, tallies: Mapping[str, Tally], type_: GraphQLObjectType, nodes: list[FieldNode]) -> Sql:
    name = nodes[0].name.value
    match name:
        case "__typename":
            return name_literal(type_.name)
        case "totalCount":
            counted = next(iter(tallies.values()), None)
            return counted.total() if counted else page.pager.rows().select(func.count()).scalar_subquery()
    if name in OF_THE_PAGE:
        return page.field(type_, nodes)
    if name in tallies:
        return compile_facets(page.compiler, tallies[name], type_.fields[name], nodes)
    raise DeclarationError(f"{type_.name}.{name}: a connection is read for its facets, besides its page")
