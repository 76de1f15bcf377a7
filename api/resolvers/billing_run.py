"""Queries, subscriptions and mutations of billing runs and drafts."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query, subscription
from api.schema.billing_run import BillingRun, BillingRunFilter, BillingRunOrder, BillingRunPreview
from api.schema.billing_running import (
    CancelBillingRunInput,
    CancelBillingRunPayload,
    DiscardInvoiceDraftInput,
    DiscardInvoiceDraftPayload,
    DraftInvoiceInput,
    DraftInvoicePayload,
    IssueInvoiceDraftInput,
    IssueInvoiceDraftPayload,
    PauseBillingRunInput,
    PauseBillingRunPayload,
    ResumeBillingRunInput,
    ResumeBillingRunPayload,
    StartBillingRunInput,
    StartBillingRunPayload,
)
from api.schema.inputs import PeriodInput
from api.schema.organization import Organization
from services.billing.invoices import drafts
from services.billing.runs import reads, starting, steering


@strawberry.type
class BillingRunQueries:
    """Billing runs, and what one would bill."""

    @query
    def billing_run(self, reader: Reader, id: Id[BillingRun]) -> Rows[BillingRun | None]:
        """One run by id; null when it does not exist or you may not see it."""
        return reads.run(reader, id)

    @query(filter=BillingRunFilter, order=BillingRunOrder)
    def billing_runs(self, reader: Reader) -> Rows[Connection[BillingRun]]:
        """The runs there were; for the operator's billing desk."""
        return reads.runs(reader)

    @query(
        arguments={
            "period": "The days to bill; contracts in whose time zone they are not over are left out.",
            "vendor_id": "Only contracts of this vendor.",
            "association_id": "Only contracts of this association.",
        }
    )
    def billing_run_preview(
        self,
        reader: Reader,
        period: PeriodInput,
        vendor_id: Id[Organization] | None = None,
        association_id: Id[Organization] | None = None,
    ) -> Rows[BillingRunPreview | None]:
        """What a run would bill if it were started now; null unless you may start it."""
        return reads.preview(reader, period.starts_on, period.ends_on, vendor_id, association_id)


@strawberry.type
class BillingRunSubscriptions:
    """Billing runs as they get on."""

    @subscription
    def billing_run(self, reader: Reader, id: Id[BillingRun]) -> Rows[BillingRun | None]:
        """One run, at once and after every chunk; null, and the end, when you may not see it or not any more."""
        return reads.run(reader, id)


@strawberry.type
class BillingRunMutations:
    """What the operator's billing desk does with many contracts, and with drafts."""

    @mutation
    async def start_billing_run(self, info: Info, input: StartBillingRunInput) -> StartBillingRunPayload:
        """Bill what was accepted, and has recurred, of every contract; the worker does it, and it can be followed."""
        tx = info.context.tx
        run = await starting.start_billing_run(
            tx,
            actor=tx.actor,
            mode=input.mode.name,
            starts_on=input.period.starts_on,
            ends_on=input.period.ends_on,
            vendor_id=input.vendor_id,
            association_id=input.association_id,
            most_invoices=input.most_invoices,
            largest_total=input.largest_total,
            reason=input.reason,
            now=tx.now,
        )
        return StartBillingRunPayload(run=run)

    @mutation
    async def pause_billing_run(self, info: Info, input: PauseBillingRunInput) -> PauseBillingRunPayload:
        """Let a run wait after the chunk that is being billed."""
        tx = info.context.tx
        run = await steering.pause_billing_run(tx, actor=tx.actor, run_id=input.run_id, reason=input.reason)
        return PauseBillingRunPayload(run=run)

    @mutation
    async def resume_billing_run(self, info: Info, input: ResumeBillingRunInput) -> ResumeBillingRunPayload:
        """Let a run that waits or was stopped go on, if need be with wider limits."""
        tx = info.context.tx
        run = await steering.resume_billing_run(
            tx,
            actor=tx.actor,
            run_id=input.run_id,
            reason=input.reason,
            most_invoices=input.most_invoices,
            largest_total=input.largest_total,
            now=tx.now,
        )
        return ResumeBillingRunPayload(run=run)

    @mutation
    async def cancel_billing_run(self, info: Info, input: CancelBillingRunInput) -> CancelBillingRunPayload:
        """End a run before its end; what it billed stays billed."""
        tx = info.context.tx
        run = await steering.cancel_billing_run(
            tx, actor=tx.actor, run_id=input.run_id, reason=input.reason, now=tx.now
        )
        return CancelBillingRunPayload(run=run)

    @mutation
    async def draft_invoice(self, info: Info, input: DraftInvoiceInput) -> DraftInvoicePayload:
        """Prepare an invoice; what it bills is set aside for it, it has no number and is not owed."""
        tx = info.context.tx
        invoice = await drafts.draft_invoice(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            starts_on=input.period.starts_on,
            ends_on=input.period.ends_on,
            now=tx.now,
        )
        return DraftInvoicePayload(invoice=invoice)

    @mutation
    async def issue_invoice_draft(self, info: Info, input: IssueInvoiceDraftInput) -> IssueInvoiceDraftPayload:
        """Issue a draft: it gets the vendor's next number, and is owed."""
        tx = info.context.tx
        key = input.invoice_id
        invoice = await drafts.issue_draft(
            tx, actor=tx.actor, contract_id=key.contract_id, invoice_id=key.id, now=tx.now
        )
        return IssueInvoiceDraftPayload(invoice=invoice)

    @mutation
    async def discard_invoice_draft(self, info: Info, input: DiscardInvoiceDraftInput) -> DiscardInvoiceDraftPayload:
        """Discard a draft; what it billed can be billed again."""
        tx = info.context.tx
        key = input.invoice_id
        invoice = await drafts.discard_draft(
            tx, actor=tx.actor, contract_id=key.contract_id, invoice_id=key.id, reason=input.reason, now=tx.now
        )
        return DiscardInvoiceDraftPayload(invoice=invoice)
