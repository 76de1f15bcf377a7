"""The arguments of a field: their values stay outside the statement, only their shape goes into it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import (
    ArgumentNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
)
from graphql.utilities import coerce_input_literal
from graphql.utilities.coerce_input_value import coerce_default_value
from sqlalchemy import ARRAY, Text, Uuid

from api.reading.binding import SQL_TYPES, Parameters, text
from api.reading.declare import NODES, Declaration, declaration_of
from api.reading.errors import BadUserInputError, DeclarationError
from api.reading.ids import decode_id, ids_in, prefix_of

Get = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Given:
    """A value that was given to an argument: what it is while a plan is made, and how to get it in a request."""

    name: str
    declared: GraphQLArgument | GraphQLInputField
    value: Any
    get: Get

    @property
    def type(self) -> GraphQLInputType:
        """The type, whether or not null is allowed."""
        return self.declared.type.of_type if isinstance(self.declared.type, GraphQLNonNull) else self.declared.type

    @property
    def python_name(self) -> str:
        """The name on the Python side."""
        return str(self.declared.extensions["strawberry-definition"].python_name)


class Values:
    """An input object, symbolically: what was not given, or is null, is None."""

    def __init__(self, names: list[str], given: Mapping[str, Any]) -> None:
        """Know all `names` of the input, and those `given`."""
        self.__dict__.update(dict.fromkeys(names), **given)


def given_arguments(
    declared: Mapping[str, GraphQLArgument], nodes: tuple[ArgumentNode, ...] | None, variables: Mapping[str, Any]
) -> dict[str, Given]:
    """What is given to a field's arguments, their defaults included, by the names in the schema."""
    values = {node.name.value: node.value for node in nodes or ()}
    return dict(_given(declared, values, variables))


def _given(
    declared: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField],
    nodes: Mapping[str, ValueNode],
    variables: Mapping[str, Any],
) -> Iterator[tuple[str, Given]]:
    for name, argument in declared.items():
        get = _getter(argument.type, nodes[name], variables, name) if name in nodes else None
        if get is not None:
            yield name, Given(name, argument, get(variables), get)
        elif (default := coerce_default_value(argument)) is not Undefined:
            yield name, Given(name, argument, default, _constant(default))


def _getter(type_: GraphQLInputType, node: ValueNode, variables: Mapping[str, Any], argument: str) -> Get | None:
    """How to get a value in a request; None when it is a variable that is absent."""
    if isinstance(type_, GraphQLNonNull):
        get = _getter(type_.of_type, node, variables, argument)
        # a variable with a default may stand here, and be null all the same
        if get is not None and get(variables) is None:
            raise BadUserInputError(f"{argument} must not be null or contain null.")
        return get
    if isinstance(node, VariableNode):
        name = node.name.value
        return (lambda given: given[name]) if name in variables else None
    if isinstance(node, ListValueNode) and isinstance(type_, GraphQLList):
        items = [_getter(type_.of_type, item, variables, argument) or _constant(None) for item in node.values]
        return lambda given: [get(given) for get in items]
    if isinstance(node, ObjectValueNode) and isinstance(type_, GraphQLInputObjectType):
        fields = dict(_given(type_.fields, {field.name.value: field.value for field in node.fields}, variables))
        return lambda given: {name: field.get(given) for name, field in fields.items()}
    return _constant(coerce_input_literal(node, type_))


def _constant(value: object) -> Get:
    return lambda _: value


def symbol(given: Given, parameters: Parameters) -> Any:
    """What the lambda of a declaration sees of a value: null, booleans and enums as they are, all else bound."""
    type_ = given.type
    if given.value is None or isinstance(given.value, bool | Enum):
        return given.value
    if isinstance(type_, GraphQLInputObjectType):
        return Values(
            [field.extensions["strawberry-definition"].python_name for field in type_.fields.values()],
            {field.python_name: symbol(field, parameters) for field in fields_of(given)},
        )
    named = get_named_type(type_)
    if isinstance(named, GraphQLInputObjectType):
        raise DeclarationError(f"{given.name}: a list of inputs cannot be bound to a statement")
    if (target := _id_target(given)) is not None:
        return _bound_id(given, target, parameters)
    sql_type = SQL_TYPES.get(named.name, Text())
    many = isinstance(type_, GraphQLList)
    convert = _enum_name if isinstance(named, GraphQLEnumType) else text
    argument = given.name

    def find(request: Any) -> Any:
        value = given.get(request.variables)
        return [convert(item, argument) for item in value] if many else convert(value, argument)

    return parameters.add(find, ARRAY(sql_type) if many else sql_type)


def only(listed: Any, parameters: Parameters) -> Any:
    """The one value of a bound list, bound as a value."""
    find = parameters.find[listed.key]
    return parameters.add(lambda request: find(request)[0], Text())


def fields_of(given: Given) -> list[Given]:
    """The fields that an input object was given."""
    type_ = given.type
    assert isinstance(type_, GraphQLInputObjectType)
    return [
        Given(name, field, given.value[name], lambda variables, name=name: given.get(variables)[name])  # type: ignore[misc]
        for name, field in type_.fields.items()
        if name in given.value
    ]


def shape(value: object, type_: GraphQLInputType) -> object:
    """What of a value changes a statement: what is absent or null, booleans, enums, a list of one, and an id's type."""
    if isinstance(type_, GraphQLNonNull):
        type_ = type_.of_type
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Enum):
        # a word is quicker to look up than a member of an enum
        return value.name
    if isinstance(value, dict) and isinstance(type_, GraphQLInputObjectType):
        fields = type_.fields
        return tuple([(name, shape(field, fields[name].type)) for name, field in value.items()])
    if is_one(value):
        return 1
    return node_prefix(value) if type_ is GraphQLID else ...


def is_one(value: object) -> bool:
    """Whether it is a list of a single enum value, which may have a condition of its own."""
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], Enum)


def shape_of_variable(value: object, type_: GraphQLInputType) -> object:
    """The same of a whole variable; a list of ids may be that of `nodes(ids:)`."""
    if isinstance(value, list) and get_named_type(type_) is GraphQLID:
        return frozenset(node_prefix(item) for item in value)
    return shape(value, type_)


def node_prefix(text: object) -> str:
    """The prefix of an id, if there are nodes of that prefix; otherwise empty."""
    prefix = prefix_of(text)
    return prefix if prefix in NODES else ""


def _enum_name(value: Any, _: str) -> Any:
    return None if value is None else value.name


def _id_target(given: Given) -> Declaration | None:
    annotation = given.declared.extensions["strawberry-definition"].type_annotation
    target = next(ids_in(annotation.evaluate()), None) if annotation else None
    return declaration_of(target) if target else None


def _bound_id(given: Given, target: Declaration, parameters: Parameters) -> Any:
    """One parameter for each column of the key; an id of another type is refused when it is bound."""
    many = isinstance(given.type, GraphQLList)
    prefix, parts = target.prefix or "", len(target.key)

    once = object()

    def keys(request: Any) -> list[tuple[Any, ...]]:
        if once not in request.memo:
            value = given.get(request.variables)
            items = value if many else [value]
            request.memo[once] = [decode_id(item, prefix, parts=parts, argument=given.name) for item in items]
        return request.memo[once]  # type: ignore[no-any-return]

    def bound(at: int) -> Any:
        if many:
            return parameters.add(lambda request: [key[at] for key in keys(request)], ARRAY(Uuid()))
        return parameters.add(lambda request: keys(request)[0][at], Uuid())

    columns = {name: bound(at) for at, name in enumerate(target.key)}
    return columns[target.key[0]] if parts == 1 else Values(list(target.key), columns)
