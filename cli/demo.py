"""The demo: a marketplace from nothing, the journey through it, the report, and the server left running."""

from __future__ import annotations

import asyncio
import json
import shlex
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from rich.console import Console

from cli.administering import administer_an_lms
from cli.children import Child, end_with_make, unwind_on_signals
from cli.listening import listen
from cli.local import environment, local_settings, say
from cli.migrating import migrate
from cli.paying import pay_an_invoice, stripe_for
from core.hindrance import Hindrance
from core.settings import Settings
from demo.report import Journey, print_report
from demo.seats import SEATS, token
from demo.seed import seed_marketplace

JOURNEY = Path(__file__).parents[1] / "tests" / "journeys"
LONGEST_START_SECONDS = 60
INTERRUPTED = 130


def demo(settings: Settings, *, once: bool) -> int:
    """Play the journey against a server of its own; 0 only if all of it was as expected.

    Refused with Hindrance: a taken port, a database that cannot be used.
    """
    unwind_on_signals()
    end_with_make()
    listen(settings).close()
    try:
        say("PostgreSQL, migrations, seats …")
        if "log_level" not in settings.model_fields_set:
            # Ordinary log lines would drown the journey and its report.
            settings = settings.model_copy(update={"log_level": "warning"})
        # The double of an LMS that the demo brings is on this very machine.
        settings = settings.model_copy(update={"allow_loopback_lms": True})
        with local_settings(settings, "demo", keep=False) as local:
            migrate(local)
            asyncio.run(seed_marketplace(local))
            with stripe_for(local) as paid, Child("serve", environment(paid)) as server:
                _await_readiness(paid, server)
                journey = _play(paid)
                if journey is None:
                    return 1
                with Child("worker", environment(paid)):
                    administer_an_lms(paid)
                    pay_an_invoice(paid, journey)
                    if once:
                        return 0
                    _say_where(paid)
                    return server.wait()
    except KeyboardInterrupt:
        return INTERRUPTED


def _await_readiness(settings: Settings, server: Child) -> None:
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://{settings.host}:{settings.port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if server.ended or time.monotonic() > give_up_at:
                raise Hindrance("the server did not become ready: its own lines above say why") from None
            time.sleep(0.05)


def _play(settings: Settings) -> Journey | None:
    url = f"http://{settings.host}:{settings.port}/graphql"
    with tempfile.TemporaryDirectory() as folder:
        # Ten processes that each sign one token would take longer than the journey.
        for seat in SEATS:
            (Path(folder) / seat).write_text(token(settings, seat))
        captured = Path(folder) / "captured.json"
        tokens = f"cat {shlex.quote(folder)}/{{seat}}"
        play = [sys.executable, str(JOURNEY / "play.py"), "--url", url, "--token-command", tokens]
        if subprocess.run([*play, "--captured", str(captured)], check=False).returncode:
            return None
        names = json.loads(captured.read_text())
    journey = Journey(url=url, contract_id=names["contract"], invoice_id=names["invoice"])
    print_report(Console(), journey, token=lambda seat: token(settings, seat))
    return journey


def _say_where(settings: Settings) -> None:
    console = Console(soft_wrap=True)
    console.print(f"\nGraphiQL   [bold]{settings.issuer}/graphql[/]")
    console.print("a token    [bold].venv/bin/chapterhouse token association.finance[/]   (or another seat)")
    console.print("stop       Ctrl-C; the demo's data go with it\n", highlight=False)
