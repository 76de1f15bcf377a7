"""Cursors, written and read in Python."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import REAL, column

from api.reading.fields import ConnectionEdge, Ordering
from tests.oracle.declarations import Declarations, called
from tests.oracle.formats import Written, place_text
from tests.oracle.orders import Term, terms


class InvalidCursor(Exception):
    """A cursor that names no place in its order."""


def order_of(edge: ConnectionEdge, chosen: str | None) -> tuple[str, Callable[..., list[Any]] | None]:
    """The name of the order that was chosen, and its expressions."""
    if edge.orders is None:
        return "", edge.order
    member = next(iter(edge.orders)) if chosen is None else edge.orders[chosen]
    assert isinstance(member.value, Ordering)
    return member.name, member.value.by


def cursor(name: str, order: Sequence[Term], places: Sequence[Any]) -> str:
    """The place of a row, as opaque as the API writes it."""
    values = [
        _short(value) if isinstance(term.sql.type, REAL) else value for term, value in zip(order, places, strict=True)
    ]
    return base64.urlsafe_b64encode(place_text([name, *values]).encode()).decode().rstrip("=")


def read_cursor(text: str, name: str, length: int) -> list[Any]:
    """The values of a place in the order of this name; refused when it is none."""

    def none(_: str) -> NoReturn:
        raise ValueError

    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        values: list[Any]
        found, *values = json.loads(raw, parse_float=Decimal, parse_constant=none)
    except (ValueError, TypeError, RecursionError):
        raise InvalidCursor from None
    if found != name or len(values) != length:
        raise InvalidCursor
    return values


def place_of(order: Sequence[Term], values: Sequence[Any]) -> list[Any]:
    """The values that a cursor holds, as rows of the order have them."""
    return [None if value is None else _as(term.sql.type, value) for term, value in zip(order, values, strict=True)]


def _as(type_: Any, value: Any) -> Any:  # noqa: ANN401 - any SQL type and a value of it
    if isinstance(type_, REAL):
        return struct.unpack("f", struct.pack("f", float(value)))[0]
    # a column's type may be decorated; what it is made of says what Python has for it
    kind = getattr(type_, "impl_instance", type_).python_type
    if kind in {datetime, date}:
        return kind.fromisoformat(value)
    return UUID(value) if kind is UUID else kind(value)


def _short(value: float | None) -> Any:  # noqa: ANN401 - a number as it is written, or null
    """The shortest decimal number that is this four-byte float, as PostgreSQL writes it."""
    if value is None:
        return None
    bytes_ = struct.pack("f", value)
    texts = (f"{value:.{digits}g}" for digits in range(1, 18))
    return Written(next(text for text in texts if struct.pack("f", float(text)) == bytes_))


class AnyRow:
    """A row of any relation, where only the number of expressions over it is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a column of any type
        return column(name)


def length_of(
    declarations: Declarations,
    node_type: str,
    edge: ConnectionEdge,
    filter_: Mapping[str, Any] | None,
    chosen: str | None,
) -> int:
    """How many values a place in the chosen order has."""
    given: dict[str, object] = {}
    if edge.filter is not None:
        for name, declared in declarations.input_fields(edge.filter.__name__).items():
            given[declared.python_name] = None if (filter_ or {}).get(name) is None else column(name)
    _, by = order_of(edge, chosen)
    expressions = called(by, AnyRow(), SimpleNamespace(**given)) if by else []
    return len(terms(expressions, [column(part) for part in declarations.declaration(node_type).key]))
