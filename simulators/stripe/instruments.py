"""What is paid by: payment methods, each behaving like the test token that it was made of."""

from __future__ import annotations

from simulators.stripe.cards import TOKENS, Behaviour
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import Stripe

SPENT = (
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a"
    " connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use"
    " a"
    " PaymentMethod multiple times, you must attach it to a Customer first."
)


def made_of(stripe: Stripe, account: str, behaviour: Behaviour, token: str) -> Obj:
    """A payment method that behaves so."""
    kind = behaviour.kind
    made = stripe.make(account, "payment_method", "pm", type=kind)
    stripe.hidden[made["id"]] = {"token": token, "spent": False, "mandate": None}
    if kind == "card":
        made["card"] |= {"brand": behaviour.brand, "display_brand": behaviour.brand, "last4": behaviour.last4}
        made["card"] |= {"generated_from": None, "wallet": None, "fingerprint": token[-16:]}
        return made
    del made["card"]
    made["us_bank_account"] = {
        "account_holder_type": "company",
        "account_type": "checking",
        "bank_name": "STRIPE TEST BANK",
        "financial_connections_account": None,
        "fingerprint": token[-16:],
        "last4": behaviour.last4,
        "networks": {"preferred": "ach", "supported": ["ach"]},
        "routing_number": "110000000",
        "status_details": {},
    }
    return made


def behaviour_of(stripe: Stripe, payment_method: Obj) -> Behaviour:
    """How a payment method behaves."""
    return TOKENS[stripe.hidden[payment_method["id"]]["token"]]


def named(stripe: Stripe, account: str, name: str, customer: str | None, *, param: str = "payment_method") -> Obj:
    """The payment method that a payment is made by; a token makes one. Refused: another customer's, and a spent one."""
    if name in TOKENS:
        return made_of(stripe, account, TOKENS[name], name)
    found = stripe.named(account, "payment_method", name, param)
    if found["customer"] is None and stripe.hidden[name]["spent"]:
        raise Refused(SPENT)
    if found["customer"] not in {None, customer}:
        raise Refused(
            f"The customer does not have a payment method with the ID {name}. The payment method must be attached to"
            " the"
            " customer."
            if customer
            else f"The payment method you provided ({name}) belongs to a Customer. Please include the Customer in the"
            " `customer`"
            " parameter on the PaymentIntent.",
            param=param,
        )
    return found
