"""PaymentIntents: a payment that is meant to be made, until it is made or given up."""

from __future__ import annotations

from typing import Any, Final

from stripe import params

from simulators.stripe import charging, instruments
from simulators.stripe.calling import Call, method
from simulators.stripe.confirming import confirm, unexpected, use
from simulators.stripe.costs import THREE_DECIMAL, words
from simulators.stripe.refusals import Refused, not_simulated
from simulators.stripe.shapes import Obj
from simulators.stripe.world import PLATFORM, Stripe

LEAST_MINOR: Final = 50
MOST_MINOR: Final = 99_999_999
_TOLD: Final = (
    "customer description on_behalf_of receipt_email setup_future_usage shipping statement_descriptor"
    " statement_descriptor_suffix transfer_group"
).split()
_CANCELLABLE: Final = ("requires_payment_method", "requires_capture", "requires_confirmation", "requires_action")
_NOT_DONE: Final = (
    "application_fee_amount transfer_data confirmation_token payment_method_data customer_account hooks mandate"
    " payment_method_configuration"
).split()


@method("POST /v1/payment_intents", params.PaymentIntentCreateParams, "payment_intent")
def create(call: Call) -> Obj:
    """A payment that is meant to be made; `confirm` makes it at once."""
    made = intended(call, call.params)
    if call.params.get("confirm"):
        confirm(call.stripe, made, call.params)
    elif {"off_session", "mandate_data", "return_url", "error_on_requires_action"} & call.params.keys():
        raise Refused("This parameter can only be sent when confirm is true.", param="confirm")
    return made


def intended(call: Call, told: Obj) -> Obj:
    """Make a PaymentIntent of what was told."""
    stripe = call.stripe
    _refuse_undone(told)
    amount, currency = told["amount"], told["currency"].lower()
    refuse_amount(amount, currency)
    if told.get("customer"):
        stripe.named(call.account, "customer", told["customer"], "customer")
    if told.get("on_behalf_of"):
        _refuse_on_behalf_of(stripe, told["on_behalf_of"])
    kinds = told.get("allowed_payment_method_types")
    made = stripe.make(
        call.account,
        "payment_intent",
        "pi",
        **{name: told[name] or None for name in _TOLD if name in told},
        amount=amount,
        currency=currency,
        metadata=dict(told.get("metadata") or {}),
        capture_method=told.get("capture_method", "automatic_async"),
        confirmation_method=told.get("confirmation_method", "automatic"),
        automatic_payment_methods=None if kinds else {"allow_redirects": "always", "enabled": True},
        payment_method_types=kinds or (["card", "us_bank_account"] if currency == "usd" else ["card"]),
    )
    made["client_secret"] = f"{made['id']}_secret_{stripe.fresh_id('x')[2:]}"
    stripe.hidden[made["id"]] = {"authenticated": False, "return_url": None}
    stripe.emit("payment_intent.created", made)
    if told.get("payment_method"):
        use(stripe, made, told["payment_method"])
    return made


def refuse_amount(amount: int, currency: str) -> None:
    """Refuse what is too small, too large, or has a last digit that no network of three decimals takes."""
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if amount < LEAST_MINOR:
        raise Refused(
            f"Amount must be at least {words(LEAST_MINOR, currency)} {currency}",
            code="amount_too_small",
            param="amount",
        )
    if amount > MOST_MINOR:
        raise Refused(
            f"Amount must be no more than {words(MOST_MINOR, currency)}", code="amount_too_large", param="amount"
        )
    if currency in THREE_DECIMAL and amount % 10:
        raise Refused(f"Amount must be a multiple of 10 in {currency}.", param="amount")


@method("GET /v1/payment_intents", params.PaymentIntentListParams, "payment_intent")
def listed(call: Call) -> Obj:
    """PaymentIntents, of a customer if asked."""
    customer = call.params.get("customer")
    found = call.stripe.all(call.account, "payment_intent")
    return call.page(one for one in found if customer in {None, one["customer"]})


