"""The runaway stop: how many invoices, and how much, a run may write at most."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from core.money import currency_digits
from services.billing.runs.models import BillingRunItem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

TOO_MANY_INVOICES: Final = "TOO_MANY_INVOICES"
TOTAL_TOO_LARGE: Final = "TOTAL_TOO_LARGE"


class Stop(NamedTuple):
    """Where a run stops, before this contract, and why."""

    contract_id: UUID
    code: str
    message: str


async def first_too_much(tx: Transaction, run: Row[Any], drafts: Sequence[Row[Any]]) -> Stop | None:
    """The first of the drafts, in the order of contracts, that would be more than the run may write."""
    billed = await tx.all(
        select(
            col(BillingRunItem.currency_code),
            func.count().label("invoices"),
            func.sum(BillingRunItem.amount_minor).label("amount_minor"),
        )
        .where(col(BillingRunItem.run_id) == run.id, col(BillingRunItem.status) == "BILLED")
        .group_by(col(BillingRunItem.currency_code))
    )
    invoices = sum(row.invoices for row in billed)
    totals = {row.currency_code: int(row.amount_minor) for row in billed}
    for draft in sorted(drafts, key=lambda draft: draft.contract_id):
        currency = draft.currency_code
        invoices += 1
        totals[currency] = totals.get(currency, 0) + draft.subtotal_minor
        total = Decimal(totals[currency]).scaleb(-currency_digits(currency))
        if invoices > run.most_invoices:
            message = f"it would write more than {run.most_invoices} invoices"
            return Stop(draft.contract_id, TOO_MANY_INVOICES, message)
        if total > run.largest_total:
            message = f"it would bill {total} {currency} in all, more than {run.largest_total.normalize():f}"
            return Stop(draft.contract_id, TOTAL_TOO_LARGE, message)
    return None
