"""Edges: from a field of an object to one row, a list of rows, or a page of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import GraphQLList, GraphQLNonNull, get_named_type

from api.reading.fields import ConnectionEdge, Edge, Facets, Where, source_of
from tests.oracle.cursors import order_of, read_cursor
from tests.oracle.declarations import Info, called
from tests.oracle.orders import by_place, terms
from tests.oracle.pages import Page, facet
from tests.oracle.rows import Asked, Row, Rows, Statement
from tests.oracle.symbols import Symbols


@dataclass(frozen=True)
class Place:
    """One field of one object, where it leads to rows."""

    info: Info
    edge: Edge
    arguments: Mapping[str, Any]
    symbols: Symbols
    parent: Row | None
    relation: Callable[[], Any] | None
    """The rows that are handed over; None when they are the target's own."""

    @property
    def target(self) -> Any:  # noqa: ANN401 - an object type
        return get_named_type(self.info.return_type)

    @property
    def many(self) -> bool:
        type_ = self.info.return_type
        return isinstance(type_.of_type if isinstance(type_, GraphQLNonNull) else type_, GraphQLList)

    @property
    def values(self) -> dict[str, Any]:
        """What is bound to the statement."""
        columns = self.parent.columns if self.parent else {}
        return self.symbols.values | {f"row__{name}": value for name, value in columns.items()}

    def key(self, kind: str) -> tuple[Hashable, ...]:
        """What makes another statement."""
        columns = tuple(self.parent.types) if self.parent else ()
        return kind, self.info.parent_type.name, self.info.field_name, tuple(self.symbols.shape), columns


class Edges:
    """Where edges lead to, for one actor."""

    def __init__(self, rows: Rows, statements: dict[Hashable, Statement]) -> None:
        self._rows = rows
        self._statements = statements

    def lead(self, place: Place) -> Row | list[Row] | Page | None:
        """One row, all rows, or a page."""
        if "pageInfo" in place.target.fields:
            return self._page(place)
        edge, target = place.edge, place.target.name
        declared = self._rows.declarations.declaration(target)
        statement = self.statement(
            place.key(self._rows.viewer.kind),
            lambda: Asked(
                target,
                place.relation() if place.relation else declared.relation,
                partial(self._joined, place),
                lambda row: terms(called(edge.order, row, self._rows.reader), []) if edge.order else [],
            ),
        )
        found = self._rows.read(statement, place.values)
        return sorted(found, key=by_place(statement.terms)) if place.many else only(found)

    def statement(self, key: Hashable, asked: Callable[[], Asked]) -> Statement:
        """The statement of a place, which is made once."""
        if key not in self._statements:
            self._statements[key] = self._rows.statement(asked())
        return self._statements[key]

    def _joined(self, place: Place, row: Any) -> list[Any]:  # noqa: ANN401
        if place.edge.join is None:
            return []
        assert place.parent is not None
        return [called(place.edge.join, place.parent.symbols(), row, self._rows.reader)]

    def _page(self, place: Place) -> Page:
        edge = place.edge
        assert isinstance(edge, ConnectionEdge)
        node_type = get_named_type(place.target.fields["nodes"].type).name
        declared = self._rows.declarations.declaration(node_type)
        chosen, by = order_of(edge, place.arguments.get("orderBy"))
        filter_ = _filter(place, edge)
        conditions = _conditions(edge, filter_)

        def asked(ignoring: str | None = None) -> Asked:
            return Asked(
                node_type,
                place.relation() if place.relation else declared.relation,
                lambda row: [
                    *self._joined(place, row),
                    *(
                        called(where, row, getattr(filter_, name), self._rows.reader)
                        for name, where in conditions.items()
                        if name != ignoring
                    ),
                ],
                lambda row: terms(
                    called(by, row, filter_) if by else [], [getattr(row, part) for part in declared.key]
                ),
            )

        key, values = (*place.key(self._rows.viewer.kind), chosen), place.values
        statement = self.statement(key, asked)
        order_name = f"{node_type}.{chosen}"

        def at(argument: str) -> list[Any] | None:
            given = place.arguments.get(argument)
            return None if given is None else read_cursor(given, order_name, len(statement.terms))

        def counted(facets: Facets) -> list[dict[str, object]]:
            return [
                facet(name, self._values((*key, name), partial(asked, name), by_value, values))
                for name, by_value in facets.by.items()
            ]

        return Page(
            rows=self._rows.read(statement, values),
            terms=statement.terms,
            order_name=order_name,
            first=place.arguments.get("first"),
            last=place.arguments.get("last"),
            after=at("after"),
            before=at("before"),
            counted=counted,
        )

    def _values(
        self, key: Hashable, asked: Callable[[], Asked], by: Callable[..., Any], values: Mapping[str, Any]
    ) -> list[str | None]:
        if key not in self._statements:
            self._statements[key] = self._rows.values_statement(asked(), lambda row: called(by, row, self._rows.reader))
        return [record[0] for record in self._rows.fetch(self._statements[key], values)]


def only(rows: list[Row]) -> Row | None:
    """The row that an edge to one leads to."""
    assert len(rows) <= 1, "an edge to one row leads to several"
    return rows[0] if rows else None


def _filter(place: Place, edge: ConnectionEdge) -> Any:  # noqa: ANN401 - its fields by their names
    if edge.filter is None:
        return None
    return place.symbols.input(edge.filter.__name__, place.arguments.get("filter") or {}, "filter")


def _conditions(edge: ConnectionEdge, filter_: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401
    fields = edge.filter.__strawberry_definition__.fields if edge.filter else ()  # type: ignore[attr-defined]
    declared = {field.python_name: source_of(field) for field in fields}
    return {
        name: source.sql
        for name, source in declared.items()
        if isinstance(source, Where) and getattr(filter_, name) is not None
    }
