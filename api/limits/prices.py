"""What each field of the schema costs, in objects: by where it is read from, and by its type."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from graphql import (
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_introspection_type,
)

from api.reading.fields import Amount, Facets, Part, Plain, Source, source_of
from api.reading.nodes import ById
from api.reading.schema_types import is_connection_type

COUNT = 50
"""`totalCount`, and each facet: rows are counted, which is quicker than reading them; as much as fifty objects."""
WRITE = 10
"""A mutation, besides what is read of its payload: a transaction, locks, an event."""


class Times(Enum):
    """How many objects a field may answer with, as far as that is not known from the schema."""

    LIST = "as many as a list without pages is taken to have"
    PAGE = "as many as the page around has"
    IDS = "as many as ids are asked for"


@dataclass(frozen=True, slots=True)
class Price:
    """What a field adds to a cost: `own`, and as many `times` as it has objects, `each` and what is in one."""

    own: int = 0
    each: int = 0
    times: Times | int | Fraction = 1
    reads: bool = False
    """Whether it is read from rows of its own, by a sub-select of the statement."""


FREE = Price()
"""A value, or an object made of the columns of the one around it."""


def price_of(schema: GraphQLSchema, parent: GraphQLNamedType, name: str, field: GraphQLField) -> Price:
    """The price of a field of `parent`; what is asked of its objects comes on top."""
    target = get_named_type(field.type)
    if is_introspection_type(target):
        listed = _introspected(schema).get((parent.name, name))
        return Price(each=1, times=listed) if listed else FREE
    if is_connection(parent) and (price := _of_connection(name, field)):
        return price
    write = WRITE if parent is schema.mutation_type else 0
    if not is_composite_type(target):
        return Price(own=write)
    return FREE if _is_edge(parent) else _of_objects(field, target, write)


def _of_objects(field: GraphQLField, target: GraphQLNamedType, write: int) -> Price:
    """The price of a field that answers with objects."""
    source = source_in(field)
    if isinstance(source, Amount | Part | Plain):
        return FREE
    if is_connection(target):
        return Price(own=write + 1, reads=True)
    if isinstance(source, ById) and source.many:
        return Price(each=1, times=Times.IDS, reads=True)
    bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return Price(own=write, each=1, times=Times.LIST if isinstance(bare, GraphQLList) else 1, reads=True)


def _of_connection(name: str, field: GraphQLField) -> Price | None:
    """The price of what every connection has, and of facets; None for a field of another kind."""
    source = source_in(field)
    if isinstance(source, Facets):
        return Price(own=COUNT * len(source.by), times=0, reads=True)
    if name == "totalCount":
        return Price(own=COUNT, reads=True)
    if name == "pageInfo":
        return FREE
    return Price(each=1, times=Times.PAGE) if name in {"edges", "nodes"} else None


def source_in(field: GraphQLField) -> Source | None:
    """Where a field of the schema is read from; None when it does not say."""
    definition = field.extensions.get("strawberry-definition")
    return source_of(definition) if definition is not None else None


def is_connection(type_: GraphQLNamedType) -> bool:
    """Whether a type of the schema is a page of a list."""
    return isinstance(type_, GraphQLObjectType) and is_connection_type(type_)


def _is_edge(type_: GraphQLNamedType) -> bool:
    return isinstance(type_, GraphQLObjectType) and {"cursor", "node"} <= set(type_.fields)


@lru_cache(maxsize=8)
def _introspected(schema: GraphQLSchema) -> dict[tuple[str, str], int | Fraction]:
    """How long the lists of introspection are: `types` in fact, what a type has on average.

    Averages are not rounded, so that all of a schema costs what it has.
    """
    types = schema.type_map.values()
    objects = [type_ for type_ in types if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]
    fields = [field for type_ in objects for field in type_.fields.values()]
    totals = {
        "fields": len(fields),
        "interfaces": sum(len(type_.interfaces) for type_ in objects),
        "possibleTypes": sum(len(type_.interfaces) for type_ in objects),
        "inputFields": sum(len(type_.fields) for type_ in types if isinstance(type_, GraphQLInputObjectType)),
        "enumValues": sum(len(type_.values) for type_ in types if isinstance(type_, GraphQLEnumType)),
    }
    return {
        ("__Schema", "types"): len(types),
        ("__Schema", "directives"): len(schema.directives),
        ("__Directive", "args"): _average_arguments(schema.directives),
        ("__Field", "args"): _average_arguments(fields),
        **{("__Type", name): Fraction(total, len(types)) for name, total in totals.items()},
    }


def _average_arguments(of: Sequence[GraphQLField | GraphQLDirective]) -> Fraction:
    return Fraction(sum(len(each.args) for each in of), max(1, len(of)))
