"""A bounded memory of what was made lately, which counts how often it helped."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Final

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")

ROOM_FOR_NEW: Final = 5
"""One part in so many is kept for what was asked for once."""


class Recent(Generic[K, V]):
    """Values that together weigh at most `size`, and those that were asked for again outlast what was asked for once.

    So whoever never sends the same thing twice drives out nobody else's. A value weighs 1, unless it is said when it
    is put; what weighs more than all the room for new values is not kept. `hits` and `misses` count the questions.
    """

    def __init__(self, size: int) -> None:
        """Begin empty."""
        self.size = size
        self.hits = self.misses = 0
        self.weight = 0
        """Of all that is kept."""
        self._lasting = size - max(1, size // ROOM_FOR_NEW)
        self._lasting_weight = 0
        self._once: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._again: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._once) + len(self._again)

    def __contains__(self, key: K) -> bool:
        """Whether a value is kept; that counts as no question."""
        return key in self._again or key in self._once

    def get(self, key: K) -> V | None:
        """Find a value, and keep it a while longer."""
        found = self._again.get(key)
        if found is not None:
            self._again.move_to_end(key)
            self.hits += 1
            return found[0]
        found = self._once.pop(key, None)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._again[key] = found
        self._lasting_weight += found[1]
        while self._lasting_weight > self._lasting:
            oldest, other = self._again.popitem(last=False)
            self._lasting_weight -= other[1]
            self._once[oldest] = other
        return found[0]

    def put(self, key: K, value: V, *, weight: int = 1) -> V:
        """Keep a value, at the cost of those that were asked for once, or not for longest."""
        self.forget(key)
        if weight <= self.size - self._lasting:
            self._once[key] = (value, weight)
            self.weight += weight
            while self.weight > self.size:
                _, (_, gone) = self._once.popitem(last=False)
                self.weight -= gone
        return value

    def forget(self, key: K) -> None:
        """Drop a value that no longer holds."""
        if (lasting := self._again.pop(key, None)) is not None:
            self._lasting_weight -= lasting[1]
            self.weight -= lasting[1]
        elif (once := self._once.pop(key, None)) is not None:
            self.weight -= once[1]
