"""The scalars of the API, as they are read from a request; answers get their format in SQL."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Percent = NewType("Percent", Decimal)
CurrencyCode = NewType("CurrencyCode", str)
CountryCode = NewType("CountryCode", str)
LanguageCode = NewType("LanguageCode", str)

_DECIMAL = re.compile(r"-?\d{1,24}(\.\d{1,12})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def decimal(value: object) -> Decimal:
    """Read a decimal string or an integer; floats are refused, they have lost digits already."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**24 else ""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    raise ValueError('A decimal is a string such as "12.50".')


def day(value: object) -> date:
    """Read a day as `YYYY-MM-DD`."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("A date is a string such as 2026-01-31.")


def instant(value: object) -> datetime:
    """Read an instant with its offset and hand it back in UTC; one without an offset is refused."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except OverflowError as error:
            raise ValueError("This instant is out of range.") from error
    raise ValueError("An instant is a string such as 2026-01-31T08:30:00Z.")


def _matching(pattern: str, example: str) -> Any:
    compiled = re.compile(pattern, re.ASCII)

    def parse(value: object) -> str:
        if isinstance(value, str) and compiled.fullmatch(value):
            return value
        raise ValueError(f"Expected a code such as {example}.")

    return parse


SCALARS: dict[object, ScalarDefinition] = {
    Decimal: strawberry.scalar(
        name="Decimal",
        description="An exact decimal number as a string, never a float. An integer is accepted too.",
        serialize=str,
        parse_value=decimal,
    ),
    Percent: strawberry.scalar(
        name="Percent",
        description="A percentage as a decimal string with two decimals: 12.50 is twelve and a half percent.",
        serialize=str,
        parse_value=decimal,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A whole day, YYYY-MM-DD.",
        serialize=date.isoformat,
        parse_value=day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, ISO 8601. A request may use any offset, but must say it.",
        serialize=datetime.isoformat,
        parse_value=instant,
    ),
    CurrencyCode: strawberry.scalar(
        name="CurrencyCode",
        description="A currency by its ISO 4217 code: USD.",
        serialize=str,
        parse_value=_matching("[A-Z]{3}", "USD"),
    ),
    CountryCode: strawberry.scalar(
        name="CountryCode",
        description="A country by its ISO 3166-1 alpha-2 code: US.",
        serialize=str,
        parse_value=_matching("[A-Z]{2}", "US"),
    ),
    LanguageCode: strawberry.scalar(
        name="LanguageCode",
        description="A language by its BCP 47 tag: en, pt-BR.",
        serialize=str,
        parse_value=_matching("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "en"),
    ),
}
