"""`POST /webhooks/stripe`: what Stripe tells is verified, kept once and answered; a job works it off."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.bodies import BodyTooLarge, bounded
from core.actor import ANONYMOUS
from core.db import Database
from core.settings import Settings
from services.billing.payments.inbox import take_in
from services.billing.payments.looking import event_seen

LARGEST_BYTES: Final = 256 * 1024
SECONDS: Final = 5.0
TOLERANCE: Final = 300
"""Seconds, either way: a message of the past may be a replay, and one of the future a hoard for later."""
MOST_SIGNATURES: Final = 10

log = structlog.get_logger(__name__)


class Unsigned(Exception):
    """The message is not Stripe's, or not of these minutes."""


def webhook_routes(
    settings: Settings, database: Database, *, clock: Callable[[], float] = time.time
) -> list[BaseRoute]:
    """The route to which Stripe sends, for the application; without a signing secret nothing is taken."""
    told = settings.stripe_webhook_secrets.get_secret_value()
    secrets = [secret.strip().encode() for secret in told.split(",") if secret.strip()]

    async def receive(request: Request) -> Response:
        try:
            async with asyncio.timeout(SECONDS):
                body = await Request(request.scope, bounded(request.receive, LARGEST_BYTES)).body()
            verify(body, request.headers.get("stripe-signature", ""), secrets, now=clock())
            event = event_seen(orjson.loads(body))
        except BodyTooLarge:
            return PlainTextResponse("too large\n", 413)
        except TimeoutError:
            return PlainTextResponse("too slow\n", 408)
        except Unsigned as error:
            log.warning("a message to the webhook is refused", why=str(error))
            return PlainTextResponse("not signed\n", 400)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return PlainTextResponse("no event\n", 400)
        now = datetime.now(UTC)
        await database.write(
            ANONYMOUS, lambda tx: take_in(tx, [event], now=now), now=now, request_id=f"stripe {event.id}"
        )
        return PlainTextResponse("kept\n")

    return [Route("/webhooks/stripe", receive, methods=["POST"])]


def verify(body: bytes, header: str, secrets: list[bytes], *, now: float) -> None:
    """Raise Unsigned unless one of the secrets has signed the body, within five minutes of now.

    The header is `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hexadecimal>`, with a signature for each secret
    that is in use while one takes the place of another.
    """
    parts = list(_parts(header))
    times = [value for name, value in parts if name == "t"]
    signatures = [value for name, value in parts if name == "v1"][:MOST_SIGNATURES]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) <= 12):  # noqa: PLR2004  (31,000 years)
        raise Unsigned("it says not when it was sent")
    if abs(now - int(times[0])) > TOLERANCE:
        raise Unsigned(f"it says that it was sent {now - int(times[0]):.0f} seconds ago")
    for secret in secrets:
        right = hmac.new(secret, times[0].encode() + b"." + body, sha256).hexdigest()
        if any(hmac.compare_digest(right.encode(), given.encode()) for given in signatures):
            return
    raise Unsigned("no signature is right")


def _parts(header: str) -> Iterator[tuple[str, str]]:
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        yield name, value
