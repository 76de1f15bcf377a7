"""Bank statements as CSV, whose columns are declared by whoever sends them: banks agree on none."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from core.money import currency_digits, require_currency
from services.billing.reconciliation.statements import LONGEST_TEXT, Statement, StatementLine, StatementUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

LARGEST: Final = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of the file holds what, by its heading; money in one signed column, or in one for each way."""

    booked_on: str
    amount: str | None = None
    credit: str | None = None
    debit: str | None = None
    valued_on: str | None = None
    bank_reference: str | None = None
    reference: str | None = None
    counterparty_name: str | None = None
    counterparty_account: str | None = None
    information: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a CSV file does not say of itself. `date_form` is one of strptime, such as %d.%m.%Y."""

    account: str
    number: str
    currency_code: str
    opening: Decimal
    closing: Decimal
    columns: Columns
    delimiter: str = ","
    decimal_mark: str = "."
    date_form: str = "%Y-%m-%d"


def read_separated(content: str, declared: Declared) -> Statement:
    """Read a statement; refuses with StatementUnreadable, naming the line, or UnknownCurrency."""
    currency = require_currency(declared.currency_code, field="csv.currencyCode")
    if len(declared.delimiter) != 1 or declared.decimal_mark not in {".", ","}:
        raise StatementUnreadable("a delimiter is one character, a decimal mark . or ,", field="csv.delimiter")
    rows = csv.DictReader(content.lstrip("\ufeff").splitlines(), delimiter=declared.delimiter, strict=True)
    columns = declared.columns
    wanted = [name for name in (getattr(columns, field) for field in Columns.__slots__) if name]
    if missing := [name for name in wanted if name not in (rows.fieldnames or [])]:
        raise StatementUnreadable(f"the file has no column {missing[0]!r}", field="csv.columns")
    if (columns.amount is None) == (columns.credit is None or columns.debit is None):
        raise StatementUnreadable("name a column of amounts, or one of credits and one of debits", field="csv.columns")
    try:
        lines = [_line(row, declared, currency) for row in rows]
    except (ValueError, csv.Error, InvalidOperation) as error:
        raise StatementUnreadable(f"line {rows.line_num}: {error}", field="content") from None
    if not lines:
        raise StatementUnreadable("the file has no line below its headings", field="content")
    days = [line.booked_on for line in lines]
    return Statement(
        account=declared.account.strip(),
        number=declared.number.strip(),
        currency_code=currency,
        opens_on=min(days),
        closes_on=max(days),
        opening_minor=_whole(declared.opening, currency),
        closing_minor=_whole(declared.closing, currency),
        lines=lines,
    )


def _line(row: Mapping[str, str | None], declared: Declared, currency: str) -> StatementLine:
    columns = declared.columns

    def told(name: str | None) -> str | None:
        return ((row.get(name) if name else None) or "").strip() or None

    def minor(name: str | None) -> int:
        text = told(name)
        if text is None:
            return 0
        mark = declared.decimal_mark
        plain = text.replace("'", "").replace(" ", "").replace("," if mark == "." else ".", "").replace(mark, ".")
        return _whole(Decimal(plain), currency)

    amount = minor(columns.amount) if columns.amount else abs(minor(columns.credit)) - abs(minor(columns.debit))
    return StatementLine(
        booked_on=_day(told(columns.booked_on) or "", declared.date_form),
        valued_on=_day(day, declared.date_form) if (day := told(columns.valued_on)) else None,
        amount_minor=amount,
        bank_reference=told(columns.bank_reference),
        reference=told(columns.reference),
        counterparty_name=told(columns.counterparty_name),
        counterparty_account=told(columns.counterparty_account),
        information=(told(columns.information) or "")[:LONGEST_TEXT],
    )


def _day(text: str, form: str) -> date:
    return datetime.strptime(text, form).date()  # noqa: DTZ007  (a bank's day has no time zone)


def _whole(amount: Decimal, currency: str) -> int:
    exact = amount.scaleb(currency_digits(currency))
    if not exact.is_finite() or exact != exact.to_integral_value() or abs(exact) >= LARGEST:
        message = f"{amount} is no amount of {currency}"
        raise ValueError(message)
    return int(exact)
