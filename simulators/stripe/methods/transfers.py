"""Transfers: from the platform's balance to a connected account's, and back."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.costs import words
from simulators.stripe.money import available, book, refuse_beyond_balance
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import PLATFORM


@method("POST /v1/transfers", params.TransferCreateParams, "transfer")
def create(call: Call) -> Obj:
    """Send money on. Refused: more than is available, or than its source took; an account that may not be sent any."""
    stripe, told = call.stripe, call.params
    amount, currency = told.get("amount", 0), told["currency"].lower()
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    to = stripe.named(PLATFORM, "account", told["destination"], "destination")
    if to["capabilities"].get("transfers") != "active":
        raise Refused(
            "Your destination account needs to have at least one of the following capabilities enabled: transfers,"
            " crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    source = told.get("source_transaction")
    when = _source_is_available(call, source, amount, currency) if source else stripe.now
    if not source:
        refuse_beyond_balance(stripe, call.account, amount, currency)
    made = stripe.make(
        call.account,
        "transfer",
        "tr",
        **call.taken("description", "transfer_group", "source_transaction"),
        amount=amount,
        currency=currency,
        destination=to["id"],
        metadata=call.metadata(),
    )
    made["reversals"]["url"] = f"/v1/transfers/{made['id']}/reversals"
    if source and made["transfer_group"] is None:
        made["transfer_group"] = stripe.objects[source]["transfer_group"]
    made["balance_transaction"] = book(stripe, call.account, "transfer", -amount, made, available_on=when)["id"]
    came = stripe.make(
        to["id"], "charge", "py", amount=amount, amount_captured=amount, currency=currency, captured=True
    )
    came |= {"payment_method_details": {"type": "stripe_account", "stripe_account": {}}, "source_transfer": made["id"]}
    came["balance_transaction"] = book(stripe, to["id"], "payment", amount, came, available_on=when, category="charge")[
        "id"
    ]
    made["destination_payment"] = came["id"]
    stripe.emit("transfer.created", made)
    stripe.emit("payment.created", came)
    return made


@method("GET /v1/transfers", params.TransferListParams, "transfer")
def listed(call: Call) -> Obj:
    """Transfers, to an account or of a transfer group if asked."""
    asked = {name: call.params[name] for name in ("destination", "transfer_group") if name in call.params}
    found = call.stripe.all(call.account, "transfer")
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/transfers/{id}", params.TransferRetrieveParams, "transfer")
def retrieve(call: Call) -> Obj:
    """One transfer."""
    return call.own("transfer")


@method("POST /v1/transfers/{id}", params.TransferUpdateParams, "transfer")
def update(call: Call) -> Obj:
    """Say something else of a transfer."""
    kept = call.own("transfer")
    told = call.taken("description")
    return call.stripe.change(kept, "transfer.updated", **told, metadata=call.metadata(kept["metadata"]))


@method("POST /v1/transfers/{id}/reversals", params.TransferCreateReversalParams, "transfer")
def reverse(call: Call) -> Obj:
    """Take money back from the account. Refused: more than is left of the transfer, or than the account still has."""
    stripe, kept = call.stripe, call.own("transfer")
    left = kept["amount"] - kept["amount_reversed"]
    amount = int(call.params.get("amount", left))
    if left <= 0:
        raise Refused(f"Transfer {kept['id']} is already fully reversed.", code="transfer_already_reversed")
    if not 1 <= amount <= left:
        raise Refused(
            f"Reversal amount ({words(amount, kept['currency'])}) is greater than unreversed amount on transfer"
            f" ({words(left, kept['currency'])})",
            param="amount",
        )
    held = stripe.balances.get((kept["destination"], kept["currency"]), {"pending": 0})
    if amount > available(stripe, kept["destination"], kept["currency"]) + held["pending"]:
        raise Refused(
            "Insufficient funds in Stripe account. In test mode, you can add funds to your available balance"
            " (bypassing your"
            " pending balance) by creating a charge with 4000 0000 0000 0077 as the card number.",
            code="balance_insufficient",
        )
    made = stripe.make(
        call.account,
        "transfer_reversal",
        "trr",
        amount=amount,
        currency=kept["currency"],
        transfer=kept["id"],
        metadata=call.metadata(),
    )
    made["balance_transaction"] = book(
        stripe, call.account, "transfer_refund", amount, made, category="transfer_reversal"
    )["id"]
    back = stripe.make(
        kept["destination"],
        "refund",
        "pyr",
        amount=amount,
        currency=kept["currency"],
        charge=kept["destination_payment"],
        destination_details=None,
    )
    booked = book(stripe, kept["destination"], "payment_refund", -amount, back, category="refund")
    back["balance_transaction"] = booked["id"]
    made["destination_payment_refund"] = back["id"]
    kept["reversals"]["data"].insert(0, made)
    reversed_minor = kept["amount_reversed"] + amount
    stripe.change(kept, "transfer.reversed", amount_reversed=reversed_minor, reversed=reversed_minor == kept["amount"])
    return made


@method("GET /v1/transfers/{id}/reversals", params.TransferListReversalsParams, "transfer")
def reversals(call: Call) -> Obj:
    """What was taken back of a transfer."""
    kept = call.own("transfer")
    return call.page(one for one in call.stripe.all(call.account, "transfer_reversal") if one["transfer"] == kept["id"])


def _source_is_available(call: Call, source: str, amount: int, currency: str) -> int:
    stripe = call.stripe
    charged = stripe.named(call.account, "charge", source, "source_transaction")
    if charged["status"] == "failed":
        raise Refused(f"Charge {source} has failed, so it cannot be a source of transfers.", param="source_transaction")
    booked = stripe.objects.get(charged["balance_transaction"] or "", charged)
    if booked["currency"] != currency:
        raise Refused(
            f"The currency of source_transaction's balance transaction ({booked['currency']}) must be the same as the"
            " transfer"
            f" currency ({currency})",
            param="currency",
        )
    before = sum(
        one["amount"] - one["amount_reversed"]
        for one in stripe.all(call.account, "transfer")
        if one["source_transaction"] == source
    )
    if before + amount > charged["amount_captured"]:
        there = f" (There is already an existing transfer using this source, amounting to {words(before, currency)}.)"
        raise Refused(
            "Transfers using this transaction as a source must not exceed the source amount of"
            f" {words(charged['amount_captured'], currency)}.{there if before else ''}",
            param="amount",
        )
    return max(stripe.now, int(booked.get("available_on", 0)))
