"""Connections: a page of an order, read with everything about it in one sub-select."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType
from sqlalchemy import Integer, Select, Text, exists, false, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from api.reading.arguments import Given, Values, fields_of, given_arguments, symbol
from api.reading.binding import Request
from api.reading.cursors import bound_as, read_cursor, reads_as, write_cursor
from api.reading.declare import Declaration, declaration_of
from api.reading.errors import DeclarationError, InvalidPageError, PageTooLargeError
from api.reading.facets import compile_facets
from api.reading.fields import ConnectionEdge, Facets, Ordering, Where, source_of
from api.reading.orders import Term, beyond, total_order
from api.reading.pages import DEFAULT_PAGE, LARGEST_PAGE
from api.reading.relations import Aliased, Relation, Row, aliased, call, column_of, used_columns
from api.reading.sql import EMPTY_LIST, JsonObject, Sql, name_literal

if TYPE_CHECKING:
    from api.reading.compile import Compiler

ARGUMENTS = {"first", "after", "last", "before", "filter", "orderBy"}


@dataclass(frozen=True)
class Pager:
    """A connection as it is asked for in one place of an operation."""

    compiler: "Compiler"
    edge: ConnectionEdge
    parent: Row | None
    relation: Relation
    declaration: Declaration
    """Of the type of the nodes."""
    given: Mapping[str, Given]
    conditions: Mapping[str, Callable[[Row], Sql]]
    """What the filter asks of a row, by the filter's field."""
    filter: Values | None

    def rows(self, *, ignoring: str | None = None) -> "Filtered":
        """All rows that the filter lets through; facets ignore one of its fields."""
        rows = aliased(self.relation, self.compiler.alias())
        kept = [condition(rows.row) for name, condition in self.conditions.items() if name != ignoring]
        return Filtered(rows, [*self.compiler.joined(self.edge, self.parent, rows.row), *kept])

    def order(self, row: Row) -> list[Term]:
        """The order asked for, over this row."""
        by = self.ordering.by if self.ordering else self.edge.order
        asked = call(by, row, self.filter) if by else []
        terms = total_order(asked, [column_of(row, part) for part in self.declaration.key])
        if not terms:
            raise DeclarationError(f"a connection of {self.declaration.name} needs an order or a key")
        return terms

    @property
    def ordering(self) -> Ordering | None:
        """The chosen value of the enum of orders."""
        chosen = self.given.get("orderBy")
        if chosen is not None and chosen.value is not None:
            return chosen.value.value  # type: ignore[no-any-return]
        return next(iter(self.edge.orders)).value if self.edge.orders else None

    @property
    def order_name(self) -> str:
        """What a cursor must say to be one of this order."""
        chosen = self.given.get("orderBy")
        name = chosen.value.name if chosen is not None and chosen.value is not None else None
        return f"{self.declaration.name}.{name or (next(iter(self.edge.orders)).name if self.edge.orders else '')}"

    def has(self, argument: str) -> bool:
        """Whether an argument of paging is given, and not null."""
        return argument in self.given and self.given[argument].value is not None

    @property
    def backward(self) -> bool:
        """Whether the page is counted from the end."""
        return self.has("last") and not self.has("first")

    def place(self, argument: str, terms: list[Term]) -> list[Sql] | None:
        """The place that `after` or `before` names, as parameters; None when it is not given."""
        if not self.has(argument):
            return None
        cursor, name = self.given[argument], self.order_name
        readers = [reads_as(item.sql.type) for item in terms]
        once = object()

        def value(at: int, request: Request) -> Any:  # noqa: ANN401
            if once not in request.memo:
                request.memo[once] = read_cursor(cursor.get(request.variables), name, readers)
            return request.memo[once][at]

        return [
            self.compiler.parameters.add(partial(value, at), bound_as(item.sql.type)) for at, item in enumerate(terms)
        ]

    def size(self) -> Sql:
        """How long the page may be, as a parameter that refuses what is no size."""
        first, last = self.given.get("first"), self.given.get("last")

        def asked(request: Request) -> int:
            sizes = [given.get(request.variables) for given in (first, last) if given is not None]
            wanted = [size for size in sizes if size is not None] or [DEFAULT_PAGE]
            if len(wanted) > 1:
                raise InvalidPageError("Ask for the first or for the last objects, not for both.")
            if wanted[0] < 1:
                raise InvalidPageError("A page has at least one object.")
            if wanted[0] > LARGEST_PAGE:
                raise PageTooLargeError(f"A page has at most {LARGEST_PAGE} objects.")
            return int(wanted[0])

        return self.compiler.parameters.add(asked, Integer())


