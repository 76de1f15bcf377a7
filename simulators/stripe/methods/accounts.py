"""Connected accounts: vendors, taken in on a page, who are then sent money and paid out."""

from __future__ import annotations

import copy
from typing import Final

from stripe import params

from simulators.stripe.calling import Call, method
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj, shaped
from simulators.stripe.world import PLATFORM, Stripe

LINK_LASTS_SECONDS: Final = 300
_TOLD: Final = ("business_type", "default_currency", "email")


@method("POST /v1/accounts", params.AccountCreateParams, "account")
def create(call: Call) -> Obj:
    """An account that is not taken in yet: it can do nothing."""
    stripe, told = call.stripe, call.params
    country = told.get("country", "US")
    made = stripe.make(
        PLATFORM,
        "account",
        "acct",
        **call.taken(*_TOLD),
        type=told.get("type", "none" if "controller" in told else "standard"),
        country=country,
        capabilities={name: "inactive" for name, one in told.get("capabilities", {}).items() if one.get("requested")},
        metadata=call.metadata(),
    )
    made["controller"] = {"type": "application", "is_controller": True} | told.get("controller", {})
    made["business_profile"] |= told.get("business_profile", {})
    made["external_accounts"]["url"] = f"/v1/accounts/{made['id']}/external_accounts"
    schedule = told.get("settings", {}).get("payouts", {}).get("schedule", {})
    made["settings"]["payouts"]["schedule"] |= schedule
    stripe.hidden[made["id"]] = {"links": {}, "fails": None}
    return made


@method("GET /v1/accounts", params.AccountListParams, "account")
def listed(call: Call) -> Obj:
    """The connected accounts."""
    return call.page(one for one in call.stripe.all(PLATFORM, "account") if one["id"] != PLATFORM)


@method("GET /v1/account", params.AccountRetrieveCurrentParams, "account")
def current(call: Call) -> Obj:
    """The account that asks."""
    return call.stripe.objects[call.account]


@method("GET /v1/accounts/{id}", params.AccountRetrieveParams, "account")
def retrieve(call: Call) -> Obj:
    """One account."""
    return _account(call)


@method("POST /v1/accounts/{id}", params.AccountUpdateParams, "account")
def update(call: Call) -> Obj:
    """Say something else of an account, or ask for more capabilities."""
    kept, told = _account(call), call.params
    asked = {name: "inactive" for name, one in told.get("capabilities", {}).items() if one.get("requested")}
    if kept["details_submitted"]:
        asked = dict.fromkeys(asked, "active")
    kept["settings"]["payouts"]["schedule"] |= told.get("settings", {}).get("payouts", {}).get("schedule", {})
    kept["business_profile"] |= told.get("business_profile", {})
    return call.stripe.change(
        kept,
        "account.updated",
        **call.taken(*_TOLD),
        capabilities=asked | kept["capabilities"],
        metadata=call.metadata(kept["metadata"]),
    )


@method("GET /v1/accounts/{id}/capabilities", params.AccountListCapabilitiesParams, "account")
def capabilities(call: Call) -> Obj:
    """What an account may be used for."""
    kept = _account(call)
    found = [
        shaped("capability", name, 0, account=kept["id"], status=status)
        for name, status in kept["capabilities"].items()
    ]
    return {"object": "list", "url": call.url, "has_more": False, "data": found}


@method("POST /v1/account_links", params.AccountLinkCreateParams, "account")
def link(call: Call) -> Obj:
    """A page on which a vendor is taken in; it can be opened once, and for five minutes."""
    stripe, told = call.stripe, call.params
    kept = stripe.named(PLATFORM, "account", told["account"], "account")
    for name in ("refresh_url", "return_url"):
        if name not in told:
            raise Refused(f"Missing required param: {name}.", code="parameter_missing", param=name)
    token = stripe.fresh_id("link")[5:]
    until = stripe.now + LINK_LASTS_SECONDS
    stripe.hidden[kept["id"]]["links"][token] = {
        "until": until,
        "return_url": told["return_url"],
        "refresh_url": told["refresh_url"],
    }
    url = f"{stripe.base_url}/pages/onboarding/{kept['id']}/{token}"
    made = shaped("account_link", "", stripe.now, expires_at=until, url=url)
    return {name: value for name, value in made.items() if name != "id"}


def take_in(stripe: Stripe, kept: Obj, number: str, why_fails: str | None) -> None:
    """A vendor has said everything, and to which bank account they are paid out."""
    bank = stripe.make(
        kept["id"],
        "bank_account",
        "ba",
        last4=number[-4:],
        currency=kept["default_currency"],
        status="new",
        metadata={},
    )
    bank |= {"account": kept["id"], "default_for_currency": True, "routing_number": "110000000"}
    stripe.hidden[kept["id"]]["fails"] = why_fails
    requirements = copy.deepcopy(kept["requirements"])
    requirements |= {"currently_due": [], "eventually_due": [], "past_due": [], "disabled_reason": None}
    stripe.change(
        kept,
        details_submitted=True,
        charges_enabled=True,
        payouts_enabled=True,
        requirements=requirements,
        capabilities=dict.fromkeys(kept["capabilities"], "active"),
        external_accounts=kept["external_accounts"] | {"data": [bank]},
    )
    tell(stripe, kept, "account.updated")


def tell(stripe: Stripe, kept: Obj, kind: str) -> None:
    """Record an event of an account as its own, so that it goes to endpoints for connected accounts."""
    stripe.owners[kept["id"]] = kept["id"]
    try:
        stripe.emit(kind, kept)
    finally:
        stripe.owners[kept["id"]] = PLATFORM


def _account(call: Call) -> Obj:
    if call.id == PLATFORM or (call.stripe.objects.get(call.id, {}).get("object") == "account"):
        return call.stripe.objects[call.id]
    raise Refused(
        f"The provided key does not have access to account '{call.id}' (or that account does not exist). Application"
        " access"
        " may have been revoked.",
        code="account_invalid",
        status=403,
    )
