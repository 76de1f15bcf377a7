"""The objects as Stripe shows them: its own examples, emptied of what only the example had."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import orjson

Obj: TypeAlias = dict[str, Any]

_EMPTIED: Final[dict[str, Obj]] = {
    "account": {"charges_enabled": False, "payouts_enabled": False, "capabilities": {}, "email": None},
    "charge": {
        "payment_method": None,
        "receipt_url": None,
        "shipping": None,
        "source": None,
        "transfer_data": None,
        "description": None,
        "balance_transaction": None,
    },
    "checkout.session": {},
    "customer": {"discount": None, "shipping": None, "address": None, "currency": None},
    "payment_intent": {
        "automatic_payment_methods": None,
        "canceled_at": None,
        "last_payment_error": None,
        "managed_payments": None,
        "next_action": None,
        "payment_method_configuration_details": None,
        "processing": None,
        "shipping": None,
        "transfer_data": None,
    },
    "payment_method": {"metadata": {}},
    "payout": {"trace_id": None, "balance_transaction": None, "reconciliation_status": "not_applicable"},
    "transfer": {"destination_payment": None},
}
"""Per kind: what its example has by chance, as a fresh object has it."""

_LEFT_OUT: Final = {"charge": ("refunds",)}
"""Lists that are shown only when expanded, since API version 2022-11-15."""


@cache
def _examples() -> dict[str, Obj]:
    found: dict[str, Obj] = orjson.loads((Path(__file__).parent / "fixtures.json").read_bytes())["resources"]
    return found


def shaped(kind: str, object_id: str, created: int, **fields: Any) -> Obj:  # noqa: ANN401 - as Stripe's objects are
    """An object of a kind: Stripe's example with these fields. A field that the example has not is a mistake here."""
    made = copy.deepcopy(_examples()[kind]) | copy.deepcopy(_EMPTIED.get(kind, {}))
    for name in _LEFT_OUT.get(kind, ()):
        made.pop(name)
    made |= {"id": object_id, "created": created} if "created" in made else {"id": object_id}
    if "livemode" in made:
        made["livemode"] = False
    if unknown := fields.keys() - made.keys():
        raise KeyError(f"Stripe's {kind} has no {sorted(unknown)}")
    return made | fields
