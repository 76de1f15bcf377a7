"""Queries and mutations of the books."""

from datetime import date, datetime

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.books import (
    AccountBalances,
    AccountingPeriod,
    AccountingPeriodFilter,
    AccountingPeriodOrder,
    ClosePeriodInput,
    ClosePeriodPayload,
    ConfirmPeriodOverrideInput,
    ConfirmPeriodOverridePayload,
    ReopenPeriodInput,
    ReopenPeriodPayload,
    RequestPeriodOverrideInput,
    RequestPeriodOverridePayload,
    TrialBalance,
)
from api.schema.contract import Contract
from api.schema.organization import Organization
from services.billing.books import reads
from services.billing.reconciliation import closing

TIMES = {
    "as_of": "What took effect by the end of this day, in UTC, is in it.",
    "recorded_until": "Of that only what was written down by then: the books as they were known at the time.",
}


@strawberry.type
class BooksQueries:
    """What stands in which account, and which months are closed."""

    @query(arguments=TIMES)
    def trial_balance(
        self, reader: Reader, as_of: date, recorded_until: datetime | None = None
    ) -> Rows[TrialBalance | None]:
        """What stands in all accounts; null unless you are the operator's OWNER, BILLING_ADMIN or AUDITOR."""
        return reads.trial_balance(reader, as_of, recorded_until)

    @query(arguments=TIMES)
    def contract_accounts(
        self, reader: Reader, contract_id: Id[Contract], as_of: date, recorded_until: datetime | None = None
    ) -> Rows[AccountBalances | None]:
        """The accounts of one contract, as far as you may see them; null when you may not see the contract."""
        return reads.contract_accounts(reader, contract_id, as_of, recorded_until)

    @query(arguments=TIMES)
    def party_accounts(
        self, reader: Reader, organization_id: Id[Organization], as_of: date, recorded_until: datetime | None = None
    ) -> Rows[AccountBalances | None]:
        """The accounts of all contracts of an association or a vendor that you see; null when nobody is signed in."""
        return reads.party_accounts(reader, organization_id, as_of, recorded_until)

    @query
    def accounting_period(self, reader: Reader, id: Id[AccountingPeriod]) -> Rows[AccountingPeriod | None]:
        """One month of the books; null when it does not exist or you may not see it."""
        return reads.period(reader, id)

    @query(filter=AccountingPeriodFilter, order=AccountingPeriodOrder)
    def accounting_periods(self, reader: Reader) -> Rows[Connection[AccountingPeriod]]:
        """The months that were ever closed, or asked to be; shown to the operator's staff."""
        return reads.periods(reader)


@strawberry.type
class BooksMutations:
    """Closing months of the books."""

    @mutation
    async def close_period(self, info: Info, input: ClosePeriodInput) -> ClosePeriodPayload:
        """Close the books of a month: nothing takes effect in it any more. Refused while its exceptions are open."""
        tx = info.context.tx
        period = await closing.close_period(
            tx, actor=tx.actor, starts_on=input.starts_on, reason=input.reason, now=tx.now
        )
        return ClosePeriodPayload(period=period)

    @mutation
    async def request_period_override(
        self, info: Info, input: RequestPeriodOverrideInput
    ) -> RequestPeriodOverridePayload:
        """Ask that a month be closed in spite of its open exceptions; a second person has to confirm it."""
        tx = info.context.tx
        period = await closing.request_period_override(
            tx, actor=tx.actor, starts_on=input.starts_on, reason=input.reason, now=tx.now
        )
        return RequestPeriodOverridePayload(period=period)

    @mutation
    async def confirm_period_override(
        self, info: Info, input: ConfirmPeriodOverrideInput
    ) -> ConfirmPeriodOverridePayload:
        """Close a month in spite of its open exceptions, as another person than who asked for it."""
        tx = info.context.tx
        period = await closing.confirm_period_override(
            tx, actor=tx.actor, period_id=input.period_id, reason=input.reason, now=tx.now
        )
        return ConfirmPeriodOverridePayload(period=period)

    @mutation
    async def reopen_period(self, info: Info, input: ReopenPeriodInput) -> ReopenPeriodPayload:
        """Open the books of a closed month again, as another person than who closed it."""
        tx = info.context.tx
        period = await closing.reopen_period(
            tx, actor=tx.actor, period_id=input.period_id, reason=input.reason, now=tx.now
        )
        return ReopenPeriodPayload(period=period)
