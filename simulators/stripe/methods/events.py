"""Events: what happened, to be asked for by whoever missed it."""

from __future__ import annotations

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.shapes import Obj


@method("GET /v1/events", params.EventListParams, "event")
def listed(call: Call) -> Obj:
    """Events, the newest first; by type, by several, or by whether their delivery is done."""
    told = call.params
    types = set(told.get("types", ())) | ({told["type"]} if "type" in told else set())
    found = call.stripe.all(call.account, "event")
    delivered = told.get("delivery_success")
    return call.page(
        one
        for one in found
        if (not types or one["type"] in types or _is_under(one["type"], types))
        and delivered in {None, not one["pending_webhooks"]}
    )


@method("GET /v1/events/{id}", params.EventRetrieveParams, "event")
def retrieve(call: Call) -> Obj:
    """One event."""
    return call.own("event")


def _is_under(kind: str, types: set[str]) -> bool:
    """Whether a type is under one that was asked for with an asterisk, such as `charge.*`."""
    return any(one.endswith(".*") and kind.startswith(one[:-1]) for one in types)
