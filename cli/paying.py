"""The demo's Stripe: a double for as long as the demo serves, or none where a key of Stripe's is set."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator

from pydantic import SecretStr
from rich.console import Console

from cli.children import Child
from cli.doubles import await_double, free_port
from core.settings import Settings
from demo.office import office_of
from demo.payment import pay
from demo.payment_report import print_payment
from demo.report import Journey
from simulators.serving import LOOPBACK
from simulators.stripe.world import SECRET_KEY


@contextlib.contextmanager
def stripe_for(settings: Settings) -> Iterator[Settings]:
    """The settings with which payments go to a double around the block; as they are where a key is set already."""
    if settings.stripe_secret_key.get_secret_value():
        yield settings
        return
    port, secret = free_port(), f"whsec_{secrets.token_hex(16)}"
    webhook = f"http://{settings.host}:{settings.port}/webhooks/stripe"
    arguments = ("--port", str(port), "--webhook", webhook, "--webhook-secret", secret)
    with Child("simulate stripe", {}, *arguments) as double:
        await_double(port, double, of="Stripe")
        yield settings.model_copy(
            update={
                "stripe_secret_key": SecretStr(SECRET_KEY),
                "stripe_webhook_secrets": SecretStr(secret),
                "stripe_api_base": f"http://{LOOPBACK}:{port}",
                "allow_loopback_stripe": True,
                "payment_return_url": settings.issuer,
            }
        )


def pay_an_invoice(settings: Settings, journey: Journey) -> None:
    """Pay the journey's invoice and its vendor, and print how; nothing where Stripe is no double.

    Refused with Hindrance: whatever is refused on the way.
    """
    if settings.allow_loopback_stripe:
        office = office_of(settings)
        print_payment(Console(), office, pay(office, contract_id=journey.contract_id, invoice_id=journey.invoice_id))
