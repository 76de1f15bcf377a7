"""Rows as PostgreSQL keeps them: one SELECT for an object or a list, as one actor, and nothing shaped by it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import SimpleNamespace
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, FromClause, Select, Text, Uuid, bindparam, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from api.reading.fields import Amount, Expression, Part
from api.reading.roots import Reader, Viewer
from tests.oracle.declarations import Declarations, called
from tests.oracle.orders import Term

DIALECT = asyncpg_dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]

READER: Mapping[str, Any] = {
    "organization_id": Uuid(),
    "member_id": Uuid(),
    "person_id": Uuid(),
    "roles": ARRAY(Text()),
}

SIT_DOWN = """
    select set_config('app.member_id', $1, false), set_config('app.organization_id', $2, false),
    set_config('app.organization_kind', $3, false), set_config('app.roles', $4, false),
    set_config('app.granted', '*', false)"""
"""What row-level security reads; grants are looked up for every row."""


@dataclass(frozen=True)
class Row:
    """One row, as an object of a type."""

    type_name: str
    columns: Mapping[str, Any]
    computed: Mapping[str, Any] = field(repr=False)
    """The values of the declared expressions, by the path of their fields."""
    types: Mapping[str, Any] = field(repr=False)
    """The columns' SQL types."""
    places: tuple[Any, ...] = ()
    """The values of the order that the row was read in."""
    path: str = ""

    def part(self, type_name: str, name: str) -> Row:
        """Another type over the same row."""
        return Row(type_name, self.columns, self.computed, self.types, path=f"{self.path}{name}/")

    def symbols(self) -> Any:  # noqa: ANN401 - whatever columns there are
        """The row as the lambdas of an edge see it: every column a parameter."""
        return SimpleNamespace(**{name: bindparam(f"row__{name}", type_=kind) for name, kind in self.types.items()})


@dataclass(frozen=True)
class Statement:
    """A SELECT of rows of one type, and how to read them from what it answers."""

    sql: str
    names: list[str]
    constants: Mapping[str, Any]
    type_name: str
    types: Mapping[str, Any]
    computed: list[str]
    terms: list[Term]

    def row(self, record: asyncpg.Record) -> Row:
        values = tuple(record.values())
        first, second = len(self.types), len(self.types) + len(self.computed)
        return Row(
            self.type_name,
            dict(zip(self.types, values, strict=False)),
            dict(zip(self.computed, values[first:], strict=False)),
            self.types,
            values[second:],
        )


@dataclass
class Asked:
    """Which rows of a relation, in which order: the lambdas of one place in the schema, called with its symbols."""

    type_name: str
    relation: Any
    where: Callable[[Any], list[Any]] = lambda _: []
    order: Callable[[Any], list[Term]] = lambda _: []


class Desk:
    """The one connection that all actors read at, one after the other."""

    def __init__(self, loop: asyncio.AbstractEventLoop, connection: asyncpg.Connection[Any]) -> None:
        self._loop = loop
        self._connection = connection
        self._sitting: Viewer | None = None

    def fetch(self, viewer: Viewer, sql: str, values: list[Any]) -> list[asyncpg.Record]:
        """Read as this actor; row-level security is told who that is."""
        if self._sitting != viewer:
            roles = ",".join(sorted(viewer.roles))
            who = (str(viewer.member_id), str(viewer.organization_id), viewer.kind, roles)
            self._loop.run_until_complete(self._connection.fetchrow(SIT_DOWN, *who))
            self._sitting = viewer
        return self._loop.run_until_complete(self._connection.fetch(sql, *values))


class Rows:
    """Reads as one actor. What was read is remembered, for nobody writes meanwhile."""

    def __init__(
        self,
        declarations: Declarations,
        desk: Desk,
        viewer: Viewer,
    ) -> None:
        self.declarations = declarations
        self.viewer = viewer
        self.reader = Reader(
            viewer.kind, **{name: bindparam(f"reader__{name}", type_=kind) for name, kind in READER.items()}
        )
        self._desk = desk
        self._known: dict[Hashable, list[asyncpg.Record]] = {}
        self._values = {f"reader__{name}": getattr(viewer, name) for name in READER} | {
            "reader__roles": sorted(viewer.roles)
        }

    def read(self, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
        return [statement.row(record) for record in self.fetch(statement, values)]

    def fetch(self, statement: Statement, values: Mapping[str, Any]) -> list[asyncpg.Record]:
        every = {**statement.constants, **self._values, **values}
        bound = [every[name] for name in statement.names]
        key = (statement.sql, repr(bound))
        if key not in self._known:
            self._known[key] = self._desk.fetch(self.viewer, statement.sql, bound)
        return self._known[key]

    def statement(self, asked: Asked) -> Statement:
        """The SELECT of all columns of the relation, with the expressions that the type declares over them."""
        source = _source(asked.relation)
        row = SimpleNamespace(**source.c)
        computed = dict(self._computed(asked.type_name, row, ""))
        terms = asked.order(row)
        columns = [*source.c, *computed.values(), *(term.sql for term in terms)]
        types = {name: column.type for name, column in source.c.items()}
        statement = select(*(column.label(f"v{at}") for at, column in enumerate(columns)))
        statement = statement.select_from(source).where(*asked.where(row))
        return self._compiled(statement, asked.type_name, types, list(computed), terms)

    def values_statement(self, asked: Asked, value: Callable[[Any], Any]) -> Statement:
        """The SELECT of one value of each row, or of several where the value is a set."""
        source = _source(asked.relation)
        row = SimpleNamespace(**source.c)
        statement = select(value(row).label("v")).select_from(source).where(*asked.where(row))
        return self._compiled(statement, asked.type_name, {}, [], [])

    def _computed(self, type_name: str, row: Any, path: str) -> list[tuple[str, Any]]:  # noqa: ANN401
        found: list[tuple[str, Any]] = []
        for name, declared in self.declarations.fields(type_name).items():
            match self.declarations.source(type_name, name):
                case Expression(sql):
                    found.append((f"{path}{name}", called(sql, row, self.reader)))
                case Amount(amount, currency):
                    for part, where in (("amount", amount), ("currency", currency)):
                        if not isinstance(where, str):
                            found.append((f"{path}{name}.{part}", called(where, row, self.reader)))
                case Part(present):
                    if present is not None:
                        found.append((f"{path}{name}", called(present, row, self.reader)))
                    found += self._computed(_named(declared.type), row, f"{path}{name}/")
        return found

    @staticmethod
    def _compiled(
        statement: Select[Any], type_name: str, types: Mapping[str, Any], computed: list[str], terms: list[Term]
    ) -> Statement:
        compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        constants = {name: value.name if isinstance(value, Enum) else value for name, value in compiled.params.items()}
        names = list(compiled.positiontup or [])
        return Statement(str(compiled), names, constants, type_name, types, computed, terms)


def _source(relation: Any) -> FromClause:  # noqa: ANN401 - a table's class, a table or a SELECT
    source = getattr(relation, "__table__", relation)
    return source.subquery("t") if isinstance(source, Select) else source.alias("t")


def _named(type_: Any) -> str:  # noqa: ANN401 - any type of the schema
    while hasattr(type_, "of_type"):
        type_ = type_.of_type
    return str(type_.name)
