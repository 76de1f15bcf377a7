"""Queries and mutations of credit notes."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.credit_note import CreditNote, CreditNoteFilter, CreditNoteOrder
from api.schema.crediting import (
    ApplyCreditInput,
    ApplyCreditPayload,
    IssueCreditNoteInput,
    IssueCreditNotePayload,
    VoidCreditNoteInput,
    VoidCreditNotePayload,
)
from services.billing.adjustments import reads
from services.billing.adjustments.applying import apply_credit
from services.billing.adjustments.crediting import issue_credit_note
from services.billing.adjustments.reasons import Why
from services.billing.adjustments.splitting import CreditedLine
from services.billing.adjustments.uncrediting import void_credit_note


@strawberry.type
class CreditNoteQueries:
    """Credit notes."""

    @query
    def credit_note(self, reader: Reader, id: Id[CreditNote]) -> Rows[CreditNote | None]:
        """One credit note by id; null when it does not exist or you may not see it."""
        return reads.credit_note(reader, id.contract_id, id.id)

    @query(filter=CreditNoteFilter, order=CreditNoteOrder)
    def credit_notes(self, reader: Reader) -> Rows[Connection[CreditNote]]:
        """The credit notes that your organization grants, gets or issues."""
        return reads.credit_notes(reader)


@strawberry.type
class CreditNoteMutations:
    """What the operator's billing desk takes off."""

    @mutation
    async def issue_credit_note(self, info: Info, input: IssueCreditNoteInput) -> IssueCreditNotePayload:
        """Credit lines of an issued invoice, or all of it; what was paid already becomes credit of the association."""
        tx = info.context.tx
        lines = None
        if input.lines is not None:
            lines = [
                CreditedLine(line.invoice_line_id.id, line.quantity, line.amount, line.frees_sources)
                for line in input.lines
            ]
        note = await issue_credit_note(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            lines=lines,
            why=Why(input.reason_code.name, input.reason),
            now=tx.now,
        )
        return IssueCreditNotePayload(credit_note=note)

    @mutation
    async def void_credit_note(self, info: Info, input: VoidCreditNoteInput) -> VoidCreditNotePayload:
        """Make a credit note void: what it credited is owed again, and what it freed is billed again."""
        tx = info.context.tx
        note = await void_credit_note(
            tx,
            actor=tx.actor,
            contract_id=input.credit_note_id.contract_id,
            credit_note_id=input.credit_note_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return VoidCreditNotePayload(credit_note=note)

    @mutation
    async def apply_credit(self, info: Info, input: ApplyCreditInput) -> ApplyCreditPayload:
        """Pay an invoice out of the association's credit under the same contract."""
        tx = info.context.tx
        invoice = await apply_credit(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            amount=input.amount,
            reason=input.reason,
            now=tx.now,
        )
        return ApplyCreditPayload(invoice=invoice)
