"""What a function takes, and Moodle's refusal of everything else.

A structure is a dictionary, a list a list of one, a value the name of its kind; what ends with `?` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from simulators.moodle.refusals import invalid_parameter

Spec: TypeAlias = "str | list[Any] | dict[str, Any]"

_TAGS: Final = re.compile(r"<[a-zA-Z/!][^>]*>")
_EMAIL: Final = re.compile(r"[^\s@<>\"]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_USERNAME: Final = re.compile(r"[-.@_a-z0-9]*")


def checked(spec: Spec, given: object) -> Any:  # noqa: ANN401 - as nested as the spec says
    """What was sent, as the function takes it. Refused: unknown and missing keys, values of another kind."""
    if isinstance(spec, str):
        if not isinstance(given, str):
            raise invalid_parameter()
        return _KINDS[spec](given)
    if not isinstance(given, Mapping):
        raise invalid_parameter()
    if isinstance(spec, list):
        return [checked(spec[0], one) for one in given.values()]
    known = {name.removesuffix("?"): (name.endswith("?"), of) for name, of in spec.items()}
    if not given.keys() <= known.keys():
        raise invalid_parameter()
    values = {}
    for name, (optional, of) in known.items():
        if name in given:
            values[name] = checked(of, given[name])
        elif not optional:
            raise invalid_parameter()
    return values


def _whole(value: str) -> int:
    if re.fullmatch(r"-?\d{1,18}", value) is None:
        raise invalid_parameter()
    return int(value)


def _boolean(value: str) -> bool:
    if value not in {"0", "1", "true", "false", ""}:
        raise invalid_parameter()
    return value in {"1", "true"}


def _without_tags(value: str) -> str:
    if _TAGS.search(value):
        raise invalid_parameter()
    return value


def _email(value: str) -> str:
    if _EMAIL.fullmatch(value) is None:
        raise invalid_parameter()
    return value


def _username(value: str) -> str:
    if _USERNAME.fullmatch(value) is None:
        raise invalid_parameter()
    return value


_KINDS: Final[Mapping[str, Callable[[str], object]]] = {
    "int": _whole,
    "bool": _boolean,
    "raw": str,
    "text": _without_tags,
    "email": _email,
    "username": _username,
}
