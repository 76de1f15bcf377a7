"""All rows that a connection finds, read once for its page and for what is counted beside it."""

from dataclasses import replace

from sqlalchemy import CTE, Select, literal_column, select, table

from api.reading.orders import Term
from api.reading.pager import Pager
from api.reading.relations import Row, column_of, columns_of, used_columns
from api.reading.sql import Sql


class Found:
    """The rows under the filter, each with its place in the order; whatever refers to them must be made before `cte`.

    For an order that is computed, such as how well a row matches: it takes every row to know the first, and so counting
    them takes no second look. An order of columns has an index; its page is read from there, unless rows are rare.
    """

    def __init__(self, pager: Pager) -> None:
        """Find the rows of `pager`."""
        self._rows = pager.rows()
        self._order = pager.order(self._rows.row)
        self._name = pager.compiler.alias()
        self.row = Row(self._name, columns_of(pager.relation))
        self.order = [replace(term, sql=self._place(at, term)) for at, term in enumerate(self._order)]

    def select(self, *columns: Sql) -> Select[tuple[object, ...]]:
        """Select from the rows."""
        return select(*columns).select_from(table(self._name))

    def cte(self, *when: Sql) -> CTE:
        """The rows with the columns that were referred to, written before what refers to them; none but `when`."""
        columns = [column_of(self._rows.row, name).label(name) for name in used_columns(self.row)]
        places = [term.sql.label(f"place_{at}") for at, term in enumerate(self._order)]
        # read as a whole, whatever is then taken of it: else a page of few would be planned along the order's index
        return self._rows.select(*columns, *places).where(*when).cte(self._name).prefix_with("MATERIALIZED")

    def _place(self, at: int, term: Term) -> Sql:
        return literal_column(f"{self._name}.place_{at}", term.sql.type)
