"""Counting the rows of a connection in one pass, by all that its facets ask of them."""

from typing import Any

from sqlalchemy import CTE, BigInteger, Integer, Select, Subquery, func, literal_column, select

from api.reading.fields import Facets
from api.reading.found import Found
from api.reading.pager import Filtered, Pager
from api.reading.relations import Row, aliased, call, column_of, columns_of, used_columns
from api.reading.sql import Sql

COUNT: Sql = literal_column("row_count", BigInteger())
"""How many rows have a combination of values."""
GROUPED: Sql = literal_column("grouped", Integer())
"""Which columns a combination is of, as PostgreSQL's `grouping` says it: a bit for each that is left out."""


class Tally:
    """The counts behind a connection's facets, and behind the `totalCount` beside them.

    Facets read few columns, and where rows are many, few combinations of their values occur: rows are counted by
    combination, for all facets in one pass, and what a facet makes of its columns is asked of combinations only.
    A facet whose own filter is given is counted apart: it ignores that filter, and the others do not.
    """

    def __init__(self, pager: Pager, facets: Facets, found: Found | None) -> None:
        """Count the rows of `pager` for `facets`; those that were `found` already are not read again."""
        self._pager = pager
        self.facets = facets
        self._columns = {name: self._read_by(name) for name in facets.by}
        together = {columns for name, columns in self._columns.items() if name not in pager.conditions}
        self._names = sorted({name for columns in together for name in columns})
        self.counted = self._count(found or pager.rows(), sorted({(), *together}))

    def total(self) -> Sql:
        """How many rows there are."""
        return select(COUNT).select_from(self.counted).where(self._are_of(())).scalar_subquery()

    def values(self, facet: str) -> Select[Any]:
        """Each `value` of a facet with its `row_count`; a value may come up more than once."""
        apart = facet in self._pager.conditions
        counted = self._count_apart(facet) if apart else self.counted
        value = self._value(facet, Row(counted.name, columns_of(self._pager.relation)))
        values = select(value.label("value"), COUNT).select_from(counted)
        return values if apart else values.where(self._are_of(self._columns[facet]))

    def _value(self, facet: str, row: Row) -> Sql:
        return call(self.facets.by[facet], row, self._pager.compiler.reader)  # type: ignore[no-any-return]

    def _read_by(self, facet: str) -> tuple[str, ...]:
        row = aliased(self._pager.relation, "any").row
        self._value(facet, row)
        return tuple(used_columns(row))

    def _count(self, rows: Filtered | Found, combinations: list[tuple[str, ...]]) -> CTE:
        columns = {name: column_of(rows.row, name) for name in self._names}
        labelled = [column.label(name) for name, column in columns.items()]
        grouped = func.grouping(*columns.values()) if columns else literal_column("0")
        sets = ", ".join(f"({', '.join(str(columns[name]) for name in names)})" for names in combinations)
        counted = rows.select(*labelled, grouped.label(GROUPED.name), func.count().label(COUNT.name))
        by: Sql = literal_column(f"GROUPING SETS ({sets})")
        return counted.group_by(by).cte(self._pager.compiler.alias())

    def _are_of(self, columns: tuple[str, ...]) -> Sql:
        left_out = "".join("0" if name in columns else "1" for name in self._names)
        return literal_column(str(int(left_out or "0", 2))) == GROUPED

    def _count_apart(self, facet: str) -> Subquery:
        rows = self._pager.rows(ignoring=(facet,))
        columns = {name: column_of(rows.row, name) for name in self._columns[facet]}
        labelled = [column.label(name) for name, column in columns.items()]
        counted = rows.select(*labelled, func.count().label(COUNT.name)).group_by(*columns.values())
        return counted.subquery(self._pager.compiler.alias())
