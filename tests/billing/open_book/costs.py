"""Actual cost over HTTP: what the tests ask, and who asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actor import Actor
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import FEBRUARY, Agreement

FILE = {"name": "february.csv", "mediaType": "text/csv", "contentBase64": "YSxiCjEsMgo="}

COST = """
id status category amount { amount currencyCode } questioned { amount } disallowed { amount } allowed { amount }
allowable allowableReason quantity description reason period { startsOn endsOn } supersedes { id }
evidence { name } questions { status questioned { amount } question answer disallowed { amount } outcome }
"""
ACTS = {
    "enterActualCost": f"actualCost {{ {COST} }}",
    "withdrawActualCost": f"actualCost {{ {COST} }}",
    "disallowActualCost": f"actualCost {{ {COST} }}",
    "questionActualCost": f"costQuestion {{ id status actualCost {{ {COST} }} }}",
    "answerCostQuestion": f"costQuestion {{ id status actualCost {{ {COST} }} }}",
    "concedeCostQuestion": f"costQuestion {{ id status actualCost {{ {COST} }} }}",
    "withdrawCostQuestion": f"costQuestion {{ id status actualCost {{ {COST} }} }}",
}


async def act(desk: Desk, actor: Actor, mutation: str, **given: object) -> dict[str, Any]:
    """Run a mutation; the object it answers with, or its refusals under `refused`."""
    type_name = mutation[0].upper() + mutation[1:] + "Input"
    text = (
        f"mutation($input: {type_name}!) {{ {mutation}(input: $input) {{ {ACTS[mutation]} "
        f"userErrors {{ code field }} }} }}"
    )
    payload = (await desk.ask(actor, text, input=given))[mutation]
    refused = payload.pop("userErrors")
    (answer,) = payload.values()
    return {"refused": [(error["code"], error["field"]) for error in refused]} if refused else answer


def cost_of(
    agreement: Agreement, key: str, spent: str, days: tuple[date, date] = FEBRUARY, **others: object
) -> dict[str, Any]:
    """The input of a direct, allowable cost of a line."""
    return {
        "contractLineId": encode("cln", agreement.id, agreement.lines[key]),
        "period": {"startsOn": str(days[0]), "endsOn": str(days[1])},
        "category": "DIRECT",
        "amount": {"amount": spent, "currencyCode": "USD"},
        "description": "Wages",
        "allowable": True,
        "evidence": [FILE],
        "reason": "Payroll of the month",
        **others,
    }


async def enter(
    desk: Desk, agreement: Agreement, key: str, spent: str, days: tuple[date, date] = FEBRUARY, **others: object
) -> dict[str, Any]:
    """Enter a cost as the vendor's owner."""
    given = cost_of(agreement, key, spent, days, **others)
    return await act(desk, agreement.market.vendor_owner, "enterActualCost", **given)
