"""Taking a payment: charges, and what becomes of them by each test payment method."""

from __future__ import annotations

import copy
from typing import Final

from simulators.stripe import disputing
from simulators.stripe.cards import Behaviour
from simulators.stripe.instruments import behaviour_of
from simulators.stripe.money import book, days_ahead
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import DAY, Stripe

AVAILABLE_AFTER_DAYS: Final = 2
DEBITED_AFTER_DAYS: Final = 4


def charge(stripe: Stripe, intent: Obj, method: Obj) -> None:
    """Charge a payment method for an intent. Refused, having recorded it: what its issuer declines."""
    behaviour = behaviour_of(stripe, method)
    made = _made(stripe, intent, method, behaviour)
    stripe.hidden[method["id"]]["spent"] = True
    intent["latest_charge"] = made["id"]
    if behaviour.kind == "us_bank_account":
        _debit(stripe, intent, made, method, behaviour)
    elif behaviour.decline is not None:
        decline(stripe, intent, method, behaviour.decline, made)
    elif intent["capture_method"] == "manual":
        made |= {"captured": False, "amount_captured": 0}
        stripe.emit("charge.succeeded", made)
        stripe.change(
            intent,
            "payment_intent.amount_capturable_updated",
            status="requires_capture",
            amount_capturable=intent["amount"],
        )
    else:
        succeed(stripe, intent, made, behaviour)


def succeed(stripe: Stripe, intent: Obj, made: Obj, behaviour: Behaviour) -> None:
    """A charge has succeeded and is captured: its money comes in, and is disputed if its card is such a one."""
    made |= {"status": "succeeded", "paid": True, "captured": True}
    if intent["capture_method"] == "automatic_async":
        stripe.later(0, lambda: _settle(stripe, made, behaviour, "charge.updated"))
    else:
        _settle(stripe, made, behaviour, None)
    stripe.emit("charge.succeeded", made)
    stripe.change(
        intent,
        "payment_intent.succeeded",
        status="succeeded",
        amount_received=made["amount_captured"],
        amount_capturable=0,
        next_action=None,
        processing=None,
        last_payment_error=None,
    )
    if behaviour.dispute is not None:
        stripe.later(0, lambda: disputing.dispute(stripe, made, behaviour))


def decline(stripe: Stripe, intent: Obj, method: Obj, why: tuple[str, str, str], made: Obj | None) -> None:
    """A payment is declined: the intent waits for another payment method, and whoever asked is refused."""
    code, decline_code, message = why
    error: Obj = {"type": "card_error", "code": code, "message": message, "decline_code": decline_code}
    error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
    if made is not None:
        _fail(stripe, made, why)
        error["charge"] = made["id"]
    _wait_again(stripe, intent, error | {"payment_method": copy.deepcopy(method)})
    raise Refused(status=402, payment_intent=copy.deepcopy(intent), payment_method=copy.deepcopy(method), **error)


def _made(stripe: Stripe, intent: Obj, method: Obj, behaviour: Behaviour) -> Obj:
    card = behaviour.kind == "card"
    made = stripe.make(
        stripe.owners[intent["id"]],
        "charge",
        "ch" if card else "py",
        **{
            name: intent[name]
            for name in (
                "amount",
                "currency",
                "customer",
                "description",
                "on_behalf_of",
                "receipt_email",
                "shipping",
                "statement_descriptor",
                "statement_descriptor_suffix",
                "transfer_group",
            )
        },
        amount_captured=intent["amount"],
        captured=True,
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=method["id"],
        billing_details=copy.deepcopy(method["billing_details"]),
    )
    made["outcome"] |= {
        "network_status": "approved_by_network",
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized",
    }
    if card:
        shown = {
            "brand": behaviour.brand,
            "network": behaviour.brand,
            "last4": behaviour.last4,
            "installments": None,
            "wallet": None,
        }
        made["payment_method_details"]["card"] |= shown | {"three_d_secure": None}
    else:
        shown = {
            name: value
            for name, value in method["us_bank_account"].items()
            if name not in {"networks", "status_details"}
        }
        mandate = stripe.hidden[method["id"]]["mandate"]
        made["payment_method_details"] = {
            "type": "us_bank_account",
            "us_bank_account": shown | {"mandate": mandate, "payment_reference": None},
        }
    return made


def _debit(stripe: Stripe, intent: Obj, made: Obj, method: Obj, behaviour: Behaviour) -> None:
    made |= {"status": "pending", "paid": False}
    stripe.emit("charge.pending", made)
    stripe.change(intent, "payment_intent.processing", status="processing", next_action=None)

    def settled() -> None:
        _settle_debit()
        if follow := stripe.hidden[intent["id"]].get("settled"):
            follow()

    def _settle_debit() -> None:
        if behaviour.decline is None:
            succeed(stripe, intent, made, behaviour)
            return
        _fail(stripe, made, behaviour.decline)
        code, _, message = behaviour.decline
        told = {"type": "invalid_request_error", "code": "payment_method_provider_decline", "message": message}
        error = told | {"decline_code": code, "charge": made["id"], "payment_method": copy.deepcopy(method)}
        _wait_again(stripe, intent, error)

    if behaviour.settles != "processing":
        stripe.later(DEBITED_AFTER_DAYS * DAY, settled)


def _fail(stripe: Stripe, made: Obj, why: tuple[str, str, str]) -> None:
    code, decline_code, message = why
    made |= {"status": "failed", "paid": False, "captured": False, "amount_captured": 0}
    made |= {"failure_code": code, "failure_message": message}
    made["outcome"] |= {
        "network_status": "declined_by_network",
        "reason": decline_code,
        "type": "issuer_declined",
        "seller_message": "The bank did not return any further details with this decline.",
    }
    stripe.emit("charge.failed", made)


def _wait_again(stripe: Stripe, intent: Obj, error: Obj) -> None:
    stripe.change(
        intent,
        "payment_intent.payment_failed",
        status="requires_payment_method",
        last_payment_error=error,
        payment_method=None,
        next_action=None,
    )


def _settle(stripe: Stripe, made: Obj, behaviour: Behaviour, event: str | None) -> None:
    account, amount = stripe.owners[made["id"]], made["amount_captured"]
    card = behaviour.kind == "card"
    booked = book(
        stripe,
        account,
        "charge" if card else "payment",
        amount,
        made,
        fee=stripe.costs.of_payment(behaviour.kind, amount, made["currency"]),
        available_on=stripe.now if behaviour.available_now else days_ahead(stripe, AVAILABLE_AFTER_DAYS),
        category="charge",
        description=made["description"],
    )
    stripe.change(made, event, balance_transaction=booked["id"])
