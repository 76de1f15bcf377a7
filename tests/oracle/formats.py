"""How scalars are written, said once more and from scratch, in Python."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any
from uuid import UUID

from core.money import currency_digits

LONG = Context(prec=200)


class Written(str):
    """A number that is written already."""

    __slots__ = ()


def scalar(name: str, value: Any) -> Any:  # noqa: ANN401 - any column has any type
    """A value as the API writes the scalar of this name."""
    match name:
        case "Decimal":
            return plain(value)
        case "Percent":
            return f"{value.quantize(Decimal('0.01'), ROUND_HALF_EVEN, LONG):f}"
        case "DateTime":
            return f"{_instant(value)}Z"
        case "Date":
            return value.isoformat()
        case "JSON":
            return json.loads(value)
    return value


def plain(number: Decimal) -> str:
    """A number without exponent or needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def minor_units(amount: int, currency_code: str) -> str:
    """Minor units as an amount with the currency's own digits."""
    digits = currency_digits(currency_code)
    return f"{Decimal(amount).scaleb(-digits, LONG):.{digits}f}"


def unit_amount(amount: Decimal, currency_code: str) -> str:
    """The amount of one unit: at least the currency's own digits, at most six."""
    six = amount.quantize(Decimal("0.000001"), ROUND_HALF_UP, LONG)
    digits = max(currency_digits(currency_code), len(plain(six).partition(".")[2]))
    return f"{six:.{digits}f}"


def place(value: object) -> object:
    """A value of an order as a cursor holds it."""
    match value:
        case datetime():
            return f"{_instant(value)}+00:00"
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


def place_text(values: list[Any]) -> str:
    """A cursor's values as PostgreSQL writes a JSON list; numbers keep the zeros at their end."""
    return f"[{', '.join(_json(place(value)) for value in values)}]"


def _json(value: object) -> str:
    if isinstance(value, Written):
        return str(value)
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _instant(value: datetime) -> str:
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return text.rstrip("0") if "." in text else text
