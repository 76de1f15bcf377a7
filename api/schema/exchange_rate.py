"""Rates of exchange, and the currency that the operator reports in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

import strawberry

from api.reading import (
    CurrencyCode,
    Id,
    Money,
    Node,
    Payload,
    column,
    filters,
    inputs,
    money,
    node,
    one,
    order,
    orders,
    payload,
    plain,
    result,
    value,
    where,
)
from api.schema.person import Person, person
from services.billing.taxes import models as rows


@strawberry.enum(description="Who says what a currency is worth.")
class ExchangeRateSource(Enum):
    """The European Central Bank, or the operator."""

    ECB = strawberry.enum_value("ECB", description="The European Central Bank's reference rates.")
    OPERATOR = strawberry.enum_value("OPERATOR", description="The operator entered it.")


@strawberry.enum(description="What an invoice's rate is for.")
class ExchangePurpose(Enum):
    """Reporting, or tax."""

    REPORTING = strawberry.enum_value("REPORTING", description="To add up what is owed in several currencies.")
    TAX = strawberry.enum_value("TAX", description="To say the tax in the currency that the vendor accounts for it in.")


@node(rows.ExchangeRate, prefix="fxr")
class ExchangeRate(Node):
    """What one unit of a currency was worth in another on a day."""

    source: ExchangeRateSource = column("Who says so.")
    rate_on: date = column("The day.")
    from_currency_code: CurrencyCode = column("The currency that is exchanged.")
    to_currency_code: CurrencyCode = column("The currency that is got.")
    rate: Decimal = column("Units of the second for one unit of the first.")
    recorded_at: datetime = column("When it was entered or imported.")
    recorded_by: Person = one("Who did.", rows=lambda rate: person(rate, prefix="recorded_by_"))
    withdrawn_at: datetime | None = column("When it was withdrawn; null while it stands.")
    withdraw_reason: str | None = column("Why.")


@value(rows.InvoiceExchange, key=("contract_id", "invoice_id", "purpose"))
class InvoiceExchange:
    """A rate as it was frozen when an invoice was issued."""

    purpose: ExchangePurpose = column("What it is for.")
    rate: Decimal = column("Units of the amount's currency for one unit of the invoice's.")
    rate_on: date = column("The day of the rate; at most a week before the day of issue.")
    source: ExchangeRateSource = column("Who said so.")
    amount: Money = money(
        "The invoice's total, or for TAX its tax (EN 16931 BT-111), in the other currency.",
        minor="amount_minor",
        currency="to_currency_code",
    )


@value
class BillingSetting:
    """What the operator set for all of billing."""

    reporting_currency_code: CurrencyCode = column("The currency that it adds up in.")
    changed_at: datetime = column("When that was set.")
    changed_by: Person = one("Who did.", rows=lambda setting: person(setting, prefix="changed_by_"))


@filters
class ExchangeRateFilter:
    """Which rates."""

    rate_from: date | None = where("Of this day or later ones.", lambda rate, v: rate.rate_on >= v)
    rate_until: date | None = where("Of this day or earlier ones.", lambda rate, v: rate.rate_on <= v)
    from_currency_code: CurrencyCode | None = where("Of this currency.", lambda rate, v: rate.from_currency_code == v)
    to_currency_code: CurrencyCode | None = where("Into this one.", lambda rate, v: rate.to_currency_code == v)
    source: ExchangeRateSource | None = where("Of this source.", lambda rate, v: rate.source == v.name)


@orders
class ExchangeRateOrder(Enum):
    """How rates are ordered."""

    NEWEST = order("The latest day first.", lambda rate: [rate.rate_on.desc()])
    OLDEST = order("The earliest day first.", lambda rate: [rate.rate_on])


@inputs
class EnterExchangeRateInput:
    """A rate; the opposite direction is its reciprocal and need not be entered."""

    rate_on: date = strawberry.field(description="The day.")
    from_currency_code: CurrencyCode = strawberry.field(description="The currency that is exchanged.")
    to_currency_code: CurrencyCode = strawberry.field(description="The currency that is got.")
    rate: Decimal = strawberry.field(
        description="Units of the second for one unit of the first, above zero, at most twelve decimals."
    )
    reason: str = strawberry.field(description="Where it is from, at most 2,000 characters.")


@payload
class EnterExchangeRatePayload(Payload):
    """What was entered."""

    exchange_rate: ExchangeRate | None = result("The rate; null when refused.")


@inputs
class ImportExchangeRatesInput:
    """A file of the European Central Bank's reference rates."""

    content: str = strawberry.field(description="The file's text: eurofxref XML or CSV, of a day or of many.")
    reason: str = strawberry.field(description="Why it is imported, at most 2,000 characters.")


@payload
class ImportExchangeRatesPayload(Payload):
    """What came of importing a file."""

    added: int | None = plain("How many rates were not known yet; null when refused.")


@inputs
class WithdrawExchangeRateInput:
    """A wrong rate; what was frozen with it stays as it is."""

    exchange_rate_id: Id[ExchangeRate] = strawberry.field(description="The rate.")
    reason: str = strawberry.field(description="What is wrong with it, at most 2,000 characters.")


@payload
class WithdrawExchangeRatePayload(Payload):
    """What was withdrawn."""

    exchange_rate: ExchangeRate | None = result("The rate; null when refused.")


@inputs
class SetReportingCurrencyInput:
    """The currency that the operator adds up in what is owed in several."""

    currency_code: CurrencyCode = strawberry.field(description="The currency.")
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@payload
class SetReportingCurrencyPayload(Payload):
    """What was set."""

    reporting_currency_code: CurrencyCode | None = plain("The currency; null when refused.")
