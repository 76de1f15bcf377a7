"""How lines are taxed, and what tax an invoice bears by category."""

from __future__ import annotations

from decimal import Decimal

from api.reading import Money, column, money, value
from api.schema.tax_rule import TaxCategory


@value
class LineTax:
    """How a line is taxed."""

    category: TaxCategory = column("How (EN 16931 BT-151).", name="tax_category_code")
    rate_percent: Decimal = column("The rate, in percent (BT-152).", name="tax_rate_percent")
    exemption_reason_code: str | None = column("Why no tax is charged, by a VATEX code.", name="tax_reason_code")
    exemption_reason: str | None = column("The same in words.", name="tax_reason")


@value
class InvoiceTax:
    """The tax of the lines of one category and rate (EN 16931 BG-23)."""

    category: TaxCategory = column("How they are taxed (BT-118).", name="tax_category_code")
    rate_percent: Decimal = column("The rate, in percent (BT-119).", name="tax_rate_percent")
    taxable: Money = money("The sum of these lines (BT-116).", minor="taxable_minor")
    tax: Money = money("Taxable x rate / 100, rounded half up once (BT-117).", minor="tax_minor")
    exemption_reason_code: str | None = column("Why none is charged, by a VATEX code (BT-121).", name="tax_reason_code")
    exemption_reason: str | None = column("The same in words (BT-120).", name="tax_reason")
