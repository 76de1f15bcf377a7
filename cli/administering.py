"""The demo's LMS: a double of Moodle for as long as it takes, or the one that LMS_URL and LMS_TOKEN name."""

from __future__ import annotations

import os
import socket
import time

from rich.console import Console

from cli.children import Child
from core.hindrance import Hindrance
from core.settings import Settings
from demo.administration import Lms, administer
from demo.lms_report import print_administration
from demo.office import Office
from demo.seats import token
from simulators.moodle.site import ADMIN_TOKEN
from simulators.serving import LOOPBACK

LONGEST_START_SECONDS = 60


def administer_an_lms(settings: Settings) -> None:
    """Import a roster, bill it, and print how. Refused with Hindrance: whatever is refused on the way."""
    if url := os.environ.get("LMS_URL"):
        _administer(settings, Lms(url, os.environ.get("LMS_TOKEN", ""), is_double=False))
        return
    port = _free_port()
    with Child("simulate moodle", {}, "--port", str(port)) as double:
        _await(port, double)
        _administer(settings, Lms(f"http://{LOOPBACK}:{port}", ADMIN_TOKEN, is_double=True))


def _administer(settings: Settings, lms: Lms) -> None:
    tokens: dict[str, str] = {}

    def token_of(seat: str) -> str:
        return tokens.get(seat) or tokens.setdefault(seat, token(settings, seat))

    office = Office(f"http://{settings.host}:{settings.port}/graphql", token_of)
    print_administration(Console(), office, lms, administer(office, lms))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        return int(taken.getsockname()[1])


def _await(port: int, double: Child) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while True:
        try:
            with socket.create_connection((LOOPBACK, port), timeout=5):
                return
        except OSError:
            if double.ended or time.monotonic() > give_up_at:
                raise Hindrance("the double of Moodle did not start: its own lines above say why") from None
            time.sleep(0.05)
