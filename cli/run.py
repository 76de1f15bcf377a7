"""Serving from this folder, with data that stay."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from cli.children import Child, end_with_make, unwind_on_signals
from cli.listening import listen
from cli.local import environment, local_settings, say
from cli.migrating import migrate
from core.settings import Settings
from demo.seed import seed_marketplace


def run(settings: Settings) -> int:
    """Serve and work until Ctrl-C; the server's exit code. Refused with Hindrance, as `serve` and the database say."""
    unwind_on_signals()
    end_with_make()
    listen(settings).close()
    with suppress(KeyboardInterrupt), local_settings(settings, "run", keep=True) as local:
        if local.migration_database_url is not None:
            migrate(local)
        if settings.database_url is None:
            # A database of this folder's own has somebody in it: the demo's organizations, seats and catalog.
            asyncio.run(seed_marketplace(local))
        with Child("serve", environment(local)) as server, Child("worker", environment(local)):
            say(f"GraphiQL: {local.issuer}/graphql    a token: .venv/bin/chapterhouse token association.finance")
            return server.wait()
    return 0
