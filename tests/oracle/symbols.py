"""Arguments as the lambdas of a declaration see them: booleans and enums as they are, all else a parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
)
from sqlalchemy import ARRAY, Date, DateTime, Integer, Numeric, Text, Uuid, bindparam

from core.ids import decode
from tests.oracle.declarations import Declarations, Declared

SQL_TYPES: Mapping[str, Any] = {
    "Date": Date(),
    "DateTime": DateTime(timezone=True),
    "Decimal": Numeric(),
    "Int": Integer(),
    "Percent": Numeric(),
}


@dataclass
class Symbols:
    """What was bound so far, by the names of the parameters; `shape` is all of it that changes an expression."""

    declarations: Declarations
    values: dict[str, Any] = field(default_factory=dict)
    shape: list[object] = field(default_factory=list)

    def of(self, declared: Declared, type_: GraphQLInputType, value: object, path: str) -> Any:  # noqa: ANN401
        """The symbol of a value that was given to an argument or a field of an input."""
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if value is None or type_ is GraphQLBoolean:
            self.shape.append((path, value))
            return value
        if isinstance(type_, GraphQLEnumType):
            self.shape.append((path, value))
            return self.declarations.enum(type_.name)[str(value)]
        if isinstance(type_, GraphQLInputObjectType):
            assert isinstance(value, dict)
            return self.input(type_.name, value, path)
        self.shape.append((path, ...))
        many = isinstance(type_, GraphQLList)
        items: list[Any] = value if many else [value]  # type: ignore[assignment]
        named: Any = type_.of_type if many else type_  # type: ignore[union-attr]
        named = named.of_type if isinstance(named, GraphQLNonNull) else named
        target = self.declarations.id_of(declared) if named is GraphQLID else None
        if target is None:
            sql_type = SQL_TYPES.get(named.name, Text())
            return self._bound(path, items if many else items[0], ARRAY(sql_type) if many else sql_type)
        keys = [decode(target.prefix or "", str(item), parts=len(target.key)) for item in items]
        parts = {
            name: self._bound(
                f"{path}.{name}",
                [key[at] for key in keys] if many else keys[0][at],
                ARRAY(Uuid()) if many else Uuid(),
            )
            for at, name in enumerate(target.key)
        }
        return parts[target.key[0]] if len(parts) == 1 else SimpleNamespace(**parts)

    def input(self, name: str, value: Mapping[str, object], path: str) -> SimpleNamespace:
        """The symbols of an input object by their Python names; what was not given is None."""
        found: dict[str, Any] = {}
        for field_name, declared in self.declarations.input_fields(name).items():
            given = value.get(field_name)
            found[declared.python_name] = (
                None
                if given is None
                else self.of(declared, self.declarations.input_type(name, field_name), given, f"{path}.{field_name}")
            )
        return SimpleNamespace(**found)

    def _bound(self, path: str, value: object, sql_type: Any) -> Any:  # noqa: ANN401 - an SQL type of anything
        name = path.replace(".", "__")
        self.values[name] = value
        return bindparam(name, type_=sql_type)
