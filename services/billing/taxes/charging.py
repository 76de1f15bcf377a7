"""What tax a sale bears: one lateral look-up in SQL for each line, and one sum for each category of an invoice.

`app.tax_for(supply, seller, buyer, unit, day)` picks the rule. Of the rules that hold on the day and whose every named
condition the sale meets, the one that says most precisely what is sold and to whom comes first: one that names the
unit, then the buyer's region, the buyer's country, the seller's region, the seller's country, the trade (domestic,
within the EU, international). Two rules of the same conditions cannot hold on the same day, so exactly one is first.

A seller without a tax number charges no tax. A rule of the category AE (reverse charge: Directive 2006/112/EC, article
196) or K holds only of a buyer with a tax number, because the buyer accounts for it (EN 16931 BR-AE-03, BR-IC-03). A
verified certificate of the buyer, for its country or region and of that day, makes a line exempt that a rule of the
category S would tax: category E, with the certificate as its reason. Where no rule holds, nothing is charged, and the
line says so: category O.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Numeric, Text, Uuid, cast, column, func, literal_column, select

if TYPE_CHECKING:
    from datetime import date
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, FromClause, Select
    from sqlalchemy.sql.selectable import LateralFromClause

SERVICES: Final = "SERVICES"
"""What a vendor sells to an association."""
PLATFORM_FEES: Final = "PLATFORM_FEES"
"""What the operator sells to a vendor."""

TAX_COLUMNS: Final = """tax_category_code tax_rate_percent tax_reason_code tax_reason tax_rule_id
tax_exemption_id""".split()
"""How a line is taxed: category (BT-151), rate (BT-152), reason (BT-121, BT-120), and by which rule or certificate."""


def tax_for(
    supply: str,
    *,
    seller_id: ColumnElement[UUID] | UUID,
    buyer_id: ColumnElement[UUID] | UUID,
    unit: ColumnElement[Any],
    on_day: ColumnElement[date] | date,
) -> LateralFromClause:
    """The tax of each sale, as a lateral table of TAX_COLUMNS; always exactly one row."""
    found = func.app.tax_for(
        literal_column(f"'{supply}'"), cast(seller_id, Uuid), cast(buyer_id, Uuid), cast(unit, Text), cast(on_day, Date)
    )
    return found.table_valued(
        column("tax_rule_id", Uuid()),
        column("tax_exemption_id", Uuid()),
        column("tax_category_code", Text()),
        column("tax_rate_percent", Numeric(7, 4)),
        column("tax_reason_code", Text()),
        column("tax_reason", Text()),
        joins_implicitly=True,
    ).lateral("tax")


def tax_minor(taxable_minor: ColumnElement[Any], rate_percent: ColumnElement[Any]) -> ColumnElement[int]:
    """Taxable amount x rate / 100 in minor units, rounded half up, away from zero (EN 16931 BR-CO-17)."""
    return func.app.tax_minor(taxable_minor, rate_percent, type_=BigInteger())


def by_category(lines: FromClause, *by: str) -> Select[Any]:
    """The taxes of lines, one row for each category and rate (EN 16931 BG-23), and for each value of the columns `by`.

    `taxable_minor` is BT-116, the sum of the lines; `tax_minor` is BT-117, computed once of that sum and not line by
    line. What an invoice is taxed in all is the sum of these (BT-110, BR-CO-14).
    """
    line = lines.c
    key = (*(line[name] for name in by), line.currency_code, line.tax_category_code, line.tax_rate_percent)
    taxable = cast(func.sum(line.amount_minor), BigInteger)
    return select(
        *key,
        taxable.label("taxable_minor"),
        tax_minor(taxable, line.tax_rate_percent).label("tax_minor"),
        func.min(line.tax_reason_code).label("tax_reason_code"),
        func.string_agg(line.tax_reason.distinct(), literal_column("'; '")).label("tax_reason"),
    ).group_by(*key)


def tax_total(lines: FromClause, *by: str) -> Select[Any]:
    """The sum of the taxes of lines as `tax_total_minor`, for each value of the columns `by`; zero of no lines."""
    tax = by_category(lines, *by).subquery("tax_of_category")
    total = cast(func.coalesce(func.sum(tax.c.tax_minor), literal_column("0")), BigInteger)
    return select(*(tax.c[name] for name in by), total.label("tax_total_minor")).group_by(*(tax.c[name] for name in by))
