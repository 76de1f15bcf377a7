"""Where rows come from: a table, or any SELECT that has the columns a type needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, FromClause, Select, TableClause, literal_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

from api.reading.errors import DeclarationError

Relation: TypeAlias = Any
"""A SQLModel table class, a table, a SELECT or a sub-select."""

_quote = postgresql.dialect().identifier_preparer.quote  # type: ignore[no-untyped-call]


class Row:
    """One row of a relation, as the lambdas of a declaration see it: `row.column` is an SQL expression."""

    def __init__(self, alias: str, columns: Mapping[str, ColumnElement[Any]]) -> None:
        """Name the row `alias` in SQL; `columns` says which there are, and of what type."""
        self._alias = alias
        self._columns = columns
        self._used: dict[str, None] = {}

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        """Refer to the column `name`; a name the relation lacks is a DeclarationError."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self._column(name)

    def _column(self, name: str) -> ColumnElement[Any]:
        if name not in self._columns:
            known = ", ".join(sorted(self._columns))
            raise DeclarationError(f"there is no column {name!r} among {known}")
        self._used[name] = None
        known_column = self._columns[name]
        stored = known_column.type
        # a parameter beside the column is converted by us, not by what decorates its type
        plain = stored.impl_instance if isinstance(stored, TypeDecorator) else stored
        column: ColumnElement[Any] = literal_column(f"{_quote(self._alias)}.{_quote(name)}", plain)
        # paging compares rows as a whole when no value can be null
        column.info = {"nullable": getattr(known_column, "nullable", True)}  # type: ignore[attr-defined]
        return column


def columns_of(relation: Relation) -> Mapping[str, ColumnElement[Any]]:
    """The columns of a relation by name."""
    source = _source(relation)
    columns = source.selected_columns if isinstance(source, Select) else source.c
    return dict(columns.items())


@dataclass(frozen=True)
class Aliased:
    """A relation under a name of its own in a statement."""

    relation: Relation
    row: Row

    @property
    def source(self) -> FromClause:
        """What to select from; asked for last, so that a SELECT is left with the columns that were referred to."""
        source, used = _source(self.relation), self.row._used  # noqa: SLF001 -- a Row's public names are its columns
        if not isinstance(source, Select):
            return source.alias(self.row._alias)  # noqa: SLF001
        if not source._distinct and not source._distinct_on:  # noqa: SLF001 -- SQLAlchemy has no public way to ask
            source = source.with_only_columns(*_needed(source, used), maintain_column_froms=True)
        return source.subquery(self.row._alias)  # noqa: SLF001


def _needed(source: Select[Any], used: Mapping[str, None]) -> list[ColumnElement[Any]]:
    # an expression may be an aggregate or return a set: without it there would be other rows
    columns = dict(source.selected_columns.items())
    needed = [column for name, column in columns.items() if name in used or not isinstance(column, Column)]
    return needed or [next(iter(columns.values()))]


def aliased(relation: Relation, alias: str) -> Aliased:
    """Make `relation` readable under the name `alias`."""
    return Aliased(relation, Row(alias, columns_of(relation)))


def used_columns(row: Row) -> list[str]:
    """Which columns of `row` were referred to, in the order of first use."""
    return list(row._used)  # noqa: SLF001 -- a Row's public names are its columns


def column_of(row: Row, name: str) -> ColumnElement[Any]:
    """Refer to a column by a name that is data."""
    return row._column(name)  # noqa: SLF001 -- a Row's public names are its columns


def _source(relation: Relation) -> Select[Any] | FromClause:
    source = getattr(relation, "__table__", relation)
    if isinstance(source, Select | FromClause):
        return source
    raise DeclarationError(f"{relation!r} is neither a table nor a SELECT")


def table_name(relation: Relation) -> str:
    """Name a relation in an error message."""
    source = _source(relation)
    return source.name if isinstance(source, TableClause) else "a SELECT"


def call(function: Callable[..., Any], *arguments: object) -> Any:
    """Call a lambda of a declaration with as many of `arguments` as it takes."""
    return function(*arguments[: function.__code__.co_argcount])
