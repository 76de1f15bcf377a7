"""What is printed and kept: what each peer came to at each work, and what must not grow."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table

from bench.million import FLAT, MOST_MB, holds
from bench.peers.pgbench import NAME as PGBENCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.building.size import Size
    from bench.growth import Ratio
    from bench.million import Weight
    from bench.rounds import Figures

HERE: Final = Path(__file__).parent
HEAD: Final = (
    *("work", "peer", "req/s", "p50 ms", "p99 ms", "server CPU µs", "database CPU µs", "idle MB", "loaded MB"),
    "ours / theirs",
)
GROWTH_HEAD: Final = ("what", "req/s", "req/s of the other", "costs", "at most")
MILLION_HEAD: Final = ("requests", "req/s", "MB")
DASH: Final = "-"

Section = tuple[str, Sequence[str], Sequence[Sequence[str]]]


@dataclass
class Report:
    """Everything a run found out."""

    command: str
    size: Size
    works: Sequence[str]
    versions: Mapping[str, str]
    """Of each peer, ours first, in the order of the table."""
    cannot: Mapping[tuple[str, str], str] = field(default_factory=dict)
    figures: Figures | None = None
    rounds: int = 0
    growth: Sequence[Ratio] = ()
    million: Sequence[Weight] = ()

    def sections(self) -> Iterator[Section]:
        """A title, the head of a table and its rows, for each part that was measured."""
        if self.figures:
            yield "Side by side", HEAD, list(_rows(self.figures, self.works, list(self.versions)))
        if self.growth:
            rows = [
                (it.name, f"{it.second:,.0f}", f"{it.first:,.0f}", f"{it.costs:.2f} x", f"{it.at_most} x")
                for it in self.growth
            ]
            yield "What must not grow", GROWTH_HEAD, rows
        if self.million:
            weights = [(f"{it.requests:,}", f"{it.per_second:,.0f}", f"{it.megabytes:.1f}") for it in self.million]
            yield "A million requests against one process", MILLION_HEAD, weights

    def notes(self) -> Iterator[str]:
        """What a reader of the tables has to know."""
        yield f"{os.cpu_count()} cores, shared by load generator, server and PostgreSQL; {platform.system()}."
        yield (
            f"{self.size.offerings:,} offerings of {self.size.vendors:,} vendors; {self.size.records:,} work records "
            f"on one contract, {self.size.few_records:,} on each of {self.size.few_contracts} others."
        )
        yield from (f"{name}: {version}." for name, version in self.versions.items())
        yield from (f"{name} is not asked for {work}: {why}" for (name, work), why in self.cannot.items())
        if self.figures:
            yield f"Medians of {self.rounds} interleaved rounds. CPU is for one request."
            yield "Memory is PSS, of a server's process and its children."
            yield _spent_by_generator(self.figures)
        if self.million:
            verdict = "kept" if holds(list(self.million)) else "BROKEN"
            yield f"Below {MOST_MB} MB, and at the end at most {FLAT} x what it was after a tenth: {verdict}."

    def print(self, console: Console) -> None:
        """Show it."""
        for title, head, body in self.sections():
            console.print(_table(title, head, body))
        for note in self.notes():
            console.print(note, highlight=False)

    def write(self, name: str) -> None:
        """Keep it beside this file."""
        parts = ["# What was measured\n", f"`{self.command}`\n", "".join(f"- {note}\n" for note in self.notes())]
        for title, head, body in self.sections():
            parts += [f"## {title}\n", _markdown(head, body)]
        (HERE / f"{name}.md").write_text("\n".join(parts))


def _rows(figures: Figures, works: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    ours = names[0]
    for work in works:
        our_rate = figures.middle(work, ours, lambda load: load.per_second)
        for name in names:
            rate = figures.middle(work, name, lambda load: load.per_second)
            yield (
                work,
                name,
                _number(rate),
                _number(figures.middle(work, name, lambda load: load.p50_ms), decimals=1),
                _number(figures.middle(work, name, lambda load: load.p99_ms), decimals=1),
                _number(figures.middle(work, name, lambda load: load.server_us)),
                _number(figures.middle(work, name, lambda load: load.postgres_us)),
                _number(median(figures.idle_mb[name]) if name in figures.idle_mb else None),
                _number(median(figures.loaded_mb[name]) if name in figures.loaded_mb else None),
                DASH if name == ours or not our_rate or not rate else f"{our_rate / rate:.2f} x",
            )


def _table(title: str, head: Sequence[str], body: Sequence[Sequence[str]]) -> Table:
    made = Table(title=title)
    for at, word in enumerate(head):
        made.add_column(word, justify="left" if at == 0 or word == "peer" else "right")
    for at, row in enumerate(body):
        made.add_row(*row, end_section=len(head) == len(HEAD) and at + 1 < len(body) and body[at + 1][0] != row[0])
    return made


def _markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _spent_by_generator(figures: Figures) -> str:
    cpu = [load.cpu_us for (_, name), loads in figures.loads.items() if name != PGBENCH for load in loads]
    return f"The load generator took {median(cpu):.0f} µs of CPU for a request in the median, {max(cpu):.0f} at most."


def _number(figure: float | None, *, decimals: int = 0) -> str:
    return DASH if figure is None else f"{figure:,.{decimals}f}"
