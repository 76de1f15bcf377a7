"""Gainshare over HTTP: what the tests ask, and who asks."""

from __future__ import annotations

from typing import Any

from core.actor import Actor
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import Agreement, Market

AGREED = """gainshareAgreement { id status associationGainPercent associationPainPercent neutralPercent effectiveFrom
  reason proposedBy { name } answerReason answeredBy { name } }"""
SHARE = """gainshare { id status period { startsOn endsOn }
  targetCost { amount } actualCost { amount } variance { amount }
  associationShare { amount } vendorShare { amount } agreement { id } reason closedBy { name }
  creditNotes { id number reasonCode subtotal { amount } invoice { id } }
  debitNote { id kind subtotal { amount } lines { description } } }"""
ANSWERS = {"proposeGainshare": AGREED, "answerGainshare": AGREED, "closeGainshare": SHARE}

GAINED, PAINED, NEUTRAL = "60.00", "40.00", "2.00"


def signatory(market: Market, party: str) -> Actor:
    """Somebody who signs for a party."""
    return market.member(party, market.association if party == "ASSOCIATION" else market.vendor, "SIGNATORY")


async def ask(desk: Desk, actor: Actor, mutation: str, **given: object) -> dict[str, Any]:
    """Run a mutation; the object it answers with, or its refusals under `refused`."""
    type_name = mutation[0].upper() + mutation[1:] + "Input"
    text = (
        f"mutation($input: {type_name}!) {{ {mutation}(input: $input) {{ {ANSWERS[mutation]} "
        f"userErrors {{ code field message }} }} }}"
    )
    payload = (await desk.ask(actor, text, input=given))[mutation]
    refused = payload.pop("userErrors")
    (answer,) = payload.values()
    return {"refused": [(error["code"], error["field"]) for error in refused], "why": refused} if refused else answer


def proposal(agreement: Agreement, **others: object) -> dict[str, Any]:
    """The input of a proposal."""
    return {
        "contractId": encode("con", agreement.id), "associationGainPercent": GAINED, "associationPainPercent": PAINED,
        "neutralPercent": NEUTRAL, "effectiveFrom": "2026-01-01", "reason": "Both save", **others,
    }  # fmt: skip


async def agree(desk: Desk, agreement: Agreement, **others: object) -> str:
    """Have the vendor propose and the association accept; returns the agreement's id."""
    market = agreement.market
    proposed = await ask(desk, signatory(market, "VENDOR"), "proposeGainshare", **proposal(agreement, **others))
    given = {"gainshareAgreementId": proposed["id"], "answer": "ACCEPT", "reason": "Fair"}
    answered = await ask(desk, signatory(market, "ASSOCIATION"), "answerGainshare", **given)
    assert answered["status"] == "AGREED", answered
    return str(answered["id"])


def closing(agreement: Agreement, starts_on: str = "2026-02-01", ends_on: str = "2026-02-28") -> dict[str, Any]:
    """The input of a closing."""
    period = {"startsOn": starts_on, "endsOn": ends_on}
    return {"contractId": encode("con", agreement.id), "period": period, "reason": "Month end"}


async def written(agreement: Agreement) -> list[dict[str, Any]]:
    """All that sharing may write of a contract."""
    return await agreement.market.all(
        """select 'agreement' as what, id, status from gainshare_agreement where contract_id = $1
        union all select 'share', id, status from gainshare where contract_id = $1
        union all select 'note', id, status from credit_note where contract_id = $1
        union all select 'invoice', id, status || paid_minor || credited_minor from invoice where contract_id = $1
        union all select 'entry', id, kind from journal_entry where contract_id = $1
        union all select 'event', id, type from audit_event where contract_id = $1
        union all select 'cost', id, status from actual_cost where contract_id = $1
        order by 1, 2""",
        agreement.id,
    )
