"""The values of variables by their types: a function for each type, made once for a document.

What does not fit is given to graphql-core, which takes longer and says what is wrong with it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    is_required_input_field,
)
from graphql.execution.values import get_variable_values
from graphql.utilities import coerce_input_literal
from graphql.utilities.coerce_input_value import coerce_default_value

from api.reading.errors import BadUserInputError

Coerce: TypeAlias = Callable[[Any], Any]


class _Misfit(Exception):
    """A value that is not of its type, or that only graphql-core reads."""


class Coercion:
    """Reads the variables of one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        node: OperationDefinitionNode,
        types: Mapping[str, GraphQLInputType],
    ) -> None:
        """Prepare for the variables that `node` declares."""
        self._schema = schema
        self._nodes = node.variable_definitions or ()
        self._made: dict[GraphQLInputType, Coerce] = {}
        self._variables = [
            (
                name,
                self._coerce(types[name]),
                coerce_input_literal(defined.default_value, types[name]) if defined.default_value else Undefined,
                isinstance(types[name], GraphQLNonNull),
            )
            for name, defined in ((defined.variable.name.value, defined) for defined in self._nodes)
        ]

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values that were given, and the defaults of those that were not; BadUserInputError for a misfit."""
        values: dict[str, Any] = {}
        try:
            for name, coerce, default, required in self._variables:
                if name in given:
                    values[name] = coerce(given[name])
                elif default is not Undefined:
                    values[name] = default
                elif required:
                    raise _Misfit  # noqa: TRY301 -- every misfit takes the same way
        except Exception:  # noqa: BLE001 -- scalars refuse with whatever they like; the other reader says why
            return self._told(given)
        return values

    def _told(self, given: Mapping[str, Any]) -> dict[str, Any]:
        coerced = get_variable_values(self._schema, self._nodes, dict(given), max_errors=10)
        if isinstance(coerced, list):
            raise BadUserInputError(" ".join(error.message for error in coerced))
        return coerced.coerced

    def _coerce(self, type_: GraphQLInputType) -> Coerce:
        known = self._made.get(type_)
        if known is None:
            # an input may hold itself: whoever is asked for again before it is made is looked up when it runs
            self._made[type_] = lambda value: self._made[type_](value)  # noqa: PLW0108 -- it is another one by then
            known = self._made[type_] = _making(type_, self._coerce)
        return known


def _making(type_: GraphQLInputType, coerce_of: Callable[[GraphQLInputType], Coerce]) -> Coerce:
    if isinstance(type_, GraphQLNonNull):
        return _not_null(coerce_of(type_.of_type))
    if isinstance(type_, GraphQLList):
        return _list_of(coerce_of(type_.of_type))
    if isinstance(type_, GraphQLInputObjectType):
        return _input_of(type_, {name: coerce_of(field.type) for name, field in type_.fields.items()})
    read = type_.coerce_input_value

    def leaf(value: Any) -> Any:
        if value is None:
            return None
        result = read(value)
        if result is Undefined:
            raise _Misfit
        return result

    return leaf


def _not_null(coerce: Coerce) -> Coerce:
    def not_null(value: Any) -> Any:
        if value is None:
            raise _Misfit
        return coerce(value)

    return not_null


def _list_of(coerce: Coerce) -> Coerce:
    def listed(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, list):
            raise _Misfit
        return [coerce(item) for item in value]

    return listed


def _input_of(type_: GraphQLInputObjectType, fields: Mapping[str, Coerce]) -> Coerce:
    names = {name: field.out_name or name for name, field in type_.fields.items()}
    defaults = {names[name]: coerce_default_value(field) for name, field in type_.fields.items()}
    defaults = {name: default for name, default in defaults.items() if default is not Undefined}
    required = [name for name, field in type_.fields.items() if is_required_input_field(field)]

    def given(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict) or type_.is_one_of or any(name not in value for name in required):
            raise _Misfit
        found = {names[name]: coerce(value[name]) for name, coerce in fields.items() if name in value}
        if len(found) != len(value):
            raise _Misfit
        return type_.out_type({**defaults, **found} if defaults else found)

    return given
