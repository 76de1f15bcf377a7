"""Queries and mutations of invoices."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query, subscription
from api.schema.contract import Contract
from api.schema.inputs import PeriodInput
from api.schema.invoice import Invoice, InvoiceFilter, InvoiceOrder, InvoicePreview
from api.schema.invoicing import (
    IssueInvoiceInput,
    IssueInvoicePayload,
    ReleaseRetainageInput,
    ReleaseRetainagePayload,
    VoidInvoiceInput,
    VoidInvoicePayload,
)
from services.billing.invoices import reads
from services.billing.invoices.invoicing import issue_invoice
from services.billing.invoices.releasing_retainage import release_retainage
from services.billing.invoices.voiding import void_invoice


@strawberry.type
class InvoiceQueries:
    """Invoices, and what one would say."""

    @query
    def invoice(self, reader: Reader, id: Id[Invoice]) -> Rows[Invoice | None]:
        """One invoice by id; null when it does not exist or you may not see it."""
        return reads.invoice(reader, id.contract_id, id.id)

    @query(filter=InvoiceFilter, order=InvoiceOrder)
    def invoices(self, reader: Reader) -> Rows[Connection[Invoice]]:
        """The invoices that your organization sells, buys or issues."""
        return reads.invoices(reader)

    @query(arguments={"period": "The days to bill; it may still run, then what its last days bring is not in it yet."})
    def invoice_preview(
        self, reader: Reader, contract_id: Id[Contract], period: PeriodInput
    ) -> Rows[InvoicePreview | None]:
        """What an invoice would say if it were issued now; null unless you may issue it and the contract was signed."""
        return reads.preview(reader, contract_id, period.starts_on, period.ends_on)


@strawberry.type
class InvoiceSubscriptions:
    """Invoices as they change."""

    @subscription
    def invoice(self, reader: Reader, id: Id[Invoice]) -> Rows[Invoice | None]:
        """One invoice, at once and after every change; null, and the end, when you may not see it or not any more."""
        return reads.invoice(reader, id.contract_id, id.id)


@strawberry.type
class InvoiceMutations:
    """What the operator's billing desk does."""

    @mutation
    async def issue_invoice(self, info: Info, input: IssueInvoiceInput) -> IssueInvoicePayload:
        """Bill what was accepted, and has recurred, by the end of a period and is on no invoice yet."""
        tx = info.context.tx
        invoice = await issue_invoice(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            starts_on=input.period.starts_on,
            ends_on=input.period.ends_on,
            now=tx.now,
        )
        return IssueInvoicePayload(invoice=invoice)

    @mutation
    async def void_invoice(self, info: Info, input: VoidInvoiceInput) -> VoidInvoicePayload:
        """Make an invoice void; it keeps its number, and what it billed can be billed again."""
        tx = info.context.tx
        invoice = await void_invoice(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return VoidInvoicePayload(invoice=invoice)

    @mutation
    async def release_retainage(self, info: Info, input: ReleaseRetainageInput) -> ReleaseRetainagePayload:
        """Release what was retained of an invoice, or a part of it, as the association; from then on it is due."""
        tx = info.context.tx
        invoice = await release_retainage(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            amount=input.amount,
            reason=input.reason,
            now=tx.now,
        )
        return ReleaseRetainagePayload(invoice=invoice)
