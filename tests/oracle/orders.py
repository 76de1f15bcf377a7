"""Orders, compared value by value in Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from sqlalchemy.sql import operators


@dataclass(frozen=True)
class Term:
    """One expression of an order, and which end comes first."""

    sql: Any
    descending: bool
    nulls_first: bool

    def compare(self, one: Any, other: Any) -> int:  # noqa: ANN401 - any type that has an order
        if one is None or other is None:
            first = (one is None) - (other is None)
            return -first if self.nulls_first else first
        further = int(one > other) - int(one < other)
        return -further if self.descending else further


def terms(expressions: Sequence[Any], key: Sequence[Any]) -> list[Term]:
    """An order that the row's key completes, in the direction of what comes before it."""
    found = [_term(expression) for expression in expressions]
    named = {str(term.sql) for term in found}
    descending = found[-1].descending if found else False
    return found + [Term(column, descending, descending) for column in key if str(column) not in named]


def _term(expression: Any) -> Term:  # noqa: ANN401 - an expression of any type
    modifiers = []
    while getattr(expression, "modifier", None) is not None:
        modifiers.append(expression.modifier)
        expression = expression.element
    descending = operators.desc_op in modifiers
    first = operators.nulls_first_op in modifiers or (descending and operators.nulls_last_op not in modifiers)
    return Term(expression, descending, first)


def compare(order: Sequence[Term], one: Sequence[Any], other: Sequence[Any]) -> int:
    """Below zero when `one` comes before `other`."""
    return next(
        (found for term, left, right in zip(order, one, other, strict=True) if (found := term.compare(left, right))), 0
    )


def by_place(order: Sequence[Term]) -> Any:  # noqa: ANN401 - what `sorted` takes
    return cmp_to_key(lambda one, other: compare(order, one.places, other.places))
