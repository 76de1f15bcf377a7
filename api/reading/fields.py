"""What a field of a declared type is read from: the specifiers to the right of the equals sign."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import strawberry
from sqlalchemy import ColumnElement
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from api.reading.pages import page_arguments
from api.reading.relations import Relation

METADATA = "reading"
Sql = Callable[..., ColumnElement[Any]]


@dataclass(frozen=True)
class Source:
    """Where a field's value comes from."""


@dataclass(frozen=True)
class Key(Source):
    """The public id, made of the prefix and the row's key."""


@dataclass(frozen=True)
class Column(Source):
    """A column; without a name, the one named like the field."""

    name: str | None


@dataclass(frozen=True)
class Expression(Source):
    """An SQL expression over the row."""

    sql: Sql


@dataclass(frozen=True)
class Amount(Source):
    """Money, from minor units or (unit=True) from a numeric with up to six decimals."""

    amount: str | Sql
    currency: str | Sql
    unit: bool


@dataclass(frozen=True)
class Part(Source):
    """Another type over the same row."""

    present: Sql | None


@dataclass(frozen=True)
class Edge(Source):
    """Other rows: joined to the target's own relation, or handed over as a correlated SELECT."""

    join: Sql | None
    rows: Callable[..., Relation] | None
    order: Callable[..., list[ColumnElement[Any]]] | None = None
    many: bool = False


@dataclass(frozen=True)
class ConnectionEdge(Edge):
    """Other rows, a page at a time."""

    filter: type | None = None
    orders: type[Enum] | None = None


@dataclass(frozen=True)
class Facets(Source):
    """How often each value occurs among the rows of a connection."""

    by: dict[str, Sql] = field(default_factory=dict)


@dataclass(frozen=True)
class Where(Source):
    """The condition that a field of a filter sets."""

    sql: Sql
    one: Sql | None = None
    """The same for a list of one enum value, which it takes as a value."""


@dataclass(frozen=True)
class Result(Source):
    """An object of a payload, read by the id that the mutation handed back."""


@dataclass(frozen=True)
class Plain(Source):
    """A value of a payload that the mutation handed back as it is."""


@dataclass(frozen=True, eq=False)
class Ordering:
    """One way to order rows."""

    by: Callable[..., list[ColumnElement[Any]]]


def column(description: str, *, name: str | None = None, deprecated: str | None = None) -> Any:
    """The column of the same name, or the one named `name`."""
    return read_field(Column(name), description, deprecated)


def expression(description: str, sql: Sql, *, deprecated: str | None = None) -> Any:
    """An SQL expression: `lambda row: …` or `lambda row, reader: …`."""
    return read_field(Expression(sql), description, deprecated)


def money(description: str, *, minor: str | Sql, currency: str | Sql = "currency_code") -> Any:
    """Money from integer minor units, with the currency's own digits; null when the minor units are."""
    return read_field(Amount(minor, currency, unit=False), description)


def unit_money(description: str, *, amount: str | Sql, currency: str | Sql = "currency_code") -> Any:
    """A price or cost of one unit, from a numeric with up to six decimals; null when the numeric is."""
    return read_field(Amount(amount, currency, unit=True), description)


def part(description: str, *, present: Sql | None = None) -> Any:
    """Another declared type over the same row; null where `present` does not hold."""
    return read_field(Part(present), description)


def one(description: str, join: Sql | None = None, *, rows: Callable[..., Relation] | None = None) -> Any:
    """At most one row of the target: `lambda row, target: condition`, or `rows=lambda row: SELECT`.

    Both may take the `reader` as their last parameter. More than one row is an error of the declaration.
    """
    return read_field(Edge(join, rows), description)


def many(
    description: str,
    join: Sql | None = None,
    *,
    rows: Callable[..., Relation] | None = None,
    order: Callable[..., list[ColumnElement[Any]]],
) -> Any:
    """A short list of rows of the target, in the given order; a list that can grow is a `connection`."""
    return read_field(Edge(join, rows, order, many=True), description)


def connection(
    description: str,
    join: Sql | None = None,
    *,
    rows: Callable[..., Relation] | None = None,
    filter: type | None = None,
    order: type[Enum] | Callable[..., list[ColumnElement[Any]]] | None = None,
) -> Any:
    """Rows of the target a page at a time, with the arguments of Relay.

    An enum of orders becomes the argument `orderBy`, whose default is its first value; a lambda fixes the order.
    """
    edge = connection_edge(filter, order, join=join, rows=rows)
    declared = read_field(edge, description)
    declared.arguments = page_arguments(edge.filter, edge.orders)
    return declared


def facets(description: str, **by: Sql) -> Any:
    """Counts per value, one facet per keyword; each ignores the filter of its own name and applies all others."""
    return read_field(Facets(by), description)


def where(description: str, sql: Sql, *, one: Sql | None = None) -> Any:
    """A field of a filter: `lambda row, value: condition`, applied when the field is given and not null.

    `value` is bound: a scalar, or an array for a list. Booleans and enums that are not in a list are themselves.
    `one` is the condition for a list of a single enum value, bound as that value: an index that goes on with the order
    of the page can lead then, which no list of unknown length allows.
    """
    return read_field(Where(sql, one), description, default=UNSET)


def order(description: str, by: Callable[..., list[ColumnElement[Any]]]) -> Any:
    """A value of an enum of orders: `lambda row: [expressions]`, or `lambda row, filter: [expressions]`.

    The row's key completes every order, so that no two rows are equal in it.
    """
    return strawberry.enum_value(Ordering(by), description=description)


def result(description: str) -> Any:
    """An object of a payload; the mutation hands over its id, or ids in the order to be answered."""
    return read_field(Result(), description, default=None)


def plain(description: str) -> Any:
    """A value of a payload that is answered as the mutation hands it over: a scalar, or objects of a `@value`."""
    return read_field(Plain(), description, default=None)


def read_field(source: Source, description: str, deprecated: str | None = None, *, default: object = None) -> Any:
    """A Strawberry field that remembers where it is read from."""
    options: dict[str, Any] = {} if default is None and not isinstance(source, Result | Plain) else {"default": default}
    return StrawberryField(
        description=description, deprecation_reason=deprecated, metadata={METADATA: source}, **options
    )


def source_of(declared: StrawberryField) -> Source | None:
    """Where a field is read from; None for a field of plain Strawberry."""
    source = declared.metadata.get(METADATA)
    return source if isinstance(source, Source) else None


def connection_edge(
    filter: type | None,
    order: type[Enum] | Callable[..., list[ColumnElement[Any]]] | None,
    *,
    join: Sql | None = None,
    rows: Callable[..., Relation] | None = None,
) -> ConnectionEdge:
    """What a connection is read from; an enum of orders is told from a fixed order here."""
    if isinstance(order, type):
        return ConnectionEdge(join=join, rows=rows, filter=filter, orders=order, many=True)
    return ConnectionEdge(join=join, rows=rows, filter=filter, order=order, many=True)
