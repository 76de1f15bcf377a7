"""Inputs on their way to a service: public ids become row ids, and text that PostgreSQL cannot hold is refused."""

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Any

from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from api.reading.declare import declaration_of
from api.reading.ids import ids_in
from core.errors import InvalidInput
from core.ids import RowKey, decode


def with_row_ids(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with every `Id[T]` below `input` decoded.

    Refuses an id that is malformed or of another type with InvalidId, and text with NUL or half a character in it
    with InvalidInput; each names its field.
    """
    return {name: _converted(value, "") for name, value in arguments.items()}


def _converted(value: Any, path: str) -> Any:
    if isinstance(value, list):
        return [_converted(item, _join(path, str(at))) for at, item in enumerate(value)]
    if isinstance(value, str):
        return _storable(value, path)
    if not _is_input(value):
        return value
    kind: type = type(value)
    targets = _id_targets(kind)
    changed = {}
    for field in dataclasses.fields(value):
        given = getattr(value, field.name)
        below = _join(path, to_camel_case(field.name))
        target = targets.get(field.name)
        changed[field.name] = _decoded(given, target, below) if target else _converted(given, below)
    return dataclasses.replace(value, **changed)


def _decoded(given: Any, target: type, path: str) -> Any:
    if isinstance(given, list):
        return [_decoded(item, target, _join(path, str(at))) for at, item in enumerate(given)]
    if not isinstance(given, str):
        return given
    declared = declaration_of(target)
    assert declared is not None, "Id[T] names a type that is read"
    assert declared.prefix is not None, "Id[T] names a type that has an id"
    key = decode(declared.prefix, given, parts=len(declared.key), field=path)
    return key[0] if len(key) == 1 else RowKey(*key)


def _storable(value: str, path: str) -> str:
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        message = "text must not contain NUL or unpaired surrogates"
        raise InvalidInput(message, field=path)
    return value


@cache
def _id_targets(input_type: type) -> dict[str, type]:
    return dict(_targets(input_type))


def _targets(input_type: type) -> Iterator[tuple[str, type]]:
    definition = get_object_definition(input_type, strict=True)
    for field in definition.fields:
        if field.type_annotation is not None:
            for target in ids_in(field.type_annotation.evaluate()):
                yield field.python_name, target


def _is_input(value: Any) -> bool:
    definition = get_object_definition(type(value))
    return definition is not None and definition.is_input


def _join(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
