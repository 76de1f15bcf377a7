"""Queries and mutations of the operator's bills to vendors."""

from datetime import date

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, CurrencyCode, Id, Reader, Rows, query
from api.schema.organization import Organization
from api.schema.platform_fee_invoice import (
    IssuePlatformFeeInvoiceInput,
    IssuePlatformFeeInvoicePayload,
    PlatformFeeInvoice,
    PlatformFeeInvoiceFilter,
    PlatformFeeInvoiceOrder,
    PlatformFeePreview,
)
from services.billing.platform_fees import reads
from services.billing.platform_fees.issuing import issue_platform_fee_invoice


@strawberry.type
class PlatformFeeInvoiceQueries:
    """What vendors are billed for the marketplace."""

    @query
    def platform_fee_invoice(self, reader: Reader, id: Id[PlatformFeeInvoice]) -> Rows[PlatformFeeInvoice | None]:
        """One by id; null when it does not exist or you may not see it."""
        return reads.platform_fee_invoice(reader, id)

    @query(filter=PlatformFeeInvoiceFilter, order=PlatformFeeInvoiceOrder)
    def platform_fee_invoices(self, reader: Reader) -> Rows[Connection[PlatformFeeInvoice]]:
        """What your organization, a vendor, was billed; all for the operator."""
        return reads.platform_fee_invoices(reader)

    @query(
        arguments={
            "vendor_id": "The vendor.",
            "month": "The first day of the month; it may still run.",
            "currency_code": "The currency.",
        }
    )
    def platform_fee_preview(
        self, reader: Reader, vendor_id: Id[Organization], month: date, currency_code: CurrencyCode
    ) -> Rows[PlatformFeePreview | None]:
        """What a vendor would be billed for a month; null unless you may issue it."""
        return reads.preview(reader, vendor_id, currency_code, month)


@strawberry.type
class PlatformFeeInvoiceMutations:
    """The operator's billing desk bills vendors."""

    @mutation
    async def issue_platform_fee_invoice(
        self, info: Info, input: IssuePlatformFeeInvoiceInput
    ) -> IssuePlatformFeeInvoicePayload:
        """Bill a vendor the platform fees of a month in one currency, each once; its proceeds pay the tax on them."""
        tx = info.context.tx
        invoice = await issue_platform_fee_invoice(
            tx,
            actor=tx.actor,
            vendor_id=input.vendor_id,
            month=input.month,
            currency_code=input.currency_code,
            reason=input.reason,
            now=tx.now,
        )
        return IssuePlatformFeeInvoicePayload(platform_fee_invoice=invoice)
