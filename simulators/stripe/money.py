"""Balances: every movement is a balance transaction, pending until the day on which it becomes available."""

from __future__ import annotations

from decimal import ROUND_HALF_UP

from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import DAY, PLATFORM, Stripe


def book(
    stripe: Stripe,
    account: str,
    kind: str,
    amount: int,
    about: Obj,
    *,
    fee: int = 0,
    available_on: int | None = None,
    category: str | None = None,
    description: str | None = None,
) -> Obj:
    """Move `amount` minor units in, or out if negative, and take a processing cost off it.

    What the platform does not keep in this currency is exchanged, at the day's rate.
    """
    currency, rate = about["currency"], None
    if account == PLATFORM and currency in stripe.rates:
        currency, rate = stripe.rates[currency]
        amount, fee = (int((each * rate).to_integral_value(ROUND_HALF_UP)) for each in (amount, fee))
    at = stripe.now if available_on is None else available_on
    pending = at > stripe.now
    details = [
        {
            "amount": fee,
            "application": None,
            "currency": currency,
            "description": "Stripe processing fees",
            "type": "stripe_fee",
        }
    ]
    made = stripe.make(
        account,
        "balance_transaction",
        "txn",
        type=kind,
        amount=amount,
        fee=fee,
        fee_details=details if fee else [],
        net=amount - fee,
        currency=currency,
        exchange_rate=float(rate) if rate else None,
        source=about["id"],
        available_on=at,
        status="pending" if pending else "available",
        reporting_category=category or kind,
        description=description,
    )
    _balance(stripe, account, made["currency"])[made["status"]] += made["net"]
    if pending:
        stripe.later(at - stripe.now, lambda: _becomes_available(stripe, account, made))
    return made


def available(stripe: Stripe, account: str, currency: str) -> int:
    """What an account can send on or pay out, in minor units."""
    return _balance(stripe, account, currency)["available"]


def refuse_beyond_balance(stripe: Stripe, account: str, amount: int, currency: str) -> None:
    """Refuse to send more than is available."""
    if amount > available(stripe, account, currency):
        raise Refused(
            "You have insufficient available funds in your Stripe account. Try adding funds directly to your available"
            " balance by creating Charges using the 4000000000000077 test card."
            " See: https://stripe.com/docs/testing#available-balance",
            code="balance_insufficient",
        )


def days_ahead(stripe: Stripe, days: int) -> int:
    """The instant so many days from now."""
    return stripe.now + days * DAY


def _becomes_available(stripe: Stripe, account: str, made: Obj) -> None:
    made["status"] = "available"
    balance = _balance(stripe, account, made["currency"])
    balance["pending"] -= made["net"]
    balance["available"] += made["net"]


def _balance(stripe: Stripe, account: str, currency: str) -> dict[str, int]:
    return stripe.balances.setdefault((account, currency), {"available": 0, "pending": 0})
