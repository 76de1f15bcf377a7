"""A connection as it is asked for: its rows, its order, its bounds and its size."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import BinaryExpression, ColumnClause, Integer, Select, select

from api.reading.arguments import Given, Values
from api.reading.binding import Request
from api.reading.cursors import bound_as, read_cursor, reads_as
from api.reading.declare import Declaration
from api.reading.errors import DeclarationError, InvalidPageError, PageTooLargeError
from api.reading.fields import ConnectionEdge, Ordering
from api.reading.orders import Term, total_order
from api.reading.pages import DEFAULT_PAGE, LARGEST_PAGE
from api.reading.relations import Aliased, Relation, Row, aliased, call, column_of
from api.reading.sql import Sql

if TYPE_CHECKING:
    from api.reading.compile import Compiler


@dataclass(frozen=True)
class Pager:
    """A connection as it is asked for in one place of an operation."""

    compiler: "Compiler"
    edge: ConnectionEdge
    parent: Row | None
    relation: Relation
    declaration: Declaration
    """Of the type of the nodes."""
    given: Mapping[str, Given]
    conditions: Mapping[str, Callable[[Row], Sql]]
    """What the filter asks of a row, by the filter's field."""
    filter: Values | None

    def rows(self, *, ignoring: Container[str] = ()) -> "Filtered":
        """All rows that the filter lets through; some of its fields may be ignored."""
        rows = aliased(self.relation, self.compiler.alias())
        kept = [condition(rows.row) for name, condition in self.conditions.items() if name not in ignoring]
        return Filtered(rows, [*self.compiler.joined(self.edge, self.parent, rows.row), *kept])

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """The filter's fields that ask whether a list of the row has one of some values, and have an index for it."""
        row = aliased(self.relation, "any").row
        return tuple(name for name, condition in self.conditions.items() if _overlaps(condition(row)))

    @cached_property
    def is_computed(self) -> bool:
        """Whether the order asked for is more than columns of the rows."""
        row = aliased(self.relation, "any").row
        return not all(isinstance(term.sql, ColumnClause) for term in self.order(row))

    def order(self, row: Row) -> list[Term]:
        """The order asked for, over this row."""
        by = self.ordering.by if self.ordering else self.edge.order
        asked = call(by, row, self.filter) if by else []
        terms = total_order(asked, [column_of(row, part) for part in self.declaration.key])
        if not terms:
            raise DeclarationError(f"a connection of {self.declaration.name} needs an order or a key")
        return terms

    @property
    def ordering(self) -> Ordering | None:
        """The chosen value of the enum of orders."""
        chosen = self.given.get("orderBy")
        if chosen is not None and chosen.value is not None:
            return chosen.value.value  # type: ignore[no-any-return]
        return next(iter(self.edge.orders)).value if self.edge.orders else None

    @property
    def order_name(self) -> str:
        """What a cursor must say to be one of this order."""
        chosen = self.given.get("orderBy")
        name = chosen.value.name if chosen is not None and chosen.value is not None else None
        return f"{self.declaration.name}.{name or (next(iter(self.edge.orders)).name if self.edge.orders else '')}"

    def has(self, argument: str) -> bool:
        """Whether an argument of paging is given, and not null."""
        return argument in self.given and self.given[argument].value is not None

    @property
    def backward(self) -> bool:
        """Whether the page is counted from the end."""
        return self.has("last") and not self.has("first")

    def place(self, argument: str, terms: list[Term]) -> list[Sql] | None:
        """The place that `after` or `before` names, as parameters; None when it is not given."""
        readers = [reads_as(item.sql.type) for item in terms]
        if not self.has(argument):
            return None
        cursor, name = self.given[argument], self.order_name
        once = object()

        def value(at: int, request: Request) -> Any:
            if once not in request.memo:
                request.memo[once] = read_cursor(cursor.get(request.variables), name, readers)
            return request.memo[once][at]

        return [
            self.compiler.parameters.add(partial(value, at), bound_as(item.sql.type)) for at, item in enumerate(terms)
        ]

    def size(self) -> Sql:
        """How long the page may be, as a parameter that refuses what is no size."""
        first, last = self.given.get("first"), self.given.get("last")

        def asked(request: Request) -> int:
            sizes = [given.get(request.variables) for given in (first, last) if given is not None]
            wanted = [size for size in sizes if size is not None] or [DEFAULT_PAGE]
            if len(wanted) > 1:
                raise InvalidPageError("Ask for the first or for the last objects, not for both.")
            if wanted[0] < 1:
                raise InvalidPageError("A page has at least one object.")
            if wanted[0] > LARGEST_PAGE:
                raise PageTooLargeError(f"A page has at most {LARGEST_PAGE} objects.")
            return int(wanted[0])

        return self.compiler.parameters.add(asked, Integer())


def _overlaps(condition: Sql) -> bool:
    return isinstance(condition, BinaryExpression) and getattr(condition.operator, "opstring", "") == "&&"


@dataclass(frozen=True)
class Filtered:
    """The rows of a connection, before they are cut to a page."""

    rows: Aliased
    kept: list[Sql]

    @property
    def row(self) -> Row:
        """One of the rows."""
        return self.rows.row

    def select(self, *columns: Sql) -> Select[Any]:
        """Select from the rows; whatever refers to their columns must have been made before."""
        return select(*columns).select_from(self.rows.source).where(*self.kept)