@method("GET /v1/payment_intents/{id}", params.PaymentIntentRetrieveParams, "payment_intent")
def retrieve(call: Call) -> Obj:
    """One PaymentIntent."""
    return call.own("payment_intent", "intent")


@method("POST /v1/payment_intents/{id}", params.PaymentIntentUpdateParams, "payment_intent")
def update(call: Call) -> Obj:
    """Say something else of a payment before it is made; afterwards only its metadata and description."""
    kept, told = call.own("payment_intent", "intent"), call.params
    _refuse_undone(told)
    if kept["status"] in {"succeeded", "canceled", "processing"} and told.keys() - {
        "metadata",
        "description",
        "expand",
    }:
        raise unexpected(
            kept,
            f"This PaymentIntent's {min(told.keys() - {'metadata', 'description'})} could not be updated because it"
            " has a"
            f" status of {kept['status']}.",
        )
    if "amount" in told:
        refuse_amount(told["amount"], kept["currency"])
        kept["amount"] = told["amount"]
    kept |= call.taken(*_TOLD) | {"metadata": call.metadata(kept["metadata"])}
    if told.get("payment_method"):
        use(call.stripe, kept, told["payment_method"])
    return kept


@method("POST /v1/payment_intents/{id}/confirm", params.PaymentIntentConfirmParams, "payment_intent")
def confirmed(call: Call) -> Obj:
    """Make the payment."""
    _refuse_undone(call.params)
    return confirm(call.stripe, call.own("payment_intent", "intent"), call.params)


@method("POST /v1/payment_intents/{id}/capture", params.PaymentIntentCaptureParams, "payment_intent")
def capture(call: Call) -> Obj:
    """Take the money of a payment that was authorized, or a part of it."""
    stripe, kept = call.stripe, call.own("payment_intent", "intent")
    if kept["status"] != "requires_capture":
        raise unexpected(
            kept,
            "This PaymentIntent could not be captured because it has a status of "
            f"{kept['status']}. Only a PaymentIntent with one of the following statuses may be captured:"
            " requires_capture.",
        )
    told = call.params
    amount = told["amount_to_capture"] if "amount_to_capture" in told else kept["amount"]
    if not 1 <= amount <= kept["amount"]:
        raise Refused(
            "The amount to capture must not exceed the amount authorized.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    made = stripe.objects[kept["latest_charge"]]
    made["amount_captured"] = amount
    charging.succeed(stripe, kept, made, instruments.behaviour_of(stripe, stripe.objects[made["payment_method"]]))
    stripe.emit("charge.captured", made)
    return kept


@method("POST /v1/payment_intents/{id}/cancel", params.PaymentIntentCancelParams, "payment_intent")
def cancel(call: Call) -> Obj:
    """Give a payment up that is not made."""
    kept = call.own("payment_intent", "intent")
    if kept["status"] not in _CANCELLABLE:
        raise unexpected(
            kept,
            f"You cannot cancel this PaymentIntent because it has a status of {kept['status']}. Only a PaymentIntent"
            " with one"
            f" of the following statuses may be canceled: {', '.join(_CANCELLABLE)}.",
        )
    return call.stripe.change(
        kept,
        "payment_intent.canceled",
        status="canceled",
        canceled_at=call.stripe.now,
        cancellation_reason=call.params.get("cancellation_reason"),
        amount_capturable=0,
        next_action=None,
    )


def _refuse_on_behalf_of(stripe: Stripe, account: str) -> None:
    for_whom = stripe.named(PLATFORM, "account", account, "on_behalf_of")
    if for_whom["capabilities"].get("card_payments") != "active":
        raise Refused(
            f"You cannot create a charge with `on_behalf_of` set to {account}: the account needs the card_payments"
            " capability enabled.",
            param="on_behalf_of",
        )


def _refuse_undone(told: dict[str, Any]) -> None:
    for name in _NOT_DONE:
        if name in told:
            raise not_simulated(f"{name} of PaymentIntents")
