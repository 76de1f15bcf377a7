"""The pages that people see: to show who they are, to pay, and for a vendor to be taken in."""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.stripe.cards import BANK_NUMBERS, TOKENS
from simulators.stripe.confirming import authenticate
from simulators.stripe.forms import nested
from simulators.stripe.methods.accounts import take_in
from simulators.stripe.methods.checkouts import finish, pay
from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import Stripe

_GONE: Final = 404
_DECLINED: Final = 402


def pages(stripe: Stripe) -> list[Route]:  # noqa: C901 - three small routes
    """The routes of the pages."""

    async def authentication(request: Request) -> Response:
        """GET shows the question; POST `passes=true|false` answers it, and leads back to where the payer came from."""
        intent = stripe.objects.get(request.path_params["id"])
        if intent is None or intent["status"] != "requires_action":
            return _page("There is nothing to authenticate", status=_GONE)
        if request.method == "GET":
            return _page("Is it you?", _button("passes", "true", "Yes") + _button("passes", "false", "No"))
        passes = nested(await request.body()).get("passes") == "true"
        try:
            authenticate(stripe, intent, passes=passes)
            finish(stripe, intent)
        except Refused as refused:
            return _page(str(refused), status=_DECLINED)
        finally:
            stripe.catch_up()
        back = stripe.hidden[intent["id"]]["return_url"]
        return _back(back, intent) if back else _page("Thank you")

    async def checkout(request: Request) -> Response:
        """GET shows what is to be paid; POST `payment_method=pm_card_visa` pays it, and leads to the success URL."""
        stripe.catch_up()
        kept = stripe.objects.get(request.path_params["id"])
        if kept is None or kept["object"] != "checkout.session" or kept["status"] != "open":
            return _page("There is nothing to pay", status=_GONE)
        if request.method == "GET":
            lines = stripe.hidden[kept["id"]]["lines"]
            told = ", ".join(f"{line['description']}: {line['amount_total']}" for line in lines)
            shown = [name for name, one in TOKENS.items() if one.kind in kept["payment_method_types"]]
            options = "".join(f"<option>{name}</option>" for name in shown)
            choice = f'<label>Pay by <select name="payment_method">{options}</select></label>'
            return _page(f"{told} {kept['currency']} (minor units)", choice + "<button>Pay</button>")
        try:
            pay(stripe, kept, nested(await request.body()).get("payment_method", "pm_card_visa"))
        except Refused as refused:
            return _page(str(refused), status=_DECLINED)
        finally:
            stripe.catch_up()
        if kept["status"] == "open":
            action = stripe.objects[kept["payment_intent"]]["next_action"]
            return RedirectResponse(action["redirect_to_url"]["url"], 303)
        return RedirectResponse(kept["success_url"].replace("{CHECKOUT_SESSION_ID}", kept["id"]), 303)

    async def onboarding(request: Request) -> Response:
        """GET shows the form; POST `account_number` completes it. A link that was used or is old leads elsewhere."""
        kept = stripe.objects.get(request.path_params["id"], {})
        link = stripe.hidden.get(kept.get("id", ""), {}).get("links", {}).get(request.path_params["token"])
        if link is None:
            return _page("There is no such link", status=_GONE)
        if link.get("used") or link["until"] < stripe.now:
            return RedirectResponse(link["refresh_url"], 303)
        if request.method == "GET":
            options = "".join(f"<option>{number}</option>" for number in BANK_NUMBERS)
            choice = f'<label>Pay out to <select name="account_number">{options}</select></label>'
            return _page(f"Tell us about {kept['email'] or kept['id']}", choice + "<button>Submit</button>")
        number = nested(await request.body()).get("account_number", "000123456789")
        if number not in BANK_NUMBERS:
            return _page("That is no test bank account", status=400)
        link["used"] = True
        take_in(stripe, kept, number, BANK_NUMBERS[number])
        return RedirectResponse(link["return_url"], 303)

    both = ["GET", "POST"]
    return [
        Route("/pages/authenticate/{id}", authentication, methods=both),
        Route("/pages/pay/{id}", checkout, methods=both),
        Route("/pages/onboarding/{id}/{token}", onboarding, methods=both),
    ]


def _back(url: str, intent: Obj) -> Response:
    return RedirectResponse(f"{url}{'&' if '?' in url else '?'}payment_intent={intent['id']}", 303)


def _button(name: str, value: str, says: str) -> str:
    return f'<button name="{name}" value="{value}">{says}</button>'


def _page(title: str, form: str = "", *, status: int = 200) -> HTMLResponse:
    said = escape(title)
    return HTMLResponse(
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{said}</title></head><body><h1>{said}</h1>'
        f'<p>A double of Stripe: no money moves.</p><form method="post">{form}</form></body></html>',
        status,
    )
