"""A worker at a billing run, killed as by `kill -9` before the n-th statement; begin and commit are statements.

It reads lines from its standard input and for each one forks, and sets to work, a process that is to die there: so
nothing is imported twice. A line is JSON: the run, and how many statements may run. It answers with KILLED, or with
STOPPED when the run came to its end before.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from uuid import UUID

import orjson
from sqlalchemy import event
from sqlalchemy.engine import Engine

from core.db import Database
from core.sealing import master_keys
from core.settings import Settings
from services.delivery.blobs import LocalFolder
from tests.billing.market import NOW
from worker.billing_runs import run_billing
from worker.means import About, Means


def main() -> None:
    """Work as each line says, in a child."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asked = orjson.loads(line)
            _die_after(asked["statements"])
            asyncio.run(_work(UUID(asked["run"])))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write("KILLED\n" if killed else "STOPPED\n" if status == 0 else f"FAILED {status}\n")
        sys.stdout.flush()


def _die_after(statements: int) -> None:
    left = statements

    def count(*_: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    for moment in ("begin", "before_cursor_execute", "commit"):
        event.listen(Engine, moment, count)


async def _work(run_id: UUID) -> None:
    settings = Settings(_env_file=None)
    database = Database(settings.batch_url)
    means = Means(database, LocalFolder(settings.evidence_dir), settings, master_keys(settings))
    await run_billing(means, About(run_id, run_id), clock=lambda: NOW)
    await database.close()


if __name__ == "__main__":
    main()
