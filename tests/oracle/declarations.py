"""Where each field comes from, as its type declares it: what the oracle shares with the read path, and no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeAlias

from graphql import (
    GraphQLField,
    GraphQLInputType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    is_specified_scalar_type,
    print_schema,
)
from strawberry import Schema

from api.reading.declare import NODES, Declaration, declaration_of
from api.reading.fields import Source, source_of
from api.reading.ids import ids_in

Info: TypeAlias = GraphQLResolveInfo[None]

Declared: TypeAlias = Any
"""What Strawberry keeps about a field or an argument."""


class Declarations:
    """The declarations of a schema, by the names that clients use."""

    def __init__(self, schema: Schema) -> None:
        self._types: dict[str, Any] = schema._schema.type_map  # noqa: SLF001 - Strawberry has no other way
        self.plain = _without_resolvers(schema)

    def fields(self, type_name: str) -> Mapping[str, GraphQLField]:
        """The fields of a type, as clients know them; of one without fields, none."""
        return getattr(self.plain.type_map[type_name], "fields", {})

    def source(self, type_name: str, field: str) -> Source | None:
        """Where a field is read from."""
        return source_of(self._of(self._types[type_name].fields[field]))

    def python_name(self, type_name: str, field: str) -> str:
        return str(self._of(self._types[type_name].fields[field]).python_name)

    def argument(self, type_name: str, field: str, argument: str) -> Declared:
        return self._of(self._types[type_name].fields[field].args[argument])

    def input_fields(self, input_name: str) -> dict[str, Declared]:
        return {name: self._of(field) for name, field in self._types[input_name].fields.items()}

    def declaration(self, type_name: str) -> Declaration:
        """What was declared about a type; of a plain one, that it has no rows."""
        found = declaration_of(self._types[type_name].extensions["strawberry-definition"].origin)
        return found or Declaration(type_name, None)

    def enum(self, name: str) -> type[Enum]:
        enum: type[Enum] = self._types[name].extensions["strawberry-definition"].wrapped_cls
        return enum

    def of_prefix(self, prefix: str) -> str | None:
        """The type whose ids begin so."""
        cls = NODES.get(prefix)
        declared = declaration_of(cls) if cls else None
        return declared.name if declared and declared.name in self._types else None

    def id_of(self, declared: Declared) -> Declaration | None:
        """The type whose id an argument or a field of an input takes; None when it takes no such id."""
        annotation = declared.type_annotation
        target = next(ids_in(annotation.evaluate()), None) if annotation else None
        return declaration_of(target) if target else None

    def input_type(self, input_name: str, field: str) -> GraphQLInputType:
        type_: Any = self.plain.type_map[input_name]
        return type_.fields[field].type  # type: ignore[no-any-return]

    @staticmethod
    def _of(part: Any) -> Declared:  # noqa: ANN401 - a field, an argument or a field of an input
        return part.extensions["strawberry-definition"]


def called(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - what a lambda hands back
    """Call a lambda of a declaration, which takes as many arguments as it needs."""
    return function(*arguments[: function.__code__.co_argcount])


def _without_resolvers(schema: Schema) -> GraphQLSchema:
    """The schema as clients know it, with the scalars' own way to read a value and none to write one."""
    declared = schema._schema  # noqa: SLF001 - Strawberry has no other way
    plain = build_schema(print_schema(declared))
    for name, type_ in plain.type_map.items():
        if isinstance(type_, GraphQLScalarType) and not is_specified_scalar_type(type_):
            known: Any = declared.type_map[name]
            type_.coerce_input_value = known.coerce_input_value
    return plain
