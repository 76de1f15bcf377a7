"""The ordinary executor, for mutations and for whatever is asked beside planned fields."""

from collections.abc import Mapping
from inspect import isawaitable
from typing import Any, Protocol

import orjson
from graphql import ExecutionResult, execute
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from typing_extensions import override

from api.reading.plan import Asked
from api.reading.roots import Viewer


class ReadingContext(Protocol):
    """What `info.context` must have for planned fields in the ordinary executor."""

    @property
    def actor(self) -> Viewer:
        """Who asks."""

    @property
    def read(self) -> Mapping[str, bytes]:
        """The planned fields of the operation, by response key: read by one statement before the executor begins."""


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


async def execute_asked(asked: Asked, context: ReadingContext) -> ExecutionResult:
    """Run an operation field by field; its document has been validated."""
    operation = asked.operation
    result = execute(
        operation.schema,
        operation.document,
        context_value=context,
        variable_values=dict(asked.variables),
        operation_name=operation.node.name.value if operation.node.name else None,
        executor_class=ReadingExecutionContext,
    )
    return await result if isawaitable(result) else result


async def read_root(info: Any) -> orjson.Fragment:
    """Hand over a planned field of Query as it was read."""
    context: ReadingContext = info.context
    return orjson.Fragment(context.read[info.path.key])
