"""Planned fields in the ordinary executor: for operations that also ask for something that is not planned."""

from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

import asyncpg
import orjson
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from typing_extensions import override

from api.reading.binding import Request
from api.reading.compile import Compiler
from api.reading.roots import Viewer
from api.reading.selections import Operation
from api.reading.statements import statement_of


class ReadingContext(Protocol):
    """What `info.context` must have for fields that are read one by one."""

    @property
    def actor(self) -> Viewer:
        """Who asks."""

    def reading(self) -> "AbstractAsyncContextManager[asyncpg.Connection[Any]]":
        """Lend a prepared connection that is set to the actor."""
        ...


class ReadingExecutionContext(StrawberryGraphQLCoreExecutionContext):
    """The executor that lets JSON through which PostgreSQL wrote."""

    @override
    def complete_value(
        self,
        return_type: Any,
        field_details_list: Any,
        info: Any,
        path: Any,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Leave a fragment as it is: the read path has completed it."""
        if isinstance(result, orjson.Fragment):
            return result
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)


async def read_root(info: Any) -> orjson.Fragment:
    """Read one planned field of Query by a statement of its own."""
    raw = info._raw_info  # noqa: SLF001 -- the selections as they were written
    context: ReadingContext = info.context
    operation = Operation(raw.schema, raw.fragments, raw.variable_values)
    compiler = Compiler(operation, context.actor.kind)
    expression = compiler.root(raw.parent_type.fields[raw.field_name], raw.field_nodes)
    statement = statement_of(expression, compiler.parameters)
    reading = statement.bind(Request(raw.variable_values, context.actor))
    async with context.reading() as connection:
        return orjson.Fragment(await reading.read(connection))
