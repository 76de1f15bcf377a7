"""How many random operations are tried in one run, and from which seed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from hypothesis import HealthCheck, Phase, given, reject, seed, settings

from tests.oracle.comparing import Differs, Outcome, Side, compare
from tests.oracle.generating import Grammar, Operation, Request
from tests.oracle.reducing import reduced

SEED: Final = int(os.environ.get("ORACLE_SEED", "1"))
OPERATIONS: Final = int(os.environ.get("ORACLE_OPERATIONS", "5000"))
"""How many different ones are to be answered by both, in all files together."""

MOST_ROUNDS: Final = 100


@dataclass
class Proof:
    """What was proven so far."""

    side: Side
    grammar: Grammar
    answered: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def go_on(self, wanted: int, *, begin: int) -> None:
        """Try random operations until so many more were answered; `begin` is where the seeds of this part begin."""
        goal = len(self.answered) + wanted
        first = (SEED * 1000 + begin) * MOST_ROUNDS
        for number in range(first, first + MOST_ROUNDS):
            # each is sent one to four times, and not all are answered
            self._try_some(number, examples=max(10, (goal - len(self.answered)) // 2))
            if len(self.answered) >= goal:
                return
        raise AssertionError(f"only {len(self.answered)} of {goal} operations were answered")

    def __str__(self) -> str:
        told = f"{len(self.answered)} random operations, {len(self.documents)} documents by random actors"
        return f"{told}, answered as the slow executor answers them; {len(self.refused)} refused by both (seed {SEED})"

    def _try_some(self, number: int, *, examples: int) -> None:
        @seed(number)
        @settings(
            max_examples=examples,
            database=None,
            suppress_health_check=list(HealthCheck),
            # an operation is made smaller by its own grammar, in seconds
            phases=[Phase.generate],
            report_multiple_bugs=False,
        )
        @given(operation=self.grammar.operations())
        def try_one(operation: Operation) -> None:
            for request in operation.requests:
                asked = repr((operation.text, request))
                if asked in self.answered or asked in self.refused:
                    continue
                outcome = self._compare(operation, request)
                if outcome is Outcome.LEFT_OUT:
                    reject()
                (self.answered if outcome is Outcome.ANSWERED else self.refused).add(asked)
                self.documents.add(operation.text)

        try_one()

    def _compare(self, operation: Operation, request: Request) -> Outcome:
        try:
            return compare(self.side, operation, request)
        except Differs as found:
            why = str(found).partition("\n")[0]
        smallest = reduced(self.side.declarations.plain, operation, request, partial(self._differs, why))
        return compare(self.side, smallest, request)

    def _differs(self, why: str, operation: Operation, request: Request) -> bool:
        try:
            compare(self.side, operation, request)
        except Differs as found:
            return str(found).partition("\n")[0] == why
        return False
