"""`python -m bench`: build once, verify, time, and print."""

from __future__ import annotations

import asyncio
import importlib
import sys
import time
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from bench import billing, drift, growth, million, rounds
from bench.building.size import QUICK, QUICK_TEN_TIMES, TEN_TIMES, WHOLE
from bench.opening import opened
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, Peer
from bench.peers.pgbench import NAME as PGBENCH
from bench.place import programs, running_server
from bench.report import Report
from cli.children import unwind_on_signals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peer import BenchDatabase
    from bench.place import Server

WORKS: Final = (BROWSE, CONTRACT, NODE, SEARCH)
PEERS: Final = {
    "ours": "ours",
    "postgraphile": "postgraphile",
    "postgraphile-kept": "postgraphile_kept",
    "strawberry": "strawberry_twin",
}
"""Which module of `bench.peers` has the `peer` of that name."""

ALL_PEERS: Final = f"postgraphile,postgraphile-kept,strawberry,{PGBENCH}"
WIDTH: Final = 150

say = Console(stderr=True, soft_wrap=True, highlight=False).print


def main(  # noqa: C901  (a branch for each thing that can be measured)
    *,
    only: Annotated[list[str] | None, typer.Option(help=f"one work: {', '.join(WORKS)}; may be said again")] = None,
    peers: Annotated[str, typer.Option(help="who, beside ours")] = ALL_PEERS,
    rounds_: Annotated[int, typer.Option("--rounds", min=1, help="how often each is timed")] = 5,
    seconds: Annotated[float, typer.Option(min=0.5, help="of each timing")] = 5.0,
    growth_: Annotated[bool, typer.Option("--growth/--no-growth", help="what must not grow, too")] = True,
    million_: Annotated[bool, typer.Option("--million", help="a million requests instead")] = False,
    lms_drift: Annotated[bool, typer.Option("--lms-drift", help="a roster of 100,000 compared with an LMS")] = False,
    billing_: Annotated[bool, typer.Option("--billing", help="a billing run of 10,000 contracts")] = False,
    contracts: Annotated[int, typer.Option(min=400, help="how many the billing run has")] = billing.CONTRACTS,
    quick: Annotated[bool, typer.Option("--quick", help="little data, one round")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="build the data again")] = False,
    hold: Annotated[bool, typer.Option("--hold", help="only build, and keep PostgreSQL running")] = False,
) -> None:
    """Time reads side by side on the same PostgreSQL, once all peers have answered the same.

    A run with everything in it is kept in bench/results.md, one of a million requests in bench/million.md, a
    billing run in bench/billing.md.
    """
    unwind_on_signals()
    if lms_drift:
        with running_server() as server:
            drift.run(server, say)
        return
    if billing_:
        with running_server() as server:
            billing.run(server, say, contracts=contracts)
        return
    works = tuple(only or WORKS)
    names = ["ours", *(name for name in peers.split(",") if name and name != "ours")]
    servers = [] if hold else [_peer(name) for name in names if name != PGBENCH]
    size, larger = (QUICK, QUICK_TEN_TIMES) if quick else (WHOLE, TEN_TIMES)
    with running_server() as server:
        database = opened(server, size, say, anew=anew)
        if hold:
            opened(server, larger, say, anew=anew)
            say(f"BENCH_DATABASE_URL='{server.superuser_url}'")
            while True:
                time.sleep(3600)
        limit = programs() if PGBENCH in names else None
        versions = {it.name: it.version() for it in servers}
        if limit:
            versions[PGBENCH] = asyncio.run(_version(server))
        report = Report(f"python -m bench {' '.join(sys.argv[1:])}".strip(), size, works, versions)
        report.rounds = 1 if quick else rounds_
        try:
            if million_:
                report.million = million.weigh(database, say)
            else:
                report.cannot = _prepare(servers, database, works)
                rounds.verify(servers, database, works, say)
                if limit:
                    rounds.verify_limit(database, works, say)
                report.figures = rounds.run(
                    servers, database, works, rounds=report.rounds, seconds=seconds, limit=limit, say=say
                )
                if growth_:
                    beside = opened(server, larger, say, anew=anew)
                    report.growth = growth.ratios(
                        database, beside, works, rounds=report.rounds, seconds=seconds, say=say
                    )
        finally:
            report.print(Console(width=None if sys.stdout.isatty() else WIDTH))
        if million_:
            report.write("million")
        elif not quick and not only and set(ALL_PEERS.split(",")) <= set(names) and growth_:
            report.write("results")
            billing.run(server, say)


def _prepare(servers: Sequence[Peer], database: BenchDatabase, works: Sequence[str]) -> dict[tuple[str, str], str]:
    """Make all peers ready; why a peer lacks a work."""
    for peer in servers:
        peer.prepare(database)
    return {(peer.name, work): why for peer in servers for work, why in peer.cannot().items() if work in works}


async def _version(server: Server) -> str:
    return f"PostgreSQL {(await server.query('show server_version'))[0][0]}"


def _peer(name: str) -> Peer:
    if name not in PEERS:
        raise typer.BadParameter(f"there is no peer {name}; there are {', '.join(PEERS)} and {PGBENCH}")
    found: Peer = importlib.import_module(f"bench.peers.{PEERS[name]}").peer
    return found


if __name__ == "__main__":
    typer.run(main)
