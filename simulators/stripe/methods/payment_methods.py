"""Payment methods: cards and bank accounts, known by Stripe's test tokens alone."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.cards import TOKENS
from simulators.stripe.instruments import SPENT, behaviour_of, made_of
from simulators.stripe.refusals import Refused, not_simulated
from simulators.stripe.shapes import Obj

_CARD_NUMBERS = {"4242424242424242": "pm_card_visa", "4000000000000077": "pm_card_bypassPending"}
_BANK_NUMBERS = {
    "000123456789": "pm_usBankAccount_success",
    "000111111113": "pm_usBankAccount_accountClosed",
    "000111111116": "pm_usBankAccount_noAccount",
    "000222222227": "pm_usBankAccount_insufficientFunds",
    "000333333335": "pm_usBankAccount_debitNotAuthorized",
    "000555555559": "pm_usBankAccount_dispute",
}


@method("POST /v1/payment_methods", params.PaymentMethodCreateParams, "payment_method")
def create(call: Call) -> Obj:
    """A payment method of test data: `card[token]`, or the number of a card or bank account."""
    told = call.params
    kind = told.get("type", "card")
    if kind == "card":
        card = told.get("card", {})
        token = card.get("token", "").replace("tok_", "pm_card_") or _CARD_NUMBERS.get(card.get("number", ""), "")
    else:
        token = _BANK_NUMBERS.get(told.get("us_bank_account", {}).get("account_number", ""), "")
    if token not in TOKENS:
        raise not_simulated("payment methods other than Stripe's test cards by token and test bank accounts by number")
    made = made_of(call.stripe, call.account, TOKENS[token], token)
    made["billing_details"] |= told.get("billing_details", {})
    made["metadata"] = call.metadata()
    return made


@method("GET /v1/payment_methods", params.PaymentMethodListParams, "payment_method")
def listed(call: Call) -> Obj:
    """Payment methods of a customer."""
    customer, kind = call.params.get("customer"), call.params.get("type")
    found = call.stripe.all(call.account, "payment_method")
    return call.page(one for one in found if customer in {None, one["customer"]} and kind in {None, one["type"]})


@method("GET /v1/payment_methods/{id}", params.PaymentMethodRetrieveParams, "payment_method")
def retrieve(call: Call) -> Obj:
    """One payment method."""
    return call.own("payment_method", "payment_method")


@method("POST /v1/payment_methods/{id}/attach", params.PaymentMethodAttachParams, "payment_method")
def attach(call: Call) -> Obj:
    """Keep a payment method for a customer; a card that is declined cannot be kept."""
    stripe = call.stripe
    customer = stripe.named(call.account, "customer", call.params["customer"], "customer")
    if call.id in TOKENS:
        kept = made_of(stripe, call.account, TOKENS[call.id], call.id)
    else:
        kept = call.own("payment_method", "payment_method")
        if stripe.hidden[kept["id"]]["spent"]:
            raise Refused(SPENT)
        if kept["customer"] is not None:
            raise Refused("The payment method you provided has already been attached to a customer.")
    behaviour = behaviour_of(stripe, kept)
    if behaviour.decline and not behaviour.attaches and behaviour.kind == "card":
        code, decline_code, message = behaviour.decline
        raise Refused(message, type="card_error", code=code, decline_code=decline_code, status=402)
    kept["customer"] = customer["id"]
    stripe.emit("payment_method.attached", kept)
    return kept


@method("POST /v1/payment_methods/{id}/detach", params.PaymentMethodDetachParams, "payment_method")
def detach(call: Call) -> Obj:
    """Keep a payment method no longer; it cannot be used again."""
    kept = call.own("payment_method", "payment_method")
    if kept["customer"] is None:
        raise Refused("The payment method you provided is not attached to a customer so detachment is impossible.")
    call.stripe.hidden[kept["id"]]["spent"] = True
    return call.stripe.change(kept, "payment_method.detached", customer=None)
