"""Up to which difference an invoice is let pass: configured for a currency, and frozen into each match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.errors import InvalidInput
from core.events import Event
from core.ids import new_id
from core.money import require_currency, to_minor
from services.billing.reconciliation.models import MatchTolerance
from services.contracts.faults import Faults
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
WHOLE: Final = 100


async def configure_tolerance(
    tx: Transaction,
    *,
    actor: Actor,
    amount: Decimal,
    currency_code: str,
    percent: Decimal,
    reason: str,
    now: datetime,
) -> UUID:
    """Let differences in a currency pass up to an amount and up to a percent of what was expected, both at once.

    It holds from the next match on. Returns the tolerance's id. Refuses with Forbidden, UnknownCurrency, InvalidAmount,
    InvalidInput, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    minor = 0
    with faults.noting():
        require_currency(currency_code, field="amount.currencyCode")
        minor = to_minor(amount, currency_code, field="amount.amount")
    if not (percent.is_finite() and 0 <= percent <= WHOLE and percent == round(percent, 2)):
        faults.note(InvalidInput(f"{percent} must be 0 to 100 with at most two decimals", field="percent"))
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    row = {"currency_code": currency_code, "amount_minor": minor, "percent": percent}
    tolerance_id = new_id()
    await tx.execute(
        insert(MatchTolerance).values(
            id=tolerance_id, **row, reason=reason.strip(), configured_at=now, **actor.signed("configured_by")
        )
    )
    after = {name: str(value) for name, value in row.items()}
    tx.emit(Event("MATCH_TOLERANCE_CONFIGURED", tolerance_id, after=after, reason=reason.strip()))
    return tolerance_id
