"""A worker's process at one billing run: it says how long it was at it, and how much memory it took."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from uuid import UUID

from core.db import Database
from core.sealing import master_keys
from core.settings import Settings
from services.delivery.blobs import LocalFolder
from worker.billing_runs import run_billing
from worker.main import CONNECTIONS
from worker.means import About, Means


async def main(batch_url: str, run_id: UUID) -> float:
    """Work the run off; returns how many seconds that took."""
    settings = Settings(_env_file=None, batch_database_url=batch_url)
    database = Database(batch_url, write_pool_size=CONNECTIONS)
    means = Means(database, LocalFolder(Path(".data/bench/evidence")), settings, master_keys(settings))
    begun = time.monotonic()
    await run_billing(means, About(run_id, run_id))
    seconds = time.monotonic() - begun
    await database.close()
    return seconds


if __name__ == "__main__":
    took = asyncio.run(main(sys.argv[1], UUID(sys.argv[2])))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": took, "peak_mb": peak_mb}))
