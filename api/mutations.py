"""The one extension that wraps every mutation: transaction, resolver, answer, event, idempotency, commit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.extensions.field_extension import FieldExtension
from strawberry.types.base import get_object_definition
from strawberry.types.field import StrawberryField

from api.context import Info
from api.public_ids import with_row_ids
from api.reading.fields import Result, source_of
from api.reading.payloads import read_payload
from api.reading.selections import Operation
from api.refusals import user_errors
from core.db import Transaction
from core.errors import DomainError, Refusals
from core.idempotency import LONGEST_KEY, earlier_payload, keep_payload
from core.ids import RowKey


class InTransaction(FieldExtension):
    """Run a mutation's resolver in a transaction of its own; a refusal rolls it back and becomes `userErrors`."""

    def apply(self, field: StrawberryField) -> None:
        """Describe the one argument that every mutation has."""
        for argument in field.arguments:
            argument.description = argument.description or "Everything the mutation takes."

    async def resolve_async(self, next_: Callable[..., Any], source: Any, info: Info, **arguments: Any) -> Any:
        """Answer with the payload as the database reads it after the write."""
        context = info.context
        payload_type = get_object_definition(info.return_type, strict=True).origin

        async def work(tx: Transaction) -> Any:
            context.running = tx
            key = _idempotency_key(info)
            if key and (earlier := await earlier_payload(tx, key=key, request_hash=context.request_hash)) is not None:
                return await read_payload(await tx.raw(), info, payload_type(**_load(earlier)), tx.actor)
            payload = await next_(source, info, **with_row_ids(arguments))
            assert len(tx.events) == 1, f"{info.field_name} must leave one event, not {len(tx.events)}"
            if key:
                await keep_payload(tx, key=key, request_hash=context.request_hash, payload=_dump(payload))
            return await read_payload(await tx.raw(), info, payload, tx.actor)

        try:
            return await context.database.write(context.actor, work, now=context.now, request_id=context.request_id)
        except (DomainError, Refusals) as refused:
            return payload_type(user_errors=user_errors(refused))
        finally:
            context.running = None


def mutation(resolver: Callable[..., Any]) -> Any:
    """Make a field of Mutation out of a function that calls one service function and hands back ids."""
    return strawberry.mutation(resolver, description=resolver.__doc__, extensions=[InTransaction()])


def _idempotency_key(info: Info) -> str | None:
    key = info.context.idempotency_key
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY:
        raise _invalid_key(f"an Idempotency-Key has 1 to {LONGEST_KEY} characters, not {len(key)}")
    raw: Any = info._raw_info  # noqa: SLF001 - fragments and directives say how many mutations there are
    operation = Operation(raw.schema, raw.fragments, raw.variable_values)
    roots = operation.roots(raw.parent_type, raw.operation.selection_set).values()
    mutations = [nodes for nodes in roots if nodes[0].name.value != "__typename"]
    if len(mutations) != 1:
        raise _invalid_key(f"an Idempotency-Key goes with one mutation, not with {len(mutations)}")
    return key


def _invalid_key(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "INVALID_IDEMPOTENCY_KEY"})


def _dump(payload: Any) -> dict[str, Any]:
    """Write down the ids of a payload; what is not an id, a secret perhaps, is not kept."""
    fields = get_object_definition(type(payload), strict=True).fields
    names = [field.python_name for field in fields if isinstance(source_of(field), Result)]
    return {name: _dump_key(getattr(payload, name)) for name in names}


def _dump_key(key: Any) -> Any:
    if isinstance(key, list):
        return [_dump_key(item) for item in key]
    if isinstance(key, tuple):
        return {"row": [str(part) for part in key]}
    return str(key) if key is not None else None


def _load(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: _load_key(key) for name, key in kept.items()}


def _load_key(key: Any) -> Any:
    if isinstance(key, list):
        return [_load_key(item) for item in key]
    if isinstance(key, dict):
        return RowKey(*(UUID(part) for part in key["row"]))
    return UUID(key) if key is not None else None
