"""Queries and mutations of disputes of invoices."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.invoice_dispute import (
    DisputeInvoiceInput,
    DisputeInvoicePayload,
    InvoiceDispute,
    InvoiceDisputeFilter,
    InvoiceDisputeOrder,
    ResolveInvoiceDisputeInput,
    ResolveInvoiceDisputePayload,
    WithdrawInvoiceDisputeInput,
    WithdrawInvoiceDisputePayload,
)
from services.billing.adjustments import reads
from services.billing.adjustments.disputing import DisputedLine, dispute_invoice, withdraw_dispute
from services.billing.adjustments.resolving import UpheldLine, resolve_dispute


@strawberry.type
class InvoiceDisputeQueries:
    """Disputes of invoices."""

    @query
    def invoice_dispute(self, reader: Reader, id: Id[InvoiceDispute]) -> Rows[InvoiceDispute | None]:
        """One dispute by id; null when it does not exist or you may not see it."""
        return reads.dispute(reader, id.contract_id, id.id)

    @query(filter=InvoiceDisputeFilter, order=InvoiceDisputeOrder)
    def invoice_disputes(self, reader: Reader) -> Rows[Connection[InvoiceDispute]]:
        """The disputes that your organization raised, is the vendor of, or resolves."""
        return reads.disputes(reader)


@strawberry.type
class InvoiceDisputeMutations:
    """The association objects, the operator decides."""

    @mutation
    async def dispute_invoice(self, info: Info, input: DisputeInvoiceInput) -> DisputeInvoicePayload:
        """Object to lines of an invoice: they alone are held until that is resolved, the rest stays due."""
        tx = info.context.tx
        dispute = await dispute_invoice(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            lines=[
                DisputedLine(line.invoice_line_id.id, line.amount, line.reason_code.name, line.words)
                for line in input.lines
            ],
            words=input.words,
            evidence_ids=[file.id for file in input.evidence_ids or []],
            now=tx.now,
        )
        return DisputeInvoicePayload(dispute=dispute)

    @mutation
    async def withdraw_invoice_dispute(
        self, info: Info, input: WithdrawInvoiceDisputeInput
    ) -> WithdrawInvoiceDisputePayload:
        """Take an open dispute back, as the association: nothing is held for it any more."""
        tx = info.context.tx
        dispute = await withdraw_dispute(
            tx,
            actor=tx.actor,
            contract_id=input.dispute_id.contract_id,
            dispute_id=input.dispute_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawInvoiceDisputePayload(dispute=dispute)

    @mutation
    async def resolve_invoice_dispute(
        self, info: Info, input: ResolveInvoiceDisputeInput
    ) -> ResolveInvoiceDisputePayload:
        """Decide an open dispute: what is upheld is credited at once, the rest is owed again."""
        tx = info.context.tx
        dispute = await resolve_dispute(
            tx,
            actor=tx.actor,
            contract_id=input.dispute_id.contract_id,
            dispute_id=input.dispute_id.id,
            upheld=[UpheldLine(line.invoice_line_id.id, line.amount, line.frees_sources) for line in input.upheld],
            resolution=input.resolution,
            now=tx.now,
        )
        return ResolveInvoiceDisputePayload(dispute=dispute)
