"""Doubles of outside systems, served for whoever wants to try Chapterhouse against them."""

from __future__ import annotations

import sys

from simulators.moodle.serving import serve as serve_moodle
from simulators.moodle.site import ADMIN_TOKEN, Site
from simulators.serving import LOOPBACK
from simulators.stripe.serving import serve as serve_stripe
from simulators.stripe.world import SECRET_KEY, Stripe


def moodle(*, port: int, door: str | None) -> None:
    """Serve a Moodle with an administrator alone, until it is stopped."""
    _say(f"A double of Moodle at http://{LOOPBACK}:{port}, its administrator's token {ADMIN_TOKEN}")
    serve_moodle(Site(), port=port, door_path=door)


def stripe(*, port: int, door: str | None, webhook: str | None, webhook_secret: str | None) -> None:
    """Serve a Stripe account that nothing has happened in, until it is stopped."""
    account = Stripe()
    said = f"A double of Stripe at http://{LOOPBACK}:{port}, its secret key {SECRET_KEY}"
    if webhook is not None:
        told = account.listen(webhook, secret=webhook_secret)
        account.listen(webhook, connect=True, secret=told["secret"])
        said += f", events to {webhook} signed with {told['secret']}"
    _say(said)
    serve_stripe(account, port=port, door_path=door)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
