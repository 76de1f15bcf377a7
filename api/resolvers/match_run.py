"""Queries and mutations of match runs and tolerances."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.match_run import (
    ConfigureMatchToleranceInput,
    ConfigureMatchTolerancePayload,
    MatchRun,
    MatchRunFilter,
    MatchRunOrder,
    MatchTolerance,
    MatchToleranceOrder,
    RequestMatchInput,
    RequestMatchPayload,
)
from services.billing.reconciliation import reads
from services.billing.reconciliation.running import request_match
from services.billing.reconciliation.tolerating import configure_tolerance


@strawberry.type
class MatchRunQueries:
    """What was billed against what should have been."""

    @query
    def match_run(self, reader: Reader, id: Id[MatchRun]) -> Rows[MatchRun | None]:
        """One match run; null when it does not exist or you may not see it."""
        return reads.run(reader, id)

    @query(filter=MatchRunFilter, order=MatchRunOrder)
    def match_runs(self, reader: Reader) -> Rows[Connection[MatchRun]]:
        """The match runs; shown to the operator's staff."""
        return reads.runs(reader)

    @query(order=MatchToleranceOrder)
    def match_tolerances(self, reader: Reader) -> Rows[Connection[MatchTolerance]]:
        """What was configured as tolerance, in force or before; shown to the operator's staff."""
        return reads.tolerances(reader)


@strawberry.type
class MatchRunMutations:
    """Matching, and what is let pass."""

    @mutation
    async def request_match(self, info: Info, input: RequestMatchInput) -> RequestMatchPayload:
        """Match the invoices issued and the money moved on some days, in the background; nothing is booked."""
        tx = info.context.tx
        run = await request_match(
            tx,
            actor=tx.actor,
            issued_from=input.days.starts_on,
            issued_until=input.days.ends_on,
            reason=input.reason,
            now=tx.now,
        )
        return RequestMatchPayload(match_run=run)

    @mutation
    async def configure_match_tolerance(
        self, info: Info, input: ConfigureMatchToleranceInput
    ) -> ConfigureMatchTolerancePayload:
        """Let differences in a currency pass up to an amount and a percent, from the next match on."""
        tx = info.context.tx
        tolerance = await configure_tolerance(
            tx,
            actor=tx.actor,
            amount=input.amount.amount,
            currency_code=input.amount.currency_code,
            percent=input.percent,
            reason=input.reason,
            now=tx.now,
        )
        return ConfigureMatchTolerancePayload(match_tolerance=tolerance)
