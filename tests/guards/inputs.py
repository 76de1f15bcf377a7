"""Inputs made from the schema itself: every id is a victim's, every other value is of the right kind."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    get_named_type,
    is_required_input_field,
)

from api.reading.ids import ids_in
from tests.guards.world import LAST_YEAR

Victims = Mapping[str, str]
"""The id of one thing of the victim's, by type."""

BY_NAME: dict[str, object] = {
    "email": "delivery@lakeside.example",
    "timeZone": "UTC",
    "key": "hour",
    "endsOn": f"{LAST_YEAR}-12-31",
    "memberNumber": "104233",
}
BY_TYPE: dict[str, object] = {
    "Boolean": True,
    "CountryCode": "US",
    "CurrencyCode": "USD",
    "Date": f"{LAST_YEAR}-03-03",
    "DateTime": f"{LAST_YEAR + 2}-03-03T00:00:00Z",
    "Decimal": "1",
    "Int": 1,
    "LanguageCode": "en",
    "Percent": "10.00",
    "String": "text",
}


class NoInput(Exception):
    """The guard does not know what to give to a field: teach it."""


def inputs_of(mutation: GraphQLField, victims: Victims, known: Mapping[str, object]) -> list[dict[str, object]]:
    """Inputs of a mutation: all that it must have, and every id that it may have.

    Ids of which one may be given at a time are given one at a time. `known` are values by the name of their field,
    such as the hash of the contract's document.
    """
    type_ = get_named_type(mutation.args["input"].type)
    assert isinstance(type_, GraphQLInputObjectType)
    whole = _value(type_, "input", None, victims, BY_NAME | dict(known))
    assert isinstance(whole, dict)
    choices = [name for name, field in type_.fields.items() if not is_required_input_field(field) and _targets(field)]
    return [{name: value for name, value in whole.items() if name not in {*choices} - {one}} for one in choices or [""]]


def _value(
    type_: GraphQLInputType,
    name: str,
    field: GraphQLInputField | None,
    victims: Victims,
    known: Mapping[str, object],
) -> object:
    match type_:
        case GraphQLNonNull():
            return _value(type_.of_type, name, field, victims, known)
        case GraphQLList():
            return [_value(type_.of_type, name, field, victims, known)]
        case GraphQLInputObjectType():
            return {
                inner: _value(declared.type, inner, declared, victims, known)
                for inner, declared in type_.fields.items()
                if is_required_input_field(declared) or _holds_ids(declared.type, declared)
            }
        case GraphQLEnumType():
            return next(iter(type_.values))
        case GraphQLScalarType(name="ID"):
            return _id(field, name, victims)
        case GraphQLScalarType() if name in known or type_.name in BY_TYPE:
            return known.get(name, BY_TYPE.get(type_.name))
    raise NoInput(f"{name}: {type_}")


def _id(field: GraphQLInputField | None, name: str, victims: Victims) -> str:
    for target in _targets(field):
        if target.__name__ in victims:
            return victims[target.__name__]
    raise NoInput(f"{name} is the id of nothing that the victim has")


def _targets(field: GraphQLInputField | None) -> list[type]:
    definition = field.extensions["strawberry-definition"] if field else None
    return list(ids_in(definition.type_annotation.evaluate())) if definition else []


def _holds_ids(type_: GraphQLInputType, field: GraphQLInputField) -> bool:
    if isinstance(type_, GraphQLNonNull | GraphQLList):
        return _holds_ids(type_.of_type, field)
    if isinstance(type_, GraphQLInputObjectType):
        return any(_holds_ids(inner.type, inner) for inner in type_.fields.values())
    return bool(_targets(field))
