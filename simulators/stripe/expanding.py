"""`expand[]`: an object in the place of its id."""

from __future__ import annotations

import copy
from typing import Any, Final

from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import Stripe

DEEPEST: Final = 4


def expanded(stripe: Stripe, shown: Obj, paths: list[str]) -> Obj:
    """A copy with the objects that `paths` name, such as `latest_charge.balance_transaction` or `data.source`."""
    made = copy.deepcopy(shown)
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise Refused(f"You cannot expand more than {DEEPEST} levels of a property (got {path}).", param="expand")
        _expand(stripe, made, steps, path)
    return made


def _expand(stripe: Stripe, within: Any, steps: list[str], path: str) -> None:  # noqa: ANN401 - an object or a list of them
    if isinstance(within, list):
        for one in within:
            _expand(stripe, one, steps, path)
        return
    if not steps or within is None:
        return
    step, *rest = steps
    if step == "refunds" and within.get("object") == "charge":
        found = [one for one in stripe.all(stripe.owners[within["id"]], "refund") if one["charge"] == within["id"]]
        url = f"/v1/charges/{within['id']}/refunds"
        within["refunds"] = {"object": "list", "url": url, "has_more": False, "data": copy.deepcopy(found)}
    if step not in within:
        raise Refused(f"This property cannot be expanded ({path}).", param="expand")
    value = within[step]
    if isinstance(value, str):
        if value not in stripe.objects:
            raise Refused(f"This property cannot be expanded ({path}).", param="expand")
        within[step] = copy.deepcopy(stripe.objects[value])
    _expand(stripe, within[step], rest, path)
