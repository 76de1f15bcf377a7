"""Checkout Sessions in payment mode: a page on which somebody pays once."""

from __future__ import annotations

from typing import Any, Final

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.confirming import confirm
from simulators.stripe.methods.intents import intended, refuse_amount
from simulators.stripe.refusals import Refused, not_simulated
from simulators.stripe.shapes import Obj
from simulators.stripe.world import DAY, Stripe

_TAKEN: Final = ("cancel_url", "client_reference_id", "customer", "customer_email", "success_url")


@method("POST /v1/checkout/sessions", params.checkout.SessionCreateParams, "checkout_session")
def create(call: Call) -> Obj:
    """A page for paying once."""
    stripe, told = call.stripe, call.params
    if told.get("mode") != "payment":
        raise not_simulated("Checkout Sessions in any mode but payment")
    if told.get("ui_mode", "hosted") not in {"hosted", "hosted_page"}:
        raise not_simulated("Checkout Sessions within somebody else's page")
    if "success_url" not in told:
        raise Refused("Missing required param: success_url.", code="parameter_missing", param="success_url")
    if told.get("customer"):
        stripe.named(call.account, "customer", told["customer"], "customer")
    lines = [_line(stripe, at, line) for at, line in enumerate(told.get("line_items", ()))]
    if not lines or len({line["currency"] for line in lines}) > 1:
        raise Refused("You must pass line items of one currency.", param="line_items")
    total, currency = sum(line["amount_total"] for line in lines), lines[0]["currency"]
    refuse_amount(total, currency)
    made = stripe.make(
        call.account,
        "checkout.session",
        "cs_test",
        **call.taken(*_TAKEN),
        amount_subtotal=total,
        amount_total=total,
        currency=currency,
        expires_at=told.get("expires_at", stripe.now + DAY),
        metadata=call.metadata(),
        mode="payment",
        payment_intent=None,
        payment_method_types=told.get("allowed_payment_method_types", ["card", "us_bank_account"]),
        payment_status="unpaid",
        status="open",
    )
    made["url"] = f"{stripe.base_url}/pages/pay/{made['id']}"
    stripe.hidden[made["id"]] = {"lines": lines, "intent": told.get("payment_intent_data", {})}
    stripe.later(made["expires_at"] - stripe.now, lambda: _expire(stripe, made))
    return made


@method("GET /v1/checkout/sessions", params.checkout.SessionListParams, "checkout_session")
def listed(call: Call) -> Obj:
    """Sessions, of a customer, PaymentIntent or status if asked."""
    asked = {name: call.params[name] for name in ("customer", "payment_intent", "status") if name in call.params}
    found = call.stripe.all(call.account, "checkout.session")
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/checkout/sessions/{id}", params.checkout.SessionRetrieveParams, "checkout_session")
def retrieve(call: Call) -> Obj:
    """One session."""
    return call.own("checkout.session", "session")


@method("GET /v1/checkout/sessions/{id}/line_items", params.checkout.SessionListLineItemsParams, "checkout_session")
def line_items(call: Call) -> Obj:
    """What is paid for."""
    return call.page(call.stripe.hidden[call.own("checkout.session", "session")["id"]]["lines"])


@method("POST /v1/checkout/sessions/{id}/expire", params.checkout.SessionExpireParams, "checkout_session")
def expire(call: Call) -> Obj:
    """Nobody shall pay there any more."""
    kept = call.own("checkout.session", "session")
    if kept["status"] != "open":
        raise Refused(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of'
            f" `{kept['status']}`."
        )
    _expire(call.stripe, kept)
    return kept


def pay(stripe: Stripe, kept: Obj, by: str) -> None:
    """Somebody pays on the page. Refused: what is declined, after which they may try again."""
    account, told = stripe.owners[kept["id"]], stripe.hidden[kept["id"]]["intent"]
    call = Call(stripe, account, {}, {}, "")
    if kept["payment_intent"] is None:
        asked = {"amount": kept["amount_total"], "currency": kept["currency"], "customer": kept["customer"]} | told
        asked["allowed_payment_method_types"] = kept["payment_method_types"]
        kept["payment_intent"] = intended(call, {name: value for name, value in asked.items() if value is not None})[
            "id"
        ]
    intent = stripe.objects[kept["payment_intent"]]
    agreed: dict[str, Any] = {"customer_acceptance": {"type": "online"}}
    confirm(stripe, intent, {"payment_method": by, "mandate_data": agreed, "return_url": kept["success_url"]})
    finish(stripe, intent)


def finish(stripe: Stripe, intent: Obj) -> None:
    """The payment of a session has been made, or is on its way."""
    found = (one for one in stripe.objects.values() if one["object"] == "checkout.session")
    kept = next((one for one in found if one["payment_intent"] == intent["id"]), None)
    if kept is None or kept["status"] != "open" or intent["status"] not in {"succeeded", "processing"}:
        return
    paid = intent["status"] == "succeeded"
    stripe.change(
        kept, "checkout.session.completed", status="complete", payment_status="paid" if paid else "unpaid", url=None
    )
    if not paid:
        stripe.hidden[intent["id"]]["settled"] = lambda: _settled(stripe, kept, intent)


def _settled(stripe: Stripe, kept: Obj, intent: Obj) -> None:
    if intent["status"] == "succeeded":
        stripe.change(kept, "checkout.session.async_payment_succeeded", payment_status="paid")
    else:
        stripe.emit("checkout.session.async_payment_failed", kept)


def _line(stripe: Stripe, at: int, line: Obj) -> Obj:
    priced = line.get("price_data")
    if priced is None or "product_data" not in priced:
        raise not_simulated("line items other than by price_data with product_data")
    if "unit_amount" not in priced:
        raise not_simulated("line items without unit_amount")
    quantity = line.get("quantity")
    if quantity is None:
        param = f"line_items[{at}][quantity]"
        raise Refused("Quantity is required. Add `quantity` to `" + param + "`", param=param)
    amount = priced["unit_amount"] * quantity
    return {
        "id": stripe.fresh_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": priced["currency"].lower(),
        "description": priced["product_data"]["name"],
        "quantity": quantity,
    }


def _expire(stripe: Stripe, kept: Obj) -> None:
    if kept["status"] == "open":
        stripe.change(kept, "checkout.session.expired", status="expired", url=None)
