"""Where the time goes: CPU of the server's processes and of the database's, for one request.

It hardly depends on what else the machine does, so it tells two peers apart where their rates are too noisy to.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg
import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.peer import BenchDatabase

OTHERS: Final = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


@dataclass(frozen=True)
class Spent:
    """Seconds of CPU that processes have used since they began, by process id."""

    server: dict[int, float]
    postgres: dict[int, float]

    def since(self, before: Spent, requests: int) -> tuple[float, float]:
        """What server and PostgreSQL used for a request since an earlier look, in microseconds."""
        return (
            _difference(self.server, before.server) / requests * 1e6,
            _difference(self.postgres, before.postgres) / requests * 1e6,
        )


def spent(root: int, database: BenchDatabase) -> Spent:
    """Look at a server's process with its children, and at everybody who is connected to the database.

    A PostgreSQL on another machine, whose processes are not ours to look at, counts as nothing.
    """
    server = psutil.Process(root)
    return Spent(
        _used(process.pid for process in (server, *server.children(recursive=True))),
        _used(asyncio.run(_connected(database))),
    )


async def _connected(database: BenchDatabase) -> list[int]:
    connection = await asyncpg.connect(database.superuser_url)
    try:
        return [row["pid"] for row in await connection.fetch(OTHERS)]
    finally:
        await connection.close()


def _used(pids: Iterable[int]) -> dict[int, float]:
    return {pid: _seconds(pid) for pid in pids if Path(f"/proc/{pid}/task").exists()}


def _seconds(pid: int) -> float:
    """On the CPU, to the nanosecond, over all threads."""
    return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def _difference(after: dict[int, float], before: dict[int, float]) -> float:
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
