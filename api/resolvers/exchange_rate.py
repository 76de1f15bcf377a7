"""Queries and mutations of rates of exchange."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Reader, Rows, query
from api.schema.exchange_rate import (
    BillingSetting,
    EnterExchangeRateInput,
    EnterExchangeRatePayload,
    ExchangeRate,
    ExchangeRateFilter,
    ExchangeRateOrder,
    ImportExchangeRatesInput,
    ImportExchangeRatesPayload,
    SetReportingCurrencyInput,
    SetReportingCurrencyPayload,
    WithdrawExchangeRateInput,
    WithdrawExchangeRatePayload,
)
from services.billing.taxes import ecb, exchanging, reads


@strawberry.type
class ExchangeRateQueries:
    """What currencies are worth."""

    @query(filter=ExchangeRateFilter, order=ExchangeRateOrder)
    def exchange_rates(self, reader: Reader) -> Rows[Connection[ExchangeRate]]:
        """Rates of exchange, also withdrawn ones; for the operator. Invoices say which rate was frozen for them."""
        return reads.exchange_rates(reader)

    @query
    def billing_setting(self, reader: Reader) -> Rows[BillingSetting | None]:
        """What the operator set for all of billing; null until it did, and for everybody else."""
        return reads.billing_setting(reader)


@strawberry.type
class ExchangeRateMutations:
    """The operator's billing desk enters and imports rates."""

    @mutation
    async def enter_exchange_rate(self, info: Info, input: EnterExchangeRateInput) -> EnterExchangeRatePayload:
        """Enter what one unit of a currency is worth in another on a day."""
        tx = info.context.tx
        rate = await exchanging.enter_exchange_rate(
            tx,
            actor=tx.actor,
            rate_on=input.rate_on,
            from_currency_code=input.from_currency_code,
            to_currency_code=input.to_currency_code,
            rate=input.rate,
            reason=input.reason,
            now=tx.now,
        )
        return EnterExchangeRatePayload(exchange_rate=rate)

    @mutation
    async def import_exchange_rates(self, info: Info, input: ImportExchangeRatesInput) -> ImportExchangeRatesPayload:
        """Import a file of the European Central Bank's reference rates; the same file twice adds nothing."""
        tx = info.context.tx
        added = await ecb.import_exchange_rates(
            tx, actor=tx.actor, content=input.content, reason=input.reason, now=tx.now
        )
        return ImportExchangeRatesPayload(added=added)

    @mutation
    async def withdraw_exchange_rate(self, info: Info, input: WithdrawExchangeRateInput) -> WithdrawExchangeRatePayload:
        """Withdraw a wrong rate; what was frozen with it stays as it is."""
        tx = info.context.tx
        rate = await exchanging.withdraw_exchange_rate(
            tx, actor=tx.actor, rate_id=input.exchange_rate_id, reason=input.reason, now=tx.now
        )
        return WithdrawExchangeRatePayload(exchange_rate=rate)

    @mutation
    async def set_reporting_currency(self, info: Info, input: SetReportingCurrencyInput) -> SetReportingCurrencyPayload:
        """Say in which currency the operator adds up; invoices in another one freeze their rate from then on."""
        tx = info.context.tx
        await exchanging.set_reporting_currency(
            tx, actor=tx.actor, currency_code=input.currency_code, reason=input.reason, now=tx.now
        )
        return SetReportingCurrencyPayload(reporting_currency_code=input.currency_code)
