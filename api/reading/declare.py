"""The decorators that make a class a type of the schema, read by PostgreSQL."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

import strawberry

from api.reading.errors import DeclarationError
from api.reading.fields import (
    Key,
    column,
    connection,
    expression,
    facets,
    many,
    money,
    one,
    part,
    plain,
    read_field,
    unit_money,
    where,
)
from api.reading.names import DECLARED, resolve_late
from api.reading.relations import Relation, columns_of

C = TypeVar("C", bound=type)
E = TypeVar("E", bound=type[Enum])


@dataclass(frozen=True)
class Declaration:
    """What the read path knows about a declared type."""

    name: str
    relation: Relation | None
    """The type's own rows: what an edge joins to and `node(id:)` looks into."""
    key: tuple[str, ...] = ()
    """The columns that tell the rows apart; they make the id and complete every order."""
    prefix: str | None = None


NODES: dict[str, type] = {}
"""Every node type by the prefix of its ids."""


@strawberry.interface(description="An object that can be fetched again by its id.")
class Node:
    """The base of every type that has an id of its own."""

    id: strawberry.ID = read_field(Key(), "Opaque, and unique among all objects. It never changes.")


@dataclass_transform(
    kw_only_default=True, field_specifiers=(column, connection, expression, facets, many, money, one, part, unit_money)
)
def node(relation: Relation, *, prefix: str, key: tuple[str, ...] | None = None) -> Callable[[C], C]:
    """Declare a type with an id, whose rows are by default those of `relation`.

    The id is `prefix_` and the row's key, which is the table's primary key unless named: one UUID, or the
    contract's and the row's.
    """

    def declare(cls: C) -> C:
        if prefix in NODES and NODES[prefix].__qualname__ != cls.__qualname__:
            raise DeclarationError(f"{cls.__name__}: the prefix {prefix!r} belongs to {NODES[prefix].__name__}")
        parts = key or _primary_key(relation)
        if len(parts) not in {1, 2}:
            raise DeclarationError(f"{cls.__name__}: an id is made of one or two columns, not of {parts}")
        NODES[prefix] = cls
        return _declare(cls, Declaration(cls.__name__, relation, parts, prefix))

    return declare


@overload
def value(relation: C, /) -> C: ...
@overload
def value(relation: Relation = None, /, *, key: tuple[str, ...] | None = None) -> Callable[[C], C]: ...
@dataclass_transform(
    kw_only_default=True, field_specifiers=(column, connection, expression, facets, many, money, one, part, unit_money)
)
def value(relation: Any = None, /, *, key: tuple[str, ...] | None = None) -> Any:
    """Declare a type without an id; its rows are those an edge hands over, or by default those of `relation`.

    `key` names the columns that tell its rows apart, for a connection of it; a table brings its own.
    """
    if isinstance(relation, type) and not hasattr(relation, "__table__"):
        return _declare(relation, Declaration(relation.__name__, None))

    def declare(cls: C) -> C:
        own = key or (_primary_key(relation) if hasattr(relation, "__table__") else ())
        return _declare(cls, Declaration(cls.__name__, relation, own))

    return declare


@dataclass_transform(kw_only_default=True, field_specifiers=(where,))
def filters(cls: C) -> C:
    """Declare the input that filters a connection; every field is `where(…)`."""
    declared = strawberry.input(cls, description=_description(cls))
    resolve_late(declared)
    return declared


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def inputs(cls: C) -> C:
    """Declare an input; its fields are `strawberry.field(description=…)`, its ids `Id[T]` of any declared type."""
    declared = strawberry.input(cls, description=_description(cls))
    resolve_late(declared)
    return declared


def orders(cls: E) -> E:
    """Declare the enum of the orders of a connection; every value is `order(…)`, the first is the default."""
    declared = strawberry.enum(cls, description=_description(cls))
    DECLARED[cls.__name__] = declared
    return declared


class Payload:
    """The base of every mutation's payload."""

    if TYPE_CHECKING:

        def __init__(self, **values: object) -> None:
            """Take, by the payload's field names, ids for `result` fields and values for `plain` ones."""


def payload(cls: C) -> C:
    """Declare the payload of a mutation; its fields are `result(…)` and `plain(…)`, and `userErrors` beside them."""
    cls.__annotations__["user_errors"] = "list[UserError]"
    cls.user_errors = plain("Why it was refused; empty when it was done.")  # type: ignore[attr-defined]
    return _declare(cls, Declaration(cls.__name__, None))


def declaration_of(cls: type) -> Declaration | None:
    """What was declared about a class; None for a plain Strawberry type."""
    declared = vars(cls).get("__reading__")
    return declared if isinstance(declared, Declaration) else None


def _declare(cls: C, declaration: Declaration) -> C:
    declared = strawberry.type(cls, description=_description(cls))
    declared.__reading__ = declaration  # type: ignore[attr-defined]
    resolve_late(declared)
    return declared


def _description(cls: type) -> str | None:
    # a dataclass gets a docstring made of its signature; that is no description
    own = vars(cls).get("__doc__")
    return inspect.cleandoc(own) if own else None


def _primary_key(relation: Relation) -> tuple[str, ...]:
    table: Any = getattr(relation, "__table__", relation)
    names = tuple(column.name for column in table.primary_key)
    missing = [name for name in names if name not in columns_of(relation)]
    if missing or not names:
        raise DeclarationError(f"{relation!r} has no primary key to make an id of; name it with key=")
    return names
