"""The balance, and the movements that made it."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj, shaped


@method("GET /v1/balance", params.BalanceRetrieveParams, "balance")
def balance(call: Call) -> Obj:
    """What is available and what is pending, per currency."""
    stripe = call.stripe
    mine = {currency: held for (account, currency), held in sorted(stripe.balances.items()) if account == call.account}
    shown: Obj = {
        name: [
            {"amount": held[name], "currency": currency, "source_types": {"card": held[name]}}
            for currency, held in (mine or {"usd": {"available": 0, "pending": 0}}).items()
        ]
        for name in ("available", "pending")
    }
    made = shaped("balance", "", stripe.now, **shown)
    return {name: value for name, value in made.items() if name != "id"}


@method("GET /v1/balance_transactions", params.BalanceTransactionListParams, "balance_transaction")
def listed(call: Call) -> Obj:
    """Movements: by type, currency or source, or those that one automatic payout paid out."""
    stripe, told = call.stripe, call.params
    asked = {name: told[name] for name in ("type", "currency", "source") if name in told}
    found = stripe.all(call.account, "balance_transaction")
    if "payout" in told:
        payout = stripe.named(call.account, "payout", told["payout"], "payout")
        if not payout["automatic"]:
            raise Refused("Balance transaction history can only be filtered on automatic transfers, not manual.")
        paid = set(stripe.hidden[payout["id"]]["transactions"])
        found = (one for one in found if one["id"] in paid)
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/balance_transactions/{id}", params.BalanceTransactionRetrieveParams, "balance_transaction")
def retrieve(call: Call) -> Obj:
    """One movement."""
    return call.own("balance_transaction")
