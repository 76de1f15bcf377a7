"""The types of Relay's connections; their fields are computed by the connection that is asked for."""

from enum import Enum
from typing import Any, Generic, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from api.reading.names import DECLARED

T = TypeVar("T")


@strawberry.type(description="Where a page lies among all pages.")
class PageInfo:
    """Where a page lies among all pages."""

    has_next_page: bool = strawberry.field(description="Whether there is more after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there is more before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge; null on an empty page.")


@strawberry.type(description="One object of a page, with its place.")
class Edge(Generic[T]):
    """One object of a page, with its place."""

    cursor: str = strawberry.field(description="The object's place in this order, to page from.")
    node: T = strawberry.field(description="The object.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """A page of a list."""

    edges: list[Edge[T]] = strawberry.field(description="The page's objects, each with its place.")
    nodes: list[T] = strawberry.field(description="The page's objects.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = strawberry.field(description="How many objects there are on all pages.")


@strawberry.type(description="How often a value occurs.")
class FacetValue:
    """How often a value occurs."""

    value: str = strawberry.field(description="The value, as the filter takes it.")
    count: int = strawberry.field(description="How many objects have it.")


@strawberry.type(description="The values of one filter, counted under all other filters.")
class Facet:
    """The values of one filter, counted under all other filters."""

    field: str = strawberry.field(description="The filter's name.")
    values: list[FacetValue] = strawberry.field(description="The values that occur, the most frequent first.")


DECLARED.update(PageInfo=PageInfo, Edge=Edge, Connection=Connection, Facet=Facet, FacetValue=FacetValue)

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


def page_arguments(filter: type | None, orders: type[Enum] | None) -> list[StrawberryArgument]:
    """The arguments of a field that answers with a connection."""
    taken: list[tuple[str, Any, str]] = [
        ("first", int, f"How many from the start, 1 to {LARGEST_PAGE}; {DEFAULT_PAGE} unless first or last is given."),
        ("after", str, "Only what follows this cursor."),
        ("last", int, f"How many from the end, 1 to {LARGEST_PAGE}."),
        ("before", str, "Only what precedes this cursor."),
    ]
    if filter is not None:
        taken.append(("filter", filter, "Only what meets all conditions of the filter."))
    if orders is not None:
        taken.append(("order_by", orders, f"In which order; {next(iter(orders)).name} unless given."))
    return [
        StrawberryArgument(
            python_name=name,
            graphql_name=None,
            type_annotation=StrawberryAnnotation(kind | None),
            description=description,
            default=strawberry.UNSET,
        )
        for name, kind, description in taken
    ]


def is_connection(type_: object) -> bool:
    """Whether a resolved Strawberry type is a connection, or one with fields of its own."""
    definition = getattr(type_, "__strawberry_definition__", None)
    return definition is not None and {"edges", "page_info"} <= {field.python_name for field in definition.fields}
