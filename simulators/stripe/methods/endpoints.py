"""Webhook endpoints: who is told of events."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.shapes import Obj


@method("POST /v1/webhook_endpoints", params.WebhookEndpointCreateParams, "webhook")
def create(call: Call) -> Obj:
    """An endpoint; only this answer holds its secret."""
    told = call.params
    made = call.stripe.listen(told["url"], events=told["enabled_events"], connect=told.get("connect", False))
    kept = call.stripe.objects[made["id"]]
    kept |= call.taken("api_version", "description") | {"metadata": call.metadata()}
    return kept | {"secret": made["secret"]}


@method("GET /v1/webhook_endpoints", params.WebhookEndpointListParams, "webhook")
def listed(call: Call) -> Obj:
    """The endpoints."""
    return call.page(call.stripe.all(call.account, "webhook_endpoint"))


@method("GET /v1/webhook_endpoints/{id}", params.WebhookEndpointRetrieveParams, "webhook")
def retrieve(call: Call) -> Obj:
    """One endpoint."""
    return call.own("webhook_endpoint")


@method("POST /v1/webhook_endpoints/{id}", params.WebhookEndpointUpdateParams, "webhook")
def update(call: Call) -> Obj:
    """Say something else of an endpoint, or switch it off."""
    kept = call.own("webhook_endpoint")
    kept |= call.taken("description", "enabled_events", "url") | {"metadata": call.metadata(kept["metadata"])}
    if "disabled" in call.params:
        kept["status"] = "disabled" if call.params["disabled"] else "enabled"
    return kept


@method("DELETE /v1/webhook_endpoints/{id}", params.WebhookEndpointDeleteParams, "webhook")
def delete(call: Call) -> Obj:
    """Tell an endpoint of nothing any more."""
    kept = call.own("webhook_endpoint")
    del call.stripe.objects[kept["id"]]
    return {"id": kept["id"], "object": "webhook_endpoint", "deleted": True}
