"""Making a payment that is meant: by which payment method, with whose leave, and after who has shown who they are."""

from __future__ import annotations

import copy
from typing import Any

from simulators.stripe import charging, instruments
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import Stripe


def use(stripe: Stripe, intent: Obj, name: str) -> Obj:
    """Say by which payment method an intent is to be paid."""
    chosen = instruments.named(stripe, stripe.owners[intent["id"]], name, intent["customer"])
    if chosen["type"] not in intent["payment_method_types"]:
        raise Refused(
            f"The PaymentMethod provided ({chosen['type']}) is not allowed for this PaymentIntent. Please attach a"
            " PaymentMethod"
            f" of one of the following types: {', '.join(intent['payment_method_types'])}.",
            param="payment_method",
        )
    intent |= {"payment_method": chosen["id"], "status": "requires_confirmation"}
    return chosen


def confirm(stripe: Stripe, intent: Obj, told: dict[str, Any]) -> Obj:
    """Make the payment. Refused: a state in which it cannot be made, a decline, and a payer who is needed and away."""
    if intent["status"] not in {"requires_payment_method", "requires_confirmation", "requires_action"}:
        already = (
            " because it has already succeeded after being previously confirmed"
            if intent["status"] == "succeeded"
            else ""
        )
        raise unexpected(
            intent,
            f"You cannot confirm this PaymentIntent{already or ' because it has a status of ' + intent['status']}.",
        )
    if told.get("payment_method"):
        use(stripe, intent, told["payment_method"])
    if intent["payment_method"] is None:
        raise unexpected(
            intent,
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the"
            " PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a"
            " payment"
            " method or ConfirmationToken.",
        )
    chosen = stripe.objects[intent["payment_method"]]
    known, behaviour = stripe.hidden[intent["id"]], instruments.behaviour_of(stripe, chosen)
    known["return_url"] = told.get("return_url", known["return_url"])
    _take_mandate(stripe, chosen, told)
    if behaviour.authenticates and not known["authenticated"]:
        return _ask_payer(stripe, intent, chosen, told)
    charging.charge(stripe, intent, chosen)
    return intent


def authenticate(stripe: Stripe, intent: Obj, *, passes: bool) -> None:
    """The payer showed who they are, or did not; the payment goes on of itself unless it is confirmed by hand."""
    chosen = stripe.objects[intent["payment_method"]]
    if not passes:
        message = (
            "We are unable to authenticate your payment method. Please choose a different payment method and try again."
        )
        code = "payment_intent_authentication_failure"
        error = {
            "type": "invalid_request_error",
            "code": code,
            "message": message,
            "payment_method": copy.deepcopy(chosen),
        }
        stripe.change(
            intent,
            "payment_intent.payment_failed",
            status="requires_payment_method",
            last_payment_error=error,
            payment_method=None,
            next_action=None,
        )
        return
    stripe.hidden[intent["id"]]["authenticated"] = True
    if intent["confirmation_method"] == "manual":
        stripe.change(intent, status="requires_confirmation", next_action=None)
    else:
        charging.charge(stripe, intent, chosen)


def unexpected(intent: Obj, message: str) -> Refused:
    """The intent is in a state in which this cannot be done."""
    return Refused(message, code="payment_intent_unexpected_state", payment_intent=copy.deepcopy(intent))


def _take_mandate(stripe: Stripe, chosen: Obj, told: dict[str, Any]) -> None:
    known = stripe.hidden[chosen["id"]]
    if chosen["type"] != "us_bank_account" or known["mandate"]:
        return
    if not told.get("mandate_data"):
        raise Refused(
            "This PaymentIntent requires a mandate, but no existing mandate was found. Ensure this PaymentIntent has"
            " been"
            " configured with `mandate_data`.",
            code="payment_intent_mandate_invalid",
        )
    known["mandate"] = stripe.fresh_id("mandate")


def _ask_payer(stripe: Stripe, intent: Obj, chosen: Obj, told: dict[str, Any]) -> Obj:
    if told.get("off_session") or told.get("error_on_requires_action"):
        message = "Your card was declined. This transaction requires authentication."
        charging.decline(stripe, intent, chosen, ("authentication_required", "authentication_required", message), None)
    url = f"{stripe.base_url}/pages/authenticate/{intent['id']}"
    back = stripe.hidden[intent["id"]]["return_url"]
    if back:
        action: Obj = {"type": "redirect_to_url", "redirect_to_url": {"return_url": back, "url": url}}
    else:
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url}}
    return stripe.change(intent, "payment_intent.requires_action", status="requires_action", next_action=action)
