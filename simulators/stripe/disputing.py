"""Disputes: the payer's bank takes the money back, and gives it back or not."""

from __future__ import annotations

from typing import Final

from simulators.stripe.cards import Behaviour
from simulators.stripe.money import book
from simulators.stripe.shapes import Obj
from simulators.stripe.world import DAY, Stripe

ANSWERED_WITHIN_DAYS: Final = 9
DECIDED: Final = ("won", "lost", "warning_closed")


def dispute(stripe: Stripe, charged: Obj, behaviour: Behaviour) -> None:
    """Open a dispute of a whole charge. An inquiry takes no money; a dispute of a bank debit is lost at once."""
    card = behaviour.kind == "card"
    made = stripe.make(
        stripe.owners[charged["id"]],
        "dispute",
        "dp",
        amount=charged["amount_captured"] - charged["amount_refunded"],
        currency=charged["currency"],
        charge=charged["id"],
        payment_intent=charged["payment_intent"],
        reason=behaviour.dispute or "general",
        status="warning_needs_response" if behaviour.inquiry else "needs_response",
        is_charge_refundable=behaviour.inquiry,
        enhanced_eligibility_types=[],
    )
    made["evidence_details"]["due_by"] = stripe.now + ANSWERED_WITHIN_DAYS * DAY
    if card:
        made["payment_method_details"]["card"]["case_type"] = "inquiry" if behaviour.inquiry else "chargeback"
    else:
        made["payment_method_details"] = {"type": "us_bank_account", "us_bank_account": {}}
    stripe.change(charged, disputed=True)
    stripe.emit("charge.dispute.created", made)
    if not behaviour.inquiry:
        taken = "charge.dispute.funds_withdrawn"
        _move(stripe, made, -made["amount"], fee=stripe.costs.dispute_minor, category="dispute", event=taken)
    if not card:
        decide(stripe, made, won=False)


def decide(stripe: Stripe, made: Obj, *, won: bool) -> None:
    """Decide a dispute: what is won comes back, without the processing cost of the dispute; an inquiry is closed."""
    if made["status"] in DECIDED:
        return
    if made["status"].startswith("warning"):
        stripe.change(made, status="warning_closed")
    elif won:
        stripe.change(made, status="won")
        _move(stripe, made, made["amount"], fee=0, category="dispute_reversal", event="charge.dispute.funds_reinstated")
    else:
        stripe.change(made, status="lost")
    stripe.emit("charge.dispute.closed", made)


def _move(stripe: Stripe, made: Obj, amount: int, *, fee: int, category: str, event: str) -> None:
    booked = book(
        stripe,
        stripe.owners[made["id"]],
        "adjustment",
        amount,
        made,
        fee=fee,
        category=category,
        description=f"Chargeback {'withdrawal' if amount < 0 else 'reversal'} for {made['charge']}",
    )
    stripe.change(made, event, balance_transactions=[*made["balance_transactions"], booked])
