"""The first rows of an order that have one of some values, looked for along the order, not among all that have them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, literal_column, select

from api.reading.orders import Term
from api.reading.pager import Pager
from api.reading.relations import Row, column_of, columns_of, used_columns
from api.reading.sql import Sql

LOOKED_AT = 2000
"""How many rows are looked at; what is not among them is rare enough to be found by an index of its values."""


class Nearby:
    """The rows beyond some bounds, as far as a look along the order goes.

    PostgreSQL plans a prepared statement for values that it does not know, and takes it that few rows have them; so it
    collects and sorts all that have them, which may be half of everything. Here the order's own index comes first.
    """

    def __init__(self, pager: Pager, bounds: Callable[[list[Term]], list[Sql]], *, backward: bool) -> None:
        """Look along the order of `pager`, or against it, from where `bounds` begin."""
        self._pager = pager
        self._bounds = bounds
        self._backward = backward
        self._name = pager.compiler.alias()
        self.row = Row(self._name, columns_of(pager.relation))
        self.order = pager.order(self.row)
        self._sought = [pager.conditions[name](self.row) for name in pager.sought]

    def select(self, *columns: Sql) -> Select[Any]:
        """Select from the rows; whatever refers to their columns must have been made before."""
        rows = self._pager.rows(ignoring=self._pager.sought)
        order = self._pager.order(rows.row)
        looked_at = rows.select(*(column_of(rows.row, name).label(name) for name in used_columns(self.row)))
        looked_at = looked_at.where(*self._bounds(order))
        looked_at = looked_at.order_by(*(term.sorted(term.sql, backward=self._backward) for term in order))
        return (
            select(*columns)
            .select_from(looked_at.limit(literal_column(str(LOOKED_AT))).subquery(self._name))
            .where(*self._sought)
        )
