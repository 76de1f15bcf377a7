"""Money in the schema: an amount and its currency, never a float."""

from decimal import Decimal

import strawberry

from api.reading.names import DECLARED
from api.reading.scalars import CurrencyCode


@strawberry.type(description="An amount of money.")
class Money:
    """An amount of money."""

    amount: Decimal = strawberry.field(
        description="The amount, with the currency's own digits; a price or cost of one unit may have up to six."
    )
    currency_code: CurrencyCode = strawberry.field(description="The currency of the amount.")


DECLARED["Money"] = Money
