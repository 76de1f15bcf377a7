"""Chance: all of it follows from what hypothesis draws."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Dice:
    """Throws for one example; what it shows is decided by one draw, for a hundred would take longer than the answer."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self._random: Random = draw(st.randoms(use_true_random=True))

    def chance(self, percent: float) -> bool:
        """True so often."""
        return self._random.random() * 100 < percent

    def up_to(self, most: int) -> int:
        """A number from 0 on."""
        return self._random.randint(0, most)

    def pick(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Different ones, in any order."""
        most = min(most, len(choices))
        return self._random.sample(choices, self._random.randint(min(least, most), most))
