"""Inputs that every noun uses."""

from datetime import date
from decimal import Decimal

import strawberry

from api.reading import CurrencyCode, inputs


@inputs
class MoneyInput:
    """An amount of money."""

    amount: Decimal = strawberry.field(description='The amount as a decimal string, "52.00"; not negative.')
    currency_code: CurrencyCode = strawberry.field(description="The ISO 4217 code of its currency.")


@inputs
class PeriodInput:
    """Whole days, both ends included, in the association's time zone."""

    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day; not before the first.")