@dataclass(frozen=True)
class Filtered:
    """The rows of a connection, before they are cut to a page."""

    rows: Aliased
    kept: list[Sql]

    @property
    def row(self) -> Row:
        """One of the rows."""
        return self.rows.row

    def select(self, *columns: Sql) -> Select[Any]:
        """Select from the rows; whatever refers to their columns must have been made before."""
        return select(*columns).select_from(self.rows.source).where(*self.kept)


def is_connection_type(type_: GraphQLObjectType) -> bool:
    """Whether a type of the schema is a connection, or one with fields of its own."""
    return "edges" in type_.fields and "pageInfo" in type_.fields


def compile_connection(
    compiler: "Compiler",
    declared: GraphQLField,
    nodes: list[FieldNode],
    relation: Relation | None,
    edge: ConnectionEdge,
    parent: Row | None,
) -> Sql:
    """The JSON of a connection: only what is asked for is computed."""
    from api.reading.compile import named_object, own_rows, python_type  # noqa: PLC0415 -- objects hold connections

    type_ = named_object(declared.type)
    node_type = named_object(type_.fields["nodes"].type)
    declaration = declaration_of(python_type(node_type)) or Declaration(node_type.name, None)
    given = given_arguments(declared.args, nodes[0].arguments, compiler.operation.variables)
    conditions, values = _conditions(compiler, given.get("filter"), edge)
    rows = own_rows(declaration) if relation is None else relation
    pager = Pager(compiler, edge, parent, rows, declaration, given, conditions, values)
    page = Page(pager, node_type)
    selected = compiler.operation.fields(type_, nodes)
    fields = {key: _field(page, type_, same) for key, same in selected.items()}
    return page.read(fields)


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
    symbols = {
        field.python_name: symbol(field, compiler.parameters)
        for field in (fields_of(given) if given is not None and given.value is not None else ())
        if field.value is not None
    }

    def condition(name: str, row: Row) -> Sql:
        return call(declared[name].sql, row, symbols[name], compiler.reader)  # type: ignore[no-any-return]

    return {name: partial(condition, name) for name in symbols}, Values(list(declared), symbols)


def _field(page: "Page", type_: GraphQLObjectType, nodes: list[FieldNode]) -> Sql:
    name = nodes[0].name.value
    match name:
        case "__typename":
            return name_literal(type_.name)
        case "totalCount":
            return page.pager.rows().select(func.count()).scalar_subquery()
        case "nodes" | "edges" | "pageInfo":
            return page.field(type_, nodes)
    source = source_of(type_.fields[name].extensions["strawberry-definition"])
    if isinstance(source, Facets):
        return compile_facets(page.pager, source, type_.fields[name], nodes)
    raise DeclarationError(f"{type_.name}.{name}: a connection is read for its facets, besides its page")


