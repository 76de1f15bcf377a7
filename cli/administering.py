"""The demo's LMS: a double of Moodle for as long as it takes, or the one that LMS_URL and LMS_TOKEN name."""

from __future__ import annotations

import os

from rich.console import Console

from cli.children import Child
from cli.doubles import await_double, free_port
from core.settings import Settings
from demo.administration import Lms, administer
from demo.lms_report import print_administration
from demo.office import office_of
from simulators.moodle.site import ADMIN_TOKEN
from simulators.serving import LOOPBACK


def administer_an_lms(settings: Settings) -> None:
    """Import a roster, bill it, and print how. Refused with Hindrance: whatever is refused on the way."""
    if url := os.environ.get("LMS_URL"):
        _administer(settings, Lms(url, os.environ.get("LMS_TOKEN", ""), is_double=False))
        return
    port = free_port()
    with Child("simulate moodle", {}, "--port", str(port)) as double:
        await_double(port, double, of="Moodle")
        _administer(settings, Lms(f"http://{LOOPBACK}:{port}", ADMIN_TOKEN, is_double=True))


def _administer(settings: Settings, lms: Lms) -> None:
    office = office_of(settings)
    print_administration(Console(), office, lms, administer(office, lms))
