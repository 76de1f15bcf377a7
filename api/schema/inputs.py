"""Inputs that every noun uses."""

from datetime import date
from decimal import Decimal

import strawberry

from api.reading import CurrencyCode


@strawberry.input(description="An amount of money.")
class MoneyInput:
    """An amount as clients send it; the service that takes it checks its digits and its currency."""

    amount: Decimal = strawberry.field(description='The amount as a decimal string, "52.00"; not negative.')
    currency_code: CurrencyCode = strawberry.field(description="The ISO 4217 code of its currency.")


@strawberry.input(description="Whole days, both ends included, in the association's time zone.")
class PeriodInput:
    """A period of service."""

    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day; not before the first.")
