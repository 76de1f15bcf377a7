"""Queries, subscription and mutations of billing exceptions."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query, subscription
from api.schema.billing_exception import (
    AssignBillingExceptionInput,
    AssignBillingExceptionPayload,
    BillingException,
    BillingExceptionFilter,
    BillingExceptionOrder,
    ResolveBillingExceptionInput,
    ResolveBillingExceptionPayload,
)
from services.billing.reconciliation import reads
from services.billing.reconciliation.resolving import Resolution, assign_exception, resolve_exception


@strawberry.type
class BillingExceptionQueries:
    """What does not fit."""

    @query
    def billing_exception(self, reader: Reader, id: Id[BillingException]) -> Rows[BillingException | None]:
        """One exception; null when it does not exist or you may not see it."""
        return reads.exception(reader, id)

    @query(filter=BillingExceptionFilter, order=BillingExceptionOrder)
    def billing_exceptions(self, reader: Reader) -> Rows[Connection[BillingException]]:
        """The queue of what does not fit, and what became of it; shown to the operator's staff."""
        return reads.exceptions(reader)


@strawberry.type
class BillingExceptionSubscriptions:
    """Exceptions as they change."""

    @subscription
    def billing_exception(self, reader: Reader, id: Id[BillingException]) -> Rows[BillingException | None]:
        """One exception, at once and after every change; null, and the end, when you may not see it."""
        return reads.exception(reader, id)


@strawberry.type
class BillingExceptionMutations:
    """Looking after what does not fit."""

    @mutation
    async def assign_billing_exception(
        self, info: Info, input: AssignBillingExceptionInput
    ) -> AssignBillingExceptionPayload:
        """Say who looks after an exception, or that nobody does any more."""
        tx = info.context.tx
        exception = await assign_exception(
            tx, actor=tx.actor, exception_id=input.exception_id, owner_id=input.owner_id, now=tx.now
        )
        return AssignBillingExceptionPayload(exception=exception)

    @mutation
    async def resolve_billing_exception(
        self, info: Info, input: ResolveBillingExceptionInput
    ) -> ResolveBillingExceptionPayload:
        """Say that an exception is mended, or that it may stay as it is, for a reason."""
        tx = info.context.tx
        exception = await resolve_exception(
            tx,
            actor=tx.actor,
            exception_id=input.exception_id,
            resolution=Resolution(input.answer.name),
            reason=input.reason,
            now=tx.now,
        )
        return ResolveBillingExceptionPayload(exception=exception)
