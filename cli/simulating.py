"""Doubles of outside systems, served for whoever wants to try Chapterhouse against them."""

from __future__ import annotations

import sys

from simulators.moodle.serving import LOOPBACK, serve
from simulators.moodle.site import ADMIN_TOKEN, Site


def moodle(*, port: int, door: str | None) -> None:
    """Serve a Moodle with an administrator alone, until it is stopped."""
    sys.stdout.write(f"A double of Moodle at http://{LOOPBACK}:{port}, its administrator's token {ADMIN_TOKEN}\n")
    sys.stdout.flush()
    serve(Site(), port=port, door_path=door)
