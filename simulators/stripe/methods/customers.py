"""Customers: who pays."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.shapes import Obj

_TOLD = ("address", "description", "email", "name", "phone", "shipping", "tax_exempt", "preferred_locales")


@method("POST /v1/customers", params.CustomerCreateParams, "customer")
def create(call: Call) -> Obj:
    """A customer."""
    made = call.stripe.make(call.account, "customer", "cus", **call.taken(*_TOLD), metadata=call.metadata())
    call.stripe.emit("customer.created", made)
    return made


@method("GET /v1/customers", params.CustomerListParams, "customer")
def listed(call: Call) -> Obj:
    """Customers, by e-mail if asked."""
    asked = call.params.get("email")
    found = call.stripe.all(call.account, "customer")
    return call.page(one for one in found if not one.get("deleted") and asked in {None, one["email"]})


@method("GET /v1/customers/{id}", params.CustomerRetrieveParams, "customer")
def retrieve(call: Call) -> Obj:
    """One customer; of a deleted one, that it was."""
    return call.own("customer")


@method("POST /v1/customers/{id}", params.CustomerUpdateParams, "customer")
def update(call: Call) -> Obj:
    """Say something else of a customer."""
    kept = call.own("customer")
    return call.stripe.change(kept, "customer.updated", **call.taken(*_TOLD), metadata=call.metadata(kept["metadata"]))


@method("DELETE /v1/customers/{id}", params.CustomerDeleteParams, "customer")
def delete(call: Call) -> Obj:
    """Delete a customer; their payments stay."""
    kept = call.own("customer")
    call.stripe.emit("customer.deleted", kept)
    gone: Obj = {"id": kept["id"], "object": "customer", "deleted": True}
    call.stripe.objects[kept["id"]] = gone
    return gone


@method("GET /v1/customers/{id}/payment_methods", params.CustomerListPaymentMethodsParams, "payment_method")
def payment_methods(call: Call) -> Obj:
    """What a customer can pay by."""
    kept, asked = call.own("customer", "customer"), call.params.get("type")
    found = call.stripe.all(call.account, "payment_method")
    return call.page(one for one in found if one["customer"] == kept["id"] and asked in {None, one["type"]})
