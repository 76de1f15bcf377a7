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
    """At most `size` values, and those that were asked for again outlast all that were asked for once.

    So whoever never sends the same thing twice drives out nobody else's. `hits` and `misses` count the questions.
    """

    def __init__(self, size: int) -> None:
        """Begin empty."""
        self.size = size
        self.hits = self.misses = 0
        self._lasting = size - max(1, size // ROOM_FOR_NEW)
        self._once: OrderedDict[K, V] = OrderedDict()
        self._again: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._once) + len(self._again)

    def get(self, key: K) -> V | None:
        """Find a value, and keep it a while longer."""
        value = self._again.get(key)
        if value is not None:
            self._again.move_to_end(key)
            self.hits += 1
            return value
        value = self._once.pop(key, None)
        if value is None:
            self.misses += 1
            return None
        self.hits += 1
        self._again[key] = value
        if len(self._again) > self._lasting:
            oldest, other = self._again.popitem(last=False)
            self._once[oldest] = other
        return value

    def put(self, key: K, value: V) -> V:
        """Keep a value, at the cost of one that was asked for once, or not for longest."""
        if key in self._again:
            self._again[key] = value
            return value
        self._once[key] = value
        if len(self) > self.size:
            self._once.popitem(last=False)
        return value

    def forget(self, key: K) -> None:
        """Drop a value that no longer holds."""
        self._again.pop(key, None)
        self._once.pop(key, None)