class Page:
    """The rows of one page, and what is asked about them."""

    def __init__(self, pager: Pager, node_type: GraphQLObjectType) -> None:
        """Prepare to read nodes of this type."""
        self.pager = pager
        self.compiler = pager.compiler
        self.node_type = node_type
        self._rows = pager.rows()
        self._terms = pager.order(self._rows.row)
        self._after = pager.place("after", self._terms)
        self._before = pager.place("before", self._terms)
        self._size = pager.size()
        self._numbered, self._whole = self.compiler.alias(), self.compiler.alias()
        self._shown = aliased(pager.relation, self._numbered).row
        self._gathered: list[Sql] = []

    def field(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Sql:
        """A field that is read from the page."""
        if nodes[0].name.value == "pageInfo":
            return self._page_info(type_, nodes)
        if nodes[0].name.value == "nodes":
            return self._gather(self._listed(self.compiler.object(self.node_type, nodes, self._shown)))
        from api.reading.compile import named_object  # noqa: PLC0415 -- objects hold connections

        edge_type = named_object(type_.fields["edges"].type)
        parts: dict[str, Sql] = {}
        for key, same in self.compiler.operation.fields(edge_type, nodes).items():
            match same[0].name.value:
                case "cursor":
                    parts[key] = self._cursor()
                case "node":
                    parts[key] = self.compiler.object(self.node_type, same, self._shown)
                case _:
                    parts[key] = name_literal(edge_type.name)
        return self._gather(self._listed(JsonObject(parts)))

    def read(self, fields: Mapping[str, Sql]) -> Sql:
        """The whole connection, its page read once."""
        if not self._gathered:
            # binds the size all the same, so that a page that cannot be is refused
            return select(JsonObject(fields)).where(self._size > literal_column("0")).scalar_subquery()
        order = [
            item.sorted(item.sql, backward=self.pager.backward).label(f"page_order_{at}")
            for at, item in enumerate(self._terms)
        ]
        columns = [column_of(self._rows.row, name).label(name) for name in used_columns(self._shown)]
        places = [item.sql.label(f"page_order_{at}") for at, item in enumerate(self._terms)]
        page = self._rows.select(*columns, *places).where(*self._bounds())
        page = page.order_by(*(label.element for label in order)).limit(self._size + literal_column("1"))
        cut = page.subquery(self.compiler.alias())
        position = func.row_number().over(order_by=self._sorted(backward=self.pager.backward))
        numbered = select(literal_column(f"{cut.name}.*"), position.label("page_position")).select_from(cut)
        whole = select(*(sql.label(f"part_{at}") for at, sql in enumerate(self._gathered)))
        whole = whole.select_from(numbered.subquery(self._numbered))
        return select(JsonObject(fields)).select_from(whole.subquery(self._whole)).scalar_subquery()

    def _sorted(self, *, backward: bool) -> list[Sql]:
        return [
            item.sorted(literal_column(f"page_order_{at}", item.sql.type), backward=backward)
            for at, item in enumerate(self._terms)
        ]

    def _bounds(self) -> list[Sql]:
        bounds = []
        if self._after is not None:
            bounds.append(beyond(self._terms, self._after))
        if self._before is not None:
            bounds.append(beyond(self._terms, self._before, backward=True))
        return bounds

    def _gather(self, aggregate: Sql) -> Sql:
        """Compute something over the page, and refer to it from the connection's object."""
        self._gathered.append(aggregate)
        return literal_column(f"{self._whole}.part_{len(self._gathered) - 1}", aggregate.type)

    @property
    def _position(self) -> Sql:
        return literal_column(f"{self._numbered}.page_position", Integer())

    def _ordered(self, item: Sql) -> Sql:
        return aggregate_order_by(item, self._position.desc() if self.pager.backward else self._position)

    def _listed(self, item: Sql) -> Sql:
        listed = func.json_agg(self._ordered(item)).filter(self._position <= self._size)
        return func.coalesce(listed, EMPTY_LIST)

    def _cursor(self) -> Sql:
        places: list[Sql] = [
            literal_column(f"{self._numbered}.page_order_{at}", item.sql.type) for at, item in enumerate(self._terms)
        ]
        return write_cursor(self.pager.order_name, places)

    def _page_info(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Sql:
        from api.reading.compile import named_object  # noqa: PLC0415 -- objects hold connections

        info_type = named_object(type_.fields["pageInfo"].type)
        parts: dict[str, Sql] = {}
        for key, same in self.compiler.operation.fields(info_type, nodes).items():
            match same[0].name.value:
                case "hasNextPage":
                    parts[key] = self._has_more(forward=True)
                case "hasPreviousPage":
                    parts[key] = self._has_more(forward=False)
                case "startCursor":
                    parts[key] = self._end(last=False)
                case "endCursor":
                    parts[key] = self._end(last=True)
                case _:
                    parts[key] = name_literal(info_type.name)
        return JsonObject(parts)

    def _end(self, *, last: bool) -> Sql:
        ends = self._position.asc() if last == self.pager.backward else self._position.desc()
        cursors = func.array_agg(aggregate_order_by(self._cursor(), ends)).filter(self._position <= self._size)
        return literal_column(f"({self._gather(cursors)})[1]", Text())

    def _has_more(self, *, forward: bool) -> Sql:
        """Counting on from the page, one row too many tells; behind it, whether a row lies at its bound."""
        found = or_(false(), self._gather(func.count() > self._size)) if forward != self.pager.backward else false()
        bound = self._before if forward else self._after
        if bound is None:
            return found
        rows = self.pager.rows()
        at_bound = beyond(self.pager.order(rows.row), bound, backward=not forward, level=True)
        return or_(found, exists(rows.select(literal_column("1")).where(at_bound)))
