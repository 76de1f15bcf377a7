"""Cursors: PostgreSQL writes a row's place in an order, and only a place in the same order is read back."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Text, func, literal_column
from sqlalchemy.types import TypeEngine

from api.reading.errors import DeclarationError, InvalidCursorError
from api.reading.sql import Sql, base64url

LARGEST_INTEGER = 2**63


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and -LARGEST_INTEGER <= value < LARGEST_INTEGER:
        return value
    raise ValueError


def _decimal(value: object) -> Decimal:
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(number, Decimal) and number.is_finite() and number.adjusted() in range(-40, 40):
        return number
    raise ValueError


def _float(value: object) -> float:
    return float(_decimal(value))


def _text(value: object) -> str:
    if isinstance(value, str) and "\x00" not in value and value.isprintable():
        return value
    if isinstance(value, str) and "\x00" not in value:
        value.encode()  # half of a surrogate pair is a ValueError
        return value
    raise ValueError


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError
    return instant


_READ: dict[type, Callable[[object], Any]] = {
    bool: _boolean,
    date: lambda value: date.fromisoformat(_text(value)),
    datetime: _instant,
    Decimal: _decimal,
    float: _float,
    int: _integer,
    str: _text,
    UUID: lambda value: UUID(_text(value)),
}


def reads_as(type_: TypeEngine[Any]) -> Callable[[object], Any]:
    """How a value of this SQL type is read from a cursor; a type that no order may have is a DeclarationError."""
    try:
        # SQLAlchemy raises NotImplementedError for a type that has no Python type
        return _READ[type_.python_type]
    except (KeyError, NotImplementedError):
        raise DeclarationError(f"an order by {type_!r} cannot be paged; give its expression a type") from None


def bound_as(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """How a value of a cursor is bound beside an expression of this type."""
    # a larger integer than the column holds is still a place in its order
    return BigInteger() if isinstance(type_, Integer) else type_


def write_cursor(order: str, values: list[Sql]) -> Sql:
    """The place of a row, as an opaque text."""
    place = func.json_build_array(literal_column(f"'{order}'::text"), *values).cast(Text)
    return base64url(func.convert_to(place, literal_column("'UTF8'")))


def read_cursor(cursor: str, order: str, readers: list[Callable[[object], Any]]) -> list[Any]:
    """The values of a place; InvalidCursorError when it was made up or belongs to another order."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        name, *values = json.loads(raw, parse_float=Decimal, parse_constant=_text)
        if name != order or len(values) != len(readers):
            raise ValueError  # noqa: TRY301 -- all that is wrong with a cursor is one refusal
        return [None if value is None else read(value) for read, value in zip(readers, values, strict=True)]
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error):
        raise InvalidCursorError(f"This is no cursor of the order {order.partition('.')[2] or order}.") from None
