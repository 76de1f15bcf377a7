"""Disputes: answered with evidence, or conceded."""

from __future__ import annotations

from stripe import params

from simulators.stripe import disputing
from simulators.stripe.calling import Call, method
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj


@method("GET /v1/disputes", params.DisputeListParams, "dispute")
def listed(call: Call) -> Obj:
    """Disputes, of a charge or PaymentIntent if asked."""
    asked = {name: call.params[name] for name in ("charge", "payment_intent") if name in call.params}
    found = call.stripe.all(call.account, "dispute")
    return call.page(one for one in found if all(one[name] == value for name, value in asked.items()))


@method("GET /v1/disputes/{id}", params.DisputeRetrieveParams, "dispute")
def retrieve(call: Call) -> Obj:
    """One dispute."""
    return call.own("dispute")


@method("POST /v1/disputes/{id}", params.DisputeUpdateParams, "dispute")
def update(call: Call) -> Obj:
    """Bring evidence, and submit it unless told otherwise; `winning_evidence` or `losing_evidence` decides at once."""
    kept, told, stripe = call.own("dispute"), call.params, call.stripe
    if kept["status"] in disputing.DECIDED:
        raise Refused("This dispute is already closed.")
    evidence = told.get("evidence", {})
    kept["evidence"] |= evidence
    kept["metadata"] = call.metadata(kept["metadata"])
    if not evidence:
        return kept
    kept["evidence_details"]["has_evidence"] = True
    if told.get("submit", True):
        kept["evidence_details"]["submission_count"] += 1
        stripe.change(
            kept,
            "charge.dispute.updated",
            status="warning_under_review" if kept["status"].startswith("warning") else "under_review",
        )
        words = evidence.get("uncategorized_text")
        if words in {"winning_evidence", "losing_evidence"}:
            stripe.later(0, lambda: disputing.decide(stripe, kept, won=words == "winning_evidence"))
    return kept


@method("POST /v1/disputes/{id}/close", params.DisputeCloseParams, "dispute")
def close(call: Call) -> Obj:
    """Concede: the dispute is lost."""
    kept = call.own("dispute")
    if kept["status"] in disputing.DECIDED:
        raise Refused("This dispute is already closed.")
    disputing.decide(call.stripe, kept, won=False)
    return kept
