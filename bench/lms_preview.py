"""`python -m bench.lms_preview`: how long a preview of a large roster takes against the Moodle double.

The worker's part runs in a process of its own, the double in another, PostgreSQL beside both.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final
from uuid import UUID

import httpx2
import typer
from rich.console import Console
from sqlalchemy import select
from sqlmodel import col

from bench.building.actors import actor
from bench.building.contracts import LEAD
from bench.building.size import QUICK
from bench.opening import opened
from bench.place import Server, running_server
from core.db import Database
from core.sealing import make_key_file, master_keys
from services.contracts.models import ContractGrant
from services.delivery.blobs import LocalFolder
from services.delivery.evidence import File
from services.delivery.uploading import LARGEST_UPLOAD_BYTES, upload_evidence
from services.lms_admin.plans.asking import Wish
from services.lms_admin.plans.importing import RosterMode, preview_roster_import
from services.lms_admin.sites.connecting import connect_site
from services.lms_admin.sites.credentials import SecretValue
from simulators.moodle.site import ADMIN_TOKEN
from worker.means import About, Means
from worker.previewing import preview

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from core.db import Transaction
    from core.ids import RowKey
    from core.settings import Settings

ROWS: Final = 100_000
MOST_SECONDS: Final = 60
MOST_MB: Final = 300
DOOR: Final = "/door"
DOUBLE: Final = (
    f"import sys; from simulators.moodle.serving import serve; from simulators.moodle.site import Site; "
    f"serve(Site(), port=int(sys.argv[1]), door_path={DOOR!r})"
)

say = Console(stderr=True, soft_wrap=True, highlight=False).print
app = typer.Typer()


@app.callback(invoke_without_command=True)
def measure(context: typer.Context, *, rows: Annotated[int, typer.Option(min=10, help="of the roster")] = ROWS) -> None:
    """Nine in ten members are there already, one in a hundred of them with another name; the rest are to be made."""
    if context.invoked_subcommand:
        return
    with running_server() as server, _double(rows * 9 // 10) as base_url:
        database = opened(server, QUICK, say)
        contract_id, plan_id = asyncio.run(
            _ask(server.settings(database.name, allow_loopback_lms=True), base_url, rows)
        )
        command = [sys.executable, "-m", "bench.lms_preview", "work", server.superuser_url, database.name]
        done = subprocess.run([*command, str(contract_id), str(plan_id)], check=True, capture_output=True, text=True)
        (plan,) = asyncio.run(
            server.query(f"select * from lms_plan where id = '{plan_id}'", database=database.name)  # noqa: S608
        )
    seconds, megabytes = (float(figure) for figure in done.stdout.split())
    counts = ", ".join(f"{plan[f'{name}_count']:,} {name}" for name in ("create", "update", "noop", "conflict"))
    verdict = "kept" if seconds < MOST_SECONDS and megabytes < MOST_MB else "BROKEN"
    say(f"{rows:,} rows, {plan['status']}: {counts}")
    say(f"{seconds:.1f} s (at most {MOST_SECONDS}), {megabytes:.0f} MB (at most {MOST_MB}): {verdict}")


@app.command(hidden=True)
def work(url: str, database: str, contract_id: UUID, plan_id: UUID) -> None:
    """Preview a plan as the worker does, and print seconds and megabytes."""
    settings = Server(url).settings(database, allow_loopback_lms=True)

    async def run() -> float:
        batch = Database(settings.batch_url)
        means = Means(batch, LocalFolder(settings.evidence_dir), settings, master_keys(settings))
        started = time.perf_counter()
        await preview(means, About(contract_id, plan_id))
        seconds = time.perf_counter() - started
        await batch.close()
        return seconds

    seconds = asyncio.run(run())
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # noqa: T201  (read by the caller)


async def _ask(settings: Settings, base_url: str, rows: int) -> RowKey:
    """Connect the double, upload a roster, and ask for its preview."""
    make_key_file(settings.signing_keys_dir)
    blob = await LocalFolder(settings.evidence_dir).put(_roster(rows), largest_bytes=LARGEST_UPLOAD_BYTES)
    lead, database = actor(LEAD), Database(settings.app_url)
    contract = select(col(ContractGrant.contract_id)).where(col(ContractGrant.member_id) == lead.member_id).limit(1)

    async def connect(tx: Transaction) -> RowKey:
        return await connect_site(
            tx,
            actor=lead,
            contract_id=await tx.scalar(contract),
            name=f"Double of {tx.now}",
            system="MOODLE",
            base_url=base_url,
            secret=[SecretValue("token", ADMIN_TOKEN)],
            keys=master_keys(settings),
            allow_loopback=True,
            now=tx.now,
        )

    async def upload(tx: Transaction) -> RowKey:
        return await upload_evidence(
            tx,
            actor=lead,
            contract_id=site.contract_id,
            name="roster.csv",
            media_type="text/csv",
            blob=blob,
            now=tx.now,
        )

    async def ask(tx: Transaction) -> RowKey:
        return await preview_roster_import(
            tx,
            actor=lead,
            contract_id=site.contract_id,
            wish=Wish(site.id, "tickets"),
            mode=RosterMode.DELTA,
            file=File(evidence_id=evidence.id),
            blobs=LocalFolder(settings.evidence_dir),
            now=tx.now,
        )

    try:
        site = await _write(database, connect)
        evidence = await _write(database, upload)
        return await _write(database, ask)
    finally:
        await database.close()


async def _write(database: Database, work: Callable[[Transaction], Awaitable[RowKey]]) -> RowKey:
    return await database.write(actor(LEAD), work, now=datetime.now(UTC), request_id="bench")


async def _roster(rows: int) -> AsyncIterator[bytes]:
    yield b"member_number,email,given_name,family_name\n"
    for at in range(rows):
        given = f"Given{at % 997}" if at % 100 else "Another"
        yield f"M-{at:06},m{at:06}@example.org,{given},Family{at % 7919}\n".encode()


@contextmanager
def _double(people: int) -> Iterator[str]:
    """A Moodle of so many people, in a process of its own; its base URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base_url = f"http://127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-c", DOUBLE, str(port)]) as process:
        try:
            for _ in range(100):
                try:
                    httpx2.post(f"{base_url}{DOOR}/users", json={"count": people}, timeout=60).raise_for_status()
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield base_url
        finally:
            process.terminate()


if __name__ == "__main__":
    app()
