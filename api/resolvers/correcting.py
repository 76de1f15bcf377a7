"""Mutations that issue an invoice because of another."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.correcting import (
    CorrectInvoiceInput,
    CorrectInvoicePayload,
    IssueDebitNoteInput,
    IssueDebitNotePayload,
)
from services.billing.adjustments.correcting import correct_invoice
from services.billing.adjustments.debiting import DebitedLine, issue_debit_note


@strawberry.type
class CorrectingMutations:
    """What the operator's billing desk puts right."""

    @mutation
    async def issue_debit_note(self, info: Info, input: IssueDebitNoteInput) -> IssueDebitNotePayload:
        """Charge more for lines of an issued invoice, by an invoice of its own."""
        tx = info.context.tx
        invoice = await issue_debit_note(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            lines=[DebitedLine(line.invoice_line_id.id, line.amount, line.words) for line in input.lines],
            reason=input.reason,
            now=tx.now,
        )
        return IssueDebitNotePayload(invoice=invoice)

    @mutation
    async def correct_invoice(self, info: Info, input: CorrectInvoiceInput) -> CorrectInvoicePayload:
        """Credit an issued invoice in full, and issue a corrected one in its place."""
        tx = info.context.tx
        invoice = await correct_invoice(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            leave_out=[line.id for line in input.leave_out or []],
            reason=input.reason,
            now=tx.now,
        )
        return CorrectInvoicePayload(invoice=invoice)
