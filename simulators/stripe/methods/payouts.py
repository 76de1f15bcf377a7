"""Payouts: from a balance to a bank account, by hand or of themselves, paid or returned."""

from __future__ import annotations

from typing import Final

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.money import available, book, days_ahead
from simulators.stripe.refusals import Refused, not_simulated
from simulators.stripe.shapes import Obj
from simulators.stripe.world import DAY, PLATFORM, Stripe

ARRIVES_AFTER_DAYS: Final = 2
_WHY: Final = {
    "no_account": "The bank account details on file are probably incorrect. No bank account could be located with those"
    " details.",
    "account_closed": "The bank account has been closed.",
}


@method("POST /v1/payouts", params.PayoutCreateParams, "payout")
def create(call: Call) -> Obj:
    """Pay out by hand. Refused: more than is available, and an account that is not taken in."""
    stripe, told = call.stripe, call.params
    amount, currency = told["amount"], told["currency"].lower()
    if told.get("method") == "instant":
        raise not_simulated("instant payouts")
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if not stripe.objects[call.account]["payouts_enabled"]:
        raise Refused("Payouts are not enabled on this account.", code="payouts_not_allowed")
    if amount > available(stripe, call.account, currency):
        raise Refused(
            "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You"
            " can use"
            " the the /v1/balance endpoint to view your Stripe balance (for more details, see"
            " stripe.com/docs/api#balance).",
            code="balance_insufficient",
            param="amount",
        )
    return pay_out(
        stripe,
        call.account,
        amount,
        currency,
        metadata=call.metadata(),
        **call.taken("description", "statement_descriptor"),
    )


def pay_out(
    stripe: Stripe, account: str, amount: int, currency: str, *, automatic: bool = False, **fields: object
) -> Obj:
    """Send a payout; it arrives, or is returned, some days later."""
    banks = stripe.objects[account]["external_accounts"]["data"]
    made = stripe.make(
        account,
        "payout",
        "po",
        **fields,
        amount=amount,
        currency=currency,
        automatic=automatic,
        arrival_date=days_ahead(stripe, ARRIVES_AFTER_DAYS),
        destination=banks[0]["id"] if banks else "ba_platform",
        status="pending",
        reconciliation_status="in_progress" if automatic else "not_applicable",
    )
    stripe.hidden[made["id"]] = {"transactions": []}
    made["balance_transaction"] = book(stripe, account, "payout", -amount, made, description="STRIPE PAYOUT")["id"]
    stripe.emit("payout.created", made)
    if automatic:
        stripe.later(0, lambda: _reconciled(stripe, made))
    stripe.later(ARRIVES_AFTER_DAYS * DAY, lambda: decide(stripe, made))
    return made


def pay_out_automatically(stripe: Stripe) -> list[Obj]:
    """Pay out what is available to every account that is not paid out by hand, and say which movements that was."""
    made = []
    for (account, currency), held in list(stripe.balances.items()):
        owner = stripe.objects[account]
        by_hand = owner["settings"]["payouts"]["schedule"]["interval"] == "manual"
        if by_hand or not owner["payouts_enabled"] or held["available"] <= 0:
            continue
        before = {name for one in stripe.all(account, "payout") for name in stripe.hidden[one["id"]]["transactions"]}
        moved = [
            one["id"]
            for one in stripe.all(account, "balance_transaction")
            if one["currency"] == currency and one["status"] == "available" and one["id"] not in before
        ]
        payout = pay_out(stripe, account, held["available"], currency, automatic=True)
        stripe.hidden[payout["id"]]["transactions"] = [*moved, payout["balance_transaction"]]
        made.append(payout)
    return made


def _reconciled(stripe: Stripe, made: Obj) -> None:
    stripe.change(made, "payout.reconciliation_completed", reconciliation_status="completed")


def decide(stripe: Stripe, made: Obj) -> None:
    """A payout arrives, or its bank account returns it and the money comes back."""
    if made["status"] not in {"pending", "in_transit"}:
        return
    account = stripe.owners[made["id"]]
    why = None if account == PLATFORM else stripe.hidden[account]["fails"]
    if why is None:
        stripe.change(made, "payout.paid", status="paid")
    else:
        come_back(stripe, made, why)


def come_back(stripe: Stripe, made: Obj, why: str) -> None:
    """A bank returns a payout, even one that had arrived: its money is in the balance again."""
    account = stripe.owners[made["id"]]
    booked = book(stripe, account, "payout_failure", made["amount"], made, category="payout_reversal")
    stripe.change(
        made,
        "payout.failed",
        status="failed",
        failure_code=why,
        failure_message=_WHY[why],
        failure_balance_transaction=booked["id"],
    )


@method("GET /v1/payouts", params.PayoutListParams, "payout")
def listed(call: Call) -> Obj:
    """Payouts, of a status or to a bank account if asked."""
    asked = {name: call.params[name] for name in ("status", "destination") if name in call.params}
    found = call.stripe.all(call.account, "payout")
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/payouts/{id}", params.PayoutRetrieveParams, "payout")
def retrieve(call: Call) -> Obj:
    """One payout."""
    return call.own("payout")


@method("POST /v1/payouts/{id}/cancel", params.PayoutCancelParams, "payout")
def cancel(call: Call) -> Obj:
    """Call a payout back that is still pending."""
    stripe, kept = call.stripe, call.own("payout")
    if kept["status"] != "pending" or kept["automatic"]:
        raise Refused(f"Payout {kept['id']} can't be canceled: it is {kept['status']}.", code="payout_not_cancelable")
    booked = book(stripe, call.account, "payout_cancel", kept["amount"], kept, category="payout_reversal")
    return stripe.change(kept, "payout.canceled", status="canceled", failure_balance_transaction=booked["id"])
