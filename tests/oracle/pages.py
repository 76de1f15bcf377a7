"""Connections paged in Python: all rows that the filter lets through, cut to a page, with what Relay says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from strawberry.utils.str_converters import to_camel_case

from api.reading.fields import Facets
from tests.oracle.cursors import cursor, place_of
from tests.oracle.orders import Term, by_place, compare
from tests.oracle.rows import Row

DEFAULT_PAGE = 20


@dataclass(frozen=True)
class Item:
    """A row of a page, with its cursor."""

    node: Row
    cursor: str


@dataclass(frozen=True)
class Page:
    """What is asked of a connection, over all its rows."""

    rows: list[Row]
    terms: list[Term]
    order_name: str
    first: int | None
    last: int | None
    after: list[Any] | None
    before: list[Any] | None
    counted: Callable[[Facets], list[dict[str, object]]]

    @cached_property
    def ordered(self) -> list[Row]:
        return sorted(self.rows, key=by_place(self.terms))

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """How many rows lie up to `after`, and up to but without `before`."""
        low, high = 0, len(self.ordered)
        if self.after is not None:
            after = place_of(self.terms, self.after)
            low = sum(compare(self.terms, row.places, after) <= 0 for row in self.ordered)
        if self.before is not None:
            before = place_of(self.terms, self.before)
            high = sum(compare(self.terms, row.places, before) < 0 for row in self.ordered)
        return low, high

    @cached_property
    def nodes(self) -> list[Row]:
        low, high = self.bounds
        between = self.ordered[low:high]
        if self.last is not None:
            return between[-self.last :]
        return between[: DEFAULT_PAGE if self.first is None else self.first]

    @property
    def totalCount(self) -> int:  # noqa: N802 - named as the field is
        return len(self.rows)

    @property
    def edges(self) -> list[Item]:
        return [Item(row, cursor(self.order_name, self.terms, row.places)) for row in self.nodes]

    @property
    def pageInfo(self) -> dict[str, object]:  # noqa: N802 - the same
        low, high = self.bounds
        more = high - low > len(self.nodes)
        beyond = self.before is not None and high < len(self.ordered)
        behind = self.after is not None and low > 0
        ends = [cursor(self.order_name, self.terms, row.places) for row in self.nodes]
        return {
            "hasNextPage": beyond or (more and self.last is None),
            "hasPreviousPage": behind or (more and self.last is not None),
            "startCursor": ends[0] if ends else None,
            "endCursor": ends[-1] if ends else None,
        }


def facet(name: str, values: list[str | None]) -> dict[str, object]:
    """How often each value occurs, the most frequent first."""
    counted = Counter(value for value in values if value is not None)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return {"field": to_camel_case(name), "values": [{"value": value, "count": count} for value, count in ordered]}
