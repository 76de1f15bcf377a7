"""How payments are taken here: by hand always, through Stripe when the worker has a key of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update
from sqlmodel import col

from services.billing.payments.models import PaymentOption

if TYPE_CHECKING:
    from core.db import Transaction

BY_STRIPE: Final = ("CARD", "ACH_DEBIT")
WHY_NOT: Final = "No key of Stripe is configured here."


async def offer(tx: Transaction, *, configured: bool) -> int:
    """Say whether Stripe is configured, as the worker knows, which asks it; returns how many methods that changed."""
    told = await tx.execute(
        update(PaymentOption)
        .where(col(PaymentOption.method).in_(BY_STRIPE), col(PaymentOption.offered) != configured)
        .values(offered=configured, why_not=None if configured else WHY_NOT)
    )
    return told.rowcount


async def offered(tx: Transaction) -> frozenset[str]:
    """The methods by which payments are taken here."""
    rows = await tx.all(select(col(PaymentOption.method)).where(col(PaymentOption.offered)))
    return frozenset(row.method for row in rows)
