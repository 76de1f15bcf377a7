"""The table: for each work what each peer came to, and how ours compares."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from rich.table import Table

from bench.peers.pgbench import NAME as PGBENCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.rounds import Figures

HEAD: Final = ("work", "peer", "req/s", "p50 ms", "p99 ms", "idle MB", "loaded MB", "ours is")
DASH: Final = "-"


def rows(figures: Figures, works: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """One row for each work and peer, ours first; `ours is` how many times theirs in requests a second."""
    ours = names[0]
    for work in works:
        our_rate = figures.middle(work, ours, lambda load: load.per_second)
        for name in names:
            rate = figures.middle(work, name, lambda load: load.per_second)
            if rate is None:
                yield (work, name, *[DASH] * 6)
                continue
            p50 = figures.middle(work, name, lambda load: load.p50_ms)
            p99 = figures.middle(work, name, lambda load: load.p99_ms)
            yield (
                work,
                name,
                f"{rate:,.0f}",
                f"{p50:.1f}",
                f"{p99:.1f}",
                _middle(figures.idle_mb.get(name)),
                _middle(figures.loaded_mb.get(name)),
                "" if name == ours or our_rate is None else f"{our_rate / rate:.2f} x",
            )


def table(figures: Figures, works: Sequence[str], names: Sequence[str]) -> Table:
    """The rows for a terminal."""
    made = Table(*HEAD[:2])
    for head in HEAD[2:]:
        made.add_column(head, justify="right")
    for row in rows(figures, works, names):
        made.add_row(*row, end_section=row[1] == names[-1])
    return made


def as_markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """The rows for a file."""
    lines = [head, ["---"] * len(head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def spent_by_generator(figures: Figures) -> str:
    """What the load generator cost, in a sentence."""
    cpu = [load.cpu_us for (_, name), loads in figures.loads.items() if name != PGBENCH for load in loads]
    return f"The load generator took {median(cpu):.0f} µs of CPU for a request (median), {max(cpu):.0f} at most."


def _middle(megabytes: Sequence[float] | None) -> str:
    return f"{median(megabytes):.0f}" if megabytes else DASH
