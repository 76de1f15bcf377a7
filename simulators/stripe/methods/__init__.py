"""What each method of the API does; importing this puts them all in `calling.METHODS`."""

from simulators.stripe.methods import (
    accounts,
    balances,
    charges,
    checkouts,
    customers,
    disputes,
    endpoints,
    events,
    intents,
    payment_methods,
    payouts,
    refunds,
    transfers,
)

__all__ = [
    "accounts",
    "balances",
    "charges",
    "checkouts",
    "customers",
    "disputes",
    "endpoints",
    "events",
    "intents",
    "payment_methods",
    "payouts",
    "refunds",
    "transfers",
]
