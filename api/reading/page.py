"""The page of a connection: read once, whatever is asked about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import FieldNode, GraphQLObjectType
from sqlalchemy import (
    CTE,
    Integer,
    Select,
    Subquery,
    Text,
    false,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from api.reading.cursors import write_cursor
from api.reading.found import Found
from api.reading.nearby import Nearby
from api.reading.orders import Term, beyond
from api.reading.pager import Filtered, Pager
from api.reading.relations import aliased, column_of, used_columns
from api.reading.schema_types import named_object
from api.reading.sql import EMPTY_LIST, JsonObject, Sql, name_literal


class Page:
    """The rows of one page, and what is asked about them."""

    def __init__(self, pager: Pager, node_type: GraphQLObjectType, found: Found | None = None) -> None:
        """Prepare to read nodes of this type, from the rows that were `found` already if they were."""
        self.pager = pager
        self._found = found
        self.compiler = pager.compiler
        self.node_type = node_type
        self._rows, self._terms = self._ordered_rows()
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

    def read(self, fields: Mapping[str, Sql], counted: Sequence[CTE] = ()) -> Sql:
        """The whole connection, its page read once; the fields may refer to what is `counted` beside it."""
        read = select(JsonObject(fields))
        if not self._gathered:
            # binds the size all the same, so that a page that cannot be is refused
            read = read.where(self._size > literal_column("0"))
            return read.add_cte(*counted, nest_here=True).scalar_subquery()
        page, *near = self._read_page()
        cut = page.subquery(self.compiler.alias())
        position = func.row_number().over(order_by=self._sorted(backward=self.pager.backward))
        numbered = select(literal_column(f"{cut.name}.*"), position.label("page_position")).select_from(cut)
        whole = select(*(sql.label(f"part_{at}") for at, sql in enumerate(self._gathered)))
        whole = whole.select_from(numbered.subquery(self._numbered))
        beside = [*([self._found.cte()] if self._found else []), *counted, *near]
        return read.select_from(whole.subquery(self._whole)).add_cte(*beside, nest_here=True).scalar_subquery()

    def _read_page(self) -> tuple[Any, *tuple[CTE, ...]]:
        """The page's rows and one more: along the order, or, if too few are near, by an index of their values."""
        if self._found or self.pager.is_computed or not self.pager.sought:
            return (self._cut(self._rows, self._terms),)
        nearby, everywhere = Nearby(self.pager, self._bounds, backward=self.pager.backward), Found(self.pager)
        near = self._cut(nearby, nearby.order).cte(self.compiler.alias())
        far = self._cut(everywhere, everywhere.order).subquery(self.compiler.alias())
        enough = select(func.count()).select_from(near).scalar_subquery() > self._size
        return union_all(_all_of(near).where(enough), _all_of(far)), near, everywhere.cte(~enough)

    def _cut(self, rows: Filtered | Found | Nearby, order: list[Term]) -> Select[Any]:
        columns = [column_of(rows.row, name).label(name) for name in used_columns(self._shown)]
        places = [item.sql.label(f"page_order_{at}") for at, item in enumerate(order)]
        page = rows.select(*columns, *places).where(*self._bounds(order))
        page = page.order_by(*(item.sorted(item.sql, backward=self.pager.backward) for item in order))
        return page.limit(self._size + literal_column("1"))

    def _ordered_rows(self) -> tuple[Filtered | Found, list[Term]]:
        if self._found:
            return self._found, self._found.order
        rows = self.pager.rows()
        return rows, self.pager.order(rows.row)

    def _sorted(self, *, backward: bool) -> list[Sql]:
        return [
            item.sorted(literal_column(f"page_order_{at}", item.sql.type), backward=backward)
            for at, item in enumerate(self._terms)
        ]

    def _bounds(self, order: list[Term]) -> list[Sql]:
        bounds = []
        if self._after is not None:
            bounds.append(beyond(order, self._after))
        if self._before is not None:
            bounds.append(beyond(order, self._before, backward=True))
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

        def at(order: list[Term]) -> list[Sql]:
            return [beyond(order, bound, backward=not forward, level=True)]

        rows, order = self._ordered_rows()
        outward = [item.sorted(item.sql, backward=not forward) for item in order]
        there = _any(rows.select(literal_column("true")).where(*at(order)).order_by(*outward))
        if self.pager.sought and not self._found:
            nearby = Nearby(self.pager, at, backward=not forward)
            there = or_(_any(nearby.select(literal_column("true"))), there)
        return or_(found, there)


def _any(rows: Select[Any]) -> Sql:
    """Whether there is a row; EXISTS would not mind the order, and look through a table for it."""
    return rows.limit(literal_column("1")).scalar_subquery().is_not(None)


def _all_of(rows: CTE | Subquery) -> Select[Any]:
    return select(literal_column(f"{rows.name}.*")).select_from(rows)
