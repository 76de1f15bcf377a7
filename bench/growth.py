"""What must not grow: the price of row-level security, of a far page, and of ten times as many offerings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.load import Load, ask, load
from bench.peer import BROWSE, CONTRACT, SEARCH
from bench.peers.ours import Ours, Unfenced, contract_variables, data_of, operation, request
from bench.rounds import WARM_UP_SECONDS, Say
from bench.serving import Serving, serving

if TYPE_CHECKING:
    from bench.peer import BenchDatabase

PAGE: Final = 20
FAR_PAGE: Final = 1_000
LARGEST_PAGE: Final = 100


@dataclass(frozen=True)
class Pair:
    """Two ways to ask for the same amount of work; the second may cost `at_most` times the first."""

    name: str
    first: Callable[[float], Load]
    second: Callable[[float], Load]
    at_most: float


@dataclass(frozen=True)
class Ratio:
    """What a pair came to: requests a second of both, medians over the rounds."""

    name: str
    first: float
    second: float
    at_most: float

    @property
    def costs(self) -> float:
        """How many times the second costs what the first does."""
        return self.first / self.second


def ratios(
    database: BenchDatabase, larger: BenchDatabase, works: Sequence[str], *, rounds: int, seconds: float, say: Say
) -> list[Ratio]:
    """Measure each pair of the works asked for, its halves in turn; `larger` has ten times the offerings."""
    with ExitStack() as servers:
        fenced = servers.enter_context(serving(Ours(), database))
        unfenced = servers.enter_context(serving(Unfenced(), database))
        beside = servers.enter_context(serving(Ours(), larger))
        near, far = pages(fenced, database)
        pairs = [
            (
                CONTRACT,
                Pair(
                    "contract page: under row-level security / policies off",
                    _work(unfenced, database, CONTRACT),
                    _work(fenced, database, CONTRACT),
                    1.3,
                ),
            ),
            (
                CONTRACT,
                Pair(f"work records: page {FAR_PAGE:,} / page 1", _sent(fenced, [near]), _sent(fenced, [far]), 1.5),
            ),
            *(
                (
                    work,
                    Pair(
                        f"{work}: ten times the offerings / these",
                        _work(fenced, database, work),
                        _work(beside, larger, work),
                        1.5,
                    ),
                )
                for work in (BROWSE, SEARCH)
            ),
        ]
        return [_measure(pair, rounds, seconds, say) for work, pair in pairs if work in works]


def pages(server: Serving, database: BenchDatabase) -> tuple[bytes, bytes]:
    """The requests for the first and for a far page of the largest contract's work records."""
    text = operation("work_records")
    variables = contract_variables(database.questions[CONTRACT][0])

    def page(first: int, after: str | None) -> bytes:
        given = {**variables, "first": first, "after": after}
        return server.bytes_of([request(text, given, database.reader)])[0]

    after = None
    for _ in range(PAGE * (FAR_PAGE - 1) // LARGEST_PAGE):
        after = _end_of(ask(server.port, page(LARGEST_PAGE, after)))
    left = PAGE * (FAR_PAGE - 1) % LARGEST_PAGE
    return page(PAGE, None), page(PAGE, _end_of(ask(server.port, page(left, after))) if left else after)


def _end_of(body: bytes) -> str:
    end: str = data_of(body)["contract"]["workRecords"]["pageInfo"]["endCursor"]
    return end


def _work(server: Serving, database: BenchDatabase, work: str) -> Callable[[float], Load]:
    return _sent(server, server.bytes_of(Ours().works(database)[work].requests))


def _sent(server: Serving, requests: Sequence[bytes]) -> Callable[[float], Load]:
    return lambda seconds: load(server.port, requests, seconds=seconds)


def _measure(pair: Pair, rounds: int, seconds: float, say: Say) -> Ratio:
    first, second = [], []
    for half in (pair.first, pair.second):
        half(WARM_UP_SECONDS)
    for _ in range(rounds):
        first.append(pair.first(seconds).per_second)
        second.append(pair.second(seconds).per_second)
    say(pair.name)
    return Ratio(pair.name, median(first), median(second), pair.at_most)
