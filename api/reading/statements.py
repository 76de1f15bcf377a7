"""A statement as it is sent: its text, and where each of its parameters comes from."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import asyncpg
from sqlalchemy import select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from api.reading.binding import Find, Parameters, Request
from api.reading.sql import Sql

V = TypeVar("V")

_DIALECT = asyncpg_dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Statement:
    """One statement that answers with one JSON value."""

    sql: str
    find: list[Find]
    check: list[Find]

    def bind(self, request: Request) -> "Reading":
        """Find the values of a request; what is wrong with them is refused here, before there is a connection."""
        for find in self.check:
            find(request)
        return Reading(self.sql, [find(request) for find in self.find])


@dataclass(frozen=True)
class Reading:
    """A statement with its values, ready to be sent."""

    sql: str
    values: list[Any]

    async def read(self, connection: "asyncpg.Connection[Any]") -> bytes:
        """Send the statement on a connection that hands JSON over as bytes (`core.db.read_json_as_bytes`)."""
        answer: bytes | None = await connection.fetchval(self.sql, *self.values)
        return b"null" if answer is None else answer


def statement_of(expression: Sql, parameters: Parameters) -> Statement:
    """Write the SQL of an expression."""
    compiled = select(expression).compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or []
    return Statement(str(compiled), parameters.finders(names, compiled.params), parameters.unused(names))


class Recent(Generic[V]):
    """The `size` values that were used last."""

    def __init__(self, size: int) -> None:
        """Begin empty."""
        self._size = size
        self._values: OrderedDict[Hashable, V] = OrderedDict()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def get(self, key: Hashable) -> V | None:
        """Find a value, and keep it a while longer."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Hashable, value: V) -> V:
        """Keep a value, at the cost of the one that was not used for longest."""
        self._values[key] = value
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return value
