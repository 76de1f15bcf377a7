"""Refunds: money back to the payer, in part or in full."""

from __future__ import annotations

from stripe import params

from simulators.stripe import instruments
from simulators.stripe.calling import Call, method
from simulators.stripe.cards import Behaviour
from simulators.stripe.confirming import unexpected
from simulators.stripe.costs import words
from simulators.stripe.money import book
from simulators.stripe.refusals import Refused, not_simulated
from simulators.stripe.shapes import Obj
from simulators.stripe.world import DAY, Stripe

DECIDED_AFTER_DAYS = 3


@method("POST /v1/refunds", params.RefundCreateParams, "refund")
def create(call: Call) -> Obj:
    """Give back. Refused: more than is left, of what was disputed or did not succeed."""
    stripe, told = call.stripe, call.params
    for name in ("refund_application_fee", "reverse_transfer", "origin", "customer"):
        if told.get(name):
            raise not_simulated(f"{name} of refunds: separate transfers are reversed by themselves")
    charged = _refunded(call)
    left = charged["amount_captured"] - charged["amount_refunded"]
    amount = told.get("amount", left)
    _refuse(charged, amount, left, told)
    method_used = stripe.objects[charged["payment_method"]]
    behaviour = instruments.behaviour_of(stripe, method_used)
    card = behaviour.kind == "card"
    kind = method_used["type"]
    made = stripe.make(
        call.account,
        "refund",
        "re" if card else "pyr",
        amount=amount,
        currency=charged["currency"],
        charge=charged["id"],
        payment_intent=charged["payment_intent"],
        metadata=call.metadata(),
        reason=told.get("reason"),
        status="pending" if behaviour.refund == "pending" else "succeeded",
        destination_details={kind: {"type": "refund"} if card else {}, "type": kind},
    )
    booked = book(
        stripe,
        call.account,
        "refund" if card else "payment_refund",
        -amount,
        made,
        category="refund",
        description=f"REFUND FOR CHARGE ({charged['description'] or charged['id']})",
    )
    made["balance_transaction"] = booked["id"]
    charged["amount_refunded"] += amount
    charged["refunded"] = charged["amount_refunded"] == charged["amount"]
    stripe.emit("refund.created", made)
    stripe.emit("charge.refunded", charged)
    if behaviour.refund != "succeeded":
        stripe.later(DECIDED_AFTER_DAYS * DAY, lambda: _decide(stripe, charged, made, behaviour))
    return made


@method("GET /v1/refunds", params.RefundListParams, "refund")
def listed(call: Call) -> Obj:
    """Refunds, of a charge or PaymentIntent if asked."""
    asked = {name: call.params[name] for name in ("charge", "payment_intent") if name in call.params}
    found = call.stripe.all(call.account, "refund")
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/refunds/{id}", params.RefundRetrieveParams, "refund")
def retrieve(call: Call) -> Obj:
    """One refund."""
    return call.own("refund")


@method("POST /v1/refunds/{id}", params.RefundUpdateParams, "refund")
def update(call: Call) -> Obj:
    """Say something else of a refund."""
    kept = call.own("refund")
    return call.stripe.change(kept, "refund.updated", metadata=call.metadata(kept["metadata"]))


def _refunded(call: Call) -> Obj:
    stripe, told = call.stripe, call.params
    if "charge" in told:
        return stripe.named(call.account, "charge", told["charge"], "charge")
    if "payment_intent" not in told:
        raise Refused("One of the following params should be provided for this request: payment_intent or charge.")
    intent = stripe.named(call.account, "payment_intent", told["payment_intent"], "payment_intent")
    if intent["latest_charge"] is None or intent["status"] != "succeeded":
        raise unexpected(intent, f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return stripe.objects[intent["latest_charge"]]


def _refuse(charged: Obj, amount: int, left: int, told: Obj) -> None:
    if charged["status"] != "succeeded" or not charged["captured"]:
        raise Refused(f"Charge {charged['id']} has not succeeded, so it cannot be refunded.", param="charge")
    if charged["disputed"]:
        raise Refused(f"Charge {charged['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    if left <= 0:
        raise Refused(f"Charge {charged['id']} has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if amount > left:
        asked, rest = words(amount, charged["currency"]), words(left, charged["currency"])
        which = "unrefunded amount" if charged["amount_refunded"] else "charge amount"
        raise Refused(
            f"Refund amount ({asked}) is greater than unrefunded amount on charge ({rest})"
            if which == "unrefunded amount"
            else f"Refund amount ({asked}) is greater than charge amount ({rest})",
            param="amount",
        )
    if told.get("reason") == "expired_uncaptured_charge":
        raise Refused("Invalid reason", param="reason")


def _decide(stripe: Stripe, charged: Obj, made: Obj, behaviour: Behaviour) -> None:
    if behaviour.refund == "pending":
        stripe.change(made, "refund.updated", status="succeeded")
        stripe.emit("charge.refund.updated", made)
        return
    booked = book(
        stripe,
        stripe.owners[made["id"]],
        "refund_failure",
        made["amount"],
        made,
        description=f"REFUND FAILURE ({made['id']})",
    )
    made |= {"failure_reason": "expired_or_canceled_card", "failure_balance_transaction": booked["id"]}
    charged["amount_refunded"] -= made["amount"]
    charged["refunded"] = False
    stripe.change(made, "refund.failed", status="failed")
    stripe.emit("charge.refund.updated", made)
