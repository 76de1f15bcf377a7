"""`python -m bench`: build once, verify, time, print, and write `bench/results.md`."""

from __future__ import annotations

import importlib
import time
from typing import Annotated, Final

import typer
from rich.console import Console

from bench import report, rounds
from bench.building.size import QUICK, WHOLE
from bench.opening import opened
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, Peer
from bench.peers.pgbench import NAME as PGBENCH
from bench.place import programs, running_server
from cli.children import unwind_on_signals

WORKS: Final = (BROWSE, CONTRACT, NODE, SEARCH)
PEERS: Final = {
    "ours": "bench.peers.ours:Ours",
    "postgraphile": "bench.peers.postgraphile_5:PostGraphile",
    "strawberry": "bench.peers.strawberry_twin:StrawberryTwin",
}


def main(
    *,
    quick: Annotated[bool, typer.Option(help="little data, one round: to try it")] = False,
    only: Annotated[list[str] | None, typer.Option(help=f"a work: {', '.join(WORKS)}")] = None,
    peers: Annotated[
        str, typer.Option(help="divided by commas; ours is always measured")
    ] = "postgraphile,strawberry,pgbench",
    rounds_: Annotated[int, typer.Option("--rounds", min=1)] = 5,
    seconds: Annotated[float, typer.Option(help="of each run", min=0.5)] = 5.0,
    hold: Annotated[bool, typer.Option(help="build, then keep PostgreSQL running for other programs")] = False,
) -> None:
    """Measure reads side by side on the same PostgreSQL."""
    unwind_on_signals()
    console = Console(stderr=True)
    size = QUICK if quick else WHOLE
    works = tuple(only or WORKS)
    named = [name for name in peers.split(",") if name and name != "ours"]
    servers = [_peer(name) for name in ("ours", *named) if name != PGBENCH]
    with running_server() as server:
        database = opened(server, size, console.print)
        if hold:
            console.print(f"BENCH_DATABASE_URL={server.superuser_url}  database {database.name}", soft_wrap=True)
            while True:
                time.sleep(3600)
        for peer in servers:
            peer.prepare(database)
        rounds.verify(servers, database, works, console.print)
        figures = rounds.run(
            servers,
            database,
            works,
            rounds=1 if quick else rounds_,
            seconds=seconds,
            limit=programs() if PGBENCH in named else None,
            say=console.print,
        )
    names = [peer.name for peer in servers] + ([PGBENCH] if PGBENCH in named else [])
    Console().print(report.table(figures, works, names))
    console.print(report.spent_by_generator(figures))


def _peer(name: str) -> Peer:
    if name not in PEERS:
        raise typer.BadParameter(f"there is no peer {name}; there are {', '.join(PEERS)} and {PGBENCH}")
    module, _, kind = PEERS[name].partition(":")
    made: Peer = getattr(importlib.import_module(module), kind)()
    return made


if __name__ == "__main__":
    typer.run(main)
