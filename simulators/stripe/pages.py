"""The pages that people see: to show who they are, to pay, and for a vendor to be taken in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.stripe.confirming import authenticate as go_on
from simulators.stripe.refusals import Refused
from simulators.stripe.world import Stripe


def pages(stripe: Stripe) -> list[Route]:
    """The routes of the pages."""

    async def authenticate(request: Request) -> Response:
        """GET shows the question; POST `passes=true|false` answers it, and leads back to where the payer came from."""
        intent = stripe.objects.get(request.path_params["id"])
        if intent is None or intent["status"] != "requires_action":
            return HTMLResponse("<h1>There is nothing to authenticate</h1>", 404)
        if request.method == "GET":
            return HTMLResponse(
                page(
                    "Is it you?",
                    '<button name="passes" value="true">Yes</button><button name="passes" value="false">No</button>',
                )
            )
        form = await request.form()
        back = stripe.hidden[intent["id"]]["return_url"]
        try:
            go_on(stripe, intent, passes=form.get("passes") == "true")
        except Refused:
            stripe.catch_up()
        stripe.catch_up()
        if back is None:
            return HTMLResponse("<h1>Thank you</h1>")
        return RedirectResponse(f"{back}{'&' if '?' in back else '?'}payment_intent={intent['id']}", 303)

    return [Route("/pages/authenticate/{id}", authenticate, methods=["GET", "POST"])]


def page(title: str, form: str) -> str:
    """A page with one form."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1>'
        f'<p>A double of Stripe: no money moves.</p><form method="post">{form}</form></body></html>'
    )
