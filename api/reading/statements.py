"""A statement as it is sent: its text, and where each of its parameters comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import asyncpg
from sqlalchemy import select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from api.reading.binding import Find, Parameters, Request
from api.reading.sql import Sql
from core.pool import watched

_DIALECT = asyncpg_dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Statement:
    """One statement that answers with one row of JSON values."""

    sql: str
    keys: tuple[str, ...]
    find: list[Find]
    check: list[Find]

    @cached_property
    def watched(self) -> str:
        """The same statement, which also says whether its actor still stands; see `core.pool.watched`."""
        return watched(self.sql, len(self.find))

    def bind(self, request: Request) -> "Reading":
        """Find the values of a request; what is wrong with them is refused here, before there is a connection."""
        for find in self.check:
            find(request)
        return Reading(self, [find(request) for find in self.find])


@dataclass(frozen=True)
class Reading:
    """A statement with its values, ready to be sent."""

    statement: Statement
    values: list[Any]

    @property
    def sql(self) -> str:
        """What is sent."""
        return self.statement.sql

    async def read(self, connection: "asyncpg.Connection[Any]") -> dict[str, bytes]:
        """Send the statement on a connection that hands JSON over as bytes (`core.db.read_json_as_bytes`)."""
        row = await connection.fetchrow(self.sql, *self.values)
        assert row is not None, "a statement of the read path answers with one row"
        return self.answer(row)

    def answer(self, row: Iterable[bytes | None]) -> dict[str, bytes]:
        """The values of the row by the statement's keys, as JSON."""
        return {key: b"null" if value is None else value for key, value in zip(self.statement.keys, row, strict=False)}


def statement_of(fields: Mapping[str, Sql], parameters: Parameters) -> Statement:
    """Write the SQL of some expressions, each a column of the one row."""
    compiled = select(*fields.values()).compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or []
    return Statement(str(compiled), tuple(fields), parameters.finders(names, compiled.params), parameters.unused(names))
