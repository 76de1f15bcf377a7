"""Total orders over rows, and what lies beyond a place in them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import UnaryExpression, and_, or_, tuple_
from sqlalchemy.sql import operators

from api.reading.sql import Sql


@dataclass(frozen=True)
class Term:
    """One expression of an order."""

    sql: Sql
    descending: bool
    nulls_first: bool
    nullable: bool

    def sorted(self, sql: Sql, *, backward: bool) -> Sql:
        """Sort by `sql`, this term's expression or a column that holds it."""
        descending = self.descending != backward
        directed = sql.desc() if descending else sql.asc()
        if not self.nullable:
            return directed
        nulls_first = self.nulls_first != backward
        if nulls_first == descending:
            return directed  # as PostgreSQL does by itself
        return directed.nulls_first() if nulls_first else directed.nulls_last()

    def equals(self, value: Sql) -> Sql:
        """Whether a row is level with a place."""
        return self.sql.is_not_distinct_from(value) if self.nullable else self.sql == value

    def beyond(self, value: Sql, *, backward: bool) -> Sql:
        """Whether a row comes after a place, or before it when looking backward."""
        further = self.sql < value if self.descending != backward else self.sql > value
        if not self.nullable:
            return further
        if self.nulls_first != backward:
            return or_(and_(value.is_(None), self.sql.is_not(None)), further)
        return and_(value.is_not(None), or_(further, self.sql.is_(None)))


def term(expression: Any) -> Term:
    """Read the directions off an expression of an order."""
    descending, nulls_first = False, None
    while isinstance(expression, UnaryExpression) and expression.modifier is not None:
        match expression.modifier:
            case operators.desc_op:
                descending = True
            case operators.nulls_first_op:
                nulls_first = True
            case operators.nulls_last_op:
                nulls_first = False
        expression = expression.element
    nullable = getattr(expression, "info", {}).get("nullable", True)
    return Term(expression, descending, descending if nulls_first is None else nulls_first, nullable)


def total_order(expressions: list[Any], key: list[Sql]) -> list[Term]:
    """The order asked for, completed by the key, so that no two rows are equal in it."""
    terms = [term(expression) for expression in expressions]
    descending = terms[-1].descending if terms else False
    named = {str(existing.sql) for existing in terms}
    # in the direction of the last term, so that one index serves both
    terms += [Term(column, descending, descending, nullable=False) for column in key if str(column) not in named]
    return terms


def beyond(terms: list[Term], place: list[Sql], *, backward: bool = False, level: bool = False) -> Sql:
    """Whether a row comes after a place in the order; before it when `backward`, or at it too when `level`."""
    if len({item.descending for item in terms}) == 1 and not any(item.nullable for item in terms):
        row, there = tuple_(*(item.sql for item in terms)), tuple_(*place)
        descending = terms[0].descending != backward
        if level:
            return row <= there if descending else row >= there
        return row < there if descending else row > there
    steps = [
        and_(
            *(before.equals(value) for before, value in zip(terms[:at], place[:at], strict=True)),
            terms[at].beyond(place[at], backward=backward),
        )
        for at in range(len(terms))
    ]
    if level:
        steps.append(and_(*(item.equals(value) for item, value in zip(terms, place, strict=True))))
    if terms[0].nullable:
        return or_(*steps)
    # says nothing new, but lets an index begin at the place
    first, value = terms[0], place[0]
    bound = first.sql <= value if first.descending != backward else first.sql >= value
    return and_(bound, or_(*steps))
