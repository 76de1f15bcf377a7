"""The comparison: every peer answers the same as ours, and then each is timed in turn, round after round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench.load import Failed, Load, ask, load
from bench.peers import pgbench
from bench.peers.ours import Ours
from bench.serving import serving
from bench.spending import spent

if TYPE_CHECKING:
    from pathlib import Path

    from bench.peer import BenchDatabase, Peer

WARM_UP_SECONDS: Final = 2.0
Say = Callable[[str], None]


@dataclass
class Figures:
    """What was measured of each work and peer, one entry a round."""

    loads: dict[tuple[str, str], list[Load]] = field(default_factory=dict)
    idle_mb: dict[str, list[float]] = field(default_factory=dict)
    loaded_mb: dict[str, list[float]] = field(default_factory=dict)

    def note(self, work: str, name: str, measured: Load) -> None:
        """Keep one run."""
        self.loads.setdefault((work, name), []).append(measured)

    def middle(self, work: str, name: str, figure: Callable[[Load], float | None]) -> float | None:
        """The median of a figure over the rounds; None for what was not measured."""
        found = [value for value in map(figure, self.loads.get((work, name), ())) if value is not None]
        return median(found) if found else None


def verify(peers: Sequence[Peer], database: BenchDatabase, works: Sequence[str], say: Say) -> None:
    """Make sure that every peer answers every question as the first does. Failed, naming the difference."""
    wanted: dict[str, list[Any]] = {}
    for peer in peers:
        asked = peer.works(database)
        with serving(peer, database) as server:
            for work in (work for work in works if work in asked):
                answers = [asked[work].answer(ask(server.port, it)) for it in server.bytes_of(asked[work].requests)]
                first = wanted.setdefault(work, answers)
                for question, ours, theirs in zip_longest(database.questions[work], first, answers):
                    if ours != theirs:
                        raise Failed(f"{peer.name}, {work} {question}:\n{difference(ours, theirs)}")
                say(f"{peer.name}: {work}, {len(answers)} answers as they should be")


def verify_limit(database: BenchDatabase, works: Sequence[str], say: Say) -> None:
    """Make sure that what pgbench sends is what answers us: the same data from the statement itself. Failed if not."""
    asked = Ours().works(database)
    for work in works:
        answers = pgbench.answers(database, work)
        with serving(Ours(), database) as server:
            ours = [asked[work].answer(ask(server.port, it)) for it in server.bytes_of(asked[work].requests)]
        if [asked[work].answer(answer) for answer in answers] != ours:
            raise Failed(f"pgbench's statement for {work} does not answer what ours does")
    say(f"{pgbench.NAME}: the statements that we send")


def run(
    peers: Sequence[Peer],
    database: BenchDatabase,
    works: Sequence[str],
    *,
    rounds: int,
    seconds: float,
    limit: Path | None,
    say: Say,
) -> Figures:
    """Time the peers in turn, `rounds` times; `limit` is where pgbench is, None leaves it out."""
    figures = Figures()
    statements = {work: pgbench.statements(database, work) for work in works} if limit else {}
    for number in range(1, rounds + 1):
        for peer in peers:
            _time(peer, database, works, figures, seconds)
            say(f"round {number}: {peer.name}")
        for work, asked in statements.items():
            assert limit is not None, "statements are made for it"
            figures.note(work, pgbench.NAME, pgbench.run(database, limit, asked, seconds=seconds))
    return figures


def _time(peer: Peer, database: BenchDatabase, works: Sequence[str], figures: Figures, seconds: float) -> None:
    asked = peer.works(database)
    with serving(peer, database) as server:
        figures.idle_mb.setdefault(peer.name, []).append(server.memory_mb)
        for work in (work for work in works if work in asked):
            requests = server.bytes_of(asked[work].requests)
            load(server.port, requests, seconds=WARM_UP_SECONDS)
            before = spent(server.process.pid, database)
            timed = load(server.port, requests, seconds=seconds)
            server_us, postgres_us = spent(server.process.pid, database).since(before, timed.requests)
            figures.note(work, peer.name, replace(timed, server_us=server_us, postgres_us=postgres_us))
        figures.loaded_mb.setdefault(peer.name, []).append(server.memory_mb)


def difference(ours: Any, theirs: Any, at: str = "answer") -> str:  # noqa: ANN401  (whatever an answer holds)
    """Where two answers part, in a line."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        key = next(key for key in ours if ours[key] != theirs[key])
        return difference(ours[key], theirs[key], f"{at}.{key}")
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple) and len(ours) == len(theirs):
        place = next(place for place, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1])
        return difference(ours[place], theirs[place], f"{at}[{place}]")
    return f"{at}: {ours!r} is ours, {theirs!r} is theirs"
