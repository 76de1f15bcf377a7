"""A million requests against one process, and what it weighs on the way."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from bench.load import load
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH
from bench.peers.ours import Ours
from bench.serving import serving

if TYPE_CHECKING:
    from bench.peer import BenchDatabase
    from bench.rounds import Say

REQUESTS: Final = 1_000_000
STEPS: Final = 20
MIXED: Final = {NODE: 70, BROWSE: 20, CONTRACT: 9, SEARCH: 1}
"""Of a hundred requests, so many of each work."""

MOST_MB: Final = 150
FLAT: Final = 1.1
"""What the end may weigh over the end of the first tenth."""


@dataclass(frozen=True)
class Weight:
    """What the process holds after so many requests."""

    requests: int
    per_second: float
    megabytes: float


def weigh(database: BenchDatabase, say: Say, *, requests: int = REQUESTS) -> list[Weight]:
    """Send them in steps, all works mixed, and weigh the process after each."""
    peer = Ours()
    works = peer.works(database)
    with serving(peer, database) as server:
        weights = [Weight(0, 0, server.memory_mb)]
        by_work = {work: server.bytes_of(works[work].requests) for work in MIXED}
        mix = Random(1)  # noqa: S311  (the same mix on every machine)
        drawn = mix.choices(list(MIXED), weights=list(MIXED.values()), k=10_000)
        sent = [mix.choice(by_work[work]) for work in drawn]
        for step in range(1, STEPS + 1):
            done = load(server.port, sent, at_most=requests // STEPS)
            weights.append(Weight(step * requests // STEPS, done.per_second, server.memory_mb))
            say(f"{weights[-1].requests:>9,} requests, {done.per_second:,.0f} a second: {weights[-1].megabytes:.1f} MB")
    return weights


def holds(weights: list[Weight]) -> bool:
    """Whether it stayed small and flat."""
    heaviest = max(weight.megabytes for weight in weights)
    return heaviest < MOST_MB and weights[-1].megabytes < FLAT * weights[STEPS // 10].megabytes
