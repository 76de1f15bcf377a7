"""Charges: payments as they were made; read here, and made by confirming a PaymentIntent."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.shapes import Obj


@method("GET /v1/charges", params.ChargeListParams, "charge")
def listed(call: Call) -> Obj:
    """Charges, of a customer, PaymentIntent or transfer group if asked."""
    asked = {
        name: call.params[name] for name in ("customer", "payment_intent", "transfer_group") if name in call.params
    }
    found = call.stripe.all(call.account, "charge")
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/charges/{id}", params.ChargeRetrieveParams, "charge")
def retrieve(call: Call) -> Obj:
    """One charge."""
    return call.own("charge")


@method("POST /v1/charges/{id}", params.ChargeUpdateParams, "charge")
def update(call: Call) -> Obj:
    """Say something else of a charge."""
    kept = call.own("charge")
    told = call.taken("description", "receipt_email", "transfer_group")
    return call.stripe.change(kept, "charge.updated", **told, metadata=call.metadata(kept["metadata"]))
